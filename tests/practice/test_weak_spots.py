"""What recurs, and what does not."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.library.attempts import Attempt
from simulator.library.debriefs import Debrief, Outcome
from simulator.practice.weak_spots import own_attempts, propose, recurring
from tests.practice.people import attempt
from tests.practice.test_debrief import walk

KINDS = ("no_result", "vague", "hedged")
FILLERS = "filled_pauses_per_minute"


def keys(attempts: list[Attempt], debriefs: tuple[Debrief, ...] = ()) -> list[str]:
    return [weak.spot.name for weak in recurring(attempts, debriefs)]


def test_once_is_a_slip_twice_recurs() -> None:
    assert keys([attempt(0, "no_result"), attempt(1)]) == []
    assert keys([attempt(0, "no_result"), attempt(1, "no_result")]) == ["no_result"]


def test_two_in_twelve_is_not_a_pattern() -> None:
    twelve = [attempt(day, *(["vague"] if day < 2 else [])) for day in range(12)]
    assert keys(twelve) == []
    assert keys([attempt(day, *(["vague"] if day < 3 else [])) for day in range(12)]) == ["vague"]


def test_only_the_latest_attempts_count() -> None:
    old = [attempt(day, "no_result") for day in range(5)]
    new = [attempt(day, "vague") for day in range(5, 17)]
    assert keys(old + new) == ["vague"]


def test_a_measure_recurs_where_a_listener_would_notice_it() -> None:
    many = [attempt(day, measures={FILLERS: 9.0}) for day in range(2)]
    few = [attempt(day, measures={FILLERS: 7.0}) for day in range(2)]
    assert keys(many) == [FILLERS]
    assert keys(few) == []
    assert recurring(many, ())[0].moments[0].value == 9.0


def test_the_most_frequent_first_then_content_then_the_latest() -> None:
    attempts = [
        attempt(0, "no_result", measures={FILLERS: 9.0}),
        attempt(1, "no_result", "vague", measures={FILLERS: 9.0}),
        attempt(2, "vague", "hedged", measures={FILLERS: 9.0}),
        attempt(3, "vague", "hedged"),
    ]
    assert keys(attempts) == ["vague", FILLERS, "hedged", "no_result"]
    # Three times each: content goes before delivery.
    assert [weak.spot.name for weak in propose(attempts, ())] == ["vague", FILLERS]
    assert [weak.spot.name for weak in propose(attempts, (), ["finding:vague"])] == [
        FILLERS,
        "hedged",
    ]


def test_moments_are_the_latest_with_their_quotes() -> None:
    attempts = [attempt(day, "vague", quote=f"said on day {day}") for day in range(6)]
    weak = recurring(attempts, ())[0]
    assert (weak.attempts, weak.judged, weak.debriefs) == (6, 6, 0)
    assert [moment.quote for moment in weak.moments] == [
        f"said on day {day}" for day in (5, 4, 3, 2)
    ]
    assert weak.moments[0].attempt_id == attempts[5].attempt_id
    assert (weak.moments[0].start_s, weak.moments[0].end_s) == (1.0, 2.0)


def test_a_debrief_counts_once_and_only_with_its_evidence() -> None:
    # Its notes: lost the thread (rambling), forgot how it ended (no_result), no number (vague).
    debrief = walk()
    assert keys([attempt(20, "no_result")], (debrief,)) == ["no_result"]
    weak = recurring([attempt(20, "no_result")], (debrief,))[0]
    assert (weak.attempts, weak.debriefs) == (1, 1)
    assert weak.moments[1].quote == "I forgot to say how it ended."
    assert keys([], (debrief, replace(debrief, debrief_id="second"))) == [
        "no_result",
        "vague",
        "rambling",
    ]
    place = [note.text for note in debrief.notes].index("I forgot to say how it ended.")
    assert keys([attempt(20, "no_result")], (debrief.overrule(place, "assumption"),)) == []


@pytest.mark.parametrize("outcome", [None, Outcome("offer"), Outcome("no", "Too vague.")])
def test_the_outcome_changes_nothing(outcome: Outcome | None) -> None:
    attempts = [attempt(20, "no_result")]
    with_it = recurring(attempts, (replace(walk(), outcome=outcome),))
    assert with_it == recurring(attempts, (walk(),))


def test_examples_and_unusable_recordings_count_for_nothing() -> None:
    attempts = [
        attempt(0, "vague", kind="demo"),
        attempt(1, "vague", usable=False),
        attempt(2, "vague"),
    ]
    assert own_attempts(attempts) == (attempts[2],)
    assert keys(attempts) == []


def test_an_answer_that_could_not_be_judged_is_not_counted_as_clean() -> None:
    unjudged = [attempt(day, measures={"clarity_score": None}) for day in range(2, 10)]
    weak = recurring([attempt(0, "vague"), attempt(1, "vague"), *unjudged], ())
    assert [(each.spot.name, each.attempts, each.judged) for each in weak] == [("vague", 2, 2)]


attempts_of = st.lists(
    st.tuples(st.floats(0, 300), st.lists(st.sampled_from(KINDS), max_size=3, unique=True)),
    max_size=20,
).map(lambda rows: [attempt(day, *kinds) for day, kinds in rows])


@given(attempts_of)
def test_every_weak_spot_rests_on_two_and_each_moment_is_real(attempts: list[Attempt]) -> None:
    for weak in recurring(attempts, ()):
        assert weak.times >= 2
        assert weak.attempts <= weak.judged <= 12
        assert weak.moments
        for moment in weak.moments:
            assert any(
                moment.attempt_id == each.attempt_id
                and weak.spot.name in [finding.kind for finding in each.findings]
                for each in attempts
            )


@given(attempts_of, st.randoms())
def test_the_order_attempts_are_given_in_does_not_matter(
    attempts: list[Attempt], rng: Random
) -> None:
    unique = list({each.started_at: each for each in attempts}.values())
    shuffled = unique[:]
    rng.shuffle(shuffled)
    assert recurring(shuffled, ()) == recurring(unique, ())
