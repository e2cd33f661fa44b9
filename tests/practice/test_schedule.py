"""Ratings and the schedule they lead to."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.library.attempts import Attempt
from simulator.library.cards import Cards, ReviewCard, m004_cards
from simulator.library.focuses import Focus
from simulator.practice.rating import Rating, rate
from simulator.practice.schedule import LONGEST_DAYS, replay, retrievability, review, spots_at
from simulator.practice.spots import Spot
from tests.practice.people import START, attempt

KEY = ("final-round-panel", "what-you-take-on")


def scored(score: float | None, own: int | None, **other: Any) -> Attempt:
    return attempt(0, measures={"clarity_score": score}, self_rating=own, **other)


@pytest.mark.parametrize(
    ("score", "own", "expected"),
    [
        (0.2, None, 1),
        (0.5, None, 2),
        (0.6, None, 3),
        (0.9, None, 4),
        (None, 5, 4),
        (None, 3, 3),
        (None, None, None),
        # Disagreement: the mean, rounded down.
        (0.9, 1, 2),
        (0.2, 5, 2),
        (0.6, 5, 3),
        (0.6, 2, 2),
        (0.9, 5, 4),
    ],
)
def test_the_measured_answer_and_the_person_have_a_say(
    score: float | None, own: int | None, expected: int | None
) -> None:
    assert rate(scored(score, own)) == expected


def test_a_focus_that_shows_again_is_never_better_than_hard() -> None:
    good = attempt(0, "vague", measures={"clarity_score": 0.9}, self_rating=5)
    assert rate(good) == 4
    assert rate(good, [Spot("finding", "vague")]) == 2
    assert rate(good, [Spot("finding", "hedged")]) == 4


def test_examples_and_unusable_recordings_are_not_rated() -> None:
    assert rate(scored(0.9, 5, kind="demo")) is None
    assert rate(scored(0.9, 5, usable=False)) is None


@given(st.floats(0, 1), st.integers(1, 5), st.integers(1, 5))
def test_a_better_own_rating_never_brings_an_answer_back_sooner(
    score: float, one: int, two: int
) -> None:
    low, high = sorted((one, two))
    worse, better = rate(scored(score, low)), rate(scored(score, high))
    assert worse is not None
    assert better is not None
    assert worse <= better


def days_until_due(*ratings: Rating) -> list[int]:
    card, at, found = None, START, []
    for rating in ratings:
        card = review(card, KEY, rating, at)
        found.append((card.due - at).days)
        at = card.due
    return found


def test_intervals_grow_when_it_sits_and_start_again_when_not() -> None:
    # By py-fsrs 6 with its default parameters, whole days, at most thirty.
    assert days_until_due(3, 3, 3, 3) == [2, 11, 30, 30]
    assert days_until_due(4, 4) == [8, 30]
    again = days_until_due(3, 3, 1, 3)
    assert again[:2] == [2, 11]
    assert again[2] <= 2


@given(st.lists(st.integers(1, 4), min_size=1, max_size=12))
def test_every_interval_is_a_day_to_a_month(ratings: list[Rating]) -> None:
    assert all(1 <= days <= LONGEST_DAYS for days in days_until_due(*ratings))


def test_the_same_attempts_give_the_same_cards_at_once_or_one_by_one() -> None:
    attempts = [
        attempt(day, measures={"clarity_score": 0.3 + 0.05 * (day % 10)}, question=question)
        for day in range(20)
        for question in ("why", "how")
    ]
    whole = replay(attempts)
    step_by_step: dict[tuple[str, str], ReviewCard] = {}
    for one in attempts:
        step_by_step = replay([one], (), step_by_step)
    assert whole == step_by_step
    assert replay(attempts, (), whole) == whole
    assert {card.reviews for card in whole.values()} == {20}


def test_attempts_without_a_question_make_no_card() -> None:
    assert replay([attempt(0, scenario=None, question=None)]) == {}
    assert replay([attempt(0, question="why+")]) == {}


def test_a_focus_counts_only_while_it_is_worked_on() -> None:
    focus = Focus("f", "finding:vague", START, (1.0,), 0.0, START + timedelta(days=5))
    assert spots_at([focus], START - timedelta(days=1)) == ()
    assert spots_at([focus], START) == (Spot("finding", "vague"),)
    assert spots_at([focus], START + timedelta(days=5)) == ()


def test_the_memory_of_an_answer_fades() -> None:
    card = review(None, KEY, 3, START)
    fading = [retrievability(card, START + timedelta(days=days)) for days in (0, 2, 10, 40)]
    assert fading == sorted(fading, reverse=True)
    assert fading[0] == 1.0
    assert fading[1] == pytest.approx(0.9, abs=0.03)


def test_cards_are_kept() -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    m004_cards(db)
    cards = Cards(db)
    card = review(None, KEY, 3, START)
    cards.keep([card])
    assert cards.all() == (card,)
    later = review(card, KEY, 3, card.due)
    cards.keep([later])
    assert cards.all() == (later,)
    cards.clear()
    assert cards.all() == ()
    db.close()
