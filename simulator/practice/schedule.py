"""When a question is worth answering again, by the FSRS algorithm (py-fsrs).

Spoken answers are not flashcards: steps of minutes make no sense, so the schedule works in whole
days, and no question stays away for longer than a month, since the next interview may come.
Without FSRS's random fuzz the same attempts always give the same schedule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from simulator.library.attempts import Attempt
from simulator.library.cards import ReviewCard
from simulator.library.focuses import Focus
from simulator.practice.rating import Rating, rate
from simulator.practice.spots import Spot, read_spot

DESIRED_RETENTION = 0.9
LONGEST_DAYS = 30
"""[judgement]"""

FOLLOW_UP_MARK = "+"
"""Ends the question id of an answer to a follow-up: it does not review the question itself."""

Key = tuple[str, str]


@cache
def _scheduler() -> Any:
    import fsrs

    return fsrs.Scheduler(
        desired_retention=DESIRED_RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST_DAYS,
        enable_fuzzing=False,
    )


def review(card: ReviewCard | None, key: Key, rating: Rating, at: datetime) -> ReviewCard:
    """A question's card after it was answered.

    Parameters
    ----------
    card : from before, None for the first answer.
    key : scenario and question.
    rating : of the attempt.
    at : when it was answered, timezone-aware.
    """
    import fsrs

    at = at.astimezone(UTC)
    after, _ = _scheduler().review_card(_to_fsrs(card, at), fsrs.Rating(rating), at)
    return ReviewCard(
        scenario_id=key[0],
        question_id=key[1],
        stability=after.stability,
        difficulty=after.difficulty,
        due=after.due,
        last_review=at,
        reviews=1 if card is None else card.reviews + 1,
    )


def retrievability(card: ReviewCard, now: datetime) -> float:
    """How likely the answer still sits, 0 to 1, by FSRS."""
    return float(_scheduler().get_card_retrievability(_to_fsrs(card, now), now.astimezone(UTC)))


def replay(
    attempts: Iterable[Attempt],
    focuses: Sequence[Focus] = (),
    cards: Mapping[Key, ReviewCard] | None = None,
) -> dict[Key, ReviewCard]:
    """Bring cards up to date with attempts.

    Parameters
    ----------
    attempts : in any order; those that a card has seen already are left out.
    focuses : all ever chosen; each counts for the attempts made while it was worked on.
    cards : from before, by scenario and question.

    Returns
    -------
    dict : every card, those that did not change among them.
    """
    current = dict(cards or {})
    for attempt in sorted(attempts, key=lambda each: each.started_at):
        if attempt.scenario_id is None or attempt.question_id is None:
            continue
        if attempt.question_id.endswith(FOLLOW_UP_MARK):
            continue
        key = (attempt.scenario_id, attempt.question_id)
        card = current.get(key)
        if card is not None and attempt.started_at <= card.last_review:
            continue
        rating = rate(attempt, spots_at(focuses, attempt.started_at))
        if rating is not None:
            current[key] = review(card, key, rating, attempt.started_at)
    return current


def spots_at(focuses: Iterable[Focus], when: datetime) -> tuple[Spot, ...]:
    """The spots that were worked on at a time."""
    found = [
        read_spot(focus.spot)
        for focus in focuses
        if focus.chosen_at <= when and (focus.dropped_at is None or when < focus.dropped_at)
    ]
    return tuple(spot for spot in found if spot is not None)


def _to_fsrs(card: ReviewCard | None, now: datetime) -> Any:
    import fsrs

    if card is None:
        # An explicit id: fsrs would sleep a millisecond to make one.
        return fsrs.Card(card_id=0, due=now.astimezone(UTC))
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )
