"""A focus: a weak spot the person chose, with baseline and target, verified with every attempt.

Its status is worked out anew from the attempts since it was chosen: two or three can show a
direction, so they may say that it is improving or has slipped; only four can show that the
target is reached, or that nothing moves. A change smaller than the person's own noise is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Literal

from simulator.errors import UsageError
from simulator.library.attempts import Attempt
from simulator.library.focuses import Focus
from simulator.practice.measures import facts_of
from simulator.practice.noise import (
    DIRECTION_FROM,
    TREND_FROM,
    Amount,
    Difference,
    Noise,
    amount_of,
    compare,
    estimate_noise,
    less_often,
)
from simulator.practice.spots import Spot, read_spot
from simulator.practice.weak_spots import WINDOW, own_attempts, shows
from simulator.practice.wording import TWO_AT_MOST

Status = Literal["open", "improving", "stalled", "reached", "slipped"]

MOST_FOCUSES = 2
FINDING_TARGET = 0.25
"""A finding that shows more often than not is where it should be once it shows in no more than
one answer of four; a rarer one once it shows in none of four [judgement]."""
SURE = 0.9
"""How likely a finding must have become rarer, or more frequent, before it is called a change."""
NOISE_WINDOW = 60
"""Attempts from which the noise is measured: a voice changes over a year [judgement]."""


@dataclass(frozen=True, slots=True)
class FocusState:
    """Where a focus stands.

    Attributes
    ----------
    focus, spot : what was chosen.
    status : see the module; ``open`` is too early to say.
    amount : what so many attempts since can show.
    since : values of the attempts since it was chosen, in order of time.
    difference : baseline against the latest four of them, in the measure's own unit; None for
        fewer than two attempts, and for findings, which have shares but no noise of their own.
    """

    focus: Focus
    spot: Spot
    status: Status
    amount: Amount
    since: tuple[float, ...]
    difference: Difference | None

    @property
    def baseline(self) -> float:
        """Mean of the baseline; for a finding a share."""
        return fmean(self.focus.baseline)

    @property
    def latest(self) -> float | None:
        """Mean of the latest attempts since, at most four; None where there is none."""
        return fmean(self.since[-TREND_FROM:]) if self.since else None


def value_in(spot: Spot, attempt: Attempt) -> float | None:
    """A spot's value in an attempt: the measure, or 1 where a finding shows and 0 where not."""
    if spot.kind == "measure":
        return attempt.measures.get(spot.name)
    shown = shows(spot, attempt)
    return None if shown is None else float(shown)


def noise_of(spot: Spot, attempts: Iterable[Attempt]) -> Noise:
    """The attempt-to-attempt noise of a measure over whatever questions were answered."""
    values = [value_in(spot, attempt) for attempt in own_attempts(attempts)[-NOISE_WINDOW:]]
    known = [value for value in values if value is not None]
    return estimate_noise([known], facts_of(spot.name).usual_noise)


def choose(
    spot: Spot,
    attempts: Iterable[Attempt],
    active: Sequence[Focus],
    focus_id: str,
    now: datetime,
    target: float | None = None,
) -> Focus:
    """Choose a spot as a focus.

    Parameters
    ----------
    spot : one that recurs.
    attempts : the person's; the latest twelve that can tell become the baseline.
    active : what is worked on already.
    now : timezone-aware, UTC.
    target : the person's own; without one, the smallest step that can be told from chance.

    Raises
    ------
    UsageError : two are chosen already, this one is, or no attempt can tell.
    """
    if spot.key in {focus.spot for focus in active}:
        raise UsageError(f"{spot.key} is one of your focus areas already.")
    if len(active) >= MOST_FOCUSES:
        raise UsageError(TWO_AT_MOST)
    own = own_attempts(attempts)
    values = [value_in(spot, attempt) for attempt in own[-WINDOW:]]
    baseline = tuple(value for value in values if value is not None)
    if not baseline:
        raise UsageError(
            f"No attempt can tell yet where you stand with {spot.key}; answer a question first."
        )
    if target is None:
        target = _usual_target(spot, baseline, noise_of(spot, own))
    return Focus(focus_id, spot.key, now, baseline, target)


def verify(focus: Focus, attempts: Iterable[Attempt]) -> FocusState:
    """Work out where a focus stands from all attempts."""
    spot = read_spot(focus.spot)
    if spot is None:
        raise ValueError(f"unknown spot {focus.spot}")
    own = own_attempts(attempts)
    values = [value_in(spot, attempt) for attempt in own if attempt.started_at > focus.chosen_at]
    since = tuple(value for value in values if value is not None)
    difference: Difference | None = None
    if spot.kind == "finding":
        status = _finding_status(focus, since)
    else:
        noise = noise_of(spot, own)
        status = _measure_status(focus, spot, since, noise)
        if len(since) >= DIRECTION_FROM:
            difference = compare(focus.baseline, since[-TREND_FROM:], noise)
    return FocusState(focus, spot, status, amount_of(len(since)), since, difference)


def _usual_target(spot: Spot, baseline: Sequence[float], noise: Noise) -> float:
    """The smallest step from the baseline that four attempts could tell from chance."""
    if spot.kind == "finding":
        return FINDING_TARGET if fmean(baseline) > 0.5 else 0.0
    facts = facts_of(spot.name)
    start = fmean(baseline)
    step = noise.smallest_change(len(baseline), TREND_FROM)
    if facts.better == "higher":
        return start + step
    if facts.better == "lower":
        return max(0.0, start - step)
    low, high = facts.notice_below, facts.notice_above
    if low is not None and start < low:
        return low
    return high if high is not None and start > high else start


def _finding_status(focus: Focus, since: Sequence[float]) -> Status:
    """Status of a finding, which is there or not."""
    before = (round(sum(focus.baseline)), len(focus.baseline))

    def reached(values: Sequence[float]) -> bool:
        latest = values[-TREND_FROM:]
        return len(latest) == TREND_FROM and fmean(latest) <= focus.target

    if len(since) < DIRECTION_FROM:
        return "open"
    latest = since[-TREND_FROM:]
    after = (round(sum(latest)), len(latest))
    if reached(since):
        return "reached"
    if _was(reached, since):
        return "slipped"
    if less_often(before, after) >= SURE:
        return "improving"
    if less_often(after, before) >= SURE:
        return "slipped"
    return "stalled" if len(since) >= TREND_FROM else "open"


def _measure_status(focus: Focus, spot: Spot, since: Sequence[float], noise: Noise) -> Status:
    """Status of a measure. Values are turned so that lower is better throughout."""
    facts = facts_of(spot.name)
    baseline = [facts.excess(value) for value in focus.baseline]
    values = [facts.excess(value) for value in since]
    target = facts.excess(focus.target)

    def reached(so_far: Sequence[float]) -> bool:
        latest = so_far[-TREND_FROM:]
        return len(latest) == TREND_FROM and fmean(latest) <= target + 1e-9

    if len(values) < DIRECTION_FROM:
        return "open"
    latest = values[-TREND_FROM:]
    if reached(values):
        return "reached"
    if _was(reached, values):
        # Back over the target, but by no more than noise, is not yet a slip.
        back = compare([target] * TREND_FROM, latest, noise).change
        return "slipped" if back == "higher" else "reached"
    change = compare(baseline, latest, noise).change
    if change == "lower":
        return "improving"
    if change == "higher":
        return "slipped"
    return "stalled" if len(values) >= TREND_FROM else "open"


def _was(reached: Callable[[Sequence[float]], bool], values: Sequence[float]) -> bool:
    """Whether the target was reached at any earlier attempt."""
    return any(reached(values[:count]) for count in range(TREND_FROM, len(values)))
