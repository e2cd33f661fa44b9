"""Before and after, trends, pressure, calibration, and transcripts side by side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.library.attempts import Attempt
from simulator.practice.calibration import calibrate, kendall_tau
from simulator.practice.progress import (
    Comparison,
    compare_attempts,
    noise_of,
    previous_attempt,
    trends,
    under_pressure,
)
from simulator.practice.side_by_side import side_by_side
from tests.practice.people import START, attempt

FILLERS = "filled_pauses_per_minute"
PACE = "words_per_minute"


def spoken(day: float, fillers: float | None, pace: float = 150.0, **other: Any) -> Attempt:
    return attempt(day, measures={FILLERS: fillers, PACE: pace}, **other)


def verdicts(found: Comparison) -> dict[str, str]:
    return {change.facts.name: change.verdict for change in found.changes}


STEADY = [spoken(day, 6.0 + day % 2, 150 + day % 3) for day in range(8)]


def test_a_difference_within_the_speakers_own_noise_is_none() -> None:
    found = compare_attempts(STEADY[0], STEADY[1], STEADY)
    assert verdicts(found) == {"clarity_score": "none", FILLERS: "none", PACE: "none"}
    assert found.same_question


def test_a_larger_one_has_a_side() -> None:
    better = spoken(9, 1.0, 151)
    assert verdicts(compare_attempts(STEADY[0], better, STEADY))[FILLERS] == "better"
    assert verdicts(compare_attempts(better, STEADY[0], STEADY))[FILLERS] == "worse"


def test_pace_inside_the_band_changes_without_a_side_and_outside_has_one() -> None:
    quicker = spoken(9, 6.0, 190)
    assert verdicts(compare_attempts(STEADY[0], quicker, STEADY))[PACE] == "changed"
    racing = spoken(10, 6.0, 240)
    assert verdicts(compare_attempts(STEADY[0], racing, STEADY))[PACE] == "worse"


def test_what_is_undefined_stays_unknown() -> None:
    assert verdicts(compare_attempts(STEADY[0], spoken(9, None), STEADY))[FILLERS] == "unknown"


def test_findings_that_went_and_came() -> None:
    found = compare_attempts(attempt(0, "vague", "hedged"), attempt(1, "hedged", "jargon"), [])
    assert (found.gone, found.new) == (("vague",), ("jargon",))


def test_answers_to_one_question_are_held_against_repeats_of_it_only() -> None:
    other = [spoken(day + 0.5, 20.0, question="another-question") for day in range(8)]
    mixed = sorted([*STEADY, *other], key=lambda each: each.started_at)
    within = noise_of(FILLERS, mixed, within_questions=True).spread
    across = noise_of(FILLERS, mixed, within_questions=False).spread
    assert across > 5 * within
    assert not compare_attempts(STEADY[0], other[0], mixed).same_question


def test_the_previous_attempt_is_the_last_at_the_same_question() -> None:
    demo = spoken(6.5, 1.0, kind="demo")
    assert previous_attempt(STEADY[7], [*STEADY, demo]) == STEADY[6]
    assert previous_attempt(STEADY[0], STEADY) is None


def test_trends_over_weeks() -> None:
    # The first of March 2025 is a Saturday.
    values = [9.0, 9.5, 9.0, 8.5, 5.0, 4.5, 5.0, 4.0]
    attempts = [spoken(place * 3, value) for place, value in enumerate(values)]
    found = {each.facts.name: each for each in trends(attempts, START + timedelta(days=30))}
    fillers = found[FILLERS]
    assert (fillers.amount, fillers.verdict) == ("trend", "better")
    assert fillers.difference is not None
    assert (fillers.difference.before, fillers.difference.after) == (9.0, 4.625)
    assert [(week.monday, week.attempts, week.value) for week in fillers.weeks] == [
        (date(2025, 2, 24), 1, 9.0),
        (date(2025, 3, 3), 2, 9.25),
        (date(2025, 3, 10), 3, 5.0),
        (date(2025, 3, 17), 2, 4.5),
    ]
    assert found[PACE].verdict == "none"
    assert "pitch_range_semitones" not in found


@pytest.mark.parametrize(
    ("count", "amount"), [(1, "baseline"), (2, "direction"), (3, "direction"), (4, "trend")]
)
def test_how_much_so_many_attempts_show(count: int, amount: str) -> None:
    attempts = [spoken(place, 5.0) for place in range(count)]
    found = trends(attempts, START + timedelta(days=10), [FILLERS])
    assert [each.amount for each in found] == [amount]
    assert (found[0].difference is None) == (count == 1)


def test_old_attempts_and_examples_do_not_enter_a_trend() -> None:
    attempts = [spoken(0, 5.0), spoken(100, 5.0), spoken(101, 5.0, kind="demo")]
    found = trends(attempts, START + timedelta(days=102), [FILLERS], weeks=4)
    assert sum(week.attempts for week in found[0].weeks) == 1


def test_pressure_compares_only_what_was_asked_both_ways() -> None:
    attempts = [
        *[spoken(day, 4.0, interviewer="warm") for day in range(4)],
        *[spoken(day, 12.0, interviewer="hurried") for day in range(4, 8)],
        *[spoken(day, 0.0, interviewer="warm", question="other") for day in range(8, 12)],
    ]
    found = {each.facts.name: each for each in under_pressure(attempts, [FILLERS, PACE])}
    assert (found[FILLERS].kindly, found[FILLERS].pressed) == (4, 4)
    assert (found[FILLERS].difference.before, found[FILLERS].difference.after) == (4.0, 12.0)
    assert found[FILLERS].verdict == "worse"
    assert found[PACE].verdict == "none"
    assert under_pressure(attempts[:4]) == ()


def rated(rows: list[tuple[int | None, float | None]]) -> list[Attempt]:
    return [
        attempt(place, measures={"clarity_score": score}, self_rating=own)
        for place, (own, score) in enumerate(rows)
    ]


def test_ratings_that_go_with_the_measure() -> None:
    found = calibrate(rated([(1, 0.1), (2, 0.3), (3, 0.5), (4, 0.7), (5, 0.9)]))
    assert (found.rated, found.tau, found.agreement, found.leaning) == (5, 1.0, "together", "even")


def test_a_harsh_person_can_take_heart() -> None:
    found = calibrate(rated([(1, 0.5), (1, 0.6), (2, 0.7), (2, 0.75), (1, 0.55), (2, 0.8)]))
    assert found.leaning == "harsher"
    # 1 against 1 + 4 * 0.6 = 3.4 is the furthest below.
    assert found.harshest == rated([(1, 0.5), (1, 0.6)])[1].attempt_id
    assert found.kindest is None


def test_too_few_ratings_say_nothing() -> None:
    found = calibrate(rated([(1, 0.9)] * 4 + [(None, 0.5), (3, None)]))
    assert (found.rated, found.agreement, found.leaning) == (4, "too_few", "too_few")


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ([1, 2, 3], [3, 2, 1], -1.0),
        # Pairs: 6; concordant 4, discordant 0, ties 1 and 1: 4 / sqrt(5 * 5).
        ([1, 2, 2, 3], [1, 2, 3, 3], 0.8),
        ([1, 1, 1], [1, 2, 3], None),
        ([], [], None),
    ],
)
def test_kendalls_tau(one: list[float], two: list[float], expected: float | None) -> None:
    found = kendall_tau(one, two)
    assert found == (None if expected is None else pytest.approx(expected))


words = st.lists(st.sampled_from(["we", "cut", "the", "cost", "by", "half."]), max_size=15)


@given(words, words)
def test_side_by_side_holds_both_answers_whole(one: list[str], two: list[str]) -> None:
    stretches = side_by_side(" ".join(one), " ".join(two))
    first = " ".join(each.text for each in stretches if each.fate != "new").split()
    second = " ".join(each.text for each in stretches if each.fate != "gone").split()
    assert first == one
    assert [word.lower() for word in second] == two


def test_side_by_side_worked_example() -> None:
    found = side_by_side("So, we cut the cost.", "We cut the cost by half.")
    assert [(each.fate, each.text) for each in found] == [
        ("gone", "So,"),
        ("same", "we cut the cost."),
        ("new", "by half."),
    ]
