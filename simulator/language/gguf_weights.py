"""Reads a causal model from a GGUF file: its weights, its sizes, its tokenizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.language.llama_graph import LlamaShape


class GgufWeights:
    """A Llama-shaped model in a GGUF file, weights unpacked one at a time.

    Parameters
    ----------
    path : the ``.gguf`` file.

    Raises
    ------
    SimulatorError : when the file cannot be read or holds another architecture.
    """

    def __init__(self, path: Path) -> None:
        import gguf

        try:
            self._reader = gguf.GGUFReader(path)
        except (OSError, ValueError) as problem:
            raise SimulatorError(f"{path} cannot be read as GGUF weights: {problem}") from problem
        self._tensors = {tensor.name: tensor for tensor in self._reader.tensors}
        architecture = self._field("general.architecture")
        if architecture != "llama":
            raise SimulatorError(f"{path} holds a {architecture} model; only llama can be exported")
        self.shape = LlamaShape(
            n_layers=int(self._field("llama.block_count")),
            width=int(self._field("llama.embedding_length")),
            n_heads=int(self._field("llama.attention.head_count")),
            n_kv_heads=int(self._field("llama.attention.head_count_kv")),
            rope_base=float(self._field("llama.rope.freq_base")),
            norm_epsilon=float(self._field("llama.attention.layer_norm_rms_epsilon")),
        )

    def _field(self, name: str) -> Any:
        return self._reader.fields[name].contents()

    def matrix(self, name: str) -> NDArray[np.float32]:
        """One weight, unpacked to float32 [n_out, n_in]."""
        from gguf.quants import dequantize

        tensor = self._tensors[name]
        weight = np.asarray(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32)
        if name.endswith("attn_q.weight"):
            return _halves_together(weight, self.shape.n_heads)
        if name.endswith("attn_k.weight"):
            return _halves_together(weight, self.shape.n_kv_heads)
        return weight

    def tokenizer_json(self) -> str:
        """The tokenizer, in the form the ``tokenizers`` package reads."""
        return _byte_pair_tokenizer(
            tokens=list(self._field("tokenizer.ggml.tokens")),
            kinds=list(self._field("tokenizer.ggml.token_type")),
            merges=list(self._field("tokenizer.ggml.merges")),
        )


def _halves_together(weight: NDArray[np.float32], n_heads: int) -> NDArray[np.float32]:
    """Undo GGUF's row order: it lays the two values a rotation turns side by side."""
    pairs = weight.shape[0] // n_heads // 2
    split = weight.reshape(n_heads, pairs, 2, weight.shape[1])
    return split.swapaxes(1, 2).reshape(weight.shape)


_CONTROL_TOKEN = 3
"""GGUF's token type for tokens that are no text, such as ``<|im_start|>``."""


def _byte_pair_tokenizer(tokens: list[str], kinds: list[int], merges: list[str]) -> str:
    """A byte-level BPE tokenizer that splits digits one by one, as SmolLM's does."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    tokenizer = Tokenizer(
        models.BPE(
            vocab={token: number for number, token in enumerate(tokens)},
            merges=[_pair(merge) for merge in merges],
        )
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(
        [
            AddedToken(token, special=True, normalized=False)
            for token, kind in zip(tokens, kinds, strict=True)
            if kind == _CONTROL_TOKEN
        ]
    )
    text: str = tokenizer.to_str()
    return text


def _pair(merge: str) -> tuple[str, str]:
    left, right = merge.split(" ")
    return left, right
