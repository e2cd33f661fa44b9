"""Progress: the same question before and after, trends over weeks, self-rating against measured.

Every difference is held against the speaker's own noise, see `noise`. Example answers never enter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Literal

from simulator.library.attempts import Attempt
from simulator.practice.interviewers import PRESSING
from simulator.practice.measures import MEASURES, MeasureFacts, facts_of
from simulator.practice.noise import (
    Amount,
    Difference,
    Noise,
    amount_of,
    compare,
    estimate_noise,
    trend,
)
from simulator.practice.weak_spots import own_attempts

Verdict = Literal["better", "worse", "changed", "none", "unknown"]
NOISE_WINDOW = 60


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """One measure before and after.

    Attributes
    ----------
    facts : of the measure.
    before, after : None where undefined.
    smallest : the smallest difference that is more than noise.
    verdict : ``none`` where the difference is smaller than that; ``changed`` where neither side
        is better; ``unknown`` where one of the values is undefined.
    """

    facts: MeasureFacts
    before: float | None
    after: float | None
    smallest: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two attempts, measure by measure.

    ``gone`` and ``new`` are kinds of findings; ``same_question`` is false where the two answer
    different questions, which alone can make measures differ.
    """

    before: Attempt
    after: Attempt
    changes: tuple[MeasureChange, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    same_question: bool


@dataclass(frozen=True, slots=True)
class Week:
    """A week's attempts at one measure: the Monday it begins with, how many, their median."""

    monday: date
    attempts: int
    value: float


@dataclass(frozen=True, slots=True)
class Trend:
    """Where a measure is going.

    ``difference`` sets the later half against the earlier half; None for fewer than two attempts.
    """

    facts: MeasureFacts
    amount: Amount
    weeks: tuple[Week, ...]
    difference: Difference | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Pressure:
    """The same question asked kindly and pressingly: means of one measure, and the verdict."""

    facts: MeasureFacts
    kindly: int
    pressed: int
    difference: Difference
    verdict: Verdict


def compare_attempts(before: Attempt, after: Attempt, attempts: Iterable[Attempt]) -> Comparison:
    """Compare two attempts measure by measure.

    Parameters
    ----------
    before, after : in the order to compare.
    attempts : the person's, for their noise; repeats of one question where the two answer the
        same, all attempts where they do not.
    """
    own = own_attempts(attempts)[-NOISE_WINDOW:]
    same = _question(before) == _question(after) and before.question_id is not None
    names = [name for name in MEASURES if name in before.measures or name in after.measures]
    changes = tuple(
        _change(facts_of(name), before, after, noise_of(name, own, within_questions=same))
        for name in names
    )
    kinds_before = dict.fromkeys(finding.kind for finding in before.findings)
    kinds_after = dict.fromkeys(finding.kind for finding in after.findings)
    return Comparison(
        before=before,
        after=after,
        changes=changes,
        gone=tuple(kind for kind in kinds_before if kind not in kinds_after),
        new=tuple(kind for kind in kinds_after if kind not in kinds_before),
        same_question=same,
    )


def noise_of(name: str, own: Sequence[Attempt], *, within_questions: bool) -> Noise:
    """A measure's noise: between repeats of the same question, or from any attempt to the next."""
    groups: dict[object, list[float]] = {}
    for attempt in own:
        value = attempt.measures.get(name)
        if value is not None:
            groups.setdefault(_question(attempt) if within_questions else None, []).append(value)
    return estimate_noise(groups.values(), facts_of(name).usual_noise)


def previous_attempt(attempt: Attempt, attempts: Iterable[Attempt]) -> Attempt | None:
    """The person's last attempt at the same question before this one; None where there is none."""
    earlier = [
        each
        for each in own_attempts(attempts)
        if _question(each) == _question(attempt)
        and each.question_id is not None
        and each.started_at < attempt.started_at
    ]
    return earlier[-1] if earlier else None


def trends(
    attempts: Iterable[Attempt],
    now: datetime,
    names: Sequence[str] = tuple(MEASURES),
    weeks: int = 8,
) -> tuple[Trend, ...]:
    """Where the measures are going over the last weeks.

    Parameters
    ----------
    attempts : the person's.
    now : timezone-aware, in the person's own time zone.
    names : of the measures; those never measured are left out.
    weeks : how far to look back.
    """
    since = now - timedelta(weeks=weeks)
    own = [each for each in own_attempts(attempts) if each.started_at >= since]
    found = (_trend(facts_of(name), own, now) for name in names)
    return tuple(each for each in found if each.amount != "nothing")


def under_pressure(
    attempts: Iterable[Attempt], names: Sequence[str] = tuple(MEASURES)
) -> tuple[Pressure, ...]:
    """What pressing interviewers change, over the questions answered in both ways.

    Only answers to questions that were asked kindly and pressingly are compared, so that harder
    questions do not look like pressure.
    """
    own = own_attempts(attempts)
    kindly: dict[object, list[Attempt]] = {}
    pressed: dict[object, list[Attempt]] = {}
    for attempt in own:
        if attempt.question_id is not None and attempt.interviewer is not None:
            side = pressed if attempt.interviewer in PRESSING else kindly
            side.setdefault(_question(attempt), []).append(attempt)
    both = [key for key in kindly if key in pressed]
    found: list[Pressure] = []
    for name in names:
        calm = _values(name, (each for key in both for each in kindly[key]))
        hard = _values(name, (each for key in both for each in pressed[key]))
        if calm and hard:
            facts = facts_of(name)
            noise = noise_of(name, own[-NOISE_WINDOW:], within_questions=True)
            difference = compare(calm, hard, noise)
            verdict = _judge(facts, fmean(calm), fmean(hard), difference)
            found.append(Pressure(facts, len(calm), len(hard), difference, verdict))
    return tuple(found)


def _question(attempt: Attempt) -> tuple[str | None, str | None]:
    return attempt.scenario_id, attempt.question_id


def _values(name: str, attempts: Iterable[Attempt]) -> list[float]:
    values = (attempt.measures.get(name) for attempt in attempts)
    return [value for value in values if value is not None]


def _change(facts: MeasureFacts, before: Attempt, after: Attempt, noise: Noise) -> MeasureChange:
    earlier, later = before.measures.get(facts.name), after.measures.get(facts.name)
    smallest = noise.smallest_change()
    if earlier is None or later is None:
        return MeasureChange(facts, earlier, later, smallest, "unknown")
    difference = compare([earlier], [later], noise)
    verdict = _judge(facts, earlier, later, difference)
    return MeasureChange(facts, earlier, later, smallest, verdict)


def _judge(facts: MeasureFacts, before: float, after: float, difference: Difference) -> Verdict:
    """A difference in words; within a band neither side is better."""
    if difference.change == "none":
        return "none"
    if facts.better == "none":
        return "changed"
    earlier, later = facts.excess(before), facts.excess(after)
    if earlier == later:
        return "changed"
    return "better" if later < earlier else "worse"


def _trend(facts: MeasureFacts, own: Sequence[Attempt], now: datetime) -> Trend:
    told = [
        (attempt.started_at.astimezone(now.tzinfo).date(), value)
        for attempt in own
        if (value := attempt.measures.get(facts.name)) is not None
    ]
    values = [value for _, value in told]
    by_week: dict[date, list[float]] = {}
    for day, value in told:
        by_week.setdefault(day - timedelta(days=day.weekday()), []).append(value)
    difference = trend(values, estimate_noise([values[-NOISE_WINDOW:]], facts.usual_noise))
    verdict: Verdict = "unknown"
    if difference is not None:
        verdict = _judge(facts, difference.before, difference.after, difference)
    return Trend(
        facts=facts,
        amount=amount_of(len(values)),
        weeks=tuple(Week(day, len(each), median(each)) for day, each in sorted(by_week.items())),
        difference=difference,
        verdict=verdict,
    )
