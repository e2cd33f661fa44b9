"""Numbers as they are said: "2014" is "twenty fourteen", "$40k" is "forty thousand dollars".

The recogniser writes figures where people say words; syllables are counted in words.
"""

from __future__ import annotations

import re

_UP_TO_NINETEEN = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_ONES = tuple(_UP_TO_NINETEEN.split())
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred"))
_UNITS = {
    "$": "dollars",
    "€": "euros",
    "£": "pounds",
    "%": "percent",
    "k": "thousand",
    "m": "million",
    "b": "billion",
    "bn": "billion",
    "x": "times",
    "ms": "milliseconds",
    "s": "",
}
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "twelve": "twelfth",
}
_NUMBER = re.compile(
    r"^(?P<currency>[$€£])?(?P<figure>\d[\d,]*)(?:\.(?P<decimals>\d+))?"
    r"(?P<unit>%|k|m|bn|b|x|ms|s|st|nd|rd|th)?$",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"^(\d{1,2}):(\d{2})(am|pm)?$", re.IGNORECASE)


def say_number(token: str) -> str | None:
    """A token as it is read out; None where it is no number.

    Parameters
    ----------
    token : one written word without punctuation around it: ``2014``, ``0.6%``, ``$40k``, ``3rd``.
    """
    clock = _CLOCK.match(token)
    if clock:
        hour, minute, half = int(clock[1]), int(clock[2]), " ".join(clock[3] or "")
        minutes = (
            "" if minute == 0 else (f"oh {cardinal(minute)}" if minute < 10 else cardinal(minute))
        )
        return " ".join(part for part in (cardinal(hour), minutes, half) if part)
    found = _NUMBER.match(token)
    if found is None:
        return None
    figure = found["figure"]
    unit = (found["unit"] or "").lower()
    value = int(figure.replace(",", ""))
    plain = not (found["currency"] or found["decimals"] or unit.strip("s")) and "," not in figure
    if unit in ("st", "nd", "rd", "th"):
        return ordinal(value)
    said = [
        year(value) if plain and 1100 <= value <= 2099 and len(figure) == 4 else cardinal(value)
    ]
    if found["decimals"]:
        said += ["point", *(_ONES[int(digit)] for digit in found["decimals"])]
    said += [_UNITS.get(unit, ""), _UNITS.get(found["currency"] or "", "")]
    return " ".join(part for part in said if part)


def cardinal(value: int) -> str:
    """A whole number of up to twelve figures in words; longer ones figure by figure."""
    if value < 20:
        return _ONES[value]
    if value >= 10**12:
        return " ".join(_ONES[int(figure)] for figure in str(value))
    if value < 100:
        rest = value % 10
        return _TENS[value // 10] + (f" {_ONES[rest]}" if rest else "")
    size, name = next((size, name) for size, name in _SCALES if value >= size)
    rest = value % size
    return f"{cardinal(value // size)} {name}" + (f" {cardinal(rest)}" if rest else "")


def ordinal(value: int) -> str:
    """``third``, ``twenty first``."""
    *head, last = cardinal(value).split()
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last = (
            last.removesuffix("e" if last.endswith("ne") else "t" if last == "eight" else "") + "th"
        )
    return " ".join([*head, last])


def year(value: int) -> str:
    """``nineteen ninety``, ``two thousand four``, ``twenty fourteen``."""
    if value % 1000 < 10:
        return cardinal(value)
    first, rest = divmod(value, 100)
    if rest == 0:
        return f"{cardinal(first)} hundred"
    return f"{cardinal(first)} " + (f"oh {_ONES[rest]}" if rest < 10 else cardinal(rest))
