"""Tells a filled pause that was written out from a word."""

from __future__ import annotations

import re

_FILLER = re.compile(r"(?:u+h*m+|u+h+|e+r+m*|e+h+m+|h+m+|m+|m+-?h+m+|a+h+)", re.IGNORECASE)
_NOT_FILLERS = frozenset({"m"})


def bare(text: str) -> str:
    """Lower case, without the punctuation around it."""
    return text.strip(".,;:!?…\"'“”‘’()[]–—-").lower()


def is_filler(text: str) -> bool:
    """Whether a word is a filled pause written out: um, uh, er, erm, hmm, mm, ah."""
    word = bare(text)
    return word not in _NOT_FILLERS and bool(_FILLER.fullmatch(word))
