"""Writes spoken numbers in one way, whether they were heard as words or as digits.

People's transcripts say "four years", a recogniser says "4 years"; what is learned on one must
hold on the other.
"""

from __future__ import annotations

import re
from functools import lru_cache

_UNIT_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen
"""
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS.split(), start=2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_SMALL = frozenset({"one"})
"""Words that are more often no number ("one of them")."""


@lru_cache(maxsize=1024)
def with_digits(text: str) -> str:
    """The text with number words written as digits.

    Examples
    --------
    >>> with_digits("forty thousand documents, zero point six percent, twenty-one people")
    '40000 documents, 0.6%, 21 people'
    """
    out: list[str] = []
    at = 0
    while match := _WORD.search(text, at):
        start = match.start()
        out.append(text[at:start])
        found = _number_at(text, start)
        if found is None:
            out.append(match.group())
            at = match.end()
        else:
            digits, at = found
            out.append(digits)
    out.append(text[at:])
    joined = "".join(out)
    joined = re.sub(r"(?<=\d),(?=\d{3}\b)", "", joined)
    joined = re.sub(r"(?<=\d) (?:percent|per cent)\b", "%", joined)
    return re.sub(r"(?<=\d)K\b", "000", joined)


def _number_at(text: str, start: int) -> tuple[str, int] | None:
    """The number that begins here, as digits, and where it ends."""
    total, current, end, words = 0, 0, start, 0
    decimals: str | None = None
    at = start
    while match := _WORD.match(text, at):
        word = match.group().lower()
        parts = word.split("-")
        if decimals is not None:
            if word not in _UNITS or _UNITS[word] > 9:
                break
            decimals += str(_UNITS[word])
        elif word == "point" and words:
            following = _WORD.match(text, match.end() + 1)
            if not following or following.group().lower() not in _UNITS:
                break
            decimals = ""
        elif word in _SCALES and words:
            scale = _SCALES[word]
            if scale == 100:
                current *= scale
            else:
                total, current = total + current * scale, 0
        elif word == "and" and words and current and current % 100 == 0:
            following = _WORD.match(text, match.end() + 1)
            if not following or _value(following.group().lower().split("-")) is None:
                break
        else:
            value = _value(parts)
            if value is None or not _follows(current, value, words):
                break
            current += value
        words += 1
        end = match.end()
        at = end + 1 if text[end : end + 1] == " " else len(text)
    first = _WORD.match(text, start)
    if not words or (words == 1 and first and first.group().lower() in _SMALL):
        return None
    return f"{total + current}" + (f".{decimals}" if decimals else ""), end


def _value(parts: list[str]) -> int | None:
    if len(parts) == 1:
        return _UNITS.get(parts[0], _TENS.get(parts[0]))
    if len(parts) == 2 and parts[0] in _TENS and 1 <= _UNITS.get(parts[1], 0) <= 9:
        return _TENS[parts[0]] + _UNITS[parts[1]]
    return None


def _follows(current: int, value: int, words: int) -> bool:
    """Whether a number word continues the number so far ("forty" + "two", not "two" + "forty")."""
    if not words:
        return True
    if current % 100 == 0 and current > 0:
        return value < 100
    if current == 0:
        return True
    return current % 10 == 0 and current >= 20 and value < 10
