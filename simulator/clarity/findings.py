"""The value types of clarity: findings, score, and the reasons not to judge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

FindingKind = Literal[
    "off_topic",
    "buried_point",
    "no_result",
    "vague",
    "hedged",
    "rambling",
    "repetitive",
    "jargon",
    "no_ownership",
    "unstructured",
]
FINDING_KINDS: tuple[FindingKind, ...] = get_args(FindingKind)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the answer, with its place in the text and its moment.

    ``start_char`` and ``end_char`` index the text the sentence was cut from, so that a quote can
    always be copied from it; times are None where only text was given.
    """

    text: str
    start_char: int
    end_char: int
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation on what was said.

    ``quote`` is copied from the transcript by code; ``start_s`` and ``end_s`` are the moment that
    plays (None where only text was given); ``why`` says why listeners care; ``suggestion`` one
    thing to try; ``confidence`` lies between 0 and 1.
    """

    kind: FindingKind
    quote: str
    start_s: float | None
    end_s: float | None
    why: str
    suggestion: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Strength:
    """One thing that worked, with its quote."""

    quote: str
    start_s: float | None
    end_s: float | None
    why: str


@dataclass(frozen=True, slots=True)
class CriterionEvidence:
    """What the answer gives evidence of, for one criterion; ``quote`` None is "nothing yet"."""

    criterion: str
    quote: str | None
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class PointEvidence:
    """Whether the answer holds an expected point; ``quote`` None is "not heard"."""

    point: str
    quote: str | None
    start_s: float | None = None
    end_s: float | None = None


@dataclass(frozen=True, slots=True)
class StoryShare:
    """How much of the answer a part of the story takes.

    ``part`` is situation, task, action or result; ``share`` of the words lies between 0 and 1;
    ``quote`` is its first sentence, None where the answer has no such part.
    """

    part: str
    share: float
    quote: str | None


@dataclass(frozen=True, slots=True)
class Clarity:
    """What was said, judged.

    Attributes
    ----------
    score : between 0 and 1; None where it cannot be judged, and ``cannot_judge`` says why.
    findings : at most three, the most important first.
    strength : one thing that worked; None where nothing stood out.
    follow_up : what an interviewer would ask next.
    cannot_judge : reasons in words; with a score, what was left unjudged.
    evidence : what the answer shows of each criterion.
    clean_text : the answer by deletion only: fillers, repeats and words broken off are gone.
    start_with : quote of the sentence to begin with; None where the order serves.
    story : how much of the answer each part of a story takes; empty where nothing was judged.
    rewritten : the answer tidied by a larger model that the user chose, every number, name and
        claim of it found in the transcript; None where there is none.
    points : the expected points of the question, each with its quote.
    left_out : what ``clean_text`` leaves out, as (start, end) characters of the transcript.
    """

    score: float | None
    findings: tuple[Finding, ...]
    strength: Strength | None
    follow_up: str | None
    cannot_judge: tuple[str, ...]
    evidence: tuple[CriterionEvidence, ...] = ()
    clean_text: str = ""
    start_with: str | None = None
    points: tuple[PointEvidence, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()
    story: tuple[StoryShare, ...] = ()
    rewritten: str | None = None
