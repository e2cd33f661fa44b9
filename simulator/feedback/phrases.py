"""Picks a short phrase of the candidate's own, so that a question or a tip speaks of their story.

Always a copied stretch of the transcript, never a rewording.
"""

from __future__ import annotations

import re

from simulator.clarity.cues import acronyms_of, cues_of
from simulator.clarity.word_lists import word_set

_FEWEST, _MOST = 3, 9
"""Words in a phrase: fewer says nothing, more is a recital."""

_SHORT = 6
"""A clause up to here is one thought; beyond, what follows "and" is mostly another."""

_CLAUSE = re.compile(r"(?:[^,;:.!?…—–]|(?<=\d)[.,:](?=\d))+")
"""Up to the next mark; those inside a figure ("0.6%", "9:30") are none."""
_OPENERS = word_set("and so but then because well or which who that as though")
_DANGLING = word_set(
    "the a an of to in on at for with and or but so that which my our their i we was were is from "
    "by into because while when if as than next"
)
_PREPOSITIONS = word_set("of to in on at for with from by into after before about over through")
_DOING = re.compile(
    r"^(?:I|we)\b(?!['’](?:m|re)\b|(?:['’]ve|['’]d| have| had) (?:been|got|had)\b)", re.IGNORECASE
)
_WEAK = re.compile(
    r"^(?:it|that|this|there|here|is|was|were|are|isn|wasn|what|how|who|when|if|not)\b",
    re.IGNORECASE,
)
"""Beginnings of clauses that mean little out of their place."""


def phrase_from(quote: str) -> str | None:
    """A clause of a quote that can stand between quotation marks.

    Parameters
    ----------
    quote : a stretch of the transcript.

    Returns
    -------
    str or None : a copied stretch of three to nine words that says something by itself; where
        there are several, one with "I" or "we" as its subject, and the longest. None where
        nothing fits.
    """
    pieces = [part for match in _CLAUSE.finditer(quote) for part in _at_joints(match.group())]
    fitting = []
    for piece in pieces:
        clause = _trimmed(piece)
        if clause and len(clause.split()) >= _FEWEST:
            cut_short = not piece.rstrip().endswith(clause)
            fitting.append((_weakness(clause), cut_short, -len(clause.split()), clause))
    return min(fitting)[-1] if fitting else None


_NOT_YET_DONE = re.compile(
    r"\b(?:never|not|would|could|can)\b|n['’]t\b|['’](?:ll|d)\b", re.IGNORECASE
)


def deed_from(quote: str) -> str | None:
    """A clause of a quote that tells what the speaker did, or they together; None without one.

    Of those alone one can ask how they came about.
    """
    phrase = phrase_from(quote)
    if phrase is None or not _DOING.match(phrase) or _NOT_YET_DONE.search(phrase):
        return None
    return phrase


def _weakness(clause: str) -> int:
    """How little a clause says by itself: 0 tells who did what."""
    cues = cues_of(clause)
    if _WEAK.match(clause) or cues.hedges:
        return 2
    return 0 if _DOING.match(clause) else 1


def acronym_from(quote: str) -> str | None:
    """The first abbreviation in a quote, None where there is none."""
    found = acronyms_of(quote)
    return found[0] if found else None


def _at_joints(clause: str) -> list[str]:
    """A long clause cut where a new one begins, a short one as it is."""
    if len(clause.split()) <= _SHORT:
        return [clause]
    return re.split(r"\s+(?=(?:and|but|so|because|which|while|when)\s)", clause)


def _trimmed(clause: str) -> str | None:
    """A clause without its joint, cut to length where a phrase ends; still a copied stretch."""
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", clause)]
    while words and words[0][2].lower() in _OPENERS:
        words = words[1:]
    if len(words) > _MOST:
        words = words[: _last_joint(words[:_MOST])]
    while words and words[-1][2].lower() in _DANGLING:
        words = words[:-1]
    return clause[words[0][0] : words[-1][1]] if words else None


def _last_joint(words: list[tuple[int, int, str]]) -> int:
    """Where to cut words that go on: before a preposition among the last three, else after all."""
    for at in range(len(words) - 1, max(len(words) - 4, _FEWEST - 1), -1):
        if words[at][2].lower() in _PREPOSITIONS:
            return at
    return len(words)
