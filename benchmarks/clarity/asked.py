"""What the default language model says when it is simply asked to judge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.clarity.ranking import Judged, count, rank_only, share
from benchmarks.clarity.tellings import Telling
from simulator.clarity.findings import FINDING_KINDS, FindingKind
from simulator.language.loading import load_causal_model
from simulator.language.protocol import CausalModel
from simulator.places import find_places

ASKED_FOR: dict[FindingKind, str] = {
    "off_topic": "does not answer the question",
    "buried_point": "comes to its point only at the end",
    "no_result": "leaves out the result",
    "vague": "is vague",
    "hedged": "is full of hedges",
    "rambling": "rambles",
    "repetitive": "repeats itself",
    "jargon": "is full of jargon",
    "no_ownership": "does not say what the speaker did",
    "unstructured": "has no order",
}


def asked_lines(tellings: Sequence[Telling]) -> list[str]:
    """Pairs ranked right by the model's rating, and the kind that it holds likeliest."""
    model = load_causal_model(None, find_places())
    ratings = [_rating(model, telling) for telling in tellings]
    kinds = [_kinds(model, telling) for telling in tellings]
    judged = [
        Judged(telling, rating, named, named[:3])
        for telling, rating, named in zip(tellings, ratings, kinds, strict=True)
    ]
    counts = count(judged)
    first, three = share(counts.first, counts.worse), share(counts.three, counts.worse)
    return [
        f"{model.name} asked to rate 1 to 5: {rank_only(tellings, ratings)}",
        f"{model.name} asked for the weakness: kind first {first}, among three {three}",
    ]


def _before(telling: Telling) -> str:
    return f"Interview question: {telling.question}\nAnswer: {telling.text}\n"


def _rating(model: CausalModel, telling: Telling) -> float:
    """The expected rating."""
    prompt = (
        f"{_before(telling)}On a scale from 1 (very unclear) to 5 (very clear), this answer rates a"
    )
    likelihood = model.score_options([prompt], [f" {n}" for n in range(1, 6)])[0]
    shares = np.exp(likelihood - likelihood.max())
    return float(shares @ np.arange(1, 6) / shares.sum())


def _kinds(model: CausalModel, telling: Telling) -> tuple[FindingKind, ...]:
    """Kinds by likelihood, the likeliest first."""
    prompt = f"{_before(telling)}The main weakness of this answer is that it"
    options = [f" {ASKED_FOR[kind]}." for kind in FINDING_KINDS]
    likelihood = model.score_options([prompt], options)[0]
    return tuple(FINDING_KINDS[i] for i in np.argsort(-likelihood))
