"""Rooms, microphones, lines and noises a training clip is put through."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.sounds import Rng, band_noise, fast_size
from benchmarks.filled_pauses.voices import RATE_HZ, Samples


def db(ratio_db: float) -> float:
    """Decibels as a factor on amplitude."""
    return float(10 ** (ratio_db / 20))


def level(samples: Samples) -> float:
    """RMS of the loud half of a clip's 20 ms frames: silence does not count."""
    frames = samples[: samples.size // 320 * 320].reshape(-1, 320)
    if not frames.size:
        return 1e-6
    power = np.sort((frames.astype(np.float64) ** 2).mean(axis=1))
    return float(np.sqrt(power[power.size // 2 :].mean()) + 1e-6)


def in_room(samples: Samples, rng: Rng) -> Samples:
    """The clip in a room: direct sound, a few reflections, an exponential tail."""
    decay_s = rng.uniform(0.1, 0.7)
    count = int(decay_s * RATE_HZ)
    tail = rng.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail *= db(rng.uniform(-32, -14))
    tail[: int(0.002 * RATE_HZ)] = 0
    for _ in range(int(rng.integers(2, 8))):
        tail[int(rng.uniform(0.002, 0.03) * RATE_HZ) % count] += rng.uniform(-0.5, 0.5)
    tail[0] = 1.0
    size = fast_size(samples.size + count)
    wave = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return np.asarray(wave[: samples.size], np.float32)


def equalised(samples: Samples, rng: Rng) -> Samples:
    """The clip through a microphone with a smooth, uneven response."""
    size = fast_size(samples.size)
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    points = np.array([20, 100, 300, 1000, 2500, 5000, 8000])
    gains = np.cumsum(rng.uniform(-3, 3, points.size))
    gains -= gains.mean()
    curve = np.interp(np.log(hertz + 20), np.log(points + 20), gains)
    wave = np.fft.irfft(np.fft.rfft(samples, size) * 10 ** (curve / 20), size)
    return np.asarray(wave[: samples.size], np.float32)


def narrowed(samples: Samples, rng: Rng) -> Samples:
    """A telephone or headset line: a narrow band, mu-law at times."""
    import soxr

    rate = int(rng.choice([8000, 8000, 11025]))
    low = soxr.resample(samples, RATE_HZ, rate)
    if rng.random() < 0.4:
        low = _mu_law(np.asarray(low, np.float32))
    wide = np.asarray(soxr.resample(low, rate, RATE_HZ), np.float32)
    return _fitted(wide, samples.size)


def _mu_law(samples: Samples) -> Samples:
    peak = np.abs(samples).max() + 1e-6
    squeezed = np.sign(samples) * np.log1p(255 * np.abs(samples) / peak) / np.log(256)
    coarse = np.round(squeezed * 127) / 127
    return np.asarray(np.sign(coarse) * (256 ** np.abs(coarse) - 1) / 255 * peak, np.float32)


def compressed(samples: Samples, rng: Rng) -> Samples:
    """The clip written as MP3 or Opus and read again."""
    import soundfile

    kind, subtype = [("MP3", "MPEG_LAYER_III"), ("OGG", "OPUS")][int(rng.integers(2))]
    held = io.BytesIO()
    safe = np.clip(samples, -1, 1)
    soundfile.write(
        held,
        safe,
        RATE_HZ,
        format=kind,
        subtype=subtype,
        compression_level=float(rng.uniform(0.5, 0.98)),
    )
    held.seek(0)
    back, _ = soundfile.read(held, dtype="float32")
    lead = _lag(safe, back)
    return _fitted(back[lead:], samples.size)


def _lag(before: Samples, after: Samples) -> int:
    """Samples by which a codec delayed a clip."""
    size = fast_size(before.size + after.size)
    product = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    return int(np.argmax(product[:4000]))


def _fitted(samples: Samples, size: int) -> Samples:
    return np.pad(samples, (0, max(0, size - samples.size)))[:size]


def noise(size: int, babble: Samples | None, rng: Rng) -> Samples:
    """Noise of one of several kinds, about unit level."""
    kind = rng.choice(
        ["hiss", "pink", "hum", "fan", "babble", "tone"], p=[0.2, 0.3, 0.12, 0.18, 0.15, 0.05]
    )
    seconds = size / RATE_HZ
    t = np.arange(size) / RATE_HZ
    wave: NDArray[np.floating]
    if kind == "babble" and babble is not None:
        wave = _fitted(babble, size)
    elif kind == "hum":
        base = rng.choice([50.0, 60.0])
        tones = [
            rng.uniform(0, 1) / k * np.sin(2 * np.pi * base * k * t + rng.uniform(0, 6))
            for k in range(1, 9)
        ]
        wave = np.sum(tones, axis=0) + 0.2 * rng.standard_normal(size)
    elif kind == "tone":
        # notes held one after the other: steady, voiced, and nobody's filled pause
        notes = 110 * 2 ** (rng.integers(0, 24, int(seconds / 0.4) + 1) / 12)
        pitch = np.repeat(notes, int(0.4 * RATE_HZ) + 1)[:size]
        phase = 2 * np.pi * np.cumsum(np.pad(pitch, (0, size - pitch.size), "edge")) / RATE_HZ
        wave = np.sum([np.sin(k * phase) / k for k in (1, 2, 3)], axis=0)
    elif kind == "fan":
        wave = band_noise(seconds, 60, rng.uniform(300, 1500), rng)
    elif kind == "pink":
        spectrum = np.fft.rfft(rng.standard_normal(fast_size(size)))
        spectrum /= np.maximum(np.arange(spectrum.size), 8) ** rng.uniform(0.3, 1.0)
        wave = np.fft.irfft(spectrum)[:size]
    else:
        wave = rng.standard_normal(size)
    wave = _fitted(np.asarray(wave, np.float32), size)
    return np.asarray(wave / (np.sqrt((wave**2).mean()) + 1e-9), np.float32)


def through_the_air(samples: Samples, babble: Samples | None, rng: Rng) -> Samples:
    """A clip as some microphone in some room would have it."""
    wave = samples
    if rng.random() < 0.5:
        wave = equalised(wave, rng)
    if rng.random() < 0.5:
        wave = in_room(wave, rng)
    if rng.random() < 0.85:
        ratio = rng.uniform(3, 25) if rng.random() < 0.45 else rng.uniform(25, 55)
        wave = wave + noise(wave.size, babble, rng) * np.float32(level(wave) * db(-ratio))
    if rng.random() < 0.2:
        wave = narrowed(wave, rng)
    if rng.random() < 0.2:
        wave = compressed(wave / (np.abs(wave).max() + 1e-6) * 0.7, rng)
    if rng.random() < 0.06:
        peak = np.abs(wave).max() * rng.uniform(0.3, 0.8)
        wave = np.clip(wave, -peak, peak)
    loudness = db(rng.uniform(-42, -14))
    return np.asarray(np.clip(wave / level(wave) * loudness, -1, 1), np.float32)
