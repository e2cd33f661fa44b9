from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.clauses import bare, begins_clause, ends_clause
from simulator.speech.silence import find_silent_pauses, speech_spans
from simulator.speech.timeline import FilledPause, Span, Word


def words(*texts: str, at: tuple[float, ...]) -> tuple[Word, ...]:
    return tuple(Word(t, t + 0.3, text, 0.9) for t, text in zip(at, texts, strict=True))


def test_gaps_of_a_quarter_second_are_pauses_and_shorter_ones_are_not() -> None:
    spans = [Span(0.1, 1.0), Span(1.24, 2.0), Span(2.25, 3.0), Span(4.0, 5.0)]
    pauses = find_silent_pauses(spans, ())
    assert [(p.start_s, p.end_s) for p in pauses] == [(2.0, 2.25), (3.0, 4.0)]


def test_the_silence_before_the_first_word_is_a_pause_before_the_answer() -> None:
    pauses = find_silent_pauses([Span(0.8, 1.5)], ())
    assert [(p.start_s, p.end_s, p.position) for p in pauses] == [(0.0, 0.8, "before_answer")]


def test_no_speech_means_no_pauses() -> None:
    assert find_silent_pauses((), ()) == ()


@pytest.mark.parametrize(
    ("said", "position"),
    [
        (("It", "worked.", "We", "left"), "between_clauses"),
        (("we", "won,", "the", "end"), "between_clauses"),
        (("it", "worked", "because", "we"), "between_clauses"),
        (("it", "worked", "and", "we"), "between_clauses"),
        (("with", "bread", "and", "butter"), "within_clause"),
        (("on", "the", "second", "floor"), "within_clause"),
    ],
)
def test_punctuation_and_conjunctions_place_a_pause(said: tuple[str, ...], position: str) -> None:
    spoken = words(*said, at=(0.0, 0.4, 1.5, 1.9))
    pauses = find_silent_pauses([Span(0.0, 0.7), Span(1.5, 2.2)], spoken)
    assert [p.position for p in pauses] == [position]


def test_a_filled_pause_is_speech_and_splits_a_silence() -> None:
    frames = np.zeros(300, bool)
    frames[:100] = frames[250:] = True
    um = FilledPause(1.5, 1.9, "um", 0.9, "sound")
    spans = speech_spans(frames, [um])
    assert [(s.start_s, s.end_s) for s in spans] == [(0.0, 1.0), (1.5, 1.9), (2.5, 3.0)]


@given(
    frames=st.lists(st.booleans(), max_size=200),
    ums=st.lists(st.tuples(st.integers(0, 190), st.integers(1, 40)), max_size=4),
)
def test_spans_and_pauses_share_out_the_time(
    frames: list[bool], ums: list[tuple[int, int]]
) -> None:
    filled = [FilledPause(a / 100, (a + n) / 100, "uh", 1.0, "sound") for a, n in ums]
    mask = np.array(frames, bool)
    spans = speech_spans(mask, filled)
    assert all(a.end_s < b.start_s for a, b in pairwise(spans))
    covered = set(np.flatnonzero(mask).tolist())
    for start, count in ums:
        covered |= set(range(start, start + count))
    assert sum(s.duration_s for s in spans) == pytest.approx(len(covered) / 100)
    for pause in find_silent_pauses(spans, ()):
        assert pause.duration_s >= 0.25 - 1e-6
        assert all(pause.overlap_s(span) == 0 for span in spans)


def test_bare_words_and_clause_marks() -> None:
    assert bare("“Well,”") == "well"
    assert bare("I’m") == "i'm"
    assert ends_clause('done."')
    assert not ends_clause("well-known")
    assert begins_clause(["And", "I"])
    assert not begins_clause([])
