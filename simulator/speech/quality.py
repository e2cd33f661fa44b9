"""Whether a recording can carry the measures taken from it.

Each problem has a name and turns off only what it spoils (`simulator.delivery.spoiled`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.speech.activity import FRAME, Activity
from simulator.speech.speech_frames import find_floor, runs
from simulator.speech.timeline import SAMPLE_RATE_HZ, AudioQuality, Span

LEAST_SNR_DB = 10.0
"""Below it words and silences blur: the silence finder's F1 falls under 0.95 near 8 dB."""

LEAST_SPEECH_DB = -45.0
"""RMS of speech re full scale; a normal voice at a normal gain lies near -25 (EBU R 128: -23)."""

SILENT_DB = -75.0
"""No microphone is this quiet in its loudest moment: permission was refused or it is muted."""

CLIPPED_AT = 0.99
MOST_CLIPPED = 0.001
"""Share of samples in speech; a loud but clean recording touches the ceiling far more seldom."""

LEAST_BANDWIDTH_HZ = 4300.0
"""A headset in its telephone mode ends at 4 kHz or below; microphones reach 7 and beyond."""

MOST_DROPOUTS = 0
DROPOUT_SAMPLES = 128
"""8 ms of exact zeros that cut off loud sound before and after in mid-wave: no mouth does that."""

_LOUD_BELOW_SPEECH_DB = 20.0
_BESIDE = 80
_LOOKED_AT = 32
_SPECTRUM = 512
_MOST_FRAMES = 1500
_SPECTRAL_RANGE_DB = 55.0
LEAST_FRAMES = 100
"""One second of speech: less may simply hold no hissing consonant."""

_LARGEST_SNR_DB = 96.0
"""What 16 bits can hold."""


def measure_quality(
    samples: NDArray[np.float32],
    activity: Activity,
    speech: NDArray[np.bool_],
    gaps: Sequence[Span] = (),
) -> AudioQuality:
    """Measure a finished recording.

    Parameters
    ----------
    samples : np.ndarray [shape=(m,), float32, 16 kHz].
    activity : its tracks.
    speech : np.ndarray [shape=(n,), bool], which frames of 10 ms carry speech.
    gaps : where the device lost sound and the recorder put silence in its place.
    """
    peak = float(max(samples.max(), -samples.min())) if len(samples) else 0.0
    if _db(peak**2) < SILENT_DB:
        return AudioQuality(None, 0.0, len(gaps), None, None, ("silent",), usable=False)
    level_db = _level_db(activity, speech)
    snr_db = _snr_db(activity, speech, level_db)
    clipped = _clipped_fraction(samples, speech) if peak >= CLIPPED_AT else 0.0
    dropouts = len(gaps) + count_dropouts(samples, level_db)
    bandwidth_hz = _bandwidth_hz(samples, speech)
    problems = {
        "clipped": clipped > MOST_CLIPPED,
        "noisy": snr_db is not None and snr_db < LEAST_SNR_DB,
        "too_quiet": level_db is not None and level_db < LEAST_SPEECH_DB,
        "narrowband": bandwidth_hz is not None and bandwidth_hz < LEAST_BANDWIDTH_HZ,
        "dropouts": dropouts > MOST_DROPOUTS,
    }
    return AudioQuality(
        snr_db=snr_db,
        clipped_fraction=clipped,
        dropouts=dropouts,
        bandwidth_hz=bandwidth_hz,
        speech_level_db=level_db,
        problems=tuple(name for name, found in problems.items() if found),
        usable=level_db is not None,
    )


def count_dropouts(samples: NDArray[np.float32], speech_level_db: float | None) -> int:
    """Runs of exact zeros that cut off loud sound on both sides.

    A noise gate and a synthetic voice also write zeros, but let the sound fade to them.
    """
    if speech_level_db is None:
        return 0
    loud = 10 ** ((speech_level_db - _LOUD_BELOW_SPEECH_DB) / 10)
    count = 0
    for start, end in _zeros(samples):
        if start < _BESIDE or end > len(samples) - _BESIDE:
            continue
        before, after = samples[start - _BESIDE : start], samples[end : end + _BESIDE]
        if _is_cut(before, before[-1], loud) and _is_cut(after, after[0], loud):
            count += 1
    return count


def _zeros(samples: NDArray[np.float32]) -> Iterator[tuple[int, int]]:
    """Runs of `DROPOUT_SAMPLES` zeros and more, looked for only where every 32nd sample is one."""
    for first, after in runs(samples[::_LOOKED_AT] == 0, least=DROPOUT_SAMPLES // _LOOKED_AT):
        begin = max(0, (first - 1) * _LOOKED_AT + 1)
        here = samples[begin : after * _LOOKED_AT] == 0
        for start, end in runs(here, least=DROPOUT_SAMPLES):
            yield begin + start, begin + end


def _is_cut(beside: NDArray[np.float32], last: np.float32, loud: float) -> bool:
    power = float(np.mean(np.square(beside)))
    return power > loud and float(last) ** 2 > 0.1 * power


def _level_db(activity: Activity, speech: NDArray[np.bool_]) -> float | None:
    power = activity.band_power.sum(axis=1, dtype=np.float64)
    return round(_db(float(power[speech].mean())), 2) if speech.any() else None


def _snr_db(activity: Activity, speech: NDArray[np.bool_], level_db: float | None) -> float | None:
    """Speech above the noise floor; None where there is no moment without speech to compare."""
    if level_db is None or np.count_nonzero(~speech) < 20:
        return None
    noise = 10 ** (find_floor(activity).noise_db / 10)
    speech_alone = max(10 ** (level_db / 10) - noise, 1e-12)
    return round(min(_db(speech_alone / noise), _LARGEST_SNR_DB), 2)


def _clipped_fraction(samples: NDArray[np.float32], speech: NDArray[np.bool_]) -> float:
    clipped = np.flatnonzero((samples >= CLIPPED_AT) | (samples <= -CLIPPED_AT))
    frames = clipped // FRAME
    if speech.any():
        inside = int(np.count_nonzero(speech[frames[frames < len(speech)]]))
        return round(inside / (int(np.count_nonzero(speech)) * FRAME), 6)
    return round(len(clipped) / len(samples), 6)


def _bandwidth_hz(samples: NDArray[np.float32], speech: NDArray[np.bool_]) -> float | None:
    """Highest frequency that the recording carries, judged by its strongest speech there.

    Hissing consonants lie a few tens of decibels under the vowels; what a telephone or headset
    cuts off lies 60 and more under them.
    """
    frames = np.flatnonzero(speech)
    frames = frames[(frames * FRAME + _SPECTRUM) <= len(samples)]
    if len(frames) < LEAST_FRAMES:
        return None
    chosen = frames[:: max(1, len(frames) // _MOST_FRAMES)] * FRAME
    window = np.hanning(_SPECTRUM).astype(np.float32)
    spectra = np.fft.rfft(samples[chosen[:, None] + np.arange(_SPECTRUM)] * window, axis=1)
    power = np.square(spectra.real) + np.square(spectra.imag)
    strongest = np.percentile(power, 98, axis=0)
    carried = 10 * np.log10(strongest + 1e-15)
    carried = carried > carried.max() - _SPECTRAL_RANGE_DB
    # Three neighbours together, so that a lone whistle is no bandwidth.
    steady = np.flatnonzero(carried[:-2] & carried[1:-1] & carried[2:])
    return float((steady[-1] + 2) * SAMPLE_RATE_HZ / _SPECTRUM) if len(steady) else None


def _db(power: float) -> float:
    return float(10 * np.log10(max(power, 1e-12)))
