"""What the models observe in an answer, before any rule decides what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.bank import CONTRAST_QUESTIONS
from simulator.clarity.cues import Cues, cues_of
from simulator.clarity.findings import Sentence
from simulator.clarity.measures import Likeness, measures_of
from simulator.clarity.orders import EXAMPLES as ORDERS
from simulator.clarity.orders import answering
from simulator.clarity.reading import LAYERS, Reading, prompt_before, read
from simulator.language.protocol import CausalModel, Embedder

ASKS_ALIKE = 0.6
"""Likeness of two questions from which an answer to one may well answer the other."""

OPENING_SENTENCES = 3
"""Read as one, they are held against the question: a sentence alone often says too little."""


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What was observed in one answer.

    Parameters
    ----------
    sentences : of the clean text.
    cues : of each sentence.
    reading : the causal model's states.
    likeness : of the sentences to the question and to each other.
    measures : np.ndarray [shape=(n_measures,), float32]
    """

    sentences: tuple[Sentence, ...]
    cues: tuple[Cues, ...]
    reading: Reading
    likeness: Likeness
    measures: NDArray[np.float32]


class Observer:
    """Reads answers with both models; a sentence is embedded once, however often it is asked for.

    Parameters
    ----------
    causal : the causal model the clarity weights were learned on.
    embedder : turns sentences into vectors.
    """

    def __init__(self, causal: CausalModel, embedder: Embedder) -> None:
        self.causal = causal
        self.embedder = embedder
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def begin(self, question: str | None) -> None:
        """Read what every answer to a question is held against, before there is an answer."""
        self.embed([*ORDERS, *CONTRAST_QUESTIONS, *([question] if question else [])])
        self.causal.states(prompt_before(question), LAYERS)

    def observe(self, sentences: Sequence[Sentence], question: str | None) -> Observed:
        """Observe an answer.

        Parameters
        ----------
        sentences : of the clean text, at least one; orders to the judge among them are left out.
        question : its text, None where it is not known.
        """
        texts = [sentence.text for sentence in sentences]
        kept = answering(texts, self.embed(texts), self.embed(ORDERS))
        sentences = [sentences[i] for i in kept]
        cues = tuple(cues_of(sentence.text) for sentence in sentences)
        likeness = self._likeness(sentences, question)
        return Observed(
            sentences=tuple(sentences),
            cues=cues,
            reading=read(self.causal, question, sentences),
            likeness=likeness,
            measures=measures_of(cues, likeness),
        )

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts, each only once [shape=(len(texts), d)]."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self.embedder.embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def forget(self) -> None:
        """Forget the sentences of earlier answers, so that a long sitting does not grow."""
        kept = {*CONTRAST_QUESTIONS, *ORDERS}
        self._vectors = {text: v for text, v in self._vectors.items() if text in kept}

    def _likeness(self, sentences: Sequence[Sentence], question: str | None) -> Likeness:
        own = self.embed([sentence.text for sentence in sentences])
        if question is None:
            nothing = np.zeros(len(own), dtype=np.float32)
            return Likeness(
                question=nothing,
                others=nothing,
                unlike=nothing[:, None][:, :0],
                opening=0.0,
                opening_unlike=nothing[:0],
                pairs=own @ own.T,
            )
        asked = self.embed([question])[0]
        others = self.embed([text for text in CONTRAST_QUESTIONS if text != question])
        unlike = others[others @ asked < ASKS_ALIKE]
        opening = self.embed([" ".join(s.text for s in sentences[:OPENING_SENTENCES])])[0]
        return Likeness(
            question=own @ asked,
            others=(own @ others.T).max(axis=1),
            unlike=own @ unlike.T,
            opening=float(opening @ asked),
            opening_unlike=unlike @ opening,
            pairs=own @ own.T,
        )
