"""Evidence or assumption: what happened in an interview, and what was concluded from it.

A note is evidence where it tells what was said, done or seen, or what the speaker noticed in
themselves. It is an assumption where it reads somebody's mind, guesses, judges the speaker as a
whole, or draws a conclusion. The rules look for words that give this away, in a fixed order; the
first that fits decides, and the person can always overrule it. Where nothing fits, the note is
taken for an assumption, since those can do no harm: they are kept, and feed nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from simulator.library.debriefs import Sort

_THEY = (
    r"(?:they|she|he|the (?:\w+ )?(?:panel|manager|director|interviewer|recruiter|team|boss|chair|"
    r"company|board|head|lead|c[a-z]o|lady|man|woman|guy|person|colleague)|nobody|no one|everyone|"
    r"everybody|somebody|one of (?:them|the \w+))"
)
_REPORTED = re.compile(
    rf"\b(?:{_THEY}|\w+)(?: (?:also|even|then|later|both|all))? "
    r"(?:said|told|asked|wrote|mentioned|explained|thanked|replied|answered|praised|warned|"
    r"promised|admitted|called|emailed|repeated|suggested)\b"
    r"|\b(?:e-?mail|letter|message|feedback|note|text)(?: \w+)? (?:says?|said|was|is|reads?)\b"
    r"|\bi was (?:told|asked)\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"\b(?:probably|maybe|perhaps|possibly|presumably|apparently|obviously|clearly|surely|"
    r"i (?:guess|suppose|assume|suspect|think|believe|bet|imagine|fear)|i'm (?:sure|afraid)|"
    r"i am (?:sure|afraid)|no doubt|must have|must be|might (?:have|be)|may (?:have|be)|"
    r"could have been|seem(?:s|ed)?|felt like|feels like|felt as if|looks? like|sounded like|"
    r"as if|as though|would(?:n't| not)? have|should(?:n't| not)? have)\b",
    re.IGNORECASE,
)
_MIND = re.compile(
    rf"\b{_THEY}(?: (?:really|just|only|all|both|simply|had|have|has|never|already|always))* "
    r"(?:(?:did(?:n't| not)|do(?:n't| not)|does(?:n't| not)|never|was(?:n't| not)?|"
    r"were(?:n't| not)?|had(?:n't| not)?) (?:really |just |actually )?)?"
    r"(?:want(?:s|ed)?|lik(?:e|es|ed)|dislik(?:e|es|ed)|hat(?:e|es|ed)|lov(?:e|es|ed)|"
    r"prefer(?:s|red)?|expect(?:s|ed|ing)?|think|thinks|thought|believ(?:e|es|ed)|"
    r"hop(?:e|es|ed|ing)|look(?:s|ed)? for|looking for|need(?:s|ed)?|decided|intend(?:s|ed)?|"
    r"planned|car(?:e|es|ed)|trust(?:s|ed)?|respect(?:s|ed)?|bored|annoyed|impressed|"
    r"disappointed|unimpressed|lost interest|made up (?:their|his|her) minds?)\b",
    re.IGNORECASE,
)
_CONCLUSION = re.compile(
    r"(?:,|\band\b|\.)?\s*\b(?:so|which means|that means|meaning|therefore|hence|because|since)\b",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\bi(?:'m| am| was|'ve been)(?: (?:just|simply|really|clearly))? "
    r"(?:not |never )?(?:too |so |very )?"
    r"(?:good|bad|old|young|stupid|useless|hopeless|slow|weak|boring|awful|terrible|senior|junior|"
    r"qualified|experienced|enough|cut out|a failure|an? \w+ fit)\b"
    r"|\bi (?:always|never)\b|\bi should\b|\bi (?:blew|ruined|messed|screwed|botched|failed|"
    r"bombed)\b|\b(?:some(?:one|body)|people) like me\b"
    r"|\b(?:was|were|is|are)(?: (?:a|an|just|so|really|complete|total))* "
    r"(?:terrible|awful|horrible|disasters?|hopeless|useless|dreadful|pathetic|embarrassing|"
    r"catastrophe|great|perfect|brilliant|amazing)\b"
    r"|\bculture fit\b|\bif (?:only|i had|i were|i was)\b",
    re.IGNORECASE,
)
_OWN_STATE = re.compile(
    r"\bi (?:was|felt|got|became|had)(?: (?:very|quite|so|a bit|really|more))? "
    r"(?:the (?:first|last|only|second|third)|nervous|tense|tired|calm|anxious|lost|stuck|hot|"
    r"shaky|rushed|confused|distracted)\b",
    re.IGNORECASE,
)
_OWN_ACT = re.compile(
    r"\b(?:i|we|my (?:voice|hands?|mind|example|answer|story))\b"
    r"(?: (?:also|then|only|once|just|really|even))* "
    r"(?:(?:did(?:n't| not)|could(?:n't| not)) (?:\w+)|\w+ed\b|said|told|spoke|talked|gave|left|"
    r"forgot|lost|ran|went|took|got|made|had|began|started|read|needed|kept|came|found|put|"
    r"brought|showed|knew|heard|saw|sat|stood|thought of|repeated)\b"
    r"|\b(?:i'd|i had) \w+ed\b"
    # Notes often leave the "I" out: "Went blank", "Didn't mention the award".
    r"|^(?:(?:did|could)(?:n't| not) \w+|took|went|forgot|lost|ran|said|told|gave|got|kept|"
    r"left|spoke|talked|read|rambled|stumbled|paused|froze|hesitated|repeated)\b",
    re.IGNORECASE,
)
_SEEN_ACT = re.compile(
    rf"\b{_THEY}(?: \w+)? (?:\w+ed|took|gave|shook|made|had|left|came|went|spoke|showed|stood|"
    r"laughed|kept|cut|ran|brought|wrote|set|let)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sorting:
    """How a note was sorted, and the words that decided; ``cue`` is empty where none did."""

    sort: Sort
    reason: str
    cue: str = ""


REASONS: dict[str, str] = {
    "reported": "somebody said or wrote it",
    "guess": "a guess",
    "mind": "about what others wanted or thought",
    "verdict": "a verdict, not something that happened",
    "concluded": "something that happened, and a conclusion drawn from it",
    "own_state": "how you were, which you know",
    "own_act": "something you did",
    "seen": "something that could be seen or heard",
    "unclear": "it does not say what happened",
}


def sort_note(text: str) -> Sorting:
    """Sort one note.

    Parameters
    ----------
    text : one thought, in the person's own words.

    Returns
    -------
    Sorting : with the reason in words, so that it can be argued with.
    """
    guess, mind = _GUESS.search(text), _MIND.search(text)
    reported = _REPORTED.search(text)
    head, tail = split_conclusion(text)
    if tail and (drawn := _conclusion_in(tail)):
        happened = sort_note(head).sort == "evidence"
        return Sorting("assumption", REASONS["concluded" if happened else drawn], tail)
    if reported and not _before(guess, reported) and not _before(mind, reported):
        return Sorting("evidence", REASONS["reported"], reported.group())
    for name, found in (("guess", guess), ("mind", mind), ("verdict", _VERDICT.search(text))):
        if found:
            return Sorting("assumption", REASONS[name], found.group())
    for name, pattern in (("own_state", _OWN_STATE), ("own_act", _OWN_ACT), ("seen", _SEEN_ACT)):
        if found := pattern.search(head or text):
            return Sorting("evidence", REASONS[name], found.group())
    return Sorting("assumption", REASONS["unclear"])


def split_conclusion(text: str) -> tuple[str, str]:
    """A note's part before its conclusion, and the conclusion; ("", "") where there is none.

    "He asked me twice, so he did not believe me" holds one thing that happened: kept as a note of
    its own, it is evidence.
    """
    match = _CONCLUSION.search(text)
    if match is None or match.start() < len("I ran"):
        return "", ""
    return text[: match.start()].strip(" ,."), text[match.end() :].strip(" ,.")


def _conclusion_in(tail: str) -> str | None:
    """What kind of conclusion a clause draws; None where it draws none."""
    for name, pattern in (("guess", _GUESS), ("mind", _MIND), ("verdict", _VERDICT)):
        if pattern.search(tail):
            return name
    return None


def _before(first: re.Match[str] | None, second: re.Match[str]) -> bool:
    return first is not None and first.start() <= second.start()
