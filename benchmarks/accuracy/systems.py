"""What is compared: our ear by its one public path, and three others on the same Whisper.

All four run the same weights, int8 on the CPU, on the same threads.
"""

from __future__ import annotations

import contextlib
import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.clips import Clip
from benchmarks.accuracy.scoring import LEAST_PAUSE_S, articulation_rate
from simulator.assessment import Assessor, Wanted, load_assessor
from simulator.audio.files import read_audio
from simulator.audio.recorder import Recording
from simulator.audio.resampling import resample
from simulator.delivery.syllables import count_syllables
from simulator.places import Places
from simulator.speech.filled_pause_witness import label_of
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span, Word
from simulator.speech.whisper import VERBATIM_PROMPT
from simulator.weights.locate import locate

OURS, PLAIN, PROMPTED, ERM, SILERO = "ours", "plain", "prompted", "erm", "silero"

DESCRIPTIONS = {
    OURS: "this program: load_assessor(...).assess_recording(...)",
    PLAIN: "faster-whisper as it comes (beam 5), English, word times; pauses are word gaps",
    PROMPTED: "the same with initial_prompt of sentence style, conditioning off",
    ERM: "the erm package: its own prompt, its gap, in-word and overlong-word detectors",
    SILERO: "Silero alone, 100 ms least silence, no padding (pauses only)",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a system made of a clip.

    Attributes
    ----------
    text : everything heard, filled pauses included.
    content : without them.
    filled_pauses : where they were heard.
    pauses : silent pauses of 250 ms and more between first and last speech.
    response_s : start of the first speech; None where nothing was heard.
    articulation_rate : syllables a second; None where it was not judged.
    """

    text: str
    content: str
    filled_pauses: tuple[Span, ...]
    pauses: tuple[Span, ...]
    response_s: float | None
    articulation_rate: float | None


class System(Protocol):
    """Hears a clip."""

    def __call__(self, clip: Clip) -> Heard: ...


def recording_of(clip: Clip) -> Recording:
    """The clip as the program gets it from a file."""
    samples, rate = read_audio(clip.audio)
    return Recording(samples, rate, ())


def samples_of(clip: Clip) -> NDArray[np.float32]:
    """The clip as Whisper gets it."""
    samples, rate = read_audio(clip.audio)
    return resample(samples, rate)


class Ours:
    """The program itself."""

    def __init__(self, model: str, places: Places, threads: int) -> None:
        self.assessor: Assessor = load_assessor(Wanted(speech_model=model, threads=threads), places)

    def __call__(self, clip: Clip) -> Heard:
        """Hear a clip."""
        assessment = self.assessor.assess_recording(recording_of(clip), None)
        speech, delivery = assessment.speech, assessment.delivery
        assert speech is not None
        assert delivery is not None
        return Heard(
            text=assessment.transcript,
            content=speech.content_text,
            filled_pauses=speech.filled_pauses,
            pauses=tuple(p for p in speech.silent_pauses if p.position != "before_answer"),
            response_s=speech.speech_spans[0].start_s if speech.speech_spans else None,
            articulation_rate=delivery.articulation_rate_syllables_per_s,
        )


class Whisper:
    """faster-whisper by itself.

    Parameters
    ----------
    model : short name.
    prompt : what it is told to have written before; None for nothing.
    """

    def __init__(self, model: str, places: Places, threads: int, prompt: str | None = None) -> None:
        from faster_whisper import WhisperModel

        folder = locate(model, places, "speech")
        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads
        )
        self._prompt = prompt

    def __call__(self, clip: Clip) -> Heard:
        """Hear a clip."""
        return heard_from_words(self.words(samples_of(clip)))

    def words(self, samples: NDArray[np.float32]) -> list[Word]:
        """Words with their times, filled pauses among them."""
        options: dict[str, Any] = {}
        if self._prompt is not None:
            options = {"initial_prompt": self._prompt, "condition_on_previous_text": False}
        segments, _ = self._model.transcribe(
            samples, language="en", word_timestamps=True, **options
        )
        return [
            Word(word.start, word.end, word.word.strip(), word.probability)
            for segment in segments
            for word in segment.words or ()
        ]

    def seconds_of_plain_pass(self, samples: NDArray[np.float32]) -> float:
        """Wall time of the cheapest plain pass: text only, no word times."""
        begun = time.perf_counter()
        segments, _ = self._model.transcribe(samples, language="en")
        for _ in segments:
            pass
        return time.perf_counter() - begun


class Erm:
    """The erm package's detectors, in the order and with the settings of its command line.

    Its own ``transcribe`` loads the model anew for every file; the same call with the model
    loaded once takes its place.
    """

    def __init__(self, model: str, places: Places, threads: int) -> None:
        import erm

        self._whisper = Whisper(model, places, threads, erm.VERBATIM_PROMPT)

    def __call__(self, clip: Clip) -> Heard:
        """Hear a clip."""
        import erm

        samples = samples_of(clip)
        written = self._whisper.words(samples)
        words = [erm.Word(word.text, word.start_s, word.end_s) for word in written]
        duration_s, rate = len(samples) / SAMPLE_RATE_HZ, SAMPLE_RATE_HZ
        with contextlib.redirect_stderr(io.StringIO()):
            cuts = erm.find_fillers(words, erm.DEFAULT_FILLERS)
            cuts += erm.detect_gap_fillers(samples, rate, words, duration_s, min_gap_s=0.35,
                                           min_voiced_s=0.1, max_voiced_s=1.5)  # fmt: skip
            cuts += erm.detect_intraword_fillers(samples, rate, words, min_voiced_s=0.1)
            cuts += [
                cut
                for cut in erm.detect_overlong_words(samples, rate, words, min_voiced_s=0.1)
                if erm.is_sustained_vowel(samples, rate, cut.start, cut.end)
            ]
            cuts.sort(key=lambda cut: cut.start)
            if cuts:
                cuts = erm.refine_boundaries(
                    samples, rate, cuts, words=words, total_duration=duration_s
                )
            cuts = erm.merge_close_cuts(cuts, min_gap_s=0.12)
        by_words = heard_from_words(written)
        return Heard(
            text=by_words.text,
            content=by_words.content,
            filled_pauses=tuple(Span(cut.start, cut.end) for cut in cuts),
            pauses=by_words.pauses,
            response_s=by_words.response_s,
            articulation_rate=by_words.articulation_rate,
        )


def hear_with_silero(clip: Clip) -> Heard:
    """Silero's speech stretches; it hears no words."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    stretches = get_speech_timestamps(
        samples_of(clip), VadOptions(min_silence_duration_ms=100, speech_pad_ms=0)
    )
    spans = [
        Span(found["start"] / SAMPLE_RATE_HZ, found["end"] / SAMPLE_RATE_HZ) for found in stretches
    ]
    return Heard("", "", (), _gaps(spans), spans[0].start_s if spans else None, None)


def heard_from_words(written: Sequence[Word]) -> Heard:
    """What can be read off words and their times alone."""
    filled = tuple(Span(w.start_s, w.end_s) for w in written if label_of(w.text) is not None)
    content = [word for word in written if label_of(word.text) is None]
    pauses = _gaps(written)
    rate = None
    if content:
        syllables = sum(count_syllables(word.text) for word in content)
        rate = articulation_rate(syllables, written[0].start_s, written[-1].end_s, pauses, filled)
    return Heard(
        text=" ".join(word.text for word in written),
        content=" ".join(word.text for word in content),
        filled_pauses=filled,
        pauses=pauses,
        response_s=written[0].start_s if written else None,
        articulation_rate=rate,
    )


def _gaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(
        Span(before.end_s, after.start_s)
        for before, after in pairwise(spans)
        if after.start_s - before.end_s >= LEAST_PAUSE_S - 1e-6
    )


def load_systems(model: str, places: Places, threads: int) -> dict[str, System]:
    """Everything that is compared, by name.

    Raises
    ------
    SimulatorError : the weights are not there.
    """
    return {
        OURS: Ours(model, places, threads),
        PLAIN: Whisper(model, places, threads),
        PROMPTED: Whisper(model, places, threads, VERBATIM_PROMPT.strip()),
        ERM: Erm(model, places, threads),
        SILERO: hear_with_silero,
    }
