"""Whether the microphone's sound can carry an answer, told in its first seconds.

Three things spoil a recording and are easily mended, if one knows: nothing but zeros, clipping,
and a voice that is hardly there. Each is told once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NO_SIGNAL_AFTER_S = 1.5
"""Exact zeros for this long: macOS hands them over where the microphone is not allowed."""

NO_SIGNAL = (
    "The microphone sends nothing but zeros: this program may not be allowed to use it "
    "(system settings, privacy, microphone), or it is muted."
)

CLIPPED_AT = 0.99 * 32768
MOST_CLIPPED = 0.001
"""Share of a second's samples at the ceiling; the same bound turns measures off afterwards."""

CLIPPED = (
    "Too loud: the sound is cut off at its peaks. Turn the microphone down or move away from it."
)

QUIETEST_SPEECH_DB = -45.0
QUIET_AFTER_S = 1.5
"""So much speech under the bound below which a recording counts as too quiet."""

TOO_QUIET = (
    "Very quiet: you can hardly be heard. Turn the microphone up or move closer to it; "
    "you can answer again afterwards."
)


class InputCheck:
    """Looks at each block; says what is wrong, once.

    Parameters
    ----------
    sample_rate_hz : of the samples.
    """

    def __init__(self, sample_rate_hz: int) -> None:
        self._rate = sample_rate_hz
        self._taken = 0
        self._any_signal = False
        self._second = 0
        self._second_clipped = 0
        self._spoken = 0
        self._spoken_power = 0.0
        self._told: set[str] = set()

    def look(self, samples: NDArray[np.int16], *, speaking: bool) -> list[str]:
        """What to tell after this block.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), int16].
        speaking : whether somebody is heard to speak just now.
        """
        self._taken += len(samples)
        self._any_signal = self._any_signal or bool(samples.any())
        found = []
        if not self._any_signal and self._taken >= NO_SIGNAL_AFTER_S * self._rate:
            found.append(NO_SIGNAL)
        if self._clips(samples):
            found.append(CLIPPED)
        if speaking and self._is_quiet(samples):
            found.append(TOO_QUIET)
        fresh = [text for text in found if text not in self._told]
        self._told.update(fresh)
        return fresh

    def _clips(self, samples: NDArray[np.int16]) -> bool:
        self._second += len(samples)
        self._second_clipped += int(np.count_nonzero(np.abs(samples.astype(int)) >= CLIPPED_AT))
        if self._second < self._rate:
            return False
        clipped = self._second_clipped > MOST_CLIPPED * self._second
        self._second = self._second_clipped = 0
        return clipped

    def _is_quiet(self, samples: NDArray[np.int16]) -> bool:
        self._spoken += len(samples)
        self._spoken_power += float(np.sum(np.square(samples / 32768)))
        if self._spoken < QUIET_AFTER_S * self._rate:
            return False
        level_db = 10 * float(np.log10(max(self._spoken_power / self._spoken, 1e-12)))
        return level_db < QUIETEST_SPEECH_DB
