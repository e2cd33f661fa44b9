"""What keeps being passed over: the hard scenario never taken, the pitch never given.

Said kindly and one thing at a time, and only to people who practise regularly: somebody who has
just begun is not avoiding anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from simulator.library.attempts import Attempt
from simulator.library.cards import ReviewCard
from simulator.practice.interviewers import PRESSING
from simulator.practice.scenario import Scenario

AvoidedKind = Literal["hard", "pressure", "pitch", "passed_over"]

FEWEST_ATTEMPTS = 12
FEWEST_DAYS = 4
OVERDUE_DAYS = 14
PASSED_TIMES = 8
"""[judgement]: two weeks overdue, while eight other answers were given."""


@dataclass(frozen=True, slots=True)
class Avoided:
    """Something passed over, and one question to take it up with."""

    kind: AvoidedKind
    scenario_id: str
    question_id: str


def avoided(
    scenarios: Sequence[Scenario],
    cards: Mapping[tuple[str, str], ReviewCard],
    attempts: Sequence[Attempt],
    now: datetime,
) -> Avoided | None:
    """Find the one thing most worth mentioning.

    Parameters
    ----------
    scenarios : all that can be practised.
    cards : the schedule.
    attempts : the person's own, in order of time.
    now : timezone-aware.

    Returns
    -------
    Avoided or None : None while there are fewer than twelve attempts on four days.
    """
    days = {attempt.started_at.astimezone(now.tzinfo).date() for attempt in attempts}
    if len(attempts) < FEWEST_ATTEMPTS or len(days) < FEWEST_DAYS:
        return None
    taken = {attempt.scenario_id for attempt in attempts} | {key[0] for key in cards}
    hard = [scenario for scenario in scenarios if scenario.difficulty == "hard"]
    if hard and not any(scenario.scenario_id in taken for scenario in hard):
        return Avoided("hard", hard[0].scenario_id, hard[0].questions[0].question_id)
    if not any(attempt.interviewer in PRESSING for attempt in attempts):
        last = attempts[-1]
        if last.scenario_id is not None and last.question_id is not None:
            return Avoided("pressure", last.scenario_id, last.question_id)
    pitches = [
        (scenario.scenario_id, question.question_id)
        for scenario in scenarios
        for question in scenario.questions
        if question.kind == "pitch"
    ]
    answered = {(attempt.scenario_id, attempt.question_id) for attempt in attempts} | set(cards)
    if pitches and not any(pitch in answered for pitch in pitches):
        first = next((pitch for pitch in pitches if pitch[0] == "value-pitch"), pitches[0])
        return Avoided("pitch", *first)
    return _passed_over(scenarios, cards, attempts, now)


def _passed_over(
    scenarios: Sequence[Scenario],
    cards: Mapping[tuple[str, str], ReviewCard],
    attempts: Sequence[Attempt],
    now: datetime,
) -> Avoided | None:
    """The question longest overdue while others were answered."""
    there = {
        (scenario.scenario_id, question.question_id)
        for scenario in scenarios
        for question in scenario.questions
    }
    for card in sorted(cards.values(), key=lambda each: each.due):
        if now - card.due < timedelta(days=OVERDUE_DAYS):
            return None
        others = sum(attempt.started_at > card.due for attempt in attempts)
        if others >= PASSED_TIMES and card.key in there:
            return Avoided("passed_over", card.scenario_id, card.question_id)
    return None
