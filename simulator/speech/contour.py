"""The melody of an answer in a few numbers, whatever its voice and pace.

Kept with an assessment, so that tellings of one answer can be compared later.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Contour = NDArray[np.float32]

POINTS = 32
LEAST_VOICED_FRAMES = 200
WIDEST_SEMITONES = (-7.0, 9.0)
"""Beyond these a pitch tracker's octave errors are likelier than the voice [judgement]."""
SEMITONES_AN_OCTAVE = 12


def melody_of(f0_hz: NDArray[np.float32]) -> Contour | None:
    """The melody of an answer.

    Parameters
    ----------
    f0_hz : np.ndarray [shape=(n,), float32]
        Fundamental frequency, a frame every 10 ms; NaN where there is no voice.

    Returns
    -------
    np.ndarray [shape=(32,), float32] or None : semitones around the median of the voiced frames,
        the median of each of 32 equal stretches of voiced time; None where less than two seconds
        are voiced.
    """
    voiced = f0_hz[np.isfinite(f0_hz) & (f0_hz > 0)].astype(np.float64)
    if voiced.size < LEAST_VOICED_FRAMES:
        return None
    semitones = SEMITONES_AN_OCTAVE * np.log2(voiced / np.median(voiced))
    stretches = np.array_split(np.clip(semitones, *WIDEST_SEMITONES), POINTS)
    return np.array([np.median(stretch) for stretch in stretches], dtype=np.float32)
