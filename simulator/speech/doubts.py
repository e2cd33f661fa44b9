"""When a transcript should not be built on.

Whisper writes words where nobody spoke in about one segment of a hundred, more often for people
who pause long (Koenecke 2024): the very people who practise. So words are held against the sound.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from simulator.speech.timeline import Span, Word
from simulator.speech.word_edges import overlap_s

LEAST_OVERLAP = 0.3
"""Share of a word that has to lie in speech (200 ms of grace around it) to have been said."""

GRACE_S = 0.2

MOST_UNHEARD = 0.1
FEWEST_UNHEARD = 3
"""A word or two may be misplaced; three and a tenth of all are an invention."""

LEAST_PROBABILITY = 0.5
MOST_UNSURE = 0.4
"""Share of words under one half. With base: read sentences 0 to 12 %, meetings with people talking
over each other 19 to 35 %."""

LEAST_LANGUAGE_PROBABILITY = 0.6
FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class HeardLanguage:
    """What the recogniser took a stretch of speech for; None where it knows one language only."""

    language: str | None
    probability: float | None
    duration_s: float


def unheard_words(words: Sequence[Word], spans: Sequence[Span]) -> tuple[int, ...]:
    """Indices of words written where nothing was said.

    Parameters
    ----------
    words : with times as the recogniser or the snapping gave them.
    spans : where there was speech.
    """
    wide = [Span(span.start_s - GRACE_S, span.end_s + GRACE_S) for span in spans]
    ends_s = [span.end_s for span in wide]
    unheard = []
    for index, word in enumerate(words):
        near = list(
            takewhile(
                lambda span: span.start_s <= word.end_s,  # noqa: B023 - used at once
                wide[bisect_left(ends_s, word.start_s) :],
            )
        )
        begins_in_speech = any(span.start_s <= word.start_s <= span.end_s for span in near)
        heard_s = overlap_s(word, near)
        if not begins_in_speech and heard_s < LEAST_OVERLAP * max(word.duration_s, 0.02):
            unheard.append(index)
    return tuple(unheard)


def find_doubts(
    words: Sequence[Word],
    spans: Sequence[Span],
    heard: Sequence[HeardLanguage] = (),
    unheard: int = 0,
) -> tuple[str, ...]:
    """What is wrong with a transcript, as short names; empty where nothing is.

    Parameters
    ----------
    words : that were kept.
    spans : where there was speech.
    heard : the language of each chunk.
    unheard : how many words were dropped as written where nothing was said.

    Returns
    -------
    tuple of ``no_speech``, ``not_english``, ``hallucination``, ``low_confidence``.
    """
    if not spans or (not words and not unheard):
        return ("no_speech",)
    found = []
    if _mostly_other_language(heard):
        found.append("not_english")
    if unheard >= FEWEST_UNHEARD and unheard > MOST_UNHEARD * (len(words) + unheard):
        found.append("hallucination")
    unsure = sum(word.probability < LEAST_PROBABILITY for word in words)
    if len(words) >= FEWEST_WORDS and unsure > MOST_UNSURE * len(words):
        found.append("low_confidence")
    return tuple(found)


def main_language(heard: Sequence[HeardLanguage]) -> str | None:
    """The language most of the time was taken for; None where nothing is known."""
    time_s: dict[str, float] = {}
    for chunk in heard:
        if chunk.language is not None:
            time_s[chunk.language] = time_s.get(chunk.language, 0.0) + chunk.duration_s
    return max(time_s, key=lambda name: time_s[name]) if time_s else None


def _mostly_other_language(heard: Sequence[HeardLanguage]) -> bool:
    """Whether the recogniser was sure of another language for more than half of the time."""
    known = [chunk for chunk in heard if chunk.language is not None]
    foreign_s = sum(
        chunk.duration_s
        for chunk in known
        if chunk.language != "en" and (chunk.probability or 0.0) >= LEAST_LANGUAGE_PROBABILITY
    )
    return foreign_s > 0.5 * sum(chunk.duration_s for chunk in known) and foreign_s > 0
