"""What a reader may build on: whole chunks, near enough, trusted, and never too much."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.memory import (
    LONG_REACH,
    LONGEST_HEARD_S,
    MOST_EARLIER_TOKENS,
    MOST_TOKENS,
    SHORT_REACH,
    Reach,
    Remembered,
    remember,
)
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span


def read(start_s: float, end_s: float, *tokens: int, trusted: bool = True) -> Remembered:
    return Remembered(Span(start_s, end_s), tokens, tuple(t + 1000 for t in tokens), trusted)


def sound(seconds: float) -> np.ndarray:
    return np.arange(round(seconds * SAMPLE_RATE_HZ), dtype=np.float32)


def test_a_chunk_near_by_is_heard_again_with_its_words() -> None:
    before = remember(Span(8, 12), [read(2, 7, 1, 2, 3)], sound(8))
    assert before.tokens == (1, 2, 3)
    assert before.verbatim_tokens == (1001, 1002, 1003)
    assert before.earlier == ()
    assert len(before.samples) == 6 * SAMPLE_RATE_HZ
    assert before.samples[0] == 2 * SAMPLE_RATE_HZ
    assert before


def test_what_began_too_long_ago_is_remembered_as_text_alone() -> None:
    chunks = [read(0, 5, 1), read(6, 19, 2), read(20, 24, 3)]
    before = remember(Span(25, 30), chunks, sound(25))
    assert before.tokens == (3,)
    assert before.earlier == (1, 2)
    assert len(before.samples) == 5 * SAMPLE_RATE_HZ


def test_the_longer_a_chunk_the_shorter_its_memory() -> None:
    reaches = [
        SHORT_REACH.before_s(length_s) for length_s in (0.5, 2.0, 5.0, 8.0, 22.0, 28.0, 29.5)
    ]
    assert reaches == [10.0, 10.0, 7.0, 4.0, 4.0, 1.0, 0.0]
    chunks = [read(0, 4, 1), read(4, 8, 2)]
    assert remember(Span(8, 10), chunks, sound(8)).tokens == (1, 2)
    assert remember(Span(8, 13), chunks, sound(8)).tokens == (2,)
    assert remember(Span(8, 13), chunks, sound(8), LONG_REACH).tokens == (1, 2)


def test_nothing_is_built_on_a_doubtful_reading_or_on_what_lies_before_it() -> None:
    chunks = [read(0, 2, 1), read(3, 5, 2, trusted=False), read(6, 7, 3)]
    before = remember(Span(8, 12), chunks, sound(8))
    assert (before.tokens, before.earlier) == ((3,), ())
    assert not remember(Span(8, 12), chunks[:2], sound(8))


def test_the_first_chunk_has_nothing_before_it() -> None:
    before = remember(Span(0.4, 5), [], sound(0.4))
    assert not before
    assert len(before.samples) == 0


@given(
    lengths=st.lists(
        st.tuples(st.floats(0.3, 22), st.floats(0, 3), st.integers(0, 200)), max_size=8
    ),
    length_s=st.floats(0.3, 22),
    reach=st.sampled_from([SHORT_REACH, LONG_REACH]),
)
def test_memory_and_chunk_always_fit(
    lengths: list[tuple[float, float, int]], length_s: float, reach: Reach
) -> None:
    at, chunks = 0.0, []
    for spoken_s, rest_s, count in lengths:
        chunks.append(read(at, at + spoken_s, *range(count)))
        at += spoken_s + rest_s
    before = remember(Span(at, at + length_s), chunks, sound(at), reach)
    remembered_s = len(before.samples) / SAMPLE_RATE_HZ
    assert remembered_s <= reach.most_s + 0.01
    assert remembered_s + length_s <= max(reach.at_once_s, reach.least_s + length_s) + 0.01
    assert remembered_s + length_s <= LONGEST_HEARD_S + 0.01
    assert len(before.tokens) <= MOST_TOKENS
    assert len(before.earlier) <= MOST_EARLIER_TOKENS
    assert bool(before.tokens) <= bool(len(before.samples))
