"""How many syllables a word has: spelling rules, and a list of the words they get wrong.

The list (``models/syllables.txt``) is made from the CMU Pronouncing Dictionary by
``python -m benchmarks.make_syllables``, which also prints how often the rules alone are right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from simulator.delivery.spoken_numbers import say_number
from simulator.errors import SimulatorError

_VOWELS = re.compile(r"[aeiouy]+")
_PIECES = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\s]")

_SPOKEN_L = re.compile(r"[^aeiouylr]l$")
"""A consonant and l before a final e: "handle", "handles", "handled" keep two syllables."""

_SIBILANT = re.compile(r"(?:[sxzcg]|ch|sh)$")
_HISSING = re.compile(r"(?:[sxz]|ch|sh|[csgz]e)$")
_INNER_E = re.compile(
    r"(?<=[^aeiouyl])e(?=(?:ly|less|ness|ments?|ful|fully|lessly|some|where|thing|times?|ware|wide"
    r"|works?|house|m[ae]n|back|line|land|wood|town|body|one)$)"
)
_TWO_VOWELS = re.compile(
    r"i[aou]|ie(?=t|r$|ty|nce|nt)|eo(?![upr])|ea(?=tor|te[sd]?$|ti|l[il])|eu[ms]$|ye(?=r|d$)"
    r"|ui(?=ty|n[gs]?$)|u[ao](?=l|t|r[ty]|us)|ao(?!$)|oe(?=t|m)|[aeiouy](?=i(?:ng|sm|st))"
)
_ONE_VOWEL = re.compile(r"[cstgx]i[ao](?!te|ti|$)|[lr]ier$|q(?=u[ao][ltr])|i[ao]u(?!s)|ically$")
_NO_LETTER = re.compile(r"[aiy]sms?$|thms?$|[dst]n't$|^mc")
"""A syllable that has no vowel letter: "rhythm", "prism", "didn't", "McKay"."""


def count_syllables(text: str, exceptions: Mapping[str, int] | None = None) -> int:
    """Syllables of a written word or phrase as it is said; numbers and signs are read out.

    Parameters
    ----------
    text : "rebuilt", "well-known", "2014", "$40k", "AT&T".
    exceptions : words the rules get wrong; None for those that ship.
    """
    return _counted(text) if exceptions is None else _count(text, exceptions)


@lru_cache(maxsize=4096)
def _counted(text: str) -> int:
    """With the words that ship; remembered, since every measure of pace counts them again."""
    return _count(text, load_exceptions())


def _count(text: str, known: Mapping[str, int]) -> int:
    return sum(_of_word(word, known) for piece in _said(text) for word in piece.split() if word)


def rule_syllables(word: str) -> int:
    """Syllables by spelling alone; at least one.

    Parameters
    ----------
    word : lower case, letters and apostrophes only.
    """
    owner = word.removesuffix("'s")
    stem = (owner + "es" if owner != word and _HISSING.search(owner) else owner).replace("'", "")
    stem = _INNER_E.sub("", _without_silent_e(stem))
    count = len(_VOWELS.findall(stem))
    count += len(_TWO_VOWELS.findall(stem)) - len(_ONE_VOWEL.findall(stem))
    count += bool(_NO_LETTER.search(word))
    return max(1, count)


def _without_silent_e(word: str) -> str:
    """``time``, ``times`` and ``timed`` lose the e that nobody says."""
    for ending in ("e", "es", "ed"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or stem.endswith("e") or _SPOKEN_L.search(stem):
            continue
        spoken = {"e": False, "es": bool(_SIBILANT.search(stem)), "ed": stem[-1] in "td"}
        if not spoken[ending] and _VOWELS.search(stem):
            return stem + ending[1:]
    return word


@lru_cache(maxsize=2)
def load_exceptions(file: Path | None = None) -> Mapping[str, int]:
    """Read the words that the rules get wrong, each with its syllables."""
    if file is None:
        from simulator.places import find_places

        file = find_places().models / "syllables.txt"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SimulatorError(f"The syllable list {file} cannot be read ({error}).") from error
    known: dict[str, int] = {}
    for line in lines:
        count, _, words = line.partition(":")
        if count.isdigit():
            known |= dict.fromkeys(words.split(), int(count))
    return known


def _said(text: str) -> list[str]:
    """The text in words: numbers and a few signs read out, other signs dropped."""
    said = []
    for token in re.split(r"[\s/–—-]+", text):
        bare = re.sub(r"^[^\w$€£]+|[^\w%]+$", "", token)
        number = say_number(bare)
        if number is not None:
            said.append(number)
            continue
        for piece in _PIECES.findall(bare):
            if piece in _SIGNS:
                said.append(_SIGNS[piece])
            elif piece.isupper() and piece.isalpha() and 1 < len(piece) <= 5:
                said.append(_initials(piece))
            else:
                said.append(_with_figures(piece.lower().replace("’", "'")))
    return said


_SIGNS = {"&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals"}
_LETTER_NAMES = {"w": "double you"}


def _initials(letters: str) -> str:
    """``SQL`` is said letter by letter, ``NASA`` as a word: it has vowels to be said with."""
    inner = letters.lower()
    spoken_as_word = len(letters) >= 4 and _VOWELS.search(inner[1:-1]) is not None
    if spoken_as_word:
        return inner
    return " ".join(_LETTER_NAMES.get(letter, letter) for letter in inner)


def _with_figures(piece: str) -> str:
    """``q3`` is ``q three``."""
    parts = re.findall(r"\d+|[^\d]+", piece)
    return " ".join(say_number(part) or part for part in parts)


def _of_word(word: str, known: Mapping[str, int]) -> int:
    if word in known:
        return known[word]
    if word.endswith("'s") and word[:-2] in known:
        return known[word[:-2]] + bool(_HISSING.search(word[:-2]))
    letters = re.sub(r"[^a-z']", "", word)
    return rule_syllables(letters) if re.search(r"[a-z]", letters) else 0
