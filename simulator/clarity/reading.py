"""Reads an answer with the causal model and keeps what its hidden states say of it.

What a small model cannot say when asked, its states know: a linear classifier on them tells clear
tellings from worse ones far better than the model's own verdict (`benchmarks/clarity`). The model
reads left to right, so the states of a sentence stand as soon as it is spoken, and an engine that
remembers the text so far has little left to read when the person stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.findings import Sentence
from simulator.clarity.numbers import with_digits
from simulator.language.protocol import CausalModel

LAYERS = (16, 20)
"""Of 30: the middle layers say most, the last ones least."""

EDGE_SENTENCES = 2
"""Sentences that count as the beginning and as the end of an answer."""

NEUTRAL_QUESTION = "Tell us about your work."
"""Read before an answer whose question is not known."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the model's states hold of one answer.

    Parameters
    ----------
    whole : np.ndarray [shape=(4 * n_layers * d,), float32]
        For each layer: the mean over the answer, its first two sentences, its last two, and the
        state at its last token.
    sentences : np.ndarray [shape=(n_sentences, n_layers * d), float32]
        Mean state of each sentence.
    """

    whole: NDArray[np.float32]
    sentences: NDArray[np.float32]


def prompt_before(question: str | None) -> str:
    """What the model reads before the answer."""
    return f"Interview question: {question or NEUTRAL_QUESTION}\nAnswer: "


def read(model: CausalModel, question: str | None, sentences: Sequence[Sentence]) -> Reading:
    """Read an answer.

    Parameters
    ----------
    model : the causal model the weights were learned on.
    question : its text, None where it is not known.
    sentences : at least one.
    """
    texts = [with_digits(sentence.text) for sentence in sentences]
    before = prompt_before(question)
    states = model.states(before + " ".join(texts), LAYERS)
    last_chars = np.array([end - 1 for _, end in states.offsets])
    starts = len(before) + np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    owner = np.searchsorted(starts, last_chars, side="right") - 1
    pooled, by_sentence = [], []
    for layer in LAYERS:
        tokens = states.layers[layer]
        means = np.stack([_mean(tokens[owner == i]) for i in range(len(texts))])
        by_sentence.append(means)
        pooled += [
            _mean(tokens[owner >= 0]),
            means[:EDGE_SENTENCES].mean(axis=0),
            means[-EDGE_SENTENCES:].mean(axis=0),
            tokens[-1],
        ]
    return Reading(
        whole=np.concatenate(pooled).astype(np.float32),
        sentences=np.concatenate(by_sentence, axis=1).astype(np.float32),
    )


def _mean(tokens: NDArray[np.float32]) -> NDArray[np.float32]:
    if not len(tokens):
        return np.zeros(tokens.shape[1], dtype=np.float32)
    mean: NDArray[np.float32] = tokens.mean(axis=0)
    return mean
