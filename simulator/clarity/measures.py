"""Measures of a whole answer: rates of cues, likeness of its sentences to the question and to
each other. They stand beside the model's states in the classifier.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.cues import CUE_NAMES, Cues

_PARTS = ("first", "last")
_RATED = tuple(name for name in CUE_NAMES if name not in {"words"})
_LIKENESS = (
    "question_first",
    "question_best",
    "question_mean",
    "question_best_place",
    "others_margin",
    "repeat_best",
    "repeat_mean",
    "neighbours_mean",
    "neighbours_least",
)
_FIT = (
    "fit_first",
    "fit_best",
    "fit_mean",
    "fit_rank",
    "fit_opening",
    "question_opening",
    "fit_opening_rank",
)
MEASURE_NAMES = (
    *(f"{name}_per_100_words" for name in _RATED),
    *(f"{name}_{part}" for part in _PARTS for name in ("numbers", "names", "hedges", "results")),
    "words_per_sentence",
    "longest_sentence",
    *_LIKENESS,
    *_FIT,
)


@dataclass(frozen=True, slots=True, eq=False)
class Likeness:
    """Likeness by sentence embeddings.

    Parameters
    ----------
    question : np.ndarray [shape=(n_sentences,), float32]
        Of each sentence to the question; zeros where none is known.
    others : np.ndarray [shape=(n_sentences,), float32]
        Of each sentence to the nearest other question of the bank.
    unlike : np.ndarray [shape=(n_sentences, n_questions), float32]
        Of each sentence to those questions of the bank that ask something else; no columns where
        no question is known.
    opening : float
        Of the first sentences, read as one, to the question; 0 where none is known.
    opening_unlike : np.ndarray [shape=(n_questions,), float32]
        Of the first sentences, read as one, to the questions that ask something else.
    pairs : np.ndarray [shape=(n_sentences, n_sentences), float32]
        Of the sentences to each other.
    """

    question: NDArray[np.float32]
    others: NDArray[np.float32]
    unlike: NDArray[np.float32]
    opening: float
    opening_unlike: NDArray[np.float32]
    pairs: NDArray[np.float32]


def measures_of(cues: Sequence[Cues], likeness: Likeness) -> NDArray[np.float32]:
    """Measure an answer.

    Returns
    -------
    np.ndarray [shape=(len(MEASURE_NAMES),), float32]
        In the order of `MEASURE_NAMES`; rates per 100 words, so that length is not rewarded.
    """
    words = sum(c.words for c in cues)
    values = [100 * sum(_count(c, name) for c in cues) / max(words, 1) for name in _RATED]
    for part in (cues[:2], cues[-2:]):
        part_words = sum(c.words for c in part)
        values += [
            10 * sum(_count(c, name) for c in part) / max(part_words, 1)
            for name in ("numbers", "names", "hedges", "results")
        ]
    values += [words / max(len(cues), 1) / 10, max(c.words for c in cues) / 10]
    values += _likeness_values(likeness)
    values += _fit(likeness)
    return np.asarray(values, dtype=np.float32)


def _count(cues: Cues, name: str) -> int:
    value: int = getattr(cues, name)
    return value


def _likeness_values(likeness: Likeness) -> list[float]:
    question, pairs = likeness.question, likeness.pairs
    n = len(question)
    apart = pairs[np.triu_indices(n, k=2)] if n > 2 else np.zeros(1)
    neighbours = np.diagonal(pairs, offset=1) if n > 1 else np.zeros(1)
    return [
        float(question[:2].max()),
        float(question.max()),
        float(question.mean()),
        float(question.argmax() / max(n - 1, 1)),
        float(question.max() - likeness.others.max()),
        float(apart.max()),
        float(apart.mean()),
        float(neighbours.mean()),
        float(neighbours.min()),
    ]


def _fit(likeness: Likeness) -> list[float]:
    """How much better the answer fits its question than questions that ask something else.

    In spreads over those: whatever makes an answer like any question (that it is about work, say)
    is taken out. By its first two sentences, its best one, its mean and its opening read as one;
    and the share of the other questions that it, or its opening, is less like than its own.
    """
    question, unlike = likeness.question, likeness.unlike
    if not unlike.shape[1]:
        return [0.0] * len(_FIT)
    return [
        _in_spreads(question[:2].max(), unlike[:2].max(axis=0)),
        _in_spreads(question.max(), unlike.max(axis=0)),
        _in_spreads(question.mean(), unlike.mean(axis=0)),
        float((unlike.mean(axis=0) < question.mean()).mean()),
        _in_spreads(likeness.opening, likeness.opening_unlike),
        likeness.opening,
        float((likeness.opening_unlike < likeness.opening).mean()),
    ]


def _in_spreads(value: float | np.float32, others: NDArray[np.float32]) -> float:
    return float((value - others.mean()) / max(float(others.std()), 1e-6))
