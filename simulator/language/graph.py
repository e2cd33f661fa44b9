"""A small hand for writing ONNX graphs: names, weights, and matrices kept in eight bits.

The export writes its graphs node by node instead of tracing a framework. That needs neither torch
nor transformers, takes seconds, and leaves open which matrix is kept how.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

OPSET = 17
BLOCK = 32
"""Weights that share one scale in block-wise quantisation; GGUF's own block length."""

Precision = Literal["float32", "int8_rows", "int8_blocks"]


class GraphWriter:
    """Collects nodes and weights of one graph.

    Every method that writes a node returns the name of its output, so that graphs read like
    expressions.
    """

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._weights: list[Any] = []
        self._constants: dict[tuple[str, bytes, tuple[int, ...]], str] = {}
        self._count = 0

    def op(self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attrs: Any) -> str:
        """Write one node and return the name of its first output."""
        return self.ops(kind, *inputs, outputs=outputs, domain=domain, **attrs)[0]

    def ops(
        self, kind: str, *inputs: str, outputs: int = 1, domain: str = "", **attrs: Any
    ) -> list[str]:
        """Write one node and return the names of all its outputs."""
        from onnx import helper

        self._count += 1
        names = [f"{kind}_{self._count}_{i}" for i in range(outputs)]
        self._nodes.append(
            helper.make_node(
                kind, list(inputs), names, f"{kind}_{self._count}", domain=domain, **attrs
            )
        )
        return names

    def rename(self, name: str, output: str) -> None:
        """Give a value the name it has outside the graph."""
        from onnx import helper

        self._nodes.append(helper.make_node("Identity", [name], [output]))

    def weight(self, array: NDArray[Any]) -> str:
        """Store an array in the graph."""
        from onnx import numpy_helper

        self._count += 1
        name = f"weight_{self._count}"
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def constant(self, values: Sequence[int] | Sequence[float] | float | int, dtype: type) -> str:
        """Store a small constant, each only once."""
        array: NDArray[Any] = np.asarray(values, dtype=dtype)
        key = (array.dtype.str, array.tobytes(), array.shape)
        if key not in self._constants:
            self._constants[key] = self.weight(array)
        return self._constants[key]

    def ints(self, *values: int) -> str:
        """A constant list of integers, as shapes and axes are given."""
        return self.constant(values, np.int64)

    def number(self, value: float) -> str:
        """A constant number."""
        return self.constant(value, np.float32)

    def reshape(self, x: str, *shape: int) -> str:
        """Reshape; -1 is worked out, 0 is kept."""
        return self.op("Reshape", x, self.ints(*shape))

    def linear(self, x: str, matrix: NDArray[np.float32], precision: Precision) -> str:
        """Multiply rows by a weight matrix.

        Parameters
        ----------
        x : name of an array [shape=(n, n_in), float32].
        matrix : np.ndarray [shape=(n_out, n_in), float32].
        precision : how the matrix is kept.

        Returns
        -------
        str : name of an array [shape=(n, n_out), float32].
        """
        if precision == "float32":
            return self.op("MatMul", x, self.weight(matrix.T))
        if precision == "int8_blocks":
            codes, scales, zeros = quantise_blocks(matrix)
            return self.op(
                "MatMulNBits",
                x,
                self.weight(codes),
                self.weight(scales),
                self.weight(zeros),
                domain="com.microsoft",
                K=matrix.shape[1],
                N=matrix.shape[0],
                bits=8,
                block_size=BLOCK,
                accuracy_level=4,
            )
        signed, scale = quantise_rows(matrix)
        # A scale for every token, not one for all: the first token's few huge values (the
        # attention sink of Xiao et al. 2023) would leave all others a handful of levels.
        peak = self.op("ReduceMax", self.op("Abs", x), axes=[-1], keepdims=1)
        x_scale = self.op("Mul", self.op("Max", peak, self.number(1e-9)), self.number(1 / 127))
        levels = self.op("Add", self.op("Div", x, x_scale), self.number(128.5))
        x8 = self.op("Cast", levels, to=2)  # truncation after the half: rounding
        zero = self.constant(128, np.uint8)
        product = self.op("Cast", self.op("MatMulInteger", x8, self.weight(signed.T), zero), to=1)
        return self.op("Mul", product, self.op("Mul", x_scale, self.weight(scale)))

    def finish(
        self,
        inputs: Sequence[tuple[str, type, Sequence[str | int]]],
        outputs: Sequence[tuple[str, Sequence[str | int]]],
    ) -> Any:
        """Close the graph.

        Parameters
        ----------
        inputs : (name, dtype, shape) of each input; a text in a shape is a free length.
        outputs : (name, shape) of each output, all float32.

        Returns
        -------
        onnx.ModelProto
        """
        from onnx import TensorProto, helper

        kinds: dict[type, int] = {np.int64: TensorProto.INT64, np.float32: TensorProto.FLOAT}
        graph = helper.make_graph(
            self._nodes,
            "model",
            [helper.make_tensor_value_info(n, kinds[d], list(s)) for n, d, s in inputs],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, list(s)) for n, s in outputs],
            self._weights,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=opsets)
        model.ir_version = 9  # what every ONNX Runtime since 1.16 reads
        return model


def quantise_rows(
    matrix: NDArray[np.float32],
) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Keep a matrix in eight signed bits with one scale per row.

    Seven bits of the range are used: on processors without VNNI the product of two full bytes
    saturates at 16 bits (ONNX Runtime's own advice, "reduce range").

    Returns
    -------
    codes : np.ndarray [shape of matrix, int8]
    scale : np.ndarray [shape=(n_out,), float32]
    """
    scale = np.maximum(np.abs(matrix).max(axis=1), 1e-12).astype(np.float32) / 63.0
    codes = np.clip(np.rint(matrix / scale[:, None]), -63, 63).astype(np.int8)
    return codes, scale


def quantise_blocks(
    matrix: NDArray[np.float32],
) -> tuple[NDArray[np.uint8], NDArray[np.float32], NDArray[np.uint8]]:
    """Keep a matrix in eight bits with one scale and zero point per block of 32 in a row.

    Returns
    -------
    codes : np.ndarray [shape=(n_out, n_blocks, 32), uint8]
    scales : np.ndarray [shape=(n_out * n_blocks,), float32]
    zeros : np.ndarray [shape=(n_out * n_blocks,), uint8]
    """
    n_out, n_in = matrix.shape
    blocks = matrix.reshape(n_out, n_in // BLOCK, BLOCK)
    low = np.minimum(blocks.min(axis=2), 0.0)
    high = np.maximum(blocks.max(axis=2), 0.0)
    scales = np.maximum(high - low, 1e-12).astype(np.float32) / 255.0
    zeros = np.clip(np.rint(-low / scales), 0, 255)
    codes = np.clip(np.rint(blocks / scales[:, :, None]) + zeros[:, :, None], 0, 255)
    return codes.astype(np.uint8), scales.reshape(-1), zeros.astype(np.uint8).reshape(-1)
