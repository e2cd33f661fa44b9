"""Transcripts made comparable, and compared word by word.

Our own normaliser: Whisper's deletes um and uh, which are what is measured here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.delivery.spoken_numbers import say_number
from simulator.speech.filled_pause_witness import label_of

_SAME = {
    "ok": "okay",
    "'kay": "okay",
    "alright": "all right",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "kinda": "kind of",
    "sorta": "sort of",
    "'cause": "because",
    "cuz": "because",
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "'er": "her",
    "'em": "them",
}
_SIGNS = {"&": " and ", "%": " percent", "+": " plus "}


@dataclass(frozen=True, slots=True)
class Compared:
    """Word errors: ``errors`` substituted, left out or put in, over ``words`` that were said."""

    errors: int
    words: int

    @property
    def rate(self) -> float | None:
        """Errors a word said; None where nothing was said."""
        return self.errors / self.words if self.words else None

    def __add__(self, other: Compared) -> Compared:
        return Compared(self.errors + other.errors, self.words + other.words)


def comparable(text: str, *, keep_filled_pauses: bool) -> list[str]:
    """Words in one spelling: lower case, numbers in words, filled pauses as um, uh, hmm or gone."""
    words: list[str] = []
    for token in re.split(r"[\s/–—-]+", text.lower().replace("’", "'")):
        bare = re.sub(r"^[^\w$€£'&+%]+|[^\w%&+]+$", "", token)
        pause = label_of(bare)
        if pause is not None:
            words += [pause] if keep_filled_pauses else []
            continue
        said = say_number(bare) or _SAME.get(bare, bare)
        for sign, name in _SIGNS.items():
            said = said.replace(sign, name)
        words += re.findall(r"[a-z0-9']*[a-z0-9][a-z0-9']*", said)
    # "Smith's", "Smiths'" and "Smiths" sound alike; "it's" and "its" too.
    return [re.sub(r"'s$|s'$", "s", word).strip("'") for word in words]


def word_errors(said: str, heard: str, *, keep_filled_pauses: bool) -> Compared:
    """Compare what was heard with what was said."""
    truth = comparable(said, keep_filled_pauses=keep_filled_pauses)
    result = comparable(heard, keep_filled_pauses=keep_filled_pauses)
    return Compared(edit_distance(truth, result), len(truth))


def edit_distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Fewest words to change, leave out or put in to turn one into the other.

    Two words written as one ("wash water", "washwater") are the same two words.
    """
    above: list[int] = []
    row = list(range(len(other) + 1))
    for index, word in enumerate(one, 1):
        before, above, row = above, row, [index]
        for place, against in enumerate(other, 1):
            best = min(above[place] + 1, row[-1] + 1, above[place - 1] + (word != against))
            if index > 1 and one[index - 2] + word == against:
                best = min(best, before[place - 1])
            if place > 1 and other[place - 2] + against == word:
                best = min(best, above[place - 2])
            row.append(best)
    return row[-1]


@dataclass(frozen=True, slots=True)
class Ends:
    """Sentence ends: of those written by people, how many were heard at the same word."""

    found: int
    missed: int
    false: int

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where none is written."""
        total = 2 * self.found + self.missed + self.false
        return 2 * self.found / total if self.found + self.missed else None

    def __add__(self, other: Ends) -> Ends:
        return Ends(self.found + other.found, self.missed + other.missed, self.false + other.false)


def sentence_ends(said: str, heard: str) -> Ends:
    """Compare where sentences end; a place counts by the words of the true text before it."""
    truth, true_ends = _words_and_ends(said)
    result, heard_ends = _words_and_ends(heard)
    places = _places(truth, result)
    mapped = set()
    for end in heard_ends:
        low, high = places[end]
        fitting = [place for place in range(low, high + 1) if place in true_ends]
        mapped.add(fitting[0] if fitting else low)
    found = len(mapped & true_ends)
    return Ends(found, len(true_ends) - found, len(mapped) - found)


def _words_and_ends(text: str) -> tuple[list[str], set[int]]:
    """Comparable words, and after how many of them a sentence ends (the last one left out)."""
    words: list[str] = []
    ends: set[int] = set()
    for token in text.split():
        words += comparable(token, keep_filled_pauses=False)
        if re.search(r"[.?!][\"')\]]*$", token):
            ends.add(len(words))
    return words, {end for end in ends if 0 < end < len(words)}


_GAP, _CHANGE = 3, 4
"""As NIST's sclite weighs them: a changed word costs less than one left out and one put in."""


def _places(truth: Sequence[str], result: Sequence[str]) -> list[tuple[int, int]]:
    """For every count of heard words, between which counts of true words that place lies.

    More than one where true words were left out there.
    """
    table = [[_GAP * place for place in range(len(result) + 1)]]
    for word in truth:
        above, row = table[-1], [table[-1][0] + _GAP]
        for place, against in enumerate(result, 1):
            changed = above[place - 1] + _CHANGE * (word != against)
            row.append(min(above[place] + _GAP, row[-1] + _GAP, changed))
        table.append(row)
    i, j = len(truth), len(result)
    places = [(i, i)] * (j + 1)
    while i or j:
        change = _CHANGE * (i > 0 and j > 0 and truth[i - 1] != result[j - 1])
        if i and j and table[i][j] == table[i - 1][j - 1] + change:
            i, j = i - 1, j - 1
            places[j] = (i, i)
        elif i and table[i][j] == table[i - 1][j] + _GAP:
            i -= 1
            places[j] = (i, places[j][1])
        else:
            j -= 1
            places[j] = (i, i)
    return places
