from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.clips import Label
from benchmarks.accuracy.scoring import (
    Events,
    articulation_rate,
    largest_matching,
    match_filled_pauses,
    match_pauses,
)
from simulator.speech.timeline import Span


def um(start_s: float, end_s: float) -> Label:
    return Label("um", Span(start_s, end_s))


SOMEWHERE = Label("uh", None)


@pytest.mark.parametrize(
    ("detected", "found"),
    [
        (Span(1.0, 1.4), 1),
        (Span(1.39, 2.0), 1),
        (Span(0.72, 0.9), 1),
        (Span(0.65, 0.9), 0),
        (Span(1.4, 1.6), 0),
        (Span(1.28, 1.29), 1),
    ],
)
def test_a_filled_pause_is_right_by_overlap_or_a_near_start(detected: Span, found: int) -> None:
    events = match_filled_pauses([um(1.0, 1.4)], [], [detected])
    assert events == Events(found, 1 - found, 1 - found)


def test_two_detected_over_one_label_are_one_right_and_one_false() -> None:
    events = match_filled_pauses([um(1.0, 2.0)], [], [Span(1.0, 1.4), Span(1.5, 1.9)])
    assert events == Events(found=1, missed=0, false=1)


def test_matching_finds_the_most_pairs_and_not_the_first() -> None:
    # The first detected fits both labels, the second only the first label.
    events = match_filled_pauses(
        [um(1.0, 1.2), um(1.5, 1.6)], [], [Span(1.25, 1.55), Span(0.8, 1.1)]
    )
    assert events == Events(found=2, missed=0, false=0)


def test_hums_and_doubtful_marks_are_neither_right_nor_wrong() -> None:
    hum = Label("hmm", Span(5.0, 5.4))
    assert match_filled_pauses([um(1, 2)], [hum], [Span(1, 2), Span(5, 5.3)]) == Events(1, 0, 0)
    assert match_filled_pauses([um(1, 2)], [hum], [Span(1, 2)]) == Events(1, 0, 0)


def test_a_label_is_served_before_what_is_set_aside() -> None:
    hum = Label("hmm", Span(1.0, 1.4))
    assert match_filled_pauses([um(1.2, 1.6)], [hum], [Span(1.1, 1.5)]) == Events(1, 0, 0)


def test_without_times_the_count_decides() -> None:
    assert match_filled_pauses([SOMEWHERE] * 3, [], [Span(1, 2)] * 2) == Events(2, 1, 0)
    assert match_filled_pauses([SOMEWHERE], [], [Span(1, 2)] * 3) == Events(1, 0, 2)
    hum = Label("hmm", None)
    assert match_filled_pauses([SOMEWHERE], [hum], [Span(1, 2)] * 3) == Events(1, 0, 1)


def test_counts_make_precision_recall_and_f1() -> None:
    events = Events(found=6, missed=2, false=2)
    assert (events.precision, events.recall, events.f1) == (0.75, 0.75, 0.75)
    assert events.count_error == 0
    assert Events(1, 0, 3).count_error == 3
    assert Events().f1 is None
    assert Events(false=2).f1 is None
    assert Events(false=2).precision == 0
    assert Events(missed=2).precision is None


spans = st.builds(
    lambda start, length: Span(start, start + length), st.floats(0, 20), st.floats(0.05, 1.5)
)


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_counts_always_add_up(labels: list[Span], detected: list[Span]) -> None:
    events = match_filled_pauses([Label("um", span) for span in labels], [], detected)
    assert events.found + events.missed == len(labels)
    assert events.found + events.false == len(detected)


@given(st.lists(st.lists(st.booleans(), min_size=4, max_size=4), max_size=6))
def test_a_matching_uses_nothing_twice_and_only_what_fits(fits: list[list[bool]]) -> None:
    pairs = largest_matching(fits)
    assert len(set(pairs.values())) == len(pairs)
    assert all(fits[row][column] for row, column in pairs.items())
    greedy: set[int] = set()
    for row in fits:
        greedy |= set([c for c, good in enumerate(row) if good and c not in greedy][:1])
    assert len(pairs) >= len(greedy)


def test_pauses_need_half_of_the_time_in_common() -> None:
    label = [Span(2.0, 3.0)]
    right = match_pauses(label, [Span(2.02, 2.95)])
    assert right.events == Events(1, 0, 0)
    assert right.median_edge_error_s == pytest.approx(0.035)
    assert right.total_error == pytest.approx(-0.07)
    assert match_pauses(label, [Span(2.0, 2.49)]).events == Events(0, 1, 1)


def test_short_silences_are_no_pauses() -> None:
    scored = match_pauses([Span(0, 0.24)], [Span(5, 5.2)])
    assert scored.events == Events()
    assert scored.median_edge_error_s is None
    assert scored.total_error is None


def test_one_long_pause_does_not_pass_for_two() -> None:
    scored = match_pauses([Span(1.0, 1.5), Span(1.9, 2.4)], [Span(1.0, 2.4)])
    assert scored.events == Events(0, 2, 1)


def test_articulation_rate_leaves_pauses_out() -> None:
    rate = articulation_rate(30, 1.0, 13.0, [Span(3, 4), Span(6, 6.2)], [Span(8, 9)])
    assert rate == pytest.approx(3.0)
    assert articulation_rate(0, 0, 1, [], []) is None
    assert articulation_rate(3, 1, 2, [Span(0, 3)], []) is None
