"""Spots: the things that can recur, in attempts and in debriefs alike.

A spot is a kind of clarity finding or a measure. A debrief knows neither; it has a person's own
words for what went wrong, which are read here by cues. What no cue fits stays a note.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from simulator.clarity.findings import FINDING_KINDS
from simulator.practice.measures import MEASURES

SpotKind = Literal["finding", "measure"]


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A kind of finding, such as ``no_result``, or a measure's name."""

    kind: SpotKind
    name: str

    @property
    def key(self) -> str:
        """One word, for files and the command line: ``finding:no_result``."""
        return f"{self.kind}:{self.name}"


def read_spot(key: str) -> Spot | None:
    """The spot of a key; the part before the colon may be left out; None where unknown."""
    kind, _, name = key.rpartition(":")
    if kind in ("", "finding") and name in FINDING_KINDS:
        return Spot("finding", name)
    if kind in ("", "measure") and name in MEASURES:
        return Spot("measure", name)
    return None


_CUES: tuple[tuple[Spot, str], ...] = (
    (
        Spot("finding", "off_topic"),
        r"off (?:the )?topic|(?:did ?n.t|not) (?:really )?answer(?:ed)? (?:the|his|her|their) quest"
        r"|another question|missed the (?:point|question)|answered something else|beside the point",
    ),
    (
        Spot("finding", "buried_point"),
        r"(?:took|needed) (?:me )?(?:too |so |very )?(?:long|ages|a while|forever)"
        r"(?: \w+)* (?:point|answer|that)|get(?:ting)? to the point|came? to the point"
        r"|point (?:came|was) (?:too )?late|buried|long (?:introduction|run-up|preamble)"
        r"|started (?:too )?far back|too much background",
    ),
    (
        Spot("finding", "no_result"),
        r"(?:no|without|not?|forgot|left out|missing|didn.t|did not)(?: \w+){0,5} "
        r"(?:results?|outcomes?|how it ended|what came of it|ending|impact)"
        r"|(?:result|ending|outcome) (?:was )?(?:missing|left out)|how it ended",
    ),
    (
        Spot("finding", "vague"),
        r"vague|too general|stayed general|generic|superficial|no (?:concrete |real |good )?"
        r"(?:examples?|numbers?|figures?|details?)|not (?:concrete|specific)|abstract|lacked? "
        r"(?:\w+ )?(?:detail|depth|numbers?|example)|couldn.t (?:think of|give|remember) (?:an? )?"
        r"(?:\w+ )?(?:example|number|figure)|could not (?:think of|give|remember) (?:an? )?"
        r"(?:\w+ )?(?:example|number|figure)|asked (?:me )?for (?:an? )?(?:example|number|figure)",
    ),
    (
        Spot("finding", "hedged"),
        r"hedg|sounded unsure|too modest|played (?:it|myself|that) down|apologi[sz]"
        r"|(?:said|saying) .?(?:maybe|i think|i guess|sort of|kind of)",
    ),
    (
        Spot("finding", "rambling"),
        r"rambl|talked too (?:long|much)|spoke too long|went on (?:and on|too long|for)"
        r"|(?:answers?|story|stories|i \w+)(?: \w+){0,3} too long|lost (?:the|my) thread"
        r"|(?:talked|spoke|answered) (?:for )?(?:about |over |nearly |almost )?"
        r"(?:four|five|six|seven|eight|nine|ten|\d+) minutes|all over the place",
    ),
    (
        Spot("finding", "repetitive"),
        r"repeat(?:ed|ing) my|repetiti|same (?:example|story|thing) (?:twice|again|three)"
        r"|said (?:it|that|the same) (?:twice|again)",
    ),
    (
        Spot("finding", "jargon"),
        r"jargon|too technical|acronym|abbreviation|technical terms|(?:did not|didn.t) understand "
        r"(?:the|my) (?:terms?|words?)|what (?:two|some) of them meant|buzzword",
    ),
    (
        Spot("finding", "no_ownership"),
        r"(?:said|kept saying|spoke of|talked about) .?we\b|my (?:own )?(?:part|role|share) "
        r"(?:was|stayed|remained) (?:not |un)?clear|what (?:i|was) (?:did )?(?:my|myself)"
        r"|(?:what|which)(?: \w+)* (?:mine|yours|i did myself|you did yourself|was your)"
        r"|only the team|credit to the team|own part|forgot to say what i did",
    ),
    (
        Spot("finding", "unstructured"),
        r"no structure|unstructured|jump(?:ed|ing) (?:around|back|between)|out of order|mixed up"
        r"|confus(?:ed|ing) (?:order|story)|back and forth|three tries|several tries",
    ),
    (
        Spot("measure", "filled_pauses_per_minute"),
        r"\b(?:ums?|uhs?|erms?|ers|umm+)\b|filler",
    ),
    (
        Spot("measure", "response_latency_s"),
        r"(?:went |mind went |was )blank|froze|long pause before|paused (?:for )?(?:a )?long"
        r"(?: time)? before|(?:didn.t|did not) know (?:how|where) to (?:start|begin)",
    ),
    (
        Spot("measure", "silent_pauses_within_clause_per_minute"),
        r"halting|stop(?:ped)? mid|stumbl|search(?:ed|ing) for (?:words|the word)|stuck for words"
        r"|couldn.t find (?:the )?words?|hesitat",
    ),
    (
        Spot("measure", "words_per_minute"),
        r"(?:too|so|very) (?:fast|quick|slow)|rushed|hurried through|sped up",
    ),
    (
        Spot("measure", "pitch_range_semitones"),
        r"monoton|flat voice|voice (?:was|got|went) flat|no energy",
    ),
)
_PATTERNS = tuple((spot, re.compile(cues, re.IGNORECASE)) for spot, cues in _CUES)


def spots_in_words(text: str) -> tuple[Spot, ...]:
    """The spots that somebody's own words speak of, in a fixed order; often none."""
    return tuple(spot for spot, pattern in _PATTERNS if pattern.search(text))
