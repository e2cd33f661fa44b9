"""Spoken answers to a debrief's questions, as the debrief takes them.

Nobody speaks line breaks, dates as figures or an empty line. What a rule here does not understand
is handed on as it was heard, and the debrief asks again.
"""

from __future__ import annotations

import re
from datetime import date

from simulator.practice.debrief_flow import Step, spoken_lines

_NOTHING = re.compile(
    r"(?:no|none|nothing|nope|no one|not really|skip|leave it out|pass|next"
    r"|i do(?: not|n['’]t) (?:know|remember|recall)|none of them|nothing else|that['’]s (?:all|it))"
    r"(?:,? (?:thanks|thank you|really|more|else))?",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)
_ORDINAL_WORDS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"),
    *("tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth"),
    *("seventeenth", "eighteenth", "nineteenth", "twentieth"),
)
_BEFORE_A_PRONOUN = frozenset({"the", "st", "nd", "rd", "th", *_ORDINAL_WORDS})
"""“The fourth one” speaks of one answer, not of the first."""
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_CHOICE_CUES = (
    ("offer", r"\boffer|\b(?:i )?got it\b|\bsaid yes\b"),
    ("waiting", r"\bwait|\bnot heard\b|haven['’]t heard|\bdon['’]t know yet\b"),
    ("withdrew", r"\bwithdr[ae]w|\bpulled out\b|\bstepped back\b"),
    ("no", r"\bno\b|\breject|\bdeclin|\bturned (?:me )?down\b|\bsomebody else\b|\bsomeone else\b"),
)
SHORT_ANSWERS = frozenset({"role", "company", "round"})
"""Names rather than sentences: the full stop that the recogniser sets is none of theirs."""


def answer_from_speech(step: Step, heard: str, today: date) -> str:
    """What was said, as the text that the step takes.

    Parameters
    ----------
    step : what was asked.
    heard : the clean transcript; empty where nothing was said.
    today : a day without its year is the latest that is not in the future.
    """
    text = " ".join(heard.split())
    if _NOTHING.fullmatch(text.strip(" .,!?")) and step.kind != "choice":
        return ""
    if step.kind == "lines":
        return spoken_lines(text)
    if step.kind in ("numbers", "move"):
        return " ".join(_numbers_in(text))
    if step.kind == "choice":
        return _choice_in(text, step.choices)
    if step.kind == "day":
        return _day_in(text, today)
    return text.rstrip(".") if step.key in SHORT_ANSWERS else text


def _numbers_in(text: str) -> list[str]:
    found: list[str] = []
    words = re.findall(r"[a-z]+|\d+", text.lower())
    for before, word in zip(["", *words], words, strict=False):
        if word == "one" and before in _BEFORE_A_PRONOUN:
            continue
        if word.isdigit():
            found.append(word)
        elif word in _NUMBER_WORDS:
            found.append(str(_NUMBER_WORDS.index(word) + 1))
        elif word in _ORDINAL_WORDS:
            found.append(str(_ORDINAL_WORDS.index(word) + 1))
    return found


def _choice_in(text: str, choices: tuple[str, ...]) -> str:
    for choice, cues in _CHOICE_CUES:
        if choice in choices and re.search(cues, text, re.IGNORECASE):
            return choice
    return text


def _day_in(text: str, today: date) -> str:
    """``yesterday``, ``today`` or an ISO date where one was said; else the words as they are."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    for known in ("yesterday", "today"):
        if known in words:
            return known
    month = next((place for place, name in enumerate(_MONTHS, 1) if name in words), None)
    numbers = [int(number) for number in _numbers_in(text)]
    days = [number for number in numbers if 1 <= number <= 31]
    if month is None or not days:
        return text
    years = [number for number in numbers if number >= 1900]
    try:
        day = date(years[0] if years else today.year, month, days[0])
        return (day if years or day <= today else day.replace(year=today.year - 1)).isoformat()
    except ValueError:
        return text
