"""How a person's own rating goes with what was measured.

Two questions, kept apart: do the ratings rise and fall with the measure (rank correlation,
Kendall's tau-b, which bears with ties), and is the person harsher or kinder than it. A person who
knows which answers worked can practise alone; one who is harsh after every answer can take heart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Literal

from simulator.library.attempts import Attempt
from simulator.practice.noise import Z_95
from simulator.practice.weak_spots import own_attempts

Agreement = Literal["too_few", "together", "loose", "opposite"]
Leaning = Literal["too_few", "harsher", "kinder", "even"]

FEWEST = 5
"""Rated attempts below which nothing is said [judgement]."""
LATEST = 60
"""Rated attempts that are looked at: what was true a year ago says little about today."""
TOGETHER = 0.4
OPPOSITE = -0.4
"""Of tau-b [judgement]; between them the ratings go their own way."""
RATING_STEPS = 4
"""From 1 to 5: a clarity score of 0 is set against 1, of 1 against 5."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Ratings against measured.

    Attributes
    ----------
    rated : attempts that have both.
    tau : Kendall's tau-b, -1 to 1; None where undefined.
    agreement : tau in one word.
    lean : mean of own rating minus the measured score on the same five steps; negative is harsher.
    leaning : the lean in one word; ``even`` where it is no more than chance.
    kindest, harshest : ids of the attempts in which the two were furthest apart, each way.
    """

    rated: int
    tau: float | None
    agreement: Agreement
    lean: float | None
    leaning: Leaning
    kindest: str | None
    harshest: str | None


def calibrate(attempts: Iterable[Attempt]) -> Calibration:
    """Set the person's ratings against the clarity score.

    The two scales are not the same, so the lean is rough; that ratings rise and fall with the
    measure is the sounder half.
    """
    rows = [
        (attempt.attempt_id, float(attempt.self_rating), score)
        for attempt in own_attempts(attempts)
        if attempt.self_rating is not None
        and (score := attempt.measures.get("clarity_score")) is not None
    ][-LATEST:]
    if len(rows) < FEWEST:
        return Calibration(len(rows), None, "too_few", None, "too_few", None, None)
    tau = kendall_tau([own for _, own, _ in rows], [score for _, _, score in rows])
    gaps = [(own - (1 + RATING_STEPS * score), name) for name, own, score in rows]
    lean = fmean(gap for gap, _ in gaps)
    error = stdev(gap for gap, _ in gaps) / math.sqrt(len(gaps))
    leaning: Leaning = "even"
    if abs(lean) > Z_95 * error:
        leaning = "harsher" if lean < 0 else "kinder"
    return Calibration(
        rated=len(rows),
        tau=tau,
        agreement=_agreement(tau),
        lean=lean,
        leaning=leaning,
        kindest=max(gaps)[1] if max(gaps)[0] > 0 else None,
        harshest=min(gaps)[1] if min(gaps)[0] < 0 else None,
    )


def kendall_tau(one: Sequence[float], two: Sequence[float]) -> float | None:
    """Kendall's tau-b (Kendall 1945), -1 to 1; None where all of one side are tied."""
    together = ties_one = ties_two = pairs = 0
    for i in range(len(one)):
        for j in range(i):
            a, b = one[i] - one[j], two[i] - two[j]
            pairs += 1
            ties_one += a == 0
            ties_two += b == 0
            together += (a * b > 0) - (a * b < 0)
    size = math.sqrt((pairs - ties_one) * (pairs - ties_two))
    return together / size if size else None


def _agreement(tau: float | None) -> Agreement:
    if tau is None:
        return "loose"
    if tau >= TOGETHER:
        return "together"
    return "opposite" if tau <= OPPOSITE else "loose"
