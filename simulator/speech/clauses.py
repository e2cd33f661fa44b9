"""Where one clause ends and the next begins, from punctuation and the words that open clauses.

A proxy for a parser: the recogniser's punctuation marks most clause ends, and conjunctions that
open a clause mark those where it wrote no comma.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """Words written one after another, as a set."""
    return frozenset(text.split())


OPENERS = word_set(
    "but because so although though unless until whereas while since when whenever if after"
    " before which who whose where whether then however therefore"
)
"""Words that open a clause wherever they follow a pause."""

JOINERS = frozenset({"and", "or", "that", "as"})
"""Open a clause only before a subject: "and I left", but not "bread and butter"."""

SUBJECTS = word_set(
    "i we you he she it they there this that these those then so when if my our i'm i've i'd i'll"
    " we're we've we'd we'll you're he's she's it's they're they've that's there's"
)

_CLOSING = re.compile(r"[.,;:?!…—][\"')\]]*$|-{2,}$")


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A word without punctuation around it, in lower case: ``"Well,"`` is ``well``."""
    return re.sub(r"^[^\w]+|[^\w]+$", "", text.lower().replace("’", "'"))


def ends_clause(text: str) -> bool:
    """Whether punctuation closes the word."""
    return bool(_CLOSING.search(text.strip()))


def begins_clause(words: Sequence[str]) -> bool:
    """Whether a clause opens with these words (the next one or two)."""
    first, *rest = [bare(word) for word in words] or [""]
    if first in OPENERS:
        return True
    return first in JOINERS and bool(rest) and rest[0] in SUBJECTS
