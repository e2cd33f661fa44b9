"""How much a measure wavers from one attempt to the next, for this one speaker.

Nobody says the same answer twice in the same way. A difference is worth a word only where it is
larger than what the speaker's own repeats differ by.

The noise is the standard deviation of a single attempt, estimated from successive differences,
so that slow progress does not count as noise (von Neumann et al. 1941), and from their median,
so that one odd attempt does not either::

    s = median(|x[i+1] - x[i]|) / (0.6745 * sqrt(2))

0.6745 is the median of |z| for a standard normal z; sqrt(2) since a difference of two attempts
holds the noise of both. With few repeats the estimate is itself unsure: it is weighed against an
assumed noise worth `ASSUMED_DIFFERENCES` differences, as a scaled inverse chi-square prior would
be (Gelman et al., Bayesian Data Analysis, ch. 2).

The smallest difference that counts between the means of ``n`` and ``m`` attempts is the smallest
detectable change of the measurement literature (Bland & Altman 1996; Weir 2005)::

    1.96 * s * sqrt(1/n + 1/m)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, median
from typing import Literal

Z_MEDIAN = 0.6745
Z_95 = 1.96
ASSUMED_DIFFERENCES = 3
"""How many differences the assumed noise is worth [judgement]: with three repeats of one's own,
half the say; with ten, most of it."""
SMALLEST_SHARE = 0.25
"""Of the assumed noise: equal values by chance do not make a speaker exact [judgement]."""

Amount = Literal["nothing", "baseline", "direction", "trend"]
Change = Literal["higher", "lower", "none"]

DIRECTION_FROM = 2
TREND_FROM = 4
"""Attempts: one is a baseline, two or three a direction, four a trend."""


@dataclass(frozen=True, slots=True)
class Noise:
    """The spread of single attempts, in the measure's unit.

    ``differences`` is how many of the speaker's own it rests on; 0 means all of it is assumed.
    """

    spread: float
    differences: int

    def smallest_change(self, before: int = 1, after: int = 1) -> float:
        """The smallest difference between the means of so many attempts that is more than noise."""
        return Z_95 * self.spread * math.sqrt(1 / before + 1 / after)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two means compared against noise.

    ``change`` is ``none`` where the difference is smaller than what the speaker's attempts
    differ by anyway.
    """

    before: float
    after: float
    smallest: float
    change: Change

    @property
    def amount(self) -> float:
        """After minus before."""
        return self.after - self.before


def estimate_noise(groups: Iterable[Sequence[float]], assumed: float) -> Noise:
    """Estimate the attempt-to-attempt noise of one measure.

    Parameters
    ----------
    groups : values in order of time, one sequence for each question (or one for all); only
        neighbours within a group are compared.
    assumed : the spread to start from while there are few repeats.

    Returns
    -------
    Noise : never 0 where the assumed spread is not.
    """
    differences = [abs(later - earlier) for values in groups for earlier, later in pairwise(values)]
    if not differences:
        return Noise(assumed, 0)
    own = max(median(differences) / (Z_MEDIAN * math.sqrt(2)), SMALLEST_SHARE * assumed)
    count = len(differences)
    variance = (ASSUMED_DIFFERENCES * assumed**2 + count * own**2) / (ASSUMED_DIFFERENCES + count)
    return Noise(math.sqrt(variance), count)


def compare(before: Sequence[float], after: Sequence[float], noise: Noise) -> Difference:
    """Compare two sets of attempts at one measure.

    Parameters
    ----------
    before, after : at least one value each.
    noise : of single attempts.
    """
    smallest = noise.smallest_change(len(before), len(after))
    earlier, later = fmean(before), fmean(after)
    change: Change = "none"
    if abs(later - earlier) > smallest:
        change = "higher" if later > earlier else "lower"
    return Difference(earlier, later, smallest, change)


def amount_of(attempts: int) -> Amount:
    """What so many attempts can show: nothing, a baseline, a direction or a trend."""
    if attempts <= 0:
        return "nothing"
    if attempts < DIRECTION_FROM:
        return "baseline"
    return "direction" if attempts < TREND_FROM else "trend"


def trend(values: Sequence[float], noise: Noise) -> Difference | None:
    """Where a run of attempts is going: its later half against its earlier half.

    Parameters
    ----------
    values : in order of time; the middle one of an odd number belongs to neither half.

    Returns
    -------
    Difference or None : None for a single attempt, which is a baseline.
    """
    half = len(values) // 2
    if half == 0:
        return None
    return compare(values[:half], values[-half:], noise)


def less_often(before: tuple[int, int], after: tuple[int, int]) -> float:
    """How likely something that comes and goes has become rarer.

    Parameters
    ----------
    before, after : how often it occurred, and in how many attempts.

    Returns
    -------
    float : probability that the later rate is below the earlier one, each rate with Jeffreys'
        prior, Beta(1/2, 1/2) (Gelman et al., ch. 2); 0.5 where nothing is known.
    """
    a, b = before[0] + 0.5, before[1] - before[0] + 0.5
    c, d = after[0] + 0.5, after[1] - after[0] + 0.5
    steps = 400
    total = below = cumulative = 0.0
    # Midpoints in u, with p = sin^2(u): the densities' poles at 0 and 1 vanish.
    for step in range(steps):
        u = (step + 0.5) / steps * math.pi / 2
        log_sin, log_cos = math.log(math.sin(u)), math.log(math.cos(u))
        earlier = math.exp((2 * a - 1) * log_sin + (2 * b - 1) * log_cos)
        later = math.exp((2 * c - 1) * log_sin + (2 * d - 1) * log_cos)
        below += earlier * (cumulative + later / 2)
        cumulative += later
        total += earlier
    return below / (total * cumulative)
