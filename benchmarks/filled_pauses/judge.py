"""Train the judge: a logistic regression on the evidence about each candidate.

Candidates come from recordings heard as the product hears them: composed clips that the networks
have not seen, and human recordings by speakers that the networks have not seen either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.compose import Event
from benchmarks.filled_pauses.evidence import HeardRecording
from benchmarks.filled_pauses.score import pair_up
from simulator.speech.filled_pause_evidence import FEATURES, candidates
from simulator.speech.filled_pause_net import FrameEnsemble

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Candidates: features [n, f], right or not [n], weight [n]."""

    features: Floats
    right: Floats
    weight: Floats

    def scaled(self, factor: float) -> Examples:
        """The same examples with more or less weight."""
        return Examples(self.features, self.right, self.weight * factor)

    @property
    def share_right(self) -> float:
        """Share of the weight that lies on right ones."""
        return float((self.weight * self.right).sum() / self.weight.sum())

    def as_rare_as(self, people: Examples) -> Examples:
        """The same examples, the wrong ones weighed so that right ones are as rare as there.

        Composed speech is full of filled pauses: four of five candidates in it are right, in
        people's speech one of four. A judge fitted to the one believes too readily in the other.
        """
        share, wanted = self.share_right, people.share_right
        factor = share * (1 - wanted) / (wanted * (1 - share))
        return Examples(
            self.features, self.right, np.where(self.right > 0, self.weight, factor * self.weight)
        )


def examples(recordings: Iterable[HeardRecording], ensemble: FrameEnsemble) -> Examples:
    """All candidates of recordings, with what the labels say of each.

    A candidate that shares a labelled event with a better one is left out; so is one under an
    "ignore" label.
    """
    features: list[tuple[float, ...]] = []
    right: list[float] = []
    for recording in recordings:
        wanted = tuple(e for e in recording.events if e.label in ("um", "uh", "hmm"))
        ignored = tuple(e for e in recording.events if e.label == "ignore")
        found = [
            (Event(c.label, c.start_s + chunk.start_s, c.end_s + chunk.start_s), c.features)
            for chunk in recording.chunks
            for c in candidates(chunk, ensemble.probabilities(chunk.states))
        ]
        events = tuple(e for e, _ in found)
        hits = {j for _, j in pair_up(wanted, events)}
        for j, (event, values) in enumerate(found):
            if j not in hits and any(_touch(event, e) for e in (*wanted, *ignored)):
                continue
            features.append(values)
            right.append(float(j in hits))
    matrix = np.array(features, np.float64).reshape(-1, len(FEATURES))
    return Examples(matrix, np.array(right), np.ones(len(right)))


def together(parts: Sequence[Examples]) -> Examples:
    """Several sets of examples as one."""
    return Examples(
        np.concatenate([p.features for p in parts]),
        np.concatenate([p.right for p in parts]),
        np.concatenate([p.weight for p in parts]),
    )


def fit(data: Examples, used: Sequence[str] = FEATURES, ridge: float = 3.0) -> tuple[Floats, float]:
    """Weights in the order of `FEATURES` (zero where not used) and the bias.

    Ridge-penalised logistic regression by Newton's method on standardised features.
    """
    columns = [FEATURES.index(name) for name in used]
    x = data.features[:, columns]
    mean, scale = x.mean(axis=0), x.std(axis=0) + 0.1
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])
    penalty = np.diag([ridge] * len(columns) + [1e-6])
    weights = np.zeros(z.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ weights))
        slope = z.T @ (data.weight * (p - data.right)) + penalty @ weights
        curve = z.T @ (z * (data.weight * p * (1 - p))[:, None]) + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    full = np.zeros(len(FEATURES))
    full[columns] = weights[:-1] / scale
    return full, float(weights[-1] - (weights[:-1] / scale) @ mean)


def best_threshold(data: Examples, weights: Floats, bias: float) -> float:
    """The confidence that divides best by F1, between 0.3 and 0.8 so that no odd set moves it far.

    Of thresholds that do equally well within half a percent, the middle one.
    """
    sure = 1 / (1 + np.exp(-(data.features @ weights + bias)))
    steps = np.linspace(0.3, 0.8, 51)
    scores = []
    for step in steps:
        taken = data.weight * (sure >= step)
        right = float((taken * data.right).sum())
        total = float(taken.sum() + (data.weight * data.right).sum())
        scores.append(2 * right / total if total else 0.0)
    good = steps[np.array(scores) >= max(scores) - 0.005]
    return float(np.median(good))


def _touch(one: Event, other: Event) -> bool:
    overlap = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return overlap > 0 or abs(one.start_s - other.start_s) <= 0.3
