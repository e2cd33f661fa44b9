"""What the ear made of a recording: one value, one time base in seconds.

Every moment counts from the first sample of the recording. Nothing here computes: these are the
values that travel between the rooms.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
"""The rate every analysis works at; Whisper's own (Radford et al. 2022)."""

FRAME_S = 0.01
"""The hop between frames of the prosody track, in seconds."""

FilledPauseLabel = Literal["um", "uh", "hmm"]
FilledPauseSource = Literal["transcript", "sound", "both"]
PausePosition = Literal["before_answer", "between_clauses", "within_clause"]
RepairKind = Literal["repetition", "false_start"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, in seconds."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s

    def overlap_s(self, other: Span) -> float:
        """Seconds this stretch shares with another; 0 where they only touch."""
        return max(0.0, min(self.end_s, other.end_s) - max(self.start_s, other.start_s))


@dataclass(frozen=True, slots=True)
class Word(Span):
    """One spoken word, as it is written, with punctuation.

    ``probability`` is the recogniser's own, between 0 and 1.
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True)
class FilledPause(Span):
    """A sound made while thinking: um, uh, hmm. Never a discourse marker, never a hedge.

    ``source`` says who heard it: the prompted transcript, the sound itself, or both.
    """

    label: FilledPauseLabel
    confidence: float
    source: FilledPauseSource


@dataclass(frozen=True, slots=True)
class SilentPause(Span):
    """No speech for 250 ms or more, found in the sound, never in the gaps between words."""

    position: PausePosition


@dataclass(frozen=True, slots=True)
class Repair(Span):
    """A repetition ("we we") or a false start ("I went, I drove").

    ``text`` is the part that was given up: what a clean version leaves out. ``first_word`` and
    ``last_word`` are its place in `Speech.words`, both inclusive.
    """

    kind: RepairKind
    text: str
    first_word: int
    last_word: int


@dataclass(frozen=True, slots=True, eq=False)
class Prosody:
    """Loudness and pitch, a frame every `FRAME_S` seconds.

    Parameters
    ----------
    loudness_db : np.ndarray [shape=(n,), float32]
        RMS of each frame in decibels relative to full scale.
    f0_hz : np.ndarray [shape=(n,), float32]
        Fundamental frequency in hertz; NaN where there is no voice.
    """

    loudness_db: NDArray[np.float32]
    f0_hz: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class AudioQuality:
    """Whether the recording can carry the measures taken from it.

    ``bandwidth_hz`` is the highest frequency at which speech still stands out of the noise.
    ``problems`` are short names (``clipped``, ``noisy``, ``too_quiet``, ``narrowband``,
    ``dropouts``, ``silent``); each turns off only the measures that it spoils. ``usable`` is
    false where nothing at all can be judged from the sound.
    """

    snr_db: float | None
    clipped_fraction: float
    dropouts: int
    bandwidth_hz: float | None
    speech_level_db: float | None
    problems: tuple[str, ...]
    usable: bool


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """A recording as heard.

    Attributes
    ----------
    duration_s : length of the recording in seconds.
    words : what was said, without filled pauses, in order of time.
    filled_pauses, silent_pauses, repairs : events in order of time.
    speech_spans : where there was speech (words and filled pauses alike), from the sound.
    prosody : loudness and pitch tracks.
    quality : of the sound.
    language : ISO 639-1 code the recogniser took it for, None where it cannot tell.
    trusted : false where the transcript should not be built on (see ``doubts``).
    doubts : short names of what is wrong: ``hallucination``, ``low_confidence``,
        ``not_english``, ``no_speech``.
    """

    duration_s: float
    words: tuple[Word, ...]
    filled_pauses: tuple[FilledPause, ...]
    silent_pauses: tuple[SilentPause, ...]
    repairs: tuple[Repair, ...]
    speech_spans: tuple[Span, ...]
    prosody: Prosody
    quality: AudioQuality
    language: str | None = "en"
    doubts: tuple[str, ...] = field(default=())

    @property
    def trusted(self) -> bool:
        """Whether the transcript can be built on."""
        return not self.doubts

    @property
    def content_text(self) -> str:
        """What was said, without filled pauses."""
        return " ".join(word.text for word in self.words)

    @property
    def verbatim_text(self) -> str:
        """What was said, with filled pauses where they were heard."""
        return verbatim(self.words, self.filled_pauses)


def verbatim(words: Iterable[Word], filled_pauses: Iterable[FilledPause]) -> str:
    """Words and filled pauses in order of time, as one line of text.

    Parameters
    ----------
    words, filled_pauses : in order of time each.

    Returns
    -------
    str : every word and every filled pause exactly once; a filled pause as its label.
    """
    pieces: list[tuple[float, int, str]] = [(_middle_s(word), 1, word.text) for word in words]
    pieces += [(_middle_s(pause), 0, pause.label) for pause in filled_pauses]
    return " ".join(text for _, _, text in sorted(pieces, key=lambda piece: piece[:2]))


def _middle_s(span: Span) -> float:
    return (span.start_s + span.end_s) / 2
