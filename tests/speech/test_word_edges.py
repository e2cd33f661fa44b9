from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.timeline import FilledPause, Span, Word
from simulator.speech.word_edges import snap_word_edges


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(start_s, end_s, text, 0.9)


def times(words: tuple[Word, ...]) -> list[tuple[float, float]]:
    return [(round(w.start_s, 3), round(w.end_s, 3)) for w in words]


def test_a_word_that_swallowed_a_pause_keeps_its_longer_piece() -> None:
    spans = [Span(0.0, 2.4), Span(3.5, 4.2)]
    snapped = snap_word_edges([word("so", 2.0, 2.26), word("ask", 2.26, 3.88)], spans)
    assert times(snapped) == [(2.0, 2.4), (3.5, 3.88)]


def test_of_two_like_pieces_the_last_holds_the_word() -> None:
    spans = [Span(0.0, 1.0), Span(2.0, 3.0)]
    assert snap_word_edges([word("ask", 0.7, 2.3)], spans)[0].start_s == 2.0


def test_words_reach_the_near_edges_of_their_phrase() -> None:
    snapped = snap_word_edges([word("we", 1.1, 1.3), word("won", 1.3, 1.85)], [Span(1.0, 2.0)])
    assert times(snapped) == [(1.0, 1.3), (1.3, 2.0)]


def test_no_word_is_stretched_over_a_filled_pause_or_a_long_stretch() -> None:
    um = FilledPause(1.0, 1.2, "um", 0.9, "sound")
    assert snap_word_edges([word("we", 1.22, 2.0)], [Span(1.0, 2.0)], [um])[0].start_s == 1.22
    assert snap_word_edges([word("we", 1.4, 2.0)], [Span(1.0, 2.0)])[0].start_s == 1.4


def test_a_word_in_a_silence_moves_only_if_speech_is_near() -> None:
    spans = [Span(1.0, 2.0), Span(5.0, 6.0)]
    near, far, behind = (
        snap_word_edges([word("x", a, b)], spans)[0]
        for a, b in ((4.7, 4.9), (3.2, 3.5), (2.1, 2.3))
    )
    assert near.start_s == 5.0
    assert (far.start_s, far.end_s) == (3.2, 3.5)
    assert behind.end_s == 2.0


spans_strategy = st.lists(st.integers(5, 80), max_size=8).map(
    lambda lengths: [
        Span(sum(lengths[:i]) / 100, sum(lengths[: i + 1]) / 100) for i in range(0, len(lengths), 2)
    ]
)
words_strategy = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 90)), max_size=12).map(
    lambda pairs: [
        word(
            f"w{i}",
            sum(gap + length for gap, length in pairs[:i]) / 100 + gap / 100,
            sum(gap + length for gap, length in pairs[: i + 1]) / 100,
        )
        for i, (gap, _) in enumerate(pairs)
    ]
)


@given(words=words_strategy, spans=spans_strategy)
def test_nothing_is_lost_order_is_kept_and_no_pause_is_swallowed(
    words: list[Word], spans: list[Span]
) -> None:
    snapped = snap_word_edges(words, spans)
    assert [(w.text, w.probability) for w in snapped] == [(w.text, w.probability) for w in words]
    assert all(w.start_s <= w.end_s for w in snapped)
    for before, after in pairwise(snapped):
        assert before.start_s <= after.start_s
        assert before.end_s <= after.end_s
        assert before.end_s <= after.start_s + 1e-9 or before.end_s == before.start_s
    for w in snapped:
        swallowed = [
            (a.end_s, b.start_s)
            for a, b in pairwise(spans)
            if w.start_s < a.end_s - 1e-6 and w.end_s > b.start_s + 1e-6
        ]
        assert not swallowed


@given(words=words_strategy, spans=spans_strategy)
def test_snapping_twice_changes_little_more(words: list[Word], spans: list[Span]) -> None:
    once = snap_word_edges(words, spans)
    twice = snap_word_edges(once, spans)
    for a, b in zip(once, twice, strict=True):
        assert a.text == b.text
        assert abs(a.start_s - b.start_s) <= 0.3


def test_without_speech_words_stay_where_they_were() -> None:
    words = [word("a", 0.1, 0.3), word("b", 0.3, 0.9)]
    assert snap_word_edges(words, []) == tuple(words)


@pytest.mark.parametrize("empty", [(), []])
def test_no_words_is_fine(empty: tuple[Word, ...]) -> None:
    assert snap_word_edges(empty, [Span(0, 1)]) == ()
