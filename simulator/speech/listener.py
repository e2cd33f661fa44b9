"""Hearing a recording as it comes: the single path for a live answer and a finished file.

Sound is fed in blocks of any size. Trackers (speech activity, loudness, pitch) take it at once;
the cutter ends a chunk at a pause; each chunk is read while the next one is being spoken. At the
stop only the last chunk is left, and often not even that: after a short pause it is read ahead of
time, and thrown away if speech goes on. What comes out depends on the samples alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from simulator.speech.activity import ActivityTracker
from simulator.speech.assembly import Placed, assemble, measure_sound, place_words
from simulator.speech.chunking import ChunkCutter
from simulator.speech.ear import Ear, HeardChunk
from simulator.speech.memory import remember
from simulator.speech.prosody import ProsodyTracker
from simulator.speech.speech_frames import load_speech_frame_weights, speech_frames
from simulator.speech.tape import Tape
from simulator.speech.timeline import Span, Speech

READ_AHEAD_AFTER_S = 0.16
"""A pause this long is worth reading ahead: just the silence that is kept after speech, so that the
chunk ends the same if speech does not go on."""

_T = TypeVar("_T")

OnCertain = Callable[[Placed], None]


@dataclass(frozen=True, slots=True, eq=False)
class _Pending:
    """A chunk on its way; ``dropped`` is set where it is no longer wanted."""

    span: Span
    future: Future[HeardChunk]
    dropped: threading.Event


class Listener:
    """Takes samples at 16 kHz, gives back the `Speech`.

    Parameters
    ----------
    ear : the loaded models.
    worker : reads chunks while more sound comes (one thread: two engines would spin against each
        other); None reads each chunk in the caller's own time and nothing ahead.
    on_certain : told everything so far whenever one more chunk is certain, on the worker; no more
        once the recording has ended, since `finish` gives the whole.
    echo_of : what a loudspeaker said just before; see `simulator.speech.echo`.
    """

    def __init__(
        self,
        ear: Ear,
        worker: Executor | None = None,
        on_certain: OnCertain | None = None,
        echo_of: str | None = None,
    ) -> None:
        self._echo_of = echo_of
        self._ear = ear
        self._worker = worker
        self._on_certain = on_certain
        self._ended = threading.Event()
        self._activity = ActivityTracker()
        self._prosody = ProsodyTracker()
        self._cutter = ChunkCutter()
        self._tape = Tape()
        self._chunks: list[_Pending] = []
        self._ahead: _Pending | None = None

    @property
    def duration_s(self) -> float:
        """Sound taken so far, in seconds."""
        return self._tape.duration_s

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since anyone spoke; None before the first word."""
        return self._cutter.silent_for_s

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Take a block [shape=(n,), float32]."""
        self._tape.take(samples)
        self._prosody.feed(samples)
        for span in self._cutter.feed(self._activity.feed(samples)):
            self._settle(span)
        if self._worker is not None:
            self._read_ahead()

    def finish(self, gaps: Sequence[Span] = ()) -> Speech:
        """The end of the recording; waits for what is still being read.

        Parameters
        ----------
        gaps : where the device lost sound.
        """
        self._ended.set()
        for span in self._cutter.feed(self._activity.finish()):
            self._settle(span)
        last = self._cutter.finish()
        if last is not None:
            self._settle(last)
        self._drop_ahead()
        # While the last chunk is being read.
        sound = measure_sound(
            samples=self._tape.whole(),
            activity=self._activity.track(),
            prosody=self._prosody.finish(),
            gaps=gaps,
        )
        return assemble(sound, [chunk.future.result() for chunk in self._chunks], self._echo_of)

    def _settle(self, span: Span) -> None:
        """A chunk is certain: take what was read ahead if it is the same, else read it."""
        span = Span(span.start_s, min(span.end_s, self.duration_s))
        if self._ahead is not None and self._ahead.span == span:
            pending, self._ahead = self._ahead, None
        else:
            self._drop_ahead()
            pending = self._start_reading(span)
        self._chunks.append(pending)
        if self._on_certain is not None and not self._ended.is_set():
            self._tell(self._on_certain, tuple(self._chunks))

    def _read_ahead(self) -> None:
        span = self._cutter.pending(READ_AHEAD_AFTER_S)
        if self._ahead is not None and self._ahead.span == span:
            return
        self._drop_ahead()
        if span is not None:
            self._ahead = self._start_reading(span)

    def _drop_ahead(self) -> None:
        if self._ahead is not None:
            self._ahead.dropped.set()
            self._ahead.future.cancel()
            self._ahead = None

    def _start_reading(self, span: Span) -> _Pending:
        samples, dropped = self._samples(span), threading.Event()
        reach = self._ear.reach
        begins_s = max(0.0, span.start_s - reach.before_s(span.duration_s))
        sound = self._samples(Span(begins_s, span.start_s))
        earlier = tuple(self._chunks)

        def read() -> HeardChunk:
            # Read by the same worker before this one, so nobody waits here.
            readings = [chunk.future.result().reading for chunk in earlier]
            before = remember(span, [reading.remembered for reading in readings], sound, reach)
            return self._ear.hear(samples, span.start_s, lambda: not dropped.is_set(), before)

        return _Pending(span, self._run(read), dropped)

    def _tell(self, on_certain: OnCertain, settled: Sequence[_Pending]) -> None:
        activity = self._activity.track()

        def tell() -> None:
            if self._ended.is_set():
                return  # The last chunk is wanted first.
            frames = speech_frames(activity, load_speech_frame_weights())
            heard = [chunk.future.result() for chunk in settled]
            on_certain(place_words(frames, heard, self._echo_of))

        # Queued behind the reading itself: one worker thread keeps the order.
        self._run(tell)

    def _run(self, work: Callable[[], _T]) -> Future[_T]:
        if self._worker is not None:
            return self._worker.submit(work)
        future: Future[_T] = Future()
        future.set_result(work())
        return future

    def _samples(self, span: Span) -> NDArray[np.float32]:
        return self._tape.between(span)
