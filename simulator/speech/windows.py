"""Sound that comes in pieces of any size, handed on in windows that depend on the samples alone.

What is computed from a window is then the same to the last bit whether a recording was fed at
once or in the thousand pieces of a microphone: same numbers, same array shapes, same order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


class WindowCutter:
    """Cuts fed samples into blocks, each with its surroundings.

    Parameters
    ----------
    block : samples a block advances by.
    before, after : samples of surroundings on either side; zeros beyond the recording's ends.
    """

    def __init__(self, block: int, before: int = 0, after: int = 0) -> None:
        self._block = block
        self._before = before
        self._after = after
        self._rest: Samples = np.zeros(before, np.float32)
        self._fed = 0

    @property
    def fed(self) -> int:
        """Samples taken so far."""
        return self._fed

    def feed(self, samples: Samples) -> list[Samples]:
        """Take samples [shape=(n,), float32]; give every block whose surroundings are complete.

        Returns
        -------
        list of np.ndarray [shape=(before + block + after,), float32], copies, in order.
        """
        self._fed += len(samples)
        self._rest = np.concatenate([self._rest, np.asarray(samples, np.float32)])
        return self._ready()

    def finish(self) -> list[Samples]:
        """Give what is left, filled up with zeros; the last block may reach beyond the end."""
        missing = -self._fed % self._block
        self._rest = np.concatenate([self._rest, np.zeros(missing + self._after, np.float32)])
        return self._ready()

    def _ready(self) -> list[Samples]:
        size = self._before + self._block + self._after
        count = max(0, (len(self._rest) - size) // self._block + 1)
        starts = [index * self._block for index in range(count)]
        windows = [self._rest[start : start + size].copy() for start in starts]
        self._rest = self._rest[count * self._block :]
        return windows
