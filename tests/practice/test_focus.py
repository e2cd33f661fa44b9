"""A focus: chosen, and verified anew with every attempt."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import UsageError
from simulator.library.attempts import Attempt
from simulator.library.focuses import Focus, Focuses, m003_focuses
from simulator.practice.focus import choose, verify
from simulator.practice.spots import Spot
from tests.practice.people import START, attempt

FILLERS = Spot("measure", "filled_pauses_per_minute")
PACE = Spot("measure", "words_per_minute")
NO_RESULT = Spot("finding", "no_result")


def spoken(spot: Spot, values: list[float], first_day: int = 0) -> list[Attempt]:
    return [
        attempt(first_day + place, measures={spot.name: value})
        for place, value in enumerate(values)
    ]


def told(shown: list[int], first_day: int = 0) -> list[Attempt]:
    return [
        attempt(first_day + place, *(["no_result"] if there else []))
        for place, there in enumerate(shown)
    ]


def chosen(spot: Spot, attempts: list[Attempt], target: float | None = None) -> Focus:
    return choose(spot, attempts, (), "f1", START + timedelta(days=9.5), target)


BEFORE = [10.0, 11.0, 9.0, 10.0]


def status(after: list[float]) -> str:
    before = spoken(FILLERS, BEFORE)
    return verify(chosen(FILLERS, before), before + spoken(FILLERS, after, 10)).status


def test_the_usual_target_is_the_smallest_step_that_can_be_told_from_chance() -> None:
    focus = chosen(FILLERS, spoken(FILLERS, BEFORE))
    # Differences 1, 2, 1: own spread 1 / (0.6745 * 1.4142) = 1.048; with an assumed spread of 2
    # worth three differences sqrt((3 * 4 + 3 * 1.099) / 6) = 1.597; 1.96 * 1.597 * sqrt(1/2).
    assert focus.baseline == tuple(BEFORE)
    assert focus.target == pytest.approx(10.0 - 2.213, abs=0.01)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([], "open"),
        ([4.0], "open"),
        ([9.0, 9.5], "open"),
        ([7.0, 6.5], "improving"),
        ([13.0, 14.0], "slipped"),
        ([9.5, 10.5, 9.0, 10.0], "stalled"),
        ([7.0, 6.0, 7.5, 6.5], "reached"),
        ([7.0, 6.0, 7.5, 6.5, 8.0, 7.9], "reached"),
        ([7.0, 6.0, 7.5, 6.5, 13.0, 14.0, 13.0, 14.0], "slipped"),
    ],
)
def test_the_status_of_a_measure_moves_with_the_measured_change(
    after: list[float], expected: str
) -> None:
    assert status(after) == expected


def test_the_state_tells_what_it_rests_on() -> None:
    before = spoken(FILLERS, BEFORE)
    state = verify(chosen(FILLERS, before), before + spoken(FILLERS, [7.0, 6.0], 10))
    assert (state.amount, state.since, state.latest) == ("direction", (7.0, 6.0), 6.5)
    assert state.difference is not None
    assert (state.difference.before, state.difference.after) == (10.0, 6.5)
    assert state.difference.change == "lower"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([], "open"),
        ([0], "open"),
        ([0, 1], "open"),
        ([0, 0], "improving"),
        ([1, 0, 1, 1], "stalled"),
        ([1, 1, 1, 1], "slipped"),
        ([0, 1, 0, 0], "reached"),
        ([0, 0, 0, 0, 1, 1, 1], "slipped"),
    ],
)
def test_the_status_of_a_finding(after: list[int], expected: str) -> None:
    before = told([1, 0, 1, 1, 0])
    assert verify(chosen(NO_RESULT, before), before + told(after, 10)).status == expected


def test_pace_is_better_inside_its_band_from_either_side() -> None:
    fast = spoken(PACE, [230.0, 225.0, 235.0])
    focus = chosen(PACE, fast)
    assert focus.target == 200.0
    assert verify(focus, fast + spoken(PACE, [205.0, 200.0], 10)).status == "improving"
    assert verify(focus, fast + spoken(PACE, [180.0, 185.0, 175.0, 180.0], 10)).status == "reached"
    slow = spoken(PACE, [90.0, 95.0, 92.0])
    assert chosen(PACE, slow).target == 110.0


def test_two_at_most_and_none_twice() -> None:
    attempts = spoken(FILLERS, BEFORE)
    one = chosen(FILLERS, attempts)
    with pytest.raises(UsageError, match="already"):
        choose(FILLERS, attempts, (one,), "f2", START)
    two = choose(NO_RESULT, attempts, (one,), "f2", START)
    with pytest.raises(UsageError, match="Two at a time"):
        choose(PACE, spoken(PACE, [230.0]), (one, two), "f3", START)
    with pytest.raises(UsageError, match="No attempt can tell"):
        choose(PACE, attempts, (), "f3", START)


def test_example_answers_never_move_a_status() -> None:
    before = spoken(FILLERS, BEFORE)
    demos = [attempt(10 + place, measures={FILLERS.name: 1.0}, kind="demo") for place in range(6)]
    assert verify(chosen(FILLERS, before), before + demos).status == "open"


@given(st.lists(st.floats(0, 30), max_size=12))
def test_fewer_than_two_are_open_and_fewer_than_four_never_reached_or_stalled(
    after: list[float],
) -> None:
    found = status(after)
    if len(after) < 2:
        assert found == "open"
    elif len(after) < 4:
        assert found in ("open", "improving", "slipped")
    else:
        assert found != "open"


@given(st.lists(st.floats(0, 5), min_size=2, max_size=8))
def test_better_values_are_never_called_a_slip_at_first(after: list[float]) -> None:
    assert status(after) in ("improving", "reached")


def test_focuses_are_kept_and_dropped() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    m003_focuses(db)
    focuses = Focuses(db)
    one = chosen(FILLERS, spoken(FILLERS, BEFORE))
    focuses.keep(one)
    assert focuses.all() == focuses.active() == (one,)
    dropped = Focus(one.focus_id, one.spot, one.chosen_at, one.baseline, one.target, START)
    focuses.keep(dropped)
    assert focuses.all() == (dropped,)
    assert focuses.active() == ()
    db.close()
