from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.windows import WindowCutter


def cut(samples: np.ndarray, pieces: list[int], block: int, before: int, after: int) -> np.ndarray:
    cutter = WindowCutter(block, before, after)
    out, at = [], 0
    for piece in pieces:
        out += list(cutter.feed(samples[at : at + piece]))
        at += piece
    out += list(cutter.feed(samples[at:]))
    out += list(cutter.finish())
    return np.array(out).reshape(-1, before + block + after)


@given(
    count=st.integers(0, 500),
    pieces=st.lists(st.integers(0, 90), max_size=12),
    block=st.integers(1, 60),
    before=st.integers(0, 40),
    after=st.integers(0, 40),
)
def test_pieces_do_not_matter_and_every_sample_has_its_place(
    count: int, pieces: list[int], block: int, before: int, after: int
) -> None:
    samples = np.arange(1, count + 1, dtype=np.float32)
    windows = cut(samples, pieces, block, before, after)
    padded = np.concatenate([np.zeros(before), samples, np.zeros(block + after)])
    assert len(windows) == -(-count // block)
    for index, window in enumerate(windows):
        expected = padded[index * block : index * block + before + block + after]
        np.testing.assert_array_equal(window[: len(expected)], expected)
        assert not window[len(expected) :].any()
