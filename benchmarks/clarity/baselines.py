"""Bare baselines: what length, surprisal, likeness to the question or word lists say.

A result that a shortcut reaches as well is no result.
"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.clarity.ranking import rank_only
from benchmarks.clarity.tellings import Telling
from simulator.clarity.cleaning import clean_tokens, join
from simulator.clarity.cues import cues_of
from simulator.clarity.reading import prompt_before
from simulator.clarity.sentences import split
from simulator.language.loading import load_causal_model, load_embedder
from simulator.places import find_places


def baseline_lines(tellings: Sequence[Telling]) -> list[str]:
    """One line for each baseline: share of pairs ranked right."""
    embedder = load_embedder(None, find_places())
    sentences = [_sentences(t) for t in tellings]
    first, last = [], []
    for telling, parts in zip(tellings, sentences, strict=True):
        vectors = embedder.embed([telling.question, *parts])
        likeness = vectors[1:] @ vectors[0]
        first.append(float(likeness[:2].mean()))
        last.append(float(likeness[-1]))
    causal = load_causal_model(None, find_places())
    surprise = [
        float(causal.surprisal(f"{prompt_before(telling.question)}{' '.join(parts)}").mean())
        for telling, parts in zip(tellings, sentences, strict=True)
    ]
    words = [float(sum(len(p.split()) for p in parts)) for parts in sentences]
    baselines = {
        "longer is better": words,
        "shorter is better": [-n for n in words],
        "surprises the language model less": [-s for s in surprise],
        "first sentences like the question": first,
        "last sentence like the question": last,
        "word lists (specifics less hedges)": [_word_lists(parts) for parts in sentences],
    }
    return [f"{name:<40} {rank_only(tellings, s)}" for name, s in baselines.items()]


def _sentences(telling: Telling) -> list[str]:
    return [join(part) for part in split(clean_tokens(telling.answer()))]


def _word_lists(parts: Sequence[str]) -> float:
    cues = [cues_of(part) for part in parts]
    words = sum(c.words for c in cues)
    good = sum(c.specifics + c.i_did for c in cues)
    return (good - sum(c.hedges + c.vague + c.passive + c.asides for c in cues)) / max(words, 1)
