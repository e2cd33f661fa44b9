"""The graph of a BERT-shaped sentence encoder (all-MiniLM-L6-v2).

Written after Devlin et al. 2018. Several sentences travel as one row of tokens; the mask keeps
them apart, which is cheaper than padding each to the longest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.language.graph import GraphWriter, Precision
from simulator.language.llama_graph import MatrixOf


@dataclass(frozen=True, slots=True)
class BertShape:
    """The sizes of a BERT-shaped encoder."""

    n_layers: int
    width: int
    n_heads: int
    norm_epsilon: float


def bert_body(shape: BertShape, matrix: MatrixOf, precision: Precision) -> Any:
    """The encoder from tokens to their last hidden states.

    Inputs: ``ids`` [n, int64], ``positions`` [n, int64] (counted within each sentence), ``mask``
    [n, n] (0 within a sentence, very low between sentences). Output: ``final`` [n, width].
    """
    g = GraphWriter()
    words = g.op("Gather", g.weight(matrix("embeddings.word_embeddings.weight")), "ids")
    places = g.op("Gather", g.weight(matrix("embeddings.position_embeddings.weight")), "positions")
    kind = g.weight(matrix("embeddings.token_type_embeddings.weight")[0])
    x = g.op("Add", g.op("Add", words, places), kind)
    x = _norm(g, x, matrix, "embeddings.LayerNorm", shape)
    for layer in range(shape.n_layers):
        name = f"encoder.layer.{layer}."

        def dense(x: str, part: str, name: str = name) -> str:
            product = g.linear(x, matrix(f"{name}{part}.weight"), precision)
            return g.op("Add", product, g.weight(matrix(f"{name}{part}.bias")))

        q, k, v = (dense(x, f"attention.self.{part}") for part in ("query", "key", "value"))
        mixed = dense(_attend(g, q, k, v, shape), "attention.output.dense")
        x = _norm(g, g.op("Add", x, mixed), matrix, f"{name}attention.output.LayerNorm", shape)
        inner = _gelu(g, dense(x, "intermediate.dense"))
        x = g.op("Add", x, dense(inner, "output.dense"))
        x = _norm(g, x, matrix, f"{name}output.LayerNorm", shape)
    g.rename(x, "final")
    return g.finish(
        [
            ("ids", np.int64, ["n"]),
            ("positions", np.int64, ["n"]),
            ("mask", np.float32, ["n", "n"]),
        ],
        [("final", ["n", shape.width])],
    )


def _norm(g: GraphWriter, x: str, matrix: MatrixOf, name: str, shape: BertShape) -> str:
    weight: NDArray[np.float32] = matrix(f"{name}.weight")
    bias: NDArray[np.float32] = matrix(f"{name}.bias")
    return g.op(
        "LayerNormalization",
        x,
        g.weight(weight),
        g.weight(bias),
        epsilon=shape.norm_epsilon,
        axis=-1,
    )


def _attend(g: GraphWriter, q: str, k: str, v: str, shape: BertShape) -> str:
    head_width = shape.width // shape.n_heads
    q, k, v = (
        g.op("Transpose", g.reshape(x, -1, shape.n_heads, head_width), perm=[1, 0, 2])
        for x in (q, k, v)
    )
    scores = g.op("MatMul", q, g.op("Transpose", k, perm=[0, 2, 1]))
    scores = g.op("Add", g.op("Mul", scores, g.number(head_width**-0.5)), "mask")
    mixed = g.op("MatMul", g.op("Softmax", scores, axis=-1), v)
    return g.reshape(g.op("Transpose", mixed, perm=[1, 0, 2]), -1, shape.width)


def _gelu(g: GraphWriter, x: str) -> str:
    half = g.op("Mul", x, g.number(0.5))
    share = g.op("Add", g.op("Erf", g.op("Mul", x, g.number(2**-0.5))), g.number(1.0))
    return g.op("Mul", half, share)
