"""When not to judge, and how to say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.clarity.answer import Answer
from simulator.clarity.word_lists import word_set

FEWEST_WORDS = 25
"""About ten seconds of talk. The shortest clear answers the weights have seen hold twice that;
below it no story can be told, and a score would be a guess."""

_LEAST_ENGLISH = 0.2
"""Share of the commonest English words; English talk has about half, other languages under a
tenth (shared spellings such as "in" and "me")."""

_COMMON_ENGLISH = word_set(
    "the be is was were are and a an of to in i you it that this for on with as at by we they he "
    "she my our your their his her not but so had have has from or what when who which there if "
    "do did would could about up out i'm i'd i've it's that's don't didn't"
)

TOO_SHORT = "Too short to judge: {said}. Half a minute of talk is enough."
NO_WORDS = "No words were heard."
DECLINED = "You chose not to answer this one, so there is nothing to judge."
NOT_ENGLISH = "This does not sound like English, and only English can be judged so far."
NOT_TRUSTED = "The transcript cannot be trusted ({doubts}), so nothing is built on it."
NO_QUESTION = (
    "The question is not known: whether the answer meets it, and where its point comes, "
    "was not judged."
)

_DECLINED = re.compile(
    r"\b(?:I['’]?d|I\s+would)\s+(?:rather|prefer)\s+not\s+(?:to\s+)?(?:talk|say|answer|discuss|go|get)\b"
    r"|\bI\s+(?:don['’]?t|do\s+not)\s+want\s+to\s+(?:talk\s+about|discuss|answer|go\s+into)\b"
    r"|\b(?:can|could)\s+(?:we|I)\s+(?:skip|pass\s+on|leave)\s+(?:this|that)\b",
    re.IGNORECASE,
)
_DECLINED_WITHIN = 20
"""Words from the beginning: later, it leaves out a part of an answer that was given."""
_LONGEST_DECLINED = 70
"""Words; who says more after declining has answered."""

_DOUBTS_IN_WORDS = {
    "hallucination": "words were written where nobody spoke",
    "low_confidence": "the recogniser was unsure of too many words",
    "not_english": "not English",
    "no_speech": "no speech was heard",
}


def reasons_not_to_judge(answer: Answer, words: Sequence[str]) -> tuple[str, ...]:
    """Why an answer cannot be judged at all; empty where it can.

    Parameters
    ----------
    answer : with what the ear doubts.
    words : its clean words, bare.
    """
    if not words or "no_speech" in answer.doubts:
        return (NO_WORDS,)
    if _other_language(answer, words):
        return (NOT_ENGLISH,)
    if answer.doubts:
        said = ", ".join(_DOUBTS_IN_WORDS.get(d, d.replace("_", " ")) for d in answer.doubts)
        return (NOT_TRUSTED.format(doubts=said),)
    if len(words) <= _LONGEST_DECLINED and _DECLINED.search(" ".join(words[:_DECLINED_WITHIN])):
        return (DECLINED,)
    if len(words) < FEWEST_WORDS:
        return (TOO_SHORT.format(said="1 word" if len(words) == 1 else f"{len(words)} words"),)
    return ()


def _other_language(answer: Answer, words: Sequence[str]) -> bool:
    if "not_english" in answer.doubts or (answer.language or "en") != "en":
        return True
    if len(words) < 8:
        return not any(re.search(r"[a-z]", word) for word in words)
    common = sum(word.replace("’", "'") in _COMMON_ENGLISH for word in words)
    return common / len(words) < _LEAST_ENGLISH
