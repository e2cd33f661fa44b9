"""Loudness and pitch, a frame every 10 ms, followed while the person speaks.

Pitch is librosa's YIN (De Cheveigné and Kawahara 2002), not pYIN, which is 25 times slower. YIN
names a frequency for every frame, voiced or not, so voicing is decided here: the sound must
repeat itself at that period, be loud enough, and move smoothly from frame to frame, which noise
does not. Octave errors are cut by the speaker's own range (De Looze and Hirst 2008).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from simulator.speech.speech_frames import runs
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Prosody
from simulator.speech.windows import WindowCutter

LOWEST_HZ, HIGHEST_HZ = 60.0, 450.0
"""From a creaking bass to a lively soprano."""

HOP = round(FRAME_S * SAMPLE_RATE_HZ)
_FRAME = 1024
"""64 ms: a little under four periods of the lowest voice."""

_LOUDNESS = 400
_FRAMES_AT_ONCE = 50
_BEFORE = (_FRAME - HOP) // 2
_COMPARED = _FRAME - int(np.ceil(SAMPLE_RATE_HZ / LOWEST_HZ))

LEAST_PERIODICITY = 0.5
"""Correlation of the sound with itself one period later. Against pYIN on read speech, with the
smoothness rule: precision 0.84, recall 0.92 (0.7 and no rule: 0.87 and 0.79)."""

HEARABLE_RANGE_DB = 35.0
"""Softer than this below the loud frames, a pitch is mostly an echo or the room."""

LARGEST_STEP_SEMITONES = 1.0
LEAST_VOICED_FRAMES = 6
"""Voices glide below a semitone in 10 ms; chance agreement seldom lasts 60 ms."""

_RANGE_BELOW, _RANGE_ABOVE = 0.75, 1.75
"""Of the quartiles: 0.75 as published; 1.75 lies between their 1.5 for calm and 2.5 for lively."""

_QUIETEST_DB = -120.0


class ProsodyTracker:
    """Takes samples as they come; the same tracks whatever the sizes of the pieces."""

    def __init__(self) -> None:
        self._windows = WindowCutter(_FRAMES_AT_ONCE * HOP, before=_BEFORE, after=_BEFORE)
        self._frames: list[NDArray[np.float32]] = []

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Take samples [shape=(n,), float32, 16 kHz]."""
        self._frames += [_describe(window) for window in self._windows.feed(samples)]

    def finish(self) -> Prosody:
        """The end of the recording: loudness and pitch of the whole."""
        self._frames += [_describe(window) for window in self._windows.finish()]
        count = self._windows.fed // HOP
        joined = np.concatenate(self._frames) if self._frames else np.zeros((0, 3), np.float32)
        loudness_db, f0_hz, periodicity = joined[:count].T
        voiced = find_voiced(loudness_db, f0_hz, periodicity)
        return Prosody(
            loudness_db=loudness_db.copy(),
            f0_hz=np.where(voiced, f0_hz, np.float32(np.nan)),
        )


def find_voiced(
    loudness_db: NDArray[np.float32],
    f0_hz: NDArray[np.float32],
    periodicity: NDArray[np.float32],
) -> NDArray[np.bool_]:
    """Which frames have a voice.

    Parameters
    ----------
    loudness_db, f0_hz, periodicity : np.ndarray [shape=(n,), float32], of every frame; pitch as
        YIN names it even where there is none.

    Returns
    -------
    np.ndarray [shape=(n,), bool]
    """
    if not len(f0_hz):
        return np.zeros(0, bool)
    loudest_db = float(np.percentile(loudness_db, 95))
    loud = loudness_db > max(loudest_db - HEARABLE_RANGE_DB, _QUIETEST_DB + 1)
    # A pitch at the edge of the search is where YIN stops looking, not where a voice is.
    inside = (f0_hz > LOWEST_HZ * 1.01) & (f0_hz < HIGHEST_HZ * 0.99)
    candidate = loud & inside & (periodicity > LEAST_PERIODICITY)
    voiced = _smooth_runs(candidate, f0_hz)
    if not voiced.any():
        return voiced
    low, high = np.percentile(f0_hz[voiced], [25, 75])
    own_range = (f0_hz > low * _RANGE_BELOW) & (f0_hz < high * _RANGE_ABOVE)
    return np.asarray(voiced & own_range, bool)


def _smooth_runs(candidate: NDArray[np.bool_], f0_hz: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Candidates in runs that are long enough and glide without jumps."""
    steps = np.abs(np.diff(12 * np.log2(f0_hz)))
    linked = candidate[:-1] & candidate[1:] & (steps < LARGEST_STEP_SEMITONES)
    voiced = np.zeros(len(candidate), bool)
    for start, end in runs(linked):
        if end - start + 1 >= LEAST_VOICED_FRAMES:
            voiced[start : end + 1] = True
    return voiced


def _describe(window: NDArray[np.float32]) -> NDArray[np.float32]:
    """Loudness in dB, pitch in hertz and periodicity of each frame [shape=(50, 3)]."""
    from simulator.speech.warm_up import load_librosa

    librosa = load_librosa()
    frames = np.lib.stride_tricks.sliding_window_view(window, _FRAME)[::HOP]
    # Each frame is a channel of its own to librosa. A microphone's constant offset would pass
    # for the shortest period there is.
    frames = frames - frames.mean(axis=1, keepdims=True)
    edge = (_FRAME - _LOUDNESS) // 2
    power = np.square(frames[:, edge:-edge]).mean(axis=1)
    loudness_db = np.maximum(10 * np.log10(power + 1e-20), _QUIETEST_DB)
    f0_hz = librosa.yin(
        frames,
        fmin=LOWEST_HZ,
        fmax=HIGHEST_HZ,
        sr=SAMPLE_RATE_HZ,
        frame_length=_FRAME,
        hop_length=_FRAME,
        center=False,
    )[:, 0]
    periods = np.round(SAMPLE_RATE_HZ / f0_hz).astype(np.intp)
    here = frames[:, :_COMPARED]
    later = np.take_along_axis(frames, periods[:, None] + np.arange(_COMPARED), axis=1)
    energy = np.sqrt(np.square(here).sum(axis=1) * np.square(later).sum(axis=1))
    periodicity = (here * later).sum(axis=1) / (energy + 1e-12)
    return np.stack([loudness_db, f0_hz, periodicity], axis=1).astype(np.float32)
