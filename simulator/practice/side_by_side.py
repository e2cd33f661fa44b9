"""Two transcripts side by side in words: what stayed, what went, what came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Fate = Literal["same", "gone", "new"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row that share a fate."""

    fate: Fate
    text: str


def side_by_side(before: str, after: str) -> tuple[Stretch, ...]:
    """Line up two answers word by word.

    Case and punctuation do not make a word another. The words are those of the transcripts:
    "same" and "gone" from the first, "new" from the second.

    Returns
    -------
    tuple of Stretch : leaving out what is new gives the first answer, leaving out what is gone
        the second.
    """
    first, second = before.split(), after.split()
    matcher = SequenceMatcher(None, _bare(first), _bare(second), autojunk=False)
    stretches: list[Stretch] = []
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            stretches.append(Stretch("same", " ".join(first[a0:a1])))
            continue
        if a1 > a0:
            stretches.append(Stretch("gone", " ".join(first[a0:a1])))
        if b1 > b0:
            stretches.append(Stretch("new", " ".join(second[b0:b1])))
    return tuple(stretches)


def _bare(words: Sequence[str]) -> list[str]:
    return [word.lower().strip(".,;:!?\"'()") for word in words]
