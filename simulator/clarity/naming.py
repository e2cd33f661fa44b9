"""Which kinds are named as findings, from the probabilities of all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.findings import FINDING_KINDS, FindingKind

MOST_FINDINGS = 3
"""More than three things to try is none."""

LEAST_DOUBT = 0.5
"""Probability that anything is wrong at all, below which nothing is named."""

LEAST_PROBABILITY = 0.1
"""Of a kind, to be named beside a likelier one."""


def named_kinds(probabilities: NDArray[np.float32]) -> tuple[tuple[FindingKind, float], ...]:
    """Kinds to name with their probabilities, the likeliest first.

    Parameters
    ----------
    probabilities : np.ndarray [shape=(11,), float32]
        Of "clear" and then of each of `FINDING_KINDS`.
    """
    if 1 - probabilities[0] < LEAST_DOUBT:
        return ()
    likely = sorted(
        zip(FINDING_KINDS, (float(p) for p in probabilities[1:]), strict=True),
        key=lambda pair: -pair[1],
    )
    return tuple(pair for pair in likely if pair[1] >= LEAST_PROBABILITY)[:MOST_FINDINGS]
