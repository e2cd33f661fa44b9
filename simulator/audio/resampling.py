"""From the device's own rate to the analysis rate, block by block."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import to_float32
from simulator.speech.timeline import SAMPLE_RATE_HZ


class Resampler:
    """Mono 16-bit blocks in, float32 at `SAMPLE_RATE_HZ` out.

    The result depends on the samples alone, not on how they were cut into blocks: input is
    gathered into pieces of a fixed size before the converter (soxr, high quality) sees it.
    """

    _PIECE_S = 0.1

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate = sample_rate_hz
        self._piece = max(1, round(self._PIECE_S * sample_rate_hz))
        self._waiting: NDArray[np.int16] = np.zeros(0, np.int16)
        self._stream = None
        if sample_rate_hz != SAMPLE_RATE_HZ:
            import soxr

            self._stream = soxr.ResampleStream(sample_rate_hz, SAMPLE_RATE_HZ, 1, dtype="float32")

    def feed(self, samples: NDArray[np.int16]) -> NDArray[np.float32]:
        """Take a block; give back what is ready [shape=(m,), float32]."""
        if self._stream is None:
            return to_float32(samples)
        waiting = np.concatenate([self._waiting, samples])
        ready = []
        while len(waiting) >= self._piece:
            ready.append(self._stream.resample_chunk(to_float32(waiting[: self._piece])))
            waiting = waiting[self._piece :]
        self._waiting = waiting
        return np.concatenate(ready) if ready else np.zeros(0, np.float32)

    def finish(self) -> NDArray[np.float32]:
        """What is left at the end [shape=(m,), float32]."""
        if self._stream is None:
            return np.zeros(0, np.float32)
        rest: NDArray[np.float32] = self._stream.resample_chunk(
            to_float32(self._waiting), last=True
        )
        self._waiting = np.zeros(0, np.int16)
        return rest


def resample(samples: NDArray[np.int16], sample_rate_hz: int) -> NDArray[np.float32]:
    """A whole recording at the analysis rate, exactly as block by block."""
    resampler = Resampler(sample_rate_hz)
    return np.concatenate([resampler.feed(samples), resampler.finish()])
