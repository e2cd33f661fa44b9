"""The graph of a Llama-shaped causal model (SmolLM2), with its layers' states as outputs.

Written after the published architecture: Touvron et al. 2023 (RMS norm, rotary positions, gated
feed-forward), Ainslie et al. 2023 (grouped queries).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.language.graph import GraphWriter, Precision

MatrixOf = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class LlamaShape:
    """The sizes of a Llama-shaped model."""

    n_layers: int
    width: int
    n_heads: int
    n_kv_heads: int
    rope_base: float
    norm_epsilon: float

    @property
    def head_width(self) -> int:
        """Values per attention head."""
        return self.width // self.n_heads


def llama_body(
    shape: LlamaShape,
    matrix: MatrixOf,
    state_layers: Sequence[int],
    precision: Precision,
) -> Any:
    """The model from token vectors to hidden states.

    Inputs: ``vectors`` [n, width], ``positions`` [n, int64], ``mask`` [n, n_past + n] (0 where a
    token may look, very low where not), ``past_keys`` and ``past_values`` [n_layers, n_kv_heads,
    n_past, head_width].
    Outputs: ``layer_K`` [n, width] for each of ``state_layers``, ``final`` [n, width] (after the
    last norm), ``keys`` and ``values`` (past and present together).

    Parameters
    ----------
    matrix : weights by their GGUF name; matrices [n_out, n_in].
    precision : how the matrices are kept.
    """
    g = GraphWriter()
    cos, sin = _rotary(g, shape)
    past_keys = g.ops("Split", "past_keys", outputs=shape.n_layers, axis=0)
    past_values = g.ops("Split", "past_values", outputs=shape.n_layers, axis=0)
    keys, values = [], []
    x = "vectors"
    for layer in range(shape.n_layers):
        name = f"blk.{layer}."

        def linear(x: str, part: str, name: str = name) -> str:
            full = f"{name}{part}.weight"
            return g.linear(x, matrix(full), precision)

        normed = _rms_norm(g, x, matrix(f"{name}attn_norm.weight"), shape.norm_epsilon)
        q = _heads(g, linear(normed, "attn_q"), shape.n_heads, shape.head_width)
        k = _heads(g, linear(normed, "attn_k"), shape.n_kv_heads, shape.head_width)
        v = _heads(g, linear(normed, "attn_v"), shape.n_kv_heads, shape.head_width)
        q, k = _rotate(g, q, cos, sin, shape), _rotate(g, k, cos, sin, shape)
        k = g.op("Concat", g.op("Squeeze", past_keys[layer], g.ints(0)), k, axis=1)
        v = g.op("Concat", g.op("Squeeze", past_values[layer], g.ints(0)), v, axis=1)
        keys.append(g.op("Unsqueeze", k, g.ints(0)))
        values.append(g.op("Unsqueeze", v, g.ints(0)))
        x = g.op("Add", x, linear(_attend(g, q, k, v, shape), "attn_output"))
        normed = _rms_norm(g, x, matrix(f"{name}ffn_norm.weight"), shape.norm_epsilon)
        gate, up = linear(normed, "ffn_gate"), linear(normed, "ffn_up")
        gated = g.op("Mul", g.op("Mul", gate, g.op("Sigmoid", gate)), up)
        x = g.op("Add", x, linear(gated, "ffn_down"))
        if layer + 1 in state_layers and layer + 1 < shape.n_layers:
            g.rename(x, f"layer_{layer + 1}")
    final = _rms_norm(g, x, matrix("output_norm.weight"), shape.norm_epsilon)
    g.rename(final, "final")
    if shape.n_layers in state_layers:
        g.rename(final, f"layer_{shape.n_layers}")
    g.rename(g.op("Concat", *keys, axis=0), "keys")
    g.rename(g.op("Concat", *values, axis=0), "values")
    cache: list[str | int] = [shape.n_layers, shape.n_kv_heads, "past", shape.head_width]
    width: list[str | int] = ["n", shape.width]
    full: list[str | int] = [shape.n_layers, shape.n_kv_heads, "all", shape.head_width]
    return g.finish(
        [
            ("vectors", np.float32, width),
            ("positions", np.int64, ["n"]),
            ("mask", np.float32, ["n", "all"]),
            ("past_keys", np.float32, cache),
            ("past_values", np.float32, cache),
        ],
        [
            *((f"layer_{k}", width) for k in state_layers),
            ("final", width),
            ("keys", full),
            ("values", full),
        ],
    )


def llama_head(width: int, embedding: NDArray[np.float32]) -> Any:
    """The tied output layer: ``final`` [n, width] in, ``logits`` [n, n_tokens] out."""
    g = GraphWriter()
    g.rename(g.linear("final", embedding, "int8_blocks"), "logits")
    return g.finish([("final", np.float32, ["n", width])], [("logits", ["n", embedding.shape[0]])])


def _rms_norm(g: GraphWriter, x: str, weight: NDArray[np.float32], epsilon: float) -> str:
    squares = g.op("ReduceMean", g.op("Mul", x, x), axes=[-1], keepdims=1)
    root = g.op("Sqrt", g.op("Add", squares, g.number(epsilon)))
    return g.op("Mul", g.op("Div", x, root), g.weight(weight))


def _heads(g: GraphWriter, x: str, n_heads: int, head_width: int) -> str:
    """[n, heads * width] -> [heads, n, width]."""
    return g.op("Transpose", g.reshape(x, -1, n_heads, head_width), perm=[1, 0, 2])


def _rotary(g: GraphWriter, shape: LlamaShape) -> tuple[str, str]:
    """Cosine and sine of every position's angles [n, head_width]."""
    half = shape.head_width // 2
    frequencies = shape.rope_base ** (-np.arange(half, dtype=np.float64) / half)
    doubled = np.concatenate([frequencies, frequencies]).astype(np.float32)[None, :]
    positions = g.op("Unsqueeze", g.op("Cast", "positions", to=1), g.ints(1))
    angles = g.op("Mul", positions, g.weight(doubled))
    return g.op("Cos", angles), g.op("Sin", angles)


def _rotate(g: GraphWriter, x: str, cos: str, sin: str, shape: LlamaShape) -> str:
    """Turn each pair of values by its position's angle (Su et al. 2021)."""
    first, second = g.ops("Split", x, outputs=2, axis=-1)
    turned = g.op("Concat", g.op("Neg", second), first, axis=-1)
    return g.op("Add", g.op("Mul", x, cos), g.op("Mul", turned, sin))


def _attend(g: GraphWriter, q: str, k: str, v: str, shape: LlamaShape) -> str:
    """Grouped-query attention; q [heads, n, w], k and v [kv_heads, m, w] -> [n, heads * w]."""
    group = shape.n_heads // shape.n_kv_heads
    q = g.reshape(q, shape.n_kv_heads, group, -1, shape.head_width)
    keys = g.op("Unsqueeze", g.op("Transpose", k, perm=[0, 2, 1]), g.ints(1))
    scores = g.op("Mul", g.op("MatMul", q, keys), g.number(shape.head_width**-0.5))
    weights = g.op("Softmax", g.op("Add", scores, "mask"), axis=-1)
    mixed = g.op("MatMul", weights, g.op("Unsqueeze", v, g.ints(1)))
    mixed = g.reshape(mixed, shape.n_heads, -1, shape.head_width)
    return g.reshape(g.op("Transpose", mixed, perm=[1, 0, 2]), -1, shape.width)
