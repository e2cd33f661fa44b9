"""Picks a short phrase of the candidate's own, so that a question or a tip speaks of their story.

Always a copied stretch of the transcript, never a rewording.
"""

from __future__ import annotations

import re

from simulator.clarity.cues import acronyms_of
from simulator.clarity.word_lists import word_set

_FEWEST, _MOST = 3, 9
"""Words in a phrase: fewer says nothing, more is a recital."""

_CLAUSE = re.compile(r"[^,;:.!?…—–]+")
_OPENERS = word_set("and so but then because well or which who that as though")
_DANGLING = word_set(
    "the a an of to in on at for with and or but so that which my our their i we was were is from "
    "by into"
)
_DOING = re.compile(r"^(?:I|we)\b", re.IGNORECASE)


def phrase_from(quote: str) -> str | None:
    """A clause of a quote that can stand between quotation marks.

    Parameters
    ----------
    quote : a stretch of the transcript.

    Returns
    -------
    str or None : a copied stretch of three to nine words; one with "I" or "we" as its subject
        where there is one. None where nothing fits.
    """
    pieces = [part for match in _CLAUSE.finditer(quote) for part in _at_joints(match.group())]
    clauses = [_trimmed(piece) for piece in pieces]
    whole = {
        clause
        for clause, piece in zip(clauses, pieces, strict=True)
        if clause and piece.rstrip().endswith(clause)
    }
    fitting = [clause for clause in clauses if clause and len(clause.split()) >= _FEWEST]
    fitting.sort(
        key=lambda clause: clause not in whole
    )  # a clause cut short comes after whole ones
    if not fitting:
        return None
    acting = [clause for clause in fitting if _DOING.match(clause)]
    return (acting or fitting)[0]


def acronym_from(quote: str) -> str | None:
    """The first abbreviation in a quote, None where there is none."""
    found = acronyms_of(quote)
    return found[0] if found else None


def _at_joints(clause: str) -> list[str]:
    """A long clause cut where a new one begins, a short one as it is."""
    if len(clause.split()) <= _MOST:
        return [clause]
    return re.split(r"\s+(?=(?:and|but|so|because|which|while|when)\s)", clause)


def _trimmed(clause: str) -> str | None:
    """A clause without its joint, cut to length; still a copied stretch."""
    words = [(m.start(), m.end(), m.group()) for m in re.finditer(r"\S+", clause)]
    while words and words[0][2].lower() in _OPENERS:
        words = words[1:]
    words = words[:_MOST]
    while words and words[-1][2].lower() in _DANGLING:
        words = words[:-1]
    return clause[words[0][0] : words[-1][1]] if words else None
