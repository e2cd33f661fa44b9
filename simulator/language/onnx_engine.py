"""The default engine: exported weights in ONNX Runtime, on the processor.

No torch and no transformers: it loads in under a second and stays within a few hundred megabytes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.language.protocol import States
from simulator.language.token_tree import TokenTree

DEFAULT_THREADS = 2
MAX_PIECES = 256
"""all-MiniLM-L6-v2 reads 256 word pieces and no more (its own configuration)."""

_FAR = np.float32(-1e9)

_ROWS_AT_ONCE = 64
"""Rows of 49152 likelihoods: 13 MB at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class _Memory:
    """Keys and values of tokens already read [n_layers, n_kv_heads, n_tokens, head_width]."""

    keys: NDArray[np.float32]
    values: NDArray[np.float32]

    def first(self, n: int) -> _Memory:
        """Only the first n tokens."""
        return _Memory(self.keys[:, :, :n], self.values[:, :, :n])


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """The last text read: its tokens, memory and states, so that the next need not start anew."""

    ids: tuple[int, ...]
    memory: _Memory
    layers: dict[int, NDArray[np.float32]]


class OnnxCausalModel:
    """A causal model exported by `simulator.language.export`.

    Parameters
    ----------
    folder : the exported folder.
    threads : most threads one call may use.

    Raises
    ------
    SimulatorError : when the folder holds no complete export.
    """

    runtime = "onnx"

    def __init__(self, folder: Path, threads: int = DEFAULT_THREADS) -> None:
        from tokenizers import Tokenizer

        self.name = folder.name.removesuffix("-onnx")
        self._folder = folder
        self._threads = threads
        self._body = _session(folder / "body.onnx", threads)
        self._head: Any = None
        self._tokens: NDArray[np.float16] = np.load(folder / "tokens.npy", mmap_mode="r")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._stop = self._tokenizer.token_to_id("<|im_end|>")
        shape = {i.name: i.shape for i in self._body.get_inputs()}["past_keys"]
        empty = np.zeros((shape[0], shape[1], 0, shape[3]), dtype=np.float32)
        self._nothing = _Memory(empty, empty)
        self._last = _Reading((), self._nothing, {})
        self.layers = tuple(
            int(output.name.removeprefix("layer_"))
            for output in self._body.get_outputs()
            if output.name.startswith("layer_")
        )

    def states(self, text: str, layers: Sequence[int]) -> States:
        """Hidden states of every token; reads only what differs from the end of the last text."""
        for layer in layers:
            if layer not in self.layers:
                raise ValueError(f"{self.name} keeps no states of layer {layer}: {self.layers}")
        last = self._last
        encoded = self._tokenizer.encode(text)
        ids = tuple(encoded.ids)
        known = _common_start(ids, last.ids)
        if any(layer not in last.layers for layer in layers):
            known = 0
        known = min(known, max(len(ids) - 1, 0))
        names = [f"layer_{layer}" for layer in layers]
        memory, new = self._read(ids[known:], last.memory.first(known), names)
        kept = {
            layer: np.concatenate([last.layers[layer][:known], states]) if known else states
            for layer, states in zip(layers, new, strict=True)
        }
        self._last = _Reading(ids, memory, kept)
        return States(layers=dict(kept), offsets=tuple(encoded.offsets))

    def surprisal(self, text: str) -> NDArray[np.float32]:
        """Surprisal of every token after the first, in nats."""
        ids = self._tokenizer.encode(text).ids
        if len(ids) < 2:
            return np.zeros(0, dtype=np.float32)
        _, (final,) = self._read(ids[:-1], self._nothing, ["final"])
        return -self._log_likelihood(final, np.arange(len(ids) - 1), np.asarray(ids[1:]))

    def score_options(self, prompts: Sequence[str], options: Sequence[str]) -> NDArray[np.float32]:
        """Mean log-likelihood per token of each option after each prompt.

        What the last text has in common with the prompts is not read again, and what they and the
        options have in common is read once: all go through the model together, as a tree.
        """
        last = self._last
        starts = [self._tokenizer.encode(prompt).ids for prompt in prompts]
        ends = [self._tokenizer.encode(option).ids for option in options]
        if not all(starts) or not all(ends):
            raise ValueError("neither a prompt nor an option may be empty")
        known = [min(_common_start(start, last.ids), len(start) - 1) for start in starts]
        scores = np.zeros((len(starts), len(ends)), dtype=np.float32)
        for shared in set(known):
            rows = [row for row, n in enumerate(known) if n == shared]
            new = [starts[row][shared:] for row in rows]
            scores[rows] = self._score_tree(last.memory.first(shared), new, ends)
        return scores

    def _score_tree(
        self, memory: _Memory, starts: Sequence[Sequence[int]], ends: Sequence[Sequence[int]]
    ) -> NDArray[np.float32]:
        """Mean log-likelihoods of all ends after all starts, which follow what is remembered."""
        tree = TokenTree()
        paths = [[tree.add(tree.add(None, start)[-1], end) for end in ends] for start in starts]
        past = memory.keys.shape[2]
        mask = np.where(
            np.concatenate([np.ones((len(tree), past), dtype=bool), tree.looks_at()], axis=1),
            np.float32(0),
            _FAR,
        )
        _, (final,) = self._run(
            np.asarray(tree.tokens, dtype=np.int64), past + tree.depths(), mask, memory, ["final"]
        )
        likelihood = np.zeros(len(tree), dtype=np.float32)
        wanted = sorted({node for row in paths for path in row for node in path})
        before = np.asarray([tree.parents[node] for node in wanted])
        likelihood[wanted] = self._log_likelihood(final, before, np.asarray(tree.tokens)[wanted])
        return np.asarray([[likelihood[path].mean() for path in row] for row in paths])

    def generate(self, prompt: str, max_tokens: int) -> str:
        """Greedy continuation, up to the end-of-turn token."""
        ids = self._tokenizer.encode(prompt).ids
        memory, said = self._nothing, list[int]()
        new: Sequence[int] = ids
        while len(said) < max_tokens:
            memory, (final,) = self._read(new, memory, ["final"])
            token = int(self._logits(final[-1:])[0].argmax())
            if token in (self._stop, 0):
                break
            said.append(token)
            new = [token]
        text: str = self._tokenizer.decode(said)
        return text

    def _read(
        self, ids: Sequence[int], memory: _Memory, outputs: Sequence[str]
    ) -> tuple[_Memory, list[NDArray[np.float32]]]:
        """Read tokens that follow what the memory holds."""
        n, past = len(ids), memory.keys.shape[2]
        positions = np.arange(past, past + n)
        mask = np.where(np.arange(past + n)[None, :] > positions[:, None], _FAR, np.float32(0))
        return self._run(np.asarray(ids, dtype=np.int64), positions, mask, memory, outputs)

    def _run(
        self,
        ids: NDArray[np.int64],
        positions: NDArray[np.int64],
        mask: NDArray[np.float32],
        memory: _Memory,
        outputs: Sequence[str],
    ) -> tuple[_Memory, list[NDArray[np.float32]]]:
        keys, values, *rest = self._body.run(
            ["keys", "values", *outputs],
            {
                "vectors": self._tokens[ids].astype(np.float32),
                "positions": positions.astype(np.int64),
                "mask": mask,
                "past_keys": memory.keys,
                "past_values": memory.values,
            },
        )
        return _Memory(keys, values), rest

    def _logits(self, final: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._head is None:  # only likelihoods need it; the judge's states do not
            self._head = _session(self._folder / "head.onnx", self._threads)
        logits: NDArray[np.float32] = self._head.run(["logits"], {"final": final})[0]
        return logits

    def _log_likelihood(
        self, final: NDArray[np.float32], before: NDArray[np.intp], tokens: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Log-likelihood of each token after the state that stands before it.

        Parameters
        ----------
        final : np.ndarray [shape=(n, d), float32], final states.
        before : np.ndarray [shape=(m,), int], for each token the row of ``final`` it follows.
        tokens : np.ndarray [shape=(m,), int]

        Returns
        -------
        np.ndarray [shape=(m,), float32]
        """
        rows, row_of = np.unique(before, return_inverse=True)
        found = np.zeros(len(tokens), dtype=np.float32)
        for at in range(0, len(rows), _ROWS_AT_ONCE):
            logits = self._logits(final[rows[at : at + _ROWS_AT_ONCE]])
            here = (row_of >= at) & (row_of < at + _ROWS_AT_ONCE)
            found[here] = logits[row_of[here] - at, tokens[here]]
            highest = logits.max(axis=1, keepdims=True)
            logits -= highest
            total = np.log(np.exp(logits, out=logits).sum(axis=1)) + highest[:, 0]
            found[here] -= total[row_of[here] - at]
        return found


class OnnxEmbedder:
    """A sentence encoder exported by `simulator.language.export`; means of states, length 1.

    Parameters
    ----------
    folder : the exported folder.
    threads : most threads one call may use.
    """

    runtime = "onnx"

    def __init__(self, folder: Path, threads: int = DEFAULT_THREADS) -> None:
        from tokenizers import Tokenizer

        self.name = folder.name.removesuffix("-onnx")
        self._body = _session(folder / "body.onnx", threads)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        width = self._body.get_outputs()[0].shape[1]
        self._width: int = width

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts, several in one call of the model."""
        vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        for batch in _batches([len(p) for p in pieces], limit=2 * MAX_PIECES):
            vectors[batch] = self._embed_together([pieces[i] for i in batch])
        return vectors

    def _embed_together(self, pieces: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        lengths = [len(p) for p in pieces]
        segments = np.repeat(np.arange(len(pieces)), lengths)
        states = self._body.run(
            ["final"],
            {
                "ids": np.concatenate([np.asarray(p, dtype=np.int64) for p in pieces]),
                "positions": np.concatenate([np.arange(n) for n in lengths]),
                "mask": np.where(segments[:, None] == segments[None, :], np.float32(0), _FAR),
            },
        )[0]
        ends = np.cumsum(lengths)
        means = np.stack(
            [states[e - n : e].mean(axis=0) for e, n in zip(ends, lengths, strict=True)]
        )
        unit: NDArray[np.float32] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return unit


def _batches(lengths: Sequence[int], limit: int) -> list[list[int]]:
    """Neighbouring texts that together stay within a number of tokens."""
    batches: list[list[int]] = []
    total = limit + 1
    for i, length in enumerate(lengths):
        if total + length > limit:
            batches.append([])
            total = 0
        batches[-1].append(i)
        total += length
    return batches


def _common_start(a: Sequence[int], b: Sequence[int]) -> int:
    """How many tokens two texts share from their beginning."""
    n = 0
    for left, right in zip(a, b, strict=False):
        if left != right:
            break
        n += 1
    return n


def _session(file: Path, threads: int) -> Any:
    import onnxruntime

    if not (file.is_file() and (file.parent / "stamp.json").is_file()):
        raise SimulatorError(
            f"{file.parent} holds no exported model: run python -m simulator.language.export"
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Spinning threads would take the cores from the recogniser while they wait.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def read_stamp(folder: Path) -> dict[str, str]:
    """What an export was made from."""
    stamp: dict[str, str] = json.loads((folder / "stamp.json").read_text())
    return stamp
