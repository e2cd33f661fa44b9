"""What happens during a sitting, told as it happens.

One value an event. A display draws them, ``--events`` prints them, tests read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from simulator.clarity.findings import Clarity
from simulator.delivery.measures import Delivery
from simulator.practice.pitch import PitchTiming
from simulator.speech.marking import Piece

SpokenKind = Literal["question", "interruption", "thanks"]

AnswerEnd = Literal[
    "key",
    "time_limit",
    "silence",
    "input_ended",
    "source_failed",
    "no_signal",
    "left_out",
    "stopped",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the person should know, in one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Speaking:
    """The loudspeaker begins to say this: a question, an interruption, or a thank-you."""

    text: str
    kind: SpokenKind = "question"


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """The question has been spoken to its end (or shown, where nothing can speak)."""

    question_id: str
    text: str
    spoken: bool


@dataclass(frozen=True, slots=True)
class Listening:
    """The answer counts from now on."""

    time_limit_s: float | None


@dataclass(frozen=True, slots=True)
class Level:
    """How loud it is, ten times a second.

    ``silence_left_s`` counts down to the end of the answer while nobody speaks; None otherwise.
    """

    answer_s: float
    loudness_db: float
    speaking: bool
    silence_left_s: float | None


@dataclass(frozen=True, slots=True)
class PartialTranscript:
    """What has been read so far."""

    text: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """A short hint while the person speaks; only where they asked for it."""

    text: str


@dataclass(frozen=True, slots=True)
class Bell:
    """The time of a pitch: ten seconds left, or over. The answer goes on."""

    moment: Literal["soon", "time"]


@dataclass(frozen=True, slots=True)
class Paused:
    """The person has paused their answer; nothing is recorded until `Resumed`."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The answer goes on."""


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The stop: a key, the end of the input, the time limit or the end-of-answer silence.

    ``left_out`` and ``stopped`` come out of a pause: the question is left out, the sitting ends.
    """

    reason: AnswerEnd
    duration_s: float


@dataclass(frozen=True, slots=True)
class DeliveryReady:
    """How it was said stands; ``marked`` is the transcript with what was heard between words."""

    transcript: str
    delivery: Delivery
    marked: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackReady:
    """What was said has been judged."""

    clarity: Clarity


@dataclass(frozen=True, slots=True)
class RewriteReady:
    """A larger model, chosen by the person, has tidied the answer; all of it was said."""

    text: str


@dataclass(frozen=True, slots=True)
class AttemptSaved:
    """The attempt is in the library."""

    attempt_id: str
    audio_file: str | None


@dataclass(frozen=True, slots=True)
class PitchTimed:
    """A pitch has been laid against the clock."""

    timing: PitchTiming


@dataclass(frozen=True, slots=True)
class SittingEnded:
    """The sitting is over: its attempts, and the place to go on from (None when it is through)."""

    session_id: str
    attempt_ids: tuple[str, ...]
    resume_at: int | None


Event = (
    Notice
    | Speaking
    | QuestionAsked
    | Listening
    | Level
    | PartialTranscript
    | Nudge
    | Bell
    | Paused
    | Resumed
    | AnswerEnded
    | DeliveryReady
    | FeedbackReady
    | RewriteReady
    | AttemptSaved
    | PitchTimed
    | SittingEnded
)
Announce = Callable[[Event], None]


def event_name(event: Event) -> str:
    """The event's name as other programs read it: ``answer_ended`` for `AnswerEnded`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(event).__name__).lower()


def plain(value: object) -> object:
    """A value made of dataclasses as dicts, lists and plain values, ready for JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return value
