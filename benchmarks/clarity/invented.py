"""Whether anything that is said to the person was not said by them.

Quotes must stand in the transcript letter for letter; numbers and names in any text must be the
person's own or the question's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.clarity.findings import Clarity
from simulator.clarity.numbers import with_digits

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_NAME = re.compile(r"(?<![.!?“”:]\s)(?<=[a-z,;]\s)([A-Z][\w’']+)")
_NOT_NAMES = frozenset({"I", "I'd", "I'm", "I've", "I'll"})


def quotes_in(clarity: Clarity) -> Iterator[str]:
    """Everything that is shown as the person's own words."""
    yield from (finding.quote for finding in clarity.findings)
    if clarity.strength is not None:
        yield clarity.strength.quote
    yield from (e.quote for e in clarity.evidence if e.quote is not None)
    yield from (p.quote for p in clarity.points if p.quote is not None)
    yield from (s.quote for s in clarity.story if s.quote is not None)
    if clarity.start_with is not None:
        yield clarity.start_with
    if clarity.follow_up is not None:
        yield from re.findall(r"“([^”]*)”", clarity.follow_up)


def texts_in(clarity: Clarity) -> Iterator[str]:
    """Everything else that is said to the person."""
    for finding in clarity.findings:
        yield finding.why
        yield finding.suggestion
    if clarity.strength is not None:
        yield clarity.strength.why
    if clarity.follow_up is not None:
        yield clarity.follow_up


def invented_quotes(clarity: Clarity, transcript: str) -> list[str]:
    """Quotes that do not stand in the transcript."""
    return [quote for quote in quotes_in(clarity) if not quote or quote not in transcript]


def invented_facts(clarity: Clarity, transcript: str, question: str) -> list[str]:
    """Numbers and names that neither the person nor the question said."""
    said = f"{transcript} {question}"
    numbers = set(_NUMBER.findall(with_digits(said)))
    found = []
    for text in texts_in(clarity):
        found += [n for n in _NUMBER.findall(with_digits(text)) if n not in numbers]
        found += [w for w in _NAME.findall(text) if w not in _NOT_NAMES and w not in said]
    return found
