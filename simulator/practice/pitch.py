"""The pitch: what was said by when, and how much fell after the bell.

A minute that is remembered tends to hold five things: an opening that is about the listener, who
is speaking, one piece of evidence, what it is worth to this role, and a close. They are found
sentence by sentence, by cues that can be read below and, where a model is at hand, by likeness to
a few example sentences. The method says what it heard, not how good it was; a sentence may hold
several parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.findings import Sentence
from simulator.language.protocol import Embedder
from simulator.speech.timeline import Word

Part = Literal["hook", "who", "evidence", "value", "close"]
PARTS: tuple[Part, ...] = get_args(Part)
By = Literal["cue", "likeness"]

Likeness = Callable[[Sequence[str], Sequence[str]], NDArray[np.float32]]
"""Sentences and examples in; their likeness out [shape=(sentences, examples)], 1 for the same."""

LENGTHS_S: tuple[float, ...] = (10.0, 30.0, 60.0, 90.0)
HOOK_SHARE = 0.2
"""The opening lies in the first fifth of the time [judgement]."""
CLOSE_SENTENCES = 2
LIKE = 0.5
"""Cosine of sentence embeddings from which a sentence counts as like an example [judgement]."""

_NUMBER = (
    r"(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|third|quarter|"
    r"twice|double|zero)"
)
_CUE_TEXTS: dict[Part, str] = {
    "who": r"\bi(?:'m| am) (?:an?|the|now|currently|on|in|at|with)\b|\b(?:at|in|with|for) "
    r"(?-i:(?:the )?[A-Z]\w+).*\bi\b|\bi(?:'ve| have) (?:\w+ )?(?:been|run|"
    r"led|worked|managed|done|spent|built|taught|looked after|\w+ed)\b|\bfor (?:the (?:last|"
    rf"past) )?{_NUMBER}(?:[- ]\w+)? years\b|\bmy (?:background|trade|job|name)\b|"
    r"\bi (?:run|lead|manage|work|trained|teach)\b|\bas an? \w+",
    "evidence": rf"\b{_NUMBER}\b(?! years?\b)(?!-)|\bpercent\b|%|\bfor (?:example|instance)\b"
    r"|\bfrom \w+ to \w+\b|\blast (?:year|month|spring|summer|autumn|winter)\b",
    "value": r"\b(?:you|your|yours)\b.*\b(?:need|needs|get|getting|gain|save|would|'d|will|"
    r"could|can|told|said|mentioned|problem|looking|team|role|want|have|here)\b"
    r"|\b(?:for|to) (?:you|your)\b|\bin (?:this|your) (?:role|team|job|shop|house|company)\b"
    r"|\byou'd (?:be|get|have)\b",
    "close": r"\b(?:i'd|i would) (?:like|love|be glad|be happy|enjoy|want)\b|\bthat(?:'s| is) "
    r"(?:why|what|exactly|the|who|how)\b|\bwhich is why\b|\bso if\b|\blook(?:ing)? forward\b"
    r"|\bi want (?:to|this)\b|\bi'm ready\b|\blet's\b|\bremember\b|\bhappy to\b",
}
_CUES = {part: re.compile(cues, re.IGNORECASE) for part, cues in _CUE_TEXTS.items()}
_RUN_UP = re.compile(
    r"\b(?:i|it|we|my \w+|there|this|that|they|the \w+) (?:was|were|came|started|began|grew|joined|"
    r"studied|went|had|used to|got into|did)\b|\bi'd (?:\w+ed|been|just)\b|\bback(?:ground| when)\b"
    r"|\b(?:first|before) (?:of all|i)\b|^(?:in|at) (?-i:[A-Z])"
    r"|\bto (?:explain|understand|answer) (?:that|this|it)\b|\bit all (?:began|started)\b"
    r"|\bwhere do i (?:start|begin)\b|\bgood question\b|\bmy name\b",
    re.IGNORECASE,
)
"""History and background: an opening that is about the speaker's past keeps a listener waiting."""
_STALLING = re.compile(
    r"\bto give you\b|\blet me (?:start|begin|tell|explain|give)\b|\bsome background\b", re.I
)
_ABOUT_YOU = re.compile(r"\byou(?:r|rs|'\w+)?\b", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:(?:so|well|okay|um|uh|yes|right|hello|hi|good \w+|thank you|thanks)\b[\s,.]*)+", re.I
)
_NAME_FIRST = re.compile(r"^(?:[Mm]y name is|I'm [A-Z]|I am [A-Z])")

EXAMPLES: dict[Part, tuple[str, ...]] = {
    "hook": (
        "You would be getting someone who solves the problem you told me about.",
        "What I bring is something you do not have yet.",
    ),
    "who": (
        "I have done this kind of work for many years.",
        "I trained as a technician and now I lead a small team.",
    ),
    "evidence": (
        "Last year I cut the number of mistakes from one in ten to one in fifty.",
        "Sales went up by thirty percent after I changed how we did it.",
    ),
    "value": (
        "For your team it would mean that this problem gets solved.",
        "You told me what you need, and that is what I would do here.",
    ),
    "close": (
        "That is why I would like to work with you.",
        "That is what I would bring to you.",
    ),
}


@dataclass(frozen=True, slots=True)
class PartHeard:
    """One part of a pitch.

    Attributes
    ----------
    part : which.
    by_s : seconds into the answer by which it had been said; None where it was not heard.
    quote : the sentence, copied; None where it was not heard.
    by : whether a cue or the likeness to an example found it.
    """

    part: Part
    by_s: float | None = None
    quote: str | None = None
    by: By | None = None


@dataclass(frozen=True, slots=True)
class AfterBell:
    """What was said when the time was up: its words, their text, and the seconds they took."""

    words: int
    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class PitchTiming:
    """A pitch against the clock.

    ``spoken_s`` is the end of the last word; ``parts`` are always all five, in their usual order.
    """

    length_s: float
    spoken_s: float
    words: int
    parts: tuple[PartHeard, ...]
    after_bell: AfterBell

    def in_time(self) -> tuple[Part, ...]:
        """The parts that had been said when the time was up."""
        return tuple(
            heard.part
            for heard in self.parts
            if heard.by_s is not None and heard.by_s <= self.length_s
        )

    def missing(self) -> tuple[Part, ...]:
        """The parts that were not heard at all."""
        return tuple(heard.part for heard in self.parts if heard.by_s is None)


def likeness_by(embedder: Embedder) -> Likeness:
    """Likeness by sentence embeddings: rows of length 1, whose dot product it is."""

    def likeness(texts: Sequence[str], examples: Sequence[str]) -> NDArray[np.float32]:
        table: NDArray[np.float32] = embedder.embed(texts) @ embedder.embed(examples).T
        return table

    return likeness


def time_pitch(
    sentences: Sequence[Sentence],
    words: Sequence[Word],
    length_s: float,
    likeness: Likeness | None = None,
) -> PitchTiming:
    """Lay a pitch against the clock.

    Parameters
    ----------
    sentences : of the answer, with times, in order.
    words : of the answer, in order; times count from the beginning of the answer.
    length_s : when the bell rings.
    likeness : of sentences to examples; without it cues alone decide.

    Returns
    -------
    PitchTiming : with all five parts, heard or not.
    """
    timed = [sentence for sentence in sentences if sentence.end_s is not None]
    likely = _likely(timed, likeness)
    parts = tuple(_first(part, timed, length_s, likely) for part in PARTS)
    late = [word for word in words if word.start_s >= length_s]
    after = AfterBell(
        words=len(late),
        text=" ".join(word.text for word in late),
        seconds=max(0.0, late[-1].end_s - length_s) if late else 0.0,
    )
    spoken_s = words[-1].end_s if words else 0.0
    return PitchTiming(length_s, spoken_s, len(words), parts, after)


def _first(
    part: Part,
    sentences: Sequence[Sentence],
    length_s: float,
    likely: dict[Part, NDArray[np.bool_]],
) -> PartHeard:
    """The first sentence that holds a part, at a place where it can be that part."""
    for place, sentence in enumerate(sentences):
        if not _possible(part, place, sentence, sentences, length_s):
            continue
        by: By | None = None
        if part == "hook" or _CUES[part].search(_GREETING.sub("", sentence.text)):
            by = "cue"
        elif part in likely and likely[part][place]:
            by = "likeness"
        if by is not None:
            return PartHeard(part, sentence.end_s, sentence.text, by)
    return PartHeard(part)


def _possible(
    part: Part,
    place: int,
    sentence: Sentence,
    sentences: Sequence[Sentence],
    length_s: float,
) -> bool:
    if part == "hook":
        start_s = sentence.start_s or 0.0
        bare = _GREETING.sub("", sentence.text)
        # Only the first sentence that says anything can open: with anything but a run-up.
        said_before = any(_GREETING.sub("", earlier.text) for earlier in sentences[:place])
        return (
            bool(bare)
            and not said_before
            and not _NAME_FIRST.match(bare)
            and not _STALLING.search(bare)
            and (not _RUN_UP.search(bare) or _ABOUT_YOU.search(bare) is not None)
            and start_s <= HOOK_SHARE * length_s
        )
    if part == "close":
        return place > 0 and place >= len(sentences) - CLOSE_SENTENCES
    return True


def _likely(
    sentences: Sequence[Sentence], likeness: Likeness | None
) -> dict[Part, NDArray[np.bool_]]:
    """For each part, which sentences are like one of its examples, and most like it."""
    if likeness is None or not sentences:
        return {}
    examples = [(part, text) for part in PARTS for text in EXAMPLES[part]]
    table = likeness([sentence.text for sentence in sentences], [text for _, text in examples])
    best = {
        part: table[:, [place for place, (of, _) in enumerate(examples) if of == part]].max(axis=1)
        for part in PARTS
    }
    top = np.max([best[part] for part in PARTS], axis=0)
    return {part: (best[part] >= LIKE) & (best[part] >= top - 1e-6) for part in PARTS}
