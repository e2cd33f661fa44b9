"""The judge: weighs the evidence on each candidate into one calibrated confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_evidence import Candidate


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """A logistic regression on the features of a candidate.

    Attributes
    ----------
    weights : np.ndarray [shape=(n,), float32], in the order of `FEATURES`.
    bias : added to the weighted sum.
    threshold : the confidence from which a candidate is a filled pause.
    """

    weights: NDArray[np.float32]
    bias: float
    threshold: float

    def confidence(self, candidate: Candidate) -> float:
        """Probability that a candidate is a filled pause."""
        total = float(np.dot(self.weights, np.asarray(candidate.features, np.float32))) + self.bias
        return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))

    def accepted(self, found: Sequence[Candidate]) -> tuple[tuple[Candidate, float], ...]:
        """The candidates that are filled pauses, each with its confidence, in the given order."""
        rated = ((candidate, self.confidence(candidate)) for candidate in found)
        return tuple((candidate, sure) for candidate, sure in rated if sure >= self.threshold)
