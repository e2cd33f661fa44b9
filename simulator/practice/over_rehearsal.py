"""Noticing an answer that is being learned by heart: the same words in the same melody.

Practice should make an answer freer, not stiffer: interviewers hear recitation. Two tellings are
the same words where most three-word runs of the shorter one occur in the longer, and the same
melody where their pitch contours rise and fall together. One repeat is practice; several running
are a recital.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from simulator.speech.contour import Contour

RUN = 3
"""Tellings in a row [judgement]."""
SAME_WORDS = 0.5
"""Share of three-word runs. Measured on 1,499 pairs of tellings of the same story by the same
author: median 0.06, 95 % below 0.28; on different stories below 0.02 (`benchmarks.rehearsal`)."""
SAME_MELODY = 0.5
"""Correlation of contours. Measured on synthetic speech, the same answer spoken twice in one
manner 0.64-0.93, by another voice or another telling below 0.37 (`benchmarks.rehearsal`). People
vary more; the bound is where nothing but the same manner reached."""
FEWEST_WORDS = 20


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One telling of an answer.

    Parameters
    ----------
    attempt_id : the attempt it was.
    transcript : what was said.
    melody : np.ndarray [shape=(32,), float32] or None
        From `melody_of`; None where there is no sound to take it from.
    """

    attempt_id: str
    transcript: str
    melody: Contour | None = None


@dataclass(frozen=True, slots=True)
class Recital:
    """Several tellings running that are the same.

    ``words`` is the least share of runs of words that two neighbours have in common, ``melody``
    the least correlation; None where it could not be compared, so that only the words are known
    to be the same.
    """

    attempt_ids: tuple[str, ...]
    words: float
    melody: float | None


def recital(tellings: Sequence[Telling], run: int = RUN) -> Recital | None:
    """Look for a recital in the latest tellings of one question.

    Parameters
    ----------
    tellings : in order of time.
    run : how many must be the same.

    Returns
    -------
    Recital or None : None where there are fewer, or words or melody differ between any two.
    """
    latest = tellings[-run:]
    if len(latest) < run:
        return None
    words = min(shared_runs(one.transcript, two.transcript) for one, two in pairwise(latest))
    if words < SAME_WORDS:
        return None
    melody: float | None = None
    melodies = [telling.melody for telling in latest]
    known = [each for each in melodies if each is not None]
    if len(known) == len(latest):
        melody = min(melody_likeness(one, two) for one, two in pairwise(known))
        if melody < SAME_MELODY:
            return None
    return Recital(tuple(telling.attempt_id for telling in latest), words, melody)


def shared_runs(one: str, two: str, length: int = 3) -> float:
    """The share of word runs of the shorter text that occur in the other, 0 to 1.

    Texts of fewer than twenty words have too few runs to compare: 0.
    """
    first, second = _runs(one, length), _runs(two, length)
    fewest = min(first.total(), second.total())
    if fewest < FEWEST_WORDS - length + 1:
        return 0.0
    return (first & second).total() / fewest


def melody_likeness(one: Contour, two: Contour) -> float:
    """Correlation of two melodies, -1 to 1; 0 where one of them is level."""
    a, b = one - one.mean(), two - two.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / size if size > 1e-6 else 0.0


def _runs(text: str, length: int) -> Counter[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9']+", text.lower())
    return Counter(tuple(words[i : i + length]) for i in range(len(words) - length + 1))
