"""Judges what was said: models observe, code decides.

judge = load_judge(find_places())
clarity = judge.judge(Answer.from_text(text), AskedQuestion("Why you?"))
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import clean_tokens, join, left_out
from simulator.clarity.doubts import NO_QUESTION, reasons_not_to_judge
from simulator.clarity.evidence import pointed_at, quoted_at
from simulator.clarity.findings import (
    Clarity,
    Finding,
    FindingKind,
    PointEvidence,
    Sentence,
)
from simulator.clarity.naming import clarity_score, lasting, named_kinds
from simulator.clarity.observing import Observed, Observer
from simulator.clarity.sentences import sentences_of
from simulator.clarity.weights import CLASSES, ClarityWeights
from simulator.clarity.words import advice_on
from simulator.places import Places

POINT_HEARD = 0.45
"""Likeness of a sentence to an expected point from which the point counts as made."""

NEEDS_QUESTION: frozenset[FindingKind] = frozenset({"off_topic", "buried_point"})


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What was asked.

    Attributes
    ----------
    text : the question.
    expected_points : what a good answer tends to hold, one short sentence each.
    follow_ups : what its author would ask next, the most telling first.
    """

    text: str
    expected_points: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()


class Judge:
    """Judges answers with models that are loaded once.

    Parameters
    ----------
    observer : reads answers with the models.
    weights : small learned weights.
    """

    def __init__(self, observer: Observer, weights: ClarityWeights) -> None:
        self.observer = observer
        self._weights = weights
        self._last: tuple[tuple[object, ...], Observed] | None = None
        self._observing = threading.Lock()

    @property
    def models(self) -> dict[str, str]:
        """What made the judgement, for its provenance."""
        causal = self.observer.causal
        return {
            "language": f"{causal.name} ({causal.runtime})",
            "sentences": self.observer.embedder.name,
            "clarity": self._weights.version,
        }

    def begin(self, question: AskedQuestion | None) -> None:
        """Read what is known before the answer, so that a short one need not wait for it."""
        with self._observing:
            self.observer.begin(question.text if question else None)

    def prepare(self, answer: Answer, question: AskedQuestion | None) -> None:
        """Read what has been said so far, so that the judgement at the end is quick."""
        sentences = sentences_of(answer, clean_tokens(answer))
        if sentences:
            self.observe(sentences, question)

    def observe(self, sentences: tuple[Sentence, ...], question: AskedQuestion | None) -> Observed:
        """What the models observe in an answer; the last answer is remembered."""
        text = question.text if question else None
        key = (sentences, text)
        # What is still being read ahead is waited for, not read twice.
        with self._observing:
            if self._last is None or self._last[0] != key:
                self._last = (key, self.observer.observe(sentences, text))
            return self._last[1]

    def judge(self, answer: Answer, question: AskedQuestion | None) -> Clarity:
        """Judge an answer.

        Parameters
        ----------
        answer : text, and the moments of its words where it was spoken.
        question : what was asked, None where nobody knows.

        Returns
        -------
        Clarity : score, findings and expected points; what to say beyond them is the feedback
            room's (`simulator.feedback`).
        """
        tokens = clean_tokens(answer)
        reasons = reasons_not_to_judge(answer, [token.word for token in tokens])
        if reasons:
            return Clarity(
                score=None,
                findings=(),
                strength=None,
                follow_up=None,
                cannot_judge=reasons,
                clean_text=join(tokens),
                left_out=left_out(answer, tokens),
            )
        observed = self.observe(sentences_of(answer, tokens), question)
        probabilities = self._probabilities(observed, question)
        return Clarity(
            score=round(clarity_score(probabilities), 4),
            findings=self._findings(answer, observed, probabilities),
            strength=None,
            follow_up=None,
            cannot_judge=() if question else (NO_QUESTION,),
            clean_text=join(tokens),
            points=self._points(answer, observed, question),
            left_out=left_out(answer, tokens),
        )

    def _probabilities(
        self, observed: Observed, question: AskedQuestion | None
    ) -> NDArray[np.float32]:
        probabilities = self._weights.probabilities(observed.reading, observed.measures)
        if question is None:
            kept = np.array([c not in NEEDS_QUESTION for c in CLASSES], dtype=np.float32)
            probabilities = probabilities * kept / (probabilities * kept).sum()
        return probabilities

    def _findings(
        self, answer: Answer, observed: Observed, probabilities: NDArray[np.float32]
    ) -> tuple[Finding, ...]:
        texts = [sentence.text for sentence in observed.sentences]
        says = self._weights.sentence_evidence(observed.reading)
        found: list[Finding] = []
        taken: list[int] = []
        for kind, probability in lasting(named_kinds(probabilities), texts, observed.cues):
            scores = pointed_at(
                kind, observed.cues, observed.likeness, says[:, CLASSES.index(kind)]
            )
            best = quoted_at(kind, scores, observed.cues, texts, taken)
            taken.append(best)
            found.append(self._finding(answer, observed.sentences[best], kind, probability))
        return tuple(found)

    @staticmethod
    def _finding(
        answer: Answer, sentence: Sentence, kind: FindingKind, probability: float
    ) -> Finding:
        advice = advice_on(kind, probability)
        return Finding(
            kind=kind,
            quote=quote_of(answer, sentence),
            start_s=sentence.start_s,
            end_s=sentence.end_s,
            why=advice.why,
            suggestion=advice.suggestion,
            confidence=round(probability, 3),
        )

    def _points(
        self, answer: Answer, observed: Observed, question: AskedQuestion | None
    ) -> tuple[PointEvidence, ...]:
        """The best sentence for each expected point, where one comes close enough."""
        if question is None or not question.expected_points:
            return ()
        own = self.observer.embed([sentence.text for sentence in observed.sentences])
        found = []
        for point in question.expected_points:
            likeness = own @ self.observer.embed([point])[0]
            sentence = observed.sentences[int(likeness.argmax())]
            if likeness.max() < POINT_HEARD:
                found.append(PointEvidence(point, None))
                continue
            found.append(
                PointEvidence(point, quote_of(answer, sentence), sentence.start_s, sentence.end_s)
            )
        return tuple(found)


def quote_of(answer: Answer, sentence: Sentence) -> str:
    """The sentence as it stands in the transcript, copied."""
    return answer.text[sentence.start_char : sentence.end_char]


def load_judge(places: Places, threads: int = 2) -> Judge:
    """Load the models and the learned weights.

    Parameters
    ----------
    places : where they lie.
    threads : most threads a model may use.

    Raises
    ------
    SimulatorError : weights are missing; one line that says how to get them.
    """
    from simulator.language.loading import load_causal_model, load_embedder

    observer = Observer(
        load_causal_model(None, places, threads), load_embedder(None, places, threads)
    )
    return Judge(observer, ClarityWeights.load(weights_file(places)))


def weights_file(places: Places) -> Path:
    """Where the learned weights lie."""
    return places.models / "clarity" / "weights.npz"
