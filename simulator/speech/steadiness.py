"""How still a sound is held: the mark of a filled pause in the sound itself.

Who thinks while the voice goes on holds the articulators still: pitch is flat or sinks slowly
(Goto, Itou and Hayamizu 1999) and the timbre hardly moves (Audhkhasi et al. 2009), while words
glide. Everything is told relative to the speaker's own running speech in the same chunk, so that
microphone, room and voice cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulator.speech.prosody import HOP, ProsodyTracker
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Span

Floats = NDArray[np.float32]

_FFT = 512
_WINDOW = 400
"""25 ms: two periods of the lowest voice, short enough to follow a glide."""

_BANDS = 24
_LOWEST_HZ, _HIGHEST_HZ = 60.0, 3800.0
"""What a telephone line carries too: the measure must not hang on the microphone's bandwidth."""

_COEFFICIENTS = 12
_EDGE_SHARE = 0.15
"""Left out at either end of a sound: coming and going are no part of the holding."""

_LOUD_RANGE_DB = 25.0
"""Frames this far below the chunk's loud ones are silence, no speech to compare with."""

_FEWEST_FRAMES = 3
_FEWEST_VOICED_FRAMES = 5
_MOST_SEMITONES = 6.0
_LEAST_CHANGE = 1e-3


@dataclass(frozen=True, slots=True)
class Steadiness:
    """How still one sound is held.

    Attributes
    ----------
    timbre_change : logarithm of the change of timbre from frame to frame over that of the
        speaker's running speech; below 0 is stiller than that.
    centroid_spread : standard deviation of the spectral centroid over its mean.
    centroid_height : logarithm of the mean centroid over that of running speech: below 0 is
        darker (a hum), above 0 brighter (a breath).
    voiced_share : of its frames, those with a pitch, 0 to 1.
    pitch_wander_semitones : how far pitch strays from a straight line; 0 where hardly voiced.
    pitch_slope_semitones_per_s : of that line, between -20 and 20; 0 where hardly voiced.
    pitch_offset_semitones : its median from the speaker's own; 0 where hardly voiced.
    """

    timbre_change: float
    centroid_spread: float
    centroid_height: float
    voiced_share: float
    pitch_wander_semitones: float
    pitch_slope_semitones_per_s: float
    pitch_offset_semitones: float


@dataclass(frozen=True, slots=True, eq=False)
class SoundTrack:
    """A chunk of sound, a frame every 10 ms.

    Attributes
    ----------
    change : np.ndarray [shape=(n,), float32], how far the timbre moves around each frame.
    centroid_hz : np.ndarray [shape=(n,), float32], spectral centroid.
    pitch_semitones : np.ndarray [shape=(n,), float32], re 55 Hz; NaN where there is no voice.
    usual_change, usual_centroid_hz : medians of the loud frames.
    """

    change: Floats
    centroid_hz: Floats
    pitch_semitones: Floats
    usual_change: float
    usual_centroid_hz: float

    def steadiness(self, span: Span) -> Steadiness:
        """How still the sound in a span is held.

        Parameters
        ----------
        span : in seconds from the start of the chunk.
        """
        frames = self._inside(span)
        centroid = self.centroid_hz[frames]
        mean_hz = max(float(centroid.mean()), 1.0) if centroid.size else 1.0
        change = float(self.change[frames].mean()) if centroid.size else _LEAST_CHANGE
        pitch = self.pitch_semitones[frames]
        voiced = np.flatnonzero(np.isfinite(pitch))
        wander = slope = offset = 0.0
        if voiced.size >= _FEWEST_VOICED_FRAMES:
            held = pitch[voiced]
            slope_per_frame, level = np.polyfit(voiced, held, 1)
            wander = float(np.std(held - (slope_per_frame * voiced + level)))
            slope = float(np.clip(slope_per_frame / FRAME_S, -20, 20))
            usual = float(np.nanmedian(self.pitch_semitones))
            offset = float(np.clip(np.median(held) - usual, -12, 12))
        return Steadiness(
            timbre_change=float(np.log(max(change, _LEAST_CHANGE) / self.usual_change)),
            centroid_spread=float(centroid.std()) / mean_hz if centroid.size else 0.0,
            centroid_height=float(np.log(mean_hz / self.usual_centroid_hz)),
            voiced_share=voiced.size / max(1, pitch.size),
            pitch_wander_semitones=min(wander, _MOST_SEMITONES),
            pitch_slope_semitones_per_s=slope,
            pitch_offset_semitones=offset,
        )

    def _inside(self, span: Span) -> slice:
        edge_s = _EDGE_SHARE * span.duration_s
        first = round((span.start_s + edge_s) / FRAME_S)
        last = round((span.end_s - edge_s) / FRAME_S)
        first = min(max(0, first), max(0, len(self.change) - _FEWEST_FRAMES))
        return slice(first, max(first + _FEWEST_FRAMES, last))


def follow_sound(samples: Floats) -> SoundTrack:
    """Follow timbre, centroid and pitch of a chunk.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), float32], mono at 16 kHz.

    Returns
    -------
    SoundTrack
        With a frame for each whole 10 ms.
    """
    tracker = ProsodyTracker()
    tracker.feed(samples)
    prosody = tracker.finish()
    power = _power(samples, len(prosody.loudness_db))
    change = _timbre_change(power)
    total = power.sum(axis=1)
    centroid = (power @ _hertz()) / np.maximum(total, 1e-20)
    loud = _loud(prosody.loudness_db)
    with np.errstate(divide="ignore"):
        semitones = 12 * np.log2(prosody.f0_hz / 55.0)
    return SoundTrack(
        change=change,
        centroid_hz=np.asarray(centroid, np.float32),
        pitch_semitones=np.asarray(semitones, np.float32),
        usual_change=max(_LEAST_CHANGE, _median(change[loud])),
        usual_centroid_hz=max(1.0, _median(centroid[loud])),
    )


def _power(samples: Floats, count: int) -> NDArray[np.float64]:
    """Power spectrum of ``count`` frames, a constant offset of the microphone taken away."""
    if not count:
        return np.zeros((0, _FFT // 2 + 1))
    before = (_WINDOW - HOP) // 2
    padded = np.pad(samples - samples.mean(), (before, _WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::HOP][:count]
    spectrum = np.fft.rfft(frames * np.hanning(_WINDOW), _FFT)
    power = np.square(np.abs(spectrum))
    power[:, _hertz() > _HIGHEST_HZ] = 0.0
    return np.asarray(power)


def _timbre_change(power: NDArray[np.float64]) -> Floats:
    """Distance of the cepstrum 10 ms before from that 10 ms after each frame."""
    if not len(power):
        return np.zeros(0, np.float32)
    bands = power @ _mel_bands()
    cepstrum = np.log(bands + 1e-8 * max(float(bands.max()), 1e-20)) @ _cosines()
    padded = np.pad(cepstrum, ((1, 1), (0, 0)), "edge")
    return np.asarray(np.linalg.norm(padded[2:] - padded[:-2], axis=1), np.float32)


def _loud(loudness_db: Floats) -> NDArray[np.bool_]:
    if not len(loudness_db):
        return np.zeros(0, bool)
    return np.asarray(loudness_db > np.percentile(loudness_db, 90) - _LOUD_RANGE_DB)


def _median(values: NDArray[np.floating]) -> float:
    return float(np.median(values)) if values.size else 0.0


@lru_cache(maxsize=1)
def _hertz() -> NDArray[np.float64]:
    return np.asarray(np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE_HZ), np.float64)


@lru_cache(maxsize=1)
def _mel_bands() -> NDArray[np.float64]:
    """Triangles evenly spaced in mel (O'Shaughnessy 1987), [shape=(257, 24)]."""
    low, high = (2595 * np.log10(1 + hz / 700) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    corners = 700 * (10 ** (np.linspace(low, high, _BANDS + 2) / 2595) - 1)
    hertz = _hertz()[:, None]
    rising = (hertz - corners[:-2]) / (corners[1:-1] - corners[:-2])
    falling = (corners[2:] - hertz) / (corners[2:] - corners[1:-1])
    return np.asarray(np.maximum(0.0, np.minimum(rising, falling)))


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float64]:
    """From log bands to cepstral coefficients 1 to 12, [shape=(24, 12)]; loudness left out."""
    places = (np.arange(_BANDS) + 0.5) / _BANDS
    return np.cos(np.pi * np.outer(places, np.arange(1, _COEFFICIENTS + 1)))
