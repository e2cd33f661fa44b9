"""The sound taken so far, at hand as one array however often it is asked for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.speech.timeline import SAMPLE_RATE_HZ, Span

_FIRST_SAMPLES = 60 * SAMPLE_RATE_HZ


class Tape:
    """Samples that come piece by piece; room for them grows by half, so that few are copied."""

    def __init__(self) -> None:
        self._room: NDArray[np.float32] = np.zeros(_FIRST_SAMPLES, np.float32)
        self._taken = 0

    @property
    def duration_s(self) -> float:
        """Sound taken so far, in seconds."""
        return self._taken / SAMPLE_RATE_HZ

    def take(self, samples: NDArray[np.float32]) -> None:
        """Add a piece [shape=(n,), float32, 16 kHz]."""
        end = self._taken + len(samples)
        if end > len(self._room):
            room = np.zeros(max(end, len(self._room) * 3 // 2), np.float32)
            room[: self._taken] = self._room[: self._taken]
            self._room = room
        self._room[self._taken : end] = samples
        self._taken = end

    def whole(self) -> NDArray[np.float32]:
        """All that was taken [shape=(n,), float32]; what comes later leaves it as it is."""
        return self._room[: self._taken]

    def between(self, span: Span) -> NDArray[np.float32]:
        """A stretch of it, as far as it was taken."""
        start, end = (round(at * SAMPLE_RATE_HZ) for at in (span.start_s, span.end_s))
        return self.whole()[start:end]
