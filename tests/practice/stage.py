"""A sitting without devices and models: a source of silence, an assessor that has always heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from simulator.assessment import Assessment, Assessor, Provenance
from simulator.audio.blocks import Block
from simulator.audio.recorder import Recording
from simulator.audio.speaker import Speaker
from simulator.clarity.findings import Clarity
from simulator.clarity.judge import AskedQuestion
from simulator.delivery.measures import Delivery, measure_delivery
from simulator.library.store import Library
from simulator.practice.events import Event
from simulator.practice.session import Studio
from simulator.speech.timeline import AudioQuality, Prosody, Span, Speech, Word
from simulator.voices.manner import Manner, Spoken
from simulator.voices.speaking import Voices

RATE_HZ = 16_000
BLOCK = RATE_HZ // 10
"""Samples of a tenth of a second."""


class SilentSource:
    """So many tenths of a second, at once. ``live`` ones have heard the question before."""

    def __init__(self, tenths: int, *, live: bool = False) -> None:
        self.sample_rate_hz = RATE_HZ
        self.label = "silence"
        self.live = live
        self.taken = 0
        self._tenths = tenths

    def __enter__(self) -> SilentSource:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def position(self) -> int:
        return self.taken

    def blocks(self, timeout_s: float) -> Iterator[Block | None]:
        del timeout_s
        for place in range(self._tenths):
            self.taken += BLOCK
            yield Block(np.full(BLOCK, place + 1, np.int16))


class Heard:
    """Hears the same words in every answer."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = tuple(words)
        self.silent_for_s: float | None = None
        self.duration_s = 0.0

    def feed(self, samples: NDArray[np.float32]) -> None:
        self.duration_s += len(samples) / RATE_HZ

    def finish(self, gaps: Sequence[Span] = ()) -> Speech:
        del gaps
        frames = max(1, round(self.duration_s * 100))
        words = tuple(word for word in self._words if word.end_s <= self.duration_s)
        return Speech(
            duration_s=self.duration_s,
            words=words,
            filled_pauses=(),
            silent_pauses=(),
            repairs=(),
            speech_spans=words,
            prosody=Prosody(np.full(frames, -30.0, np.float32), np.full(frames, 120.0, np.float32)),
            quality=AudioQuality(30.0, 0.0, 0, 8000.0, -20.0, (), True),
        )


class StageAssessor:
    """Judges every answer the same."""

    provenance = Provenance("stage", {"speech": "none"})

    def __init__(self, words: Sequence[Word], follow_up: str | None = None) -> None:
        self._words = words
        self._follow_up = follow_up
        self.asked: list[AskedQuestion | None] = []

    def listener(self, question: AskedQuestion | None, *_: Any, **__: Any) -> Heard:
        self.asked.append(question)
        return Heard(self._words)

    def delivery(self, speech: Speech) -> Delivery:
        return measure_delivery(speech)

    def rewrite(self, clarity: Clarity, question: AskedQuestion | None) -> Clarity:
        """No larger model was chosen."""
        del question
        return clarity

    def clarity(self, speech: Speech, question: AskedQuestion | None) -> Clarity:
        del speech, question
        return Clarity(0.6, (), None, self._follow_up, ())

    def assess_recording(self, recording: Recording, question: AskedQuestion | None) -> Assessment:
        heard = self.listener(question)
        heard.duration_s = recording.duration_s
        speech = heard.finish()
        return Assessment(
            speech.verbatim_text,
            speech,
            self.delivery(speech),
            self.clarity(speech, question),
            recording.sample_rate_hz,
            self.provenance,
        )


class SayingVoices:
    """Notes what is made; every utterance is the same empty file."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def speak(self, text: str, manner: Manner) -> Spoken | None:
        del manner
        self.made.append(text)
        return Spoken(Path(text), 1.0, "stage", (), False)


class NotingSpeaker:
    """Notes what is played, in order."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def play_file(self, path: Path, stop: Callable[[], bool] = lambda: False) -> bool:
        del stop
        self.said.append(str(path))
        return True


@dataclass
class Stage:
    """A studio with what it noted."""

    library: Library
    words: Sequence[Word] = (Word(0.2, 0.5, "One.", 0.9), Word(0.6, 0.9, "Two.", 0.9))
    tenths: int = 20
    follow_up: str | None = None
    rating: int | None = None
    live: bool = False
    events: list[Event] = field(default_factory=list)
    waited_s: list[float] = field(default_factory=list)
    speaker: NotingSpeaker = field(default_factory=NotingSpeaker)
    sources: list[SilentSource] = field(default_factory=list)

    def studio(self, **other: Any) -> Studio:
        def open_source() -> SilentSource:
            self.sources.append(SilentSource(self.tenths, live=self.live))
            return self.sources[-1]

        assessor = StageAssessor(self.words, self.follow_up)
        values: dict[str, Any] = {
            "open_source": open_source,
            "speaker": cast(Speaker, self.speaker),
            "voice": cast(Voices, SayingVoices()),
            "assessor": lambda: cast(Assessor, assessor),
            "library": self.library,
            "announce": self.events.append,
            "stop_asked": lambda: False,
            "ask_rating": lambda: self.rating,
            "wait": self.waited_s.append,
            **other,
        }
        return Studio(**values)
