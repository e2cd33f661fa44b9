"""Matrices kept in eight bits stay what they were, within what eight bits can hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.language.graph import BLOCK, GraphWriter, Precision, quantise_blocks, quantise_rows


def _matrix(seed: int, rows: int = 8, columns: int = 2 * BLOCK) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, columns)).astype(np.float32)


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_rows_come_back_within_half_a_step(seed: int) -> None:
    matrix = _matrix(seed)
    codes, scale = quantise_rows(matrix)
    assert np.abs(codes * scale[:, None] - matrix).max() <= 0.51 * scale.max()


@given(st.integers(0, 10_000))
@settings(max_examples=30, deadline=None)
def test_blocks_come_back_within_a_step(seed: int) -> None:
    matrix = _matrix(seed) + 0.5
    codes, scales, zeros = quantise_blocks(matrix)
    back = (codes.astype(np.float32) - zeros.reshape(8, 2, 1)) * scales.reshape(8, 2, 1)
    assert np.abs(back.reshape(matrix.shape) - matrix).max() <= 1.01 * scales.max()


@pytest.mark.parametrize(
    ("precision", "tolerance"), [("float32", 1e-5), ("int8_rows", 0.15), ("int8_blocks", 0.1)]
)
def test_a_linear_step_multiplies(precision: Precision, tolerance: float) -> None:
    onnxruntime = pytest.importorskip("onnxruntime")
    pytest.importorskip("onnx")
    matrix = _matrix(1, rows=16)
    x = np.random.default_rng(2).normal(size=(5, 2 * BLOCK)).astype(np.float32)
    x[0] *= 100  # one token with huge values must not spoil the others
    writer = GraphWriter()
    writer.rename(writer.linear("x", matrix, precision), "y")
    model = writer.finish(
        [("x", np.float32, ["n", matrix.shape[1]])], [("y", ["n", matrix.shape[0]])]
    )
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    y = session.run(["y"], {"x": x})[0]
    wanted = x @ matrix.T
    spread = np.abs(wanted).max(axis=1, keepdims=True)
    assert (np.abs(y - wanted) / spread).max() < tolerance
