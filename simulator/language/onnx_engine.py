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

DEFAULT_THREADS = 2
MAX_PIECES = 256
"""all-MiniLM-L6-v2 reads 256 word pieces and no more (its own configuration)."""

_FAR = np.float32(-1e9)


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
        encoded = self._tokenizer.encode(text)
        ids = tuple(encoded.ids)
        known = _common_start(ids, self._last.ids)
        if any(layer not in self._last.layers for layer in layers):
            known = 0
        known = min(known, max(len(ids) - 1, 0))
        names = [f"layer_{layer}" for layer in layers]
        memory, new = self._read(ids[known:], self._last.memory.first(known), names)
        kept = {
            layer: np.concatenate([self._last.layers[layer][:known], states]) if known else states
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
        return -_of_tokens(self._log_probabilities(final), ids[1:])

    def score_options(self, prompt: str, options: Sequence[str]) -> NDArray[np.float32]:
        """Mean log-likelihood per token of each option after the prompt.

        The prompt is read once; the options travel together, kept apart by the mask.
        """
        start = self._tokenizer.encode(prompt).ids
        ends = [self._tokenizer.encode(option).ids for option in options]
        if not start or any(not end for end in ends):
            raise ValueError("neither the prompt nor an option may be empty")
        known = min(_common_start(start, self._last.ids), len(start) - 1)
        memory, (final,) = self._read(start[known:], self._last.memory.first(known), ["final"])
        first = self._log_probabilities(final[-1:])[0]
        lengths = [len(end) for end in ends]
        segments = np.repeat(np.arange(len(ends)), lengths)
        places = np.concatenate([np.arange(n) for n in lengths])
        own = (segments[:, None] == segments[None, :]) & (places[:, None] >= places[None, :])
        mask = np.where(
            np.concatenate([np.ones((len(segments), len(start)), dtype=bool), own], axis=1),
            np.float32(0),
            _FAR,
        )
        _, (final,) = self._run(np.concatenate(ends), len(start) + places, mask, memory, ["final"])
        later = self._log_probabilities(final)
        scores, at = [], 0
        for end in ends:
            total = float(first[end[0]])
            total += float(_of_tokens(later[at : at + len(end) - 1], end[1:]).sum())
            scores.append(total / len(end))
            at += len(end)
        return np.asarray(scores, dtype=np.float32)

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

    def _log_probabilities(self, final: NDArray[np.float32]) -> NDArray[np.float32]:
        logits = self._logits(final)
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return logits


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


def _of_tokens(table: NDArray[np.float32], ids: Sequence[int]) -> NDArray[np.float32]:
    picked: NDArray[np.float32] = table[np.arange(len(ids)), list(ids)]
    return picked


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
