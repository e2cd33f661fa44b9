"""What a source of sound hands on: short blocks of samples, and what went wrong between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A stretch of sound as it came from a source.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), int16], mono, at the source's own rate.
    lost_before : samples that the device threw away before this block (an overflow).
    """

    samples: NDArray[np.int16]
    lost_before: int = 0


class Source(Protocol):
    """Where sound comes from: a microphone, a file in real time, a browser.

    Attributes
    ----------
    sample_rate_hz : the source's own rate.
    label : what to call it.
    live : whether it runs on a clock of its own: opened early, it hears the question too.
    """

    sample_rate_hz: int
    label: str
    live: bool

    def __enter__(self) -> Self:
        """Open it; sound is kept from this moment on."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...

    def position(self) -> int:
        """Number of the sample being taken just now, counted from the first."""
        ...

    def blocks(self, timeout_s: float) -> Iterator[Block | None]:
        """Blocks as they come; None whenever nothing came for ``timeout_s``.

        Ends where the source ends. Raises `SourceError` where it broke.
        """
        ...


def to_int16(samples: NDArray[np.floating]) -> NDArray[np.int16]:
    """Samples between -1 and 1 as 16-bit, rounded, clipped, the first channel mix kept.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,) or (n, channels)]

    Returns
    -------
    np.ndarray [shape=(n,), int16]
    """
    mono = samples.mean(axis=1) if samples.ndim == 2 else samples
    clipped: NDArray[np.floating] = np.clip(np.rint(mono * 32767.0), -32768, 32767)
    return clipped.astype(np.int16)


def to_float32(samples: NDArray[np.int16]) -> NDArray[np.float32]:
    """16-bit samples as float32 between -1 and 1."""
    return samples.astype(np.float32) / np.float32(32768.0)
