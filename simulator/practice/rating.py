"""From an attempt to a rating for the schedule: 1 again, 2 hard, 3 good, 4 easy.

Two voices have a say, the measured answer and the person, who rates before seeing the report.
Their mean is taken, rounded down: where they disagree, an answer comes back sooner rather than
later. An answer in which a chosen focus showed again is never better than hard, for that is what
is being practised.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, cast

from simulator.library.attempts import Attempt
from simulator.practice.spots import Spot
from simulator.practice.weak_spots import shows

Rating = Literal[1, 2, 3, 4]

AGAIN_BELOW = 0.35
HARD_BELOW = 0.55
EASY_FROM = 0.80
"""Bounds on the clarity score, 0 to 1 [judgement]; only the spacing depends on them."""

OWN_RATING: dict[int, Rating] = {1: 1, 2: 2, 3: 3, 4: 3, 5: 4}
"""The person's five steps as the schedule's four; the middle of five is good enough."""


def rate(attempt: Attempt, focus: Iterable[Spot] = ()) -> Rating | None:
    """Rate an attempt for the schedule.

    Parameters
    ----------
    attempt : the person's own.
    focus : what was worked on at the time.

    Returns
    -------
    int or None : None where the attempt could not be used, or neither was measured nor rated.
    """
    if attempt.kind == "demo" or not attempt.usable:
        return None
    voices = [_measured(attempt), OWN_RATING.get(attempt.self_rating or 0)]
    heard = [voice for voice in voices if voice is not None]
    if not heard:
        return None
    together = sum(heard) // len(heard)
    if any(shows(spot, attempt) for spot in focus):
        together = min(together, 2)
    return cast(Rating, together)


def _measured(attempt: Attempt) -> Rating | None:
    score = attempt.measures.get("clarity_score")
    if score is None:
        return None
    if score < AGAIN_BELOW:
        return 1
    if score < HARD_BELOW:
        return 2
    return 4 if score >= EASY_FROM else 3
