"""Finds the sentence a finding is shown with: the one a reader would point at.

The classifier says what is wrong with the answer; here code looks for where. Each kind has its own
rule on cues, place and likeness; how much a sentence's own states speak for the kind joins in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.cues import Cues
from simulator.clarity.findings import FindingKind
from simulator.clarity.measures import Likeness
from simulator.clarity.word_lists import TENDER

Scores = NDArray[np.float32]

_SHORT = 8
"""Words; a shorter sentence is no denser for being short."""

NEARLY_AS_WELL = 0.5
"""How far below the best a sentence may score that is quoted in its place."""


def quoted_at(
    kind: FindingKind,
    scores: Scores,
    cues: Sequence[Cues],
    texts: Sequence[str],
    taken: Collection[int],
) -> int:
    """Which sentence to quote: the best that is not of a loss, and not quoted before.

    Parameters
    ----------
    kind : the finding.
    scores : np.ndarray [shape=(n_sentences,), float32], of `pointed_at`.
    cues, texts : of each sentence.
    taken : sentences that other findings quote; quoted again only where no other serves nearly
        as well.
    """
    order = [int(i) for i in np.argsort(-scores)]
    told = [i for i in order if not TENDER.search(texts[i])] or order
    others = [
        i
        for i in told
        if i not in taken
        and scores[i] >= scores[told[0]] - NEARLY_AS_WELL
        and (kind != "hedged" or cues[i].hedges)
    ]
    return others[0] if others else told[0]


def pointed_at(
    kind: FindingKind, cues: Sequence[Cues], likeness: Likeness, states_say: Scores
) -> Scores:
    """How well each sentence shows a finding; the highest is quoted.

    Parameters
    ----------
    kind : the finding.
    cues : of each sentence.
    likeness : of the sentences to the question and to each other.
    states_say : np.ndarray [shape=(n_sentences,), float32]
        How much each sentence's own states speak for the kind (`ClarityWeights`).

    Returns
    -------
    np.ndarray [shape=(n_sentences,), float32]
    """
    n = len(cues)
    words = np.array([max(c.words, 1) for c in cues], dtype=np.float32)
    length = np.minimum(words / 12, 1.0)  # a fragment shows little
    place = np.arange(n, dtype=np.float32) / max(n - 1, 1)
    heard = _standard(states_say)

    def rate(name: str) -> Scores:
        counts = np.array([getattr(c, name) for c in cues], dtype=np.float32)
        return np.asarray(counts / np.sqrt(np.maximum(words, _SHORT)), dtype=np.float32)

    specifics = rate("numbers") + rate("names")
    if kind == "hedged":
        score = 2 * rate("hedges") + 0.4 * heard
    elif kind == "vague":
        score = 1.5 * rate("vague") - 2 * specifics + 0.5 * heard + 0.5 * length
    elif kind == "jargon":
        score = 2 * rate("acronyms") + 0.6 * heard + 0.3 * length
    elif kind == "no_ownership":
        score = 1.5 * rate("passive") + rate("together") - 2 * rate("i_did") + 0.5 * heard
    elif kind == "rambling":
        away = -_standard(likeness.pairs.mean(axis=1))
        score = 1.2 * rate("asides") + 0.5 * away + 0.5 * heard + 1.2 * length
        score[0] -= 0.5  # the digression comes after a beginning
    elif kind == "repetitive":
        score = _said_before(likeness.pairs, words) * 4 + 0.2 * heard
    elif kind == "no_result":
        score = 3 * place + 0.2 * heard  # the place where the story stops
    elif kind == "buried_point":
        score = _standard(likeness.question) + 4 * place + 0.3 * heard
    elif kind == "unstructured":
        score = 1.5 * rate("jumps") + 0.6 * heard + 0.3 * length
        score[0] -= 0.3
    else:  # off_topic: the answer's opening shows soonest where it went instead
        score = 2 * length - 3 * place - 0.2 * _standard(likeness.question)
    return np.asarray(score, dtype=np.float32)


def _standard(values: Scores) -> Scores:
    """Zero mean, unit spread within the answer."""
    spread = float(values.std())
    if spread < 1e-6:
        return np.zeros_like(values, dtype=np.float32)
    standard: Scores = ((values - values.mean()) / spread).astype(np.float32)
    return standard


def _said_before(pairs: Scores, words: Scores) -> Scores:
    """How much each sentence says again what an earlier one said."""
    n = len(pairs)
    again = np.zeros(n, dtype=np.float32)
    for i in range(1, n):
        again[i] = pairs[i, :i].max() * min(float(words[i]) / 6, 1.0)
    return again
