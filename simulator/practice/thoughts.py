"""Thoughts that come after a no, recognised in a person's own words, each with an answer.

The answers are the program's stance, not therapy: what a final round decides, and what it does
not say about a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.practice import wording_debrief as say

_THOUGHTS: tuple[tuple[str, str, str], ...] = (
    (
        "culture_fit",
        r"cultur\w+[- ]fit|(?:not |n.t )(?:a )?(?:good |right )?fit\b|did ?n.t fit in"
        r"|personality (?:mis)?match|no chemistry",
        say.CULTURE_FIT,
    ),
    (
        "change_everything",
        r"chang\w+ (?:everything|all of it|completely|myself)"
        r"|start (?:again )?from (?:scratch|zero)|everything (?:was|is) wrong"
        r"|do everything different|reinvent myself",
        say.CHANGE_EVERYTHING,
    ),
    (
        "one_moment",
        r"(?:it was|because of|cost me|that was|blew it|lost it|ruined)[\w ]*"
        r"(?:one|that|the) (?:\w+ )?(?:answer|moment|question|hesitation|pause|mistake)"
        r"|i must have (?:done|said) something wrong|if only i had",
        say.ONE_MOMENT,
    ),
    (
        "not_good_enough",
        r"not (?:\w+ )?good enough|never be good enough|if i (?:were|was) good enough"
        r"|n.t good enough|i(?:'m| am) (?:just )?not (?:cut out|up to)",
        say.NOT_GOOD_ENOUGH,
    ),
    (
        "wasted",
        r"wast(?:e|ed|ing) (?:of )?(?:\w+ )?(?:time|effort|weeks|months)|all for nothing"
        r"|for nothing|in vain",
        say.WASTED,
    ),
)
_PATTERNS = tuple((name, re.compile(cues, re.IGNORECASE), text) for name, cues, text in _THOUGHTS)


@dataclass(frozen=True, slots=True)
class AnsweredThought:
    """A thought, the words in which it stood, and what there is to say to it."""

    name: str
    words: str
    answer: str


def answer_thoughts(texts: Iterable[str]) -> tuple[AnsweredThought, ...]:
    """Find the thoughts in a person's notes and answer each once.

    "Culture fit, so I am not good enough" is answered as a whole: the answer to culture fit says
    what the other one would.
    """
    found: dict[str, AnsweredThought] = {}
    for text in texts:
        here = [(name, answer) for name, pattern, answer in _PATTERNS if pattern.search(text)]
        names = [name for name, _ in here]
        for name, answer in here:
            if name == "not_good_enough" and "culture_fit" in names:
                continue
            found.setdefault(name, AnsweredThought(name, text, answer))
    return tuple(found.values())
