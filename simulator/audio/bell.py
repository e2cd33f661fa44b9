"""The bell of a timed pitch: soft, short, and gone before the next word."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 24_000
LENGTH_S = 0.35
LOUDNESS = 0.2
"""Of full scale: heard while speaking, and no startle [judgement]."""

PITCH_HZ = {"soon": 660.0, "time": 880.0}


def bell(moment: Literal["soon", "time"]) -> NDArray[np.int16]:
    """A struck tone that dies away, lower for ten seconds left than for time over.

    Returns
    -------
    np.ndarray [shape=(8400,), int16] : at `RATE_HZ`.
    """
    at_s = np.arange(round(LENGTH_S * RATE_HZ)) / RATE_HZ
    tone = np.sin(2 * np.pi * PITCH_HZ[moment] * at_s) * np.exp(-at_s * 12)
    attack = np.minimum(1.0, at_s / 0.005)  # without it the onset clicks
    return np.asarray(np.rint(tone * attack * LOUDNESS * 32767), np.int16)
