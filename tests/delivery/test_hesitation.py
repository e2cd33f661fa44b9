from __future__ import annotations

import pytest

from simulator.delivery.hesitation import (
    FEWEST_FOR_A_HABIT,
    Trigger,
    find_clusters,
    place_filled_pauses,
    usual_trigger,
)
from simulator.speech.timeline import FilledPause
from tests.delivery.saying import said, sound


def trigger_of(before: str, after: str) -> Trigger:
    first = said(before)
    at = first[-1].end_s if first else 0.0
    words = (*first, *said(after, at + 0.4))
    (placed,) = place_filled_pauses([sound(at, at + 0.4)], words)
    return placed.trigger


@pytest.mark.parametrize(
    ("before", "after", "trigger"),
    [
        ("", "I led the team", "start"),
        ("it took", "32 weeks to build", "before_number"),
        ("it took", "two weeks to build", "before_number"),
        ("we saved", "about 40 percent", "before_number"),
        ("we saved", "roughly half of it", "before_number"),
        ("it failed", "because nobody asked", "before_point"),
        ("and", "the result was clear", "before_point"),
        ("there", "what I did was call", "before_point"),
        ("It was late.", "The bus had left", "between_clauses"),
        ("it was late", "and we went home", "between_clauses"),
        ("it was late", "but fine by us", "between_clauses"),
        ("I had a", "meeting with them", "within_clause"),
        ("some like", "about cats", "within_clause"),
    ],
)
def test_what_a_filled_pause_stands_before(before: str, after: str, trigger: Trigger) -> None:
    assert trigger_of(before, after) == trigger


def test_after_the_last_word_nothing_follows() -> None:
    words = said("that was the plan")
    (placed,) = place_filled_pauses([sound(1.2, 1.5)], words)
    assert placed.trigger == "within_clause"


def sounds(*starts_s: float) -> list[FilledPause]:
    return [sound(start, start + 0.5) for start in starts_s]


def test_three_close_together_are_a_cluster() -> None:
    placed = place_filled_pauses(sounds(1.0, 4.0, 7.0, 20.0, 30.0), said("word"))
    (cluster,) = find_clusters(placed)
    assert (cluster.start_s, cluster.end_s, cluster.count) == (1.0, 7.5, 3)


@pytest.mark.parametrize("starts_s", [(), (1.0,), (1.0, 2.0), (1.0, 2.0, 6.0), (1.0, 5.0, 9.0)])
def test_fewer_or_farther_apart_are_none(starts_s: tuple[float, ...]) -> None:
    assert find_clusters(place_filled_pauses(sounds(*starts_s), said("word"))) == ()


def test_the_usual_trigger_needs_enough_of_them_and_a_majority() -> None:
    words = said("I had a plan for the whole team", 0.0, 1.0)
    inside = place_filled_pauses(sounds(*(1.9 + i for i in range(FEWEST_FOR_A_HABIT))), words)
    assert usual_trigger(inside) == "within_clause"
    assert usual_trigger(inside[1:]) is None
    first = place_filled_pauses([sound(0.0, 0.1)] * FEWEST_FOR_A_HABIT, words)
    assert usual_trigger([*inside, *first]) is None
    assert usual_trigger([*inside, *first, inside[0]]) == "within_clause"
