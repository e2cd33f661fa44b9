"""One chunk of speech read by Whisper: two decodings over one encoder pass.

The plain decoding gives the words. The prompted one, nudged to write fillers down, is evidence on
filled pauses only: measured on composed answers, letting the prompt write the transcript raised
tiny.en's word error rate from 3.9 to 15.6 %. Where its other words diverge it is dropped, and asked
instead, word by word along the plain reading, whether it wants a filled pause there.

The encoder runs over what came just before, the chunk and a margin, not over Whisper's full 30 s
window: with two threads base took 0.14 s for 10 s, 0.31 s for 20 s and 0.82 s for 30 s; on the one
thread that each decoding has, 0.35 s for 20 s. What was read before is put into the decoder's
mouth, so that it goes on from there (`memory`). Where it goes on oddly, or says a sentence twice,
the chunk is read by itself, in the end over the full window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_witness import AlignedWord, Hesitation, hesitations
from simulator.speech.memory import (
    LONG_REACH,
    NOTHING_BEFORE,
    SHORT_REACH,
    Before,
    Reach,
    Remembered,
)
from simulator.speech.reading_rules import diverges, goes_on_oddly, is_suspicious
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span, Word
from simulator.speech.whisper import (
    FULL_WINDOW_FRAMES,
    Decoded,
    Heard,
    Whisper,
    load_whisper,
)

MARGIN_FRAMES = 800
"""Silence after the chunk that the encoder sees. Where it ends soon after the speech, the decoder
says a sentence twice or invents words. Word errors of base in 3185 words (composed answers,
natural speech, interviews, single sentences), beam 3: 227 with 4 s of silence, 195 with 8 s; plain
faster-whisper over its full window 191. The full window would take three times as long. (Where
the sound differs in its last bit only, 175 words of composed answers had 13 or 21 errors: smaller
differences than ten in a thousand words mean nothing.)"""

_LONGEST_CHUNK_S = 29.5

_SMALLEST_WIDTH = 384
"""Of the states of the tiny models, which need more to go by and are quick enough for it."""


class SupersededError(Exception):
    """The reading is no longer wanted: it was made ahead of time and speech went on."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What Whisper made of one chunk.

    Attributes
    ----------
    span : the chunk's place in the recording, in seconds.
    words : the plain decoding, times counted from the start of the recording.
    tokens, verbatim_tokens : of the two decodings, for the next chunk to go on from.
    prompted_words : the verbatim-prompted decoding; empty where it was dropped.
    hesitations : where that decoding wanted a filled pause, written down or not; asked along the
        plain words where it was dropped.
    states : np.ndarray [shape=(n, d), float32], encoder output, 50 a second, cut to the chunk.
    language, language_probability : as the model took it; None where it knows one language only.
    mean_log_probability : of the plain decoding's tokens.
    suspicious : true where the reading looked wrong even over the full window.
    """

    span: Span
    words: tuple[Word, ...]
    tokens: tuple[int, ...]
    verbatim_tokens: tuple[int, ...]
    prompted_words: tuple[Word, ...]
    hesitations: tuple[Hesitation, ...]
    states: NDArray[np.float32]
    language: str | None
    language_probability: float | None
    mean_log_probability: float
    suspicious: bool

    @property
    def remembered(self) -> Remembered:
        """What the next chunk may build on."""
        return Remembered(self.span, self.tokens, self.verbatim_tokens, not self.suspicious)


@dataclass(frozen=True, slots=True, eq=False)
class _Prompted:
    """What comes of a chunk beside the plain decoding.

    Attributes
    ----------
    decoded : the prompted decoding.
    words, counts : its words in their places, and how many tokens each is made of.
    language, language_probability : of the chunk.
    """

    decoded: Decoded
    words: tuple[Word, ...]
    counts: tuple[int, ...]
    language: str | None
    language_probability: float | None


class Transcriber:
    """Whisper, loaded once, asked chunk by chunk.

    Parameters
    ----------
    whisper : the loaded model.
    name : what the model is called in reports.
    reach : how much of what came before a chunk it is to be read on from.
    """

    def __init__(self, whisper: Whisper, name: str, reach: Reach = SHORT_REACH) -> None:
        self.name = name
        self.reach = reach
        self._whisper = whisper
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="prompted")

    def read(
        self,
        samples: NDArray[np.float32],
        start_s: float,
        still_wanted: Callable[[], bool] = lambda: True,
        before: Before = NOTHING_BEFORE,
    ) -> Reading:
        """Read one chunk.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), float32], mono at `SAMPLE_RATE_HZ`, under 29.5 s.
        start_s : where the chunk begins in the recording, in seconds.
        still_wanted : asked between the steps; false ends the reading.
        before : what was heard up to the chunk's first sample.

        Raises
        ------
        ValueError : the chunk is longer than Whisper can hear at once.
        SupersededError : ``still_wanted`` said no.
        """
        duration_s = len(samples) / SAMPLE_RATE_HZ
        if duration_s > _LONGEST_CHUNK_S:
            raise ValueError(
                f"a chunk may last {_LONGEST_CHUNK_S} s, this one has {duration_s:.1f}"
            )

        def check() -> None:
            if not still_wanted():
                raise SupersededError

        span = Span(start_s, start_s + duration_s)
        heard, plain, beside, suspicious = self._read_plainly(samples, span, before, check)
        check()
        words, counts = self._whisper.align(heard, heard.before.tokens, plain, span)
        prompted = beside.result()
        prompted_words: tuple[Word, ...] = ()
        if diverges(plain.text, prompted.decoded.text):
            weights = self._whisper.ask_at_each_word(heard, plain)
            aligned = _aligned(words, counts)
        else:
            weights = prompted.decoded.filler_probabilities
            prompted_words = prompted.words
            aligned = _aligned(prompted_words, prompted.counts)
        wanted = hesitations(aligned, weights, span.end_s)
        return Reading(
            span=span,
            words=words,
            tokens=tuple(plain.tokens),
            verbatim_tokens=tuple(prompted.decoded.tokens if prompted_words else plain.tokens),
            prompted_words=prompted_words,
            hesitations=wanted,
            states=heard.states,
            language=prompted.language,
            language_probability=prompted.language_probability,
            mean_log_probability=plain.mean_log_probability,
            suspicious=suspicious,
        )

    def _read_plainly(
        self, samples: NDArray[np.float32], span: Span, before: Before, check: Callable[[], None]
    ) -> tuple[Heard, Decoded, Future[_Prompted], bool]:
        """The plain decoding: going on from what came before, else alone, else over all 30 s.

        The prompted one is under way beside it.
        """
        tries = [(before, MARGIN_FRAMES)] if before else []
        tries += [(NOTHING_BEFORE, MARGIN_FRAMES), (NOTHING_BEFORE, FULL_WINDOW_FRAMES)]
        for attempt, margin in tries:
            check()
            heard = self._whisper.encode(samples, attempt, margin)
            check()
            wait_plain = self._whisper.write_words(heard)
            wait_prompted = self._whisper.write_fillers_too(heard)
            beside = self._beside.submit(self._finish_prompted, heard, wait_prompted, span)
            plain = wait_plain()
            odd = plain.lost or is_suspicious(
                plain.text, plain.mean_log_probability, span.duration_s
            )
            if not odd and attempt:
                said = self._whisper.text(attempt.tokens)
                odd = not plain.tokens or goes_on_oddly(said, plain.text)
            if not odd:
                break
        return heard, plain, beside, odd

    def _finish_prompted(self, heard: Heard, wait: Callable[[], Decoded], span: Span) -> _Prompted:
        """Wait for the prompted decoding and place its words, mostly before the plain one ends."""
        decoded = wait()
        words, counts = self._whisper.align(heard, heard.before.verbatim_tokens, decoded, span)
        language, probability = self._whisper.detect_language(heard)
        return _Prompted(decoded, words, counts, language, probability)


def _aligned(words: Sequence[Word], counts: Sequence[int]) -> list[AlignedWord]:
    return [
        AlignedWord(word.start_s, word.end_s, count)
        for word, count in zip(words, counts, strict=True)
    ]


def load_transcriber(folder: Path, name: str, threads: int, language: str = "en") -> Transcriber:
    """Load Whisper; see `load_whisper`.

    Parameters
    ----------
    name : what the model is called in reports.
    """
    whisper = load_whisper(folder, threads, language)
    reach = LONG_REACH if whisper.width() <= _SMALLEST_WIDTH else SHORT_REACH
    return Transcriber(whisper, name, reach)
