"""Cutting a recording at its pauses, while it is being spoken.

The cutter sees speech activity frame by frame and never looks ahead, so a finished file and a
live microphone are cut at the same places. The longer a chunk has grown, the shorter a pause
suffices to end it: what is left to do at the stop stays small, and hardly ever is a word cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from simulator.speech.timeline import Span

ACTIVITY_FRAME_S = 0.032
"""Silero's frame: 512 samples at 16 kHz."""


@dataclass(frozen=True, slots=True)
class CutRules:
    """When a chunk ends; all in seconds.

    Attributes
    ----------
    enough_silence : pairs of (chunk length, silence that ends a chunk of that length).
    lead_s, tail_s : silence kept before and after the speech of a chunk.
    longest_s : a chunk is cut at its quietest place in the last ``search_s`` beyond this.
    """

    # Longer chunks give Whisper more to go by; shorter ones leave less to do at the stop. Read on
    # from what came before, a chunk may be short: word errors of base in 2489 words: 115 with
    # these (a chunk 4.1 s at the median, 6.9 s at the 95th percentile), 120 with cuts at 0.5 s from
    # 3 s on, 0.3 s from 5 s and 0.2 s from 8 s (5.2 and 9.1 s), 122 with cuts at 0.4 s from 1.5 s
    # on, 0.25 s from 3 s and 0.16 s from 5 s (3.3 and 6.5 s).
    enough_silence: tuple[tuple[float, float], ...] = (
        (0.0, 1.5),
        (2.0, 0.5),
        (4.0, 0.25),
        (6.0, 0.16),
    )
    lead_s: float = 0.5
    tail_s: float = 0.16
    longest_s: float = 22.0
    search_s: float = 4.0
    start_probability: float = 0.5
    stay_probability: float = 0.35


class ChunkCutter:
    """Turns speech activity into chunks, frame by frame.

    Parameters
    ----------
    rules : when to cut.
    frame_s : seconds a frame covers.
    """

    def __init__(self, rules: CutRules | None = None, frame_s: float = ACTIVITY_FRAME_S) -> None:
        self._rules = rules or CutRules()
        self._frame_s = frame_s
        self._position = 0
        self._last_end = 0
        self._start: int | None = None
        self._active = False
        self._spoken = False
        self._silence_from = 0
        self._recent: list[float] = []

    def feed(self, frames: Iterable[tuple[float, float]]) -> Iterator[Span]:
        """Take frames of (speech probability, loudness in dB); yield every chunk they end."""
        for probability, loudness_db in frames:
            span = self._step(probability, loudness_db)
            if span is not None:
                yield span

    def pending(self, quiet_for_s: float = 0.0) -> Span | None:
        """The chunk that a stop now would leave, or None where nobody speaks.

        Parameters
        ----------
        quiet_for_s : only if the speaker has been silent at least this long. From ``tail_s`` on
            the answer is the chunk as it will be cut, unless speech goes on.
        """
        if self._start is None:
            return None
        silence_s = 0.0 if self._active else (self._position - self._silence_from) * self._frame_s
        if silence_s < quiet_for_s:
            return None
        return self._span(self._start, self._end_with_tail())

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since anyone spoke; None before the first word."""
        if not self._spoken:
            return None
        return 0.0 if self._active else (self._position - self._silence_from) * self._frame_s

    def finish(self) -> Span | None:
        """The last chunk, up to the end of the recording; None where nothing is left."""
        span = self.pending()
        self._start = None
        return span

    def _step(self, probability: float, loudness_db: float) -> Span | None:
        rules = self._rules
        index = self._position
        self._position += 1
        threshold = rules.stay_probability if self._active else rules.start_probability
        active = probability >= threshold
        self._spoken = self._spoken or active
        if self._start is None:
            if not active:
                self._active = False
                return None
            self._start = max(self._last_end, index - self._frames(rules.lead_s))
            self._recent = []
        if self._active and not active:
            self._silence_from = index
        self._active = active
        self._recent.append(loudness_db)
        length_s = (index + 1 - self._start) * self._frame_s
        if not active:
            spoken_s = (self._silence_from - self._start) * self._frame_s
            silence_s = (index + 1 - self._silence_from) * self._frame_s
            if silence_s >= self._enough_silence_s(spoken_s):
                return self._cut(self._end_with_tail())
        if length_s >= rules.longest_s:
            return self._cut(self._quietest())
        return None

    def _enough_silence_s(self, spoken_s: float) -> float:
        return next(
            silence
            for length, silence in reversed(self._rules.enough_silence)
            if spoken_s >= length
        )

    def _end_with_tail(self) -> int:
        if self._active:
            return self._position
        return min(self._position, self._silence_from + self._frames(self._rules.tail_s))

    def _quietest(self) -> int:
        window = self._recent[-self._frames(self._rules.search_s) :]
        quietest = min(range(len(window)), key=window.__getitem__)
        return self._position - len(window) + quietest + 1

    def _cut(self, end: int) -> Span:
        assert self._start is not None
        span = self._span(self._start, end)
        self._last_end = end
        if self._active or self._silence_from > end:
            # Speech goes on across the cut: the next chunk begins where this one ends.
            kept = self._position - end
            self._start = end
            self._recent = self._recent[-kept:] if kept else []
        else:
            self._start = None
        return span

    def _frames(self, seconds: float) -> int:
        return round(seconds / self._frame_s)

    def _span(self, start: int, end: int) -> Span:
        return Span(round(start * self._frame_s, 6), round(end * self._frame_s, 6))
