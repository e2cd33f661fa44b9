"""Judges each author's tellings with weights that never saw that author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from benchmarks.clarity.features import FeatureReader, Features
from benchmarks.clarity.ranking import Judged
from benchmarks.clarity.tellings import Telling
from benchmarks.clarity.train import learn_from
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.cues import cues_of
from simulator.clarity.findings import FINDING_KINDS
from simulator.clarity.naming import clarity_score, lasting, named_kinds
from simulator.clarity.reading import Reading
from simulator.clarity.sentences import sentences_of
from simulator.clarity.weights import ClarityWeights


def judge_with(
    weights: ClarityWeights, tellings: Sequence[Telling], features: Sequence[Features]
) -> list[Judged]:
    """What the weights and the naming rule say of tellings that were read before."""
    judged = []
    for telling, seen in zip(tellings, features, strict=True):
        reading = Reading(seen.whole, seen.sentences)
        probabilities = weights.probabilities(reading, seen.measures)
        answer = telling.answer()
        texts = [s.text for s in sentences_of(answer, clean_tokens(answer))]
        named = lasting(named_kinds(probabilities), texts, [cues_of(text) for text in texts])
        order = np.argsort(-probabilities[1:])
        judged.append(
            Judged(
                telling,
                clarity_score(probabilities),
                tuple(FINDING_KINDS[i] for i in order),
                tuple(kind for kind, _ in named),
            )
        )
    return judged


def weights_without(
    by_author: Mapping[str, Sequence[Telling]], read: FeatureReader, model: str
) -> dict[str, ClarityWeights]:
    """For each author, weights learned from all the others."""
    return {
        author: learn_from(
            [t for other, told in by_author.items() if other != author for t in told],
            read,
            model,
            "held-out",
        )
        for author in by_author
    }


def judge_held_out(
    by_author: Mapping[str, Sequence[Telling]],
    weights: Mapping[str, ClarityWeights],
    read: FeatureReader,
) -> list[Judged]:
    """Each author judged by weights learned from the others."""
    return [
        one
        for author, told in by_author.items()
        for one in judge_with(weights[author], told, [read.features(t) for t in told])
    ]
