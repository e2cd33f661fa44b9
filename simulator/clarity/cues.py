"""Surface cues of a sentence: what a careful reader would underline.

Each cue is a count. None decides alone; they help to choose the sentence that is quoted, and
stand beside the model's states in the classifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise

from simulator.clarity.fillers import bare
from simulator.clarity.numbers import with_digits
from simulator.clarity.word_lists import ASIDES, HEDGES, JUMPS, RESULTS, VAGUE, word_set

_MYSELF = re.compile(r"\b(?:I|I'm|I'd|I've|I'll|me|my|mine|myself)\b(?!\.)")
_I_DID = re.compile(
    r"\bI(?:'d|'ve)?\s+(?:\w+ly\s+|just\s+|then\s+|also\s+|even\s+|personally\s+)?"
    r"(?!was\b|am\b|think\b|guess\b|suppose\b|know\b|believe\b|feel\b|mean\b|had\b|have\b|would\b)"
    r"\w+",
    re.I,
)
_STATE = re.compile(
    r"\bI(?:['’](?:ve|d)|\s+have|\s+had)?\s+(?:\w+ly\s+|always\s+|never\s+)?"
    r"(?:been|got|had|have|spent|can|could|like|love|want|wanted|hope|live|lived|always|never)\b",
    re.I,
)
_TOGETHER = re.compile(
    r"\b(?:we|we'd|we've|we're|us|our|ours|ourselves|the team|everyone|everybody|together"
    r"|the group|the department|the desk|the crew|the company|management)\b",
    re.I,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|got|get|gets)\s+(?:\w+ly\s+|all\s+|then\s+|also\s+)?"
    r"(?:\w{2,}ed|done|made|given|taken|put|set|sent|found|seen|drawn|written|held|kept|built|cut"
    r"|brought|bought|chosen|told|run|shown|left|laid|moved|split|agreed|sorted|decided)\b",
    re.I,
)
_NUMBER = re.compile(r"\d[\d.,]*")
_DATE = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter)s?\b"
)
_ACRONYM = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2,}[a-z]?|[A-Z]+\d+|\d+[A-Z]{2,}|[A-Z]&[A-Z])\b")
_COMMON_CAPITALS = word_set("I I'm I'd I've I'll OK TV UK US USA PhD Mr Mrs Ms Dr")


@dataclass(frozen=True, slots=True)
class Cues:
    """Counts in one sentence."""

    words: int
    numbers: int
    names: int
    hedges: int
    vague: int
    results: int
    asides: int
    jumps: int
    myself: int
    i_did: int
    together: int
    passive: int
    acronyms: int
    commas: int
    question: int

    @property
    def specifics(self) -> int:
        """Numbers and names: what only someone who was there would say."""
        return self.numbers + self.names


CUE_NAMES = tuple(field.name for field in fields(Cues))


@lru_cache(maxsize=1024)
def cues_of(sentence: str) -> Cues:
    """Count the cues of one sentence."""
    words = sentence.split()
    digits = with_digits(sentence)
    return Cues(
        words=len(words),
        numbers=len(_NUMBER.findall(digits)) + len(_DATE.findall(sentence)),
        names=_names(words),
        hedges=len(HEDGES.findall(sentence)),
        vague=len(VAGUE.findall(sentence)),
        results=len(RESULTS.findall(sentence)),
        asides=len(ASIDES.findall(sentence)),
        jumps=len(JUMPS.findall(sentence)),
        myself=len(_MYSELF.findall(sentence)),
        i_did=len(_I_DID.findall(sentence)),
        together=len(_TOGETHER.findall(sentence)),
        passive=len(_PASSIVE.findall(sentence)),
        acronyms=len(acronyms_of(sentence)),
        commas=sentence.count(","),
        question=sentence.count("?"),
    )


def deeds_in(sentence: str) -> int:
    """How often a sentence says "I" with something done, not something had, wished or been."""
    return max(0, len(_I_DID.findall(sentence)) - len(_STATE.findall(sentence)))


def acronyms_of(sentence: str) -> list[str]:
    """Letters that stand for words: "WMS", "OTIF", "D1"."""
    return [a for a in _ACRONYM.findall(sentence) if a not in _COMMON_CAPITALS]


def _names(words: Sequence[str]) -> int:
    """Capitalised words inside a sentence, runs counted once."""
    count, inside = 0, False
    for before, word in pairwise(words):
        plain = word.strip(".,;:!?\"'()").removesuffix("'s")
        starts = before[-1:] in ".!?"
        is_name = (
            plain[:1].isupper()
            and plain[1:2].islower()
            and plain not in _COMMON_CAPITALS
            and not bare(plain).startswith(("i'", "i’"))
            and not starts
            and not _DATE.fullmatch(plain)
        )
        count += is_name and not inside
        inside = is_name
    return count
