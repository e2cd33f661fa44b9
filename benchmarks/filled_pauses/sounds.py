"""Bending recorded sounds: other throats, longer vowels, flat pitch, breath, laughter.

WORLD (Morise et al. 2016, through ``pyworld``) takes a sound apart into pitch, envelope and
noisiness. What has been through it sounds a little vocoded, so words are sent through it as often
as filled pauses are: the vocoder itself must tell nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.voices import RATE_HZ, Samples

Rng = np.random.Generator
Floats = NDArray[np.float64]
HOP_MS = 5.0

DURATION_S = {"uh": (0.32, 0.45, 0.12, 1.0), "um": (0.45, 0.40, 0.18, 1.2),
              "hmm": (0.45, 0.4, 0.15, 1.3), "affirm": (0.5, 0.25, 0.3, 0.9),
              "word": (0.45, 0.4, 0.2, 1.0)}  # fmt: skip
"""Median, spread (of the logarithm), least and most length of each sound."""


@dataclass(frozen=True, slots=True, eq=False)
class Throat:
    """A sound taken apart by WORLD, a frame every 5 ms."""

    f0: Floats
    envelope: Floats
    noisiness: Floats


def take_apart(samples: Samples, hop_ms: float = HOP_MS) -> Throat:
    """Pitch, spectral envelope and noisiness of a sound."""
    import pyworld  # type: ignore[import-not-found, unused-ignore]

    wave = np.ascontiguousarray(samples, np.float64)
    f0, times = pyworld.dio(wave, RATE_HZ, frame_period=hop_ms, f0_floor=60.0, f0_ceil=500.0)
    f0 = pyworld.stonemask(wave, f0, times, RATE_HZ)
    return Throat(
        f0, pyworld.cheaptrick(wave, f0, times, RATE_HZ), pyworld.d4c(wave, f0, times, RATE_HZ)
    )


def put_together(throat: Throat, hop_ms: float = HOP_MS) -> Samples:
    """The sound again."""
    import pyworld  # type: ignore[import-not-found, unused-ignore]

    parts = (
        np.ascontiguousarray(p, np.float64) for p in (throat.f0, throat.envelope, throat.noisiness)
    )
    wave = pyworld.synthesize(*parts, RATE_HZ, hop_ms)
    return np.asarray(wave, np.float32)


def _at(frames: Floats, places: Floats) -> Floats:
    """Frames at fractional places, interpolated."""
    low = np.clip(np.floor(places).astype(int), 0, len(frames) - 1)
    high = np.minimum(low + 1, len(frames) - 1)
    part = (places - low)[:, None] if frames.ndim == 2 else places - low
    return np.asarray(frames[low] * (1 - part) + frames[high] * part)


def _scaled_axis(frames: Floats, scale: float) -> Floats:
    """Envelopes with their frequency axis stretched: a shorter throat for ``scale`` above 1."""
    bins = frames.shape[1]
    places = np.clip(np.arange(bins) / scale, 0, bins - 1)
    return _at(frames.T, places).T


def other_throat(samples: Samples, pitch: float, throat: float, breathy: float = 0.0) -> Samples:
    """The same words from another throat: pitch and formants scaled, more breath."""
    coarse_ms = 2 * HOP_MS  # half the work; enough for running speech
    parts = take_apart(samples, coarse_ms)
    noisiness = np.clip(parts.noisiness + breathy * (1 - parts.noisiness), 0, 1)
    return put_together(
        Throat(parts.f0 * pitch, _scaled_axis(parts.envelope, throat), noisiness), coarse_ms
    )


def shaped(first: Throat, second: Throat, kind: str, rng: Rng) -> Samples:
    """A filled pause made from two sounds of a voice: held, flat or falling, at times creaky."""
    median, spread, least, most = DURATION_S[kind]
    seconds = float(np.clip(median * np.exp(spread * rng.standard_normal()), least, most))
    count = max(8, int(seconds * 1000 / HOP_MS))
    # the middle is held: time runs fast through the ends and slowly, unevenly, between
    knots = np.sort(np.concatenate([[0, 1], rng.uniform(0.1, 0.9, 2)]))
    times = np.sort(np.concatenate([[0, 1], rng.uniform(0.1, 0.9, 2)]))
    flow = np.interp(np.linspace(0, 1, count), times, knots)
    one, two = flow * (len(first.f0) - 1), flow * (len(second.f0) - 1)
    mix = 0.0 if kind in ("affirm", "word") else rng.uniform(0, 0.5)
    envelope = np.exp(
        (1 - mix) * np.log(_at(first.envelope, one) + 1e-12)
        + mix * np.log(_at(second.envelope, two) + 1e-12)
    )
    envelope = _scaled_axis(envelope, rng.uniform(0.93, 1.08))
    noisiness = _at(first.noisiness, one)
    voiced = first.f0[first.f0 > 0]
    base = (np.median(voiced) if voiced.size else 120.0) * rng.uniform(0.75, 1.1)
    if kind in ("affirm", "word"):
        f0 = np.where(_at(first.f0, one) > 40, _at(first.f0, one), 0)
    else:
        fall = rng.choice([0.0, -2.0, -5.0, 1.0], p=[0.35, 0.35, 0.2, 0.1]) * rng.uniform(0.5, 1.5)
        seconds_in = np.arange(count) * HOP_MS / 1000
        wobble = np.cumsum(rng.standard_normal(count)) * 0.03
        f0 = base * 2 ** ((fall * seconds_in + wobble - wobble.mean()) / 12)
        if rng.random() < 0.2:  # creak: slow, uneven pulses towards the end
            start = int(count * rng.uniform(0, 0.7))
            f0[start:] = rng.uniform(35, 65) * (1 + 0.12 * rng.standard_normal(count - start))
    if rng.random() < 0.3:
        noisiness = np.clip(noisiness + rng.uniform(0, 0.5) * (1 - noisiness), 0, 1)
    wave = put_together(Throat(f0, envelope, noisiness))
    return faded(wave, rng.uniform(0.01, 0.06), rng.uniform(0.03, 0.15))


def held_end(samples: Samples, rng: Rng) -> Samples:
    """Words whose end is drawn out ("sooo"), through WORLD with a flattened pitch."""
    tail = int(rng.uniform(0.12, 0.3) * RATE_HZ)
    if samples.size < 2 * tail:
        return samples
    parts = take_apart(samples[-tail:])
    count = int(len(parts.f0) * rng.uniform(1.5, 3.5))
    places = np.linspace(0, len(parts.f0) - 1, count)
    f0 = _at(parts.f0, places)
    f0[f0 < 50] = 0
    if (f0 > 0).any():
        level = np.median(f0[f0 > 0])
        f0 = np.where(f0 > 0, level + 0.4 * (f0 - level), 0)
    end = put_together(Throat(f0, _at(parts.envelope, places), _at(parts.noisiness, places)))
    return joined(samples[:-tail], end, 0.015)


def stretched(samples: Samples, factor: float) -> Samples:
    """Samples made longer or shorter at the same pitch (overlap-add at the best match)."""
    size, hop, search = 512, 256, 160
    if samples.size < 3 * size or abs(factor - 1) < 0.02:
        return samples
    window = np.hanning(size).astype(np.float32)
    count = int(samples.size * factor / hop)
    out = np.zeros(count * hop + size, np.float32)
    weight = np.full_like(out, 1e-6)
    previous = 0
    for k in range(count):
        wanted = min(int(k * hop / factor), samples.size - size)
        place = wanted
        if k and previous + hop + size <= samples.size:
            template = samples[previous + hop : previous + hop + size]
            low, high = max(0, wanted - search), min(samples.size - size, wanted + search)
            if high > low:
                scores = np.correlate(samples[low : high + size], template, "valid")
                place = low + int(np.argmax(scores))
        out[k * hop : k * hop + size] += window * samples[place : place + size]
        weight[k * hop : k * hop + size] += window
        previous = place
    return np.asarray(
        out[: int(samples.size * factor)] / np.maximum(weight, 0.3)[: int(samples.size * factor)],
        np.float32,
    )


def faded(samples: Samples, in_s: float, out_s: float) -> Samples:
    """Samples with a soft start and end."""
    made = samples.copy()
    a, b = min(int(in_s * RATE_HZ), made.size // 2), min(int(out_s * RATE_HZ), made.size // 2)
    if a:
        made[:a] *= np.sin(np.linspace(0, np.pi / 2, a, dtype=np.float32)) ** 2
    if b:
        made[-b:] *= np.cos(np.linspace(0, np.pi / 2, b, dtype=np.float32)) ** 2
    return made


def joined(left: Samples, right: Samples, over_s: float) -> Samples:
    """Two sounds run into each other over ``over_s`` seconds."""
    n = min(int(over_s * RATE_HZ), left.size, right.size)
    if n <= 0:
        return np.concatenate([left, right])
    ramp = np.linspace(0, 1, n, dtype=np.float32)
    middle = left[-n:] * (1 - ramp) + right[:n] * ramp
    return np.concatenate([left[:-n], middle, right[n:]])


def fast_size(count: int) -> int:
    """A length of at least ``count`` for which the Fourier transform is quick."""
    power = 1 << max(6, (count - 1).bit_length())
    return power * 3 // 4 if power * 3 // 4 >= count else power


def band_noise(seconds: float, low_hz: float, high_hz: float, rng: Rng) -> Samples:
    """Noise between two frequencies, peak about 1."""
    count = max(64, int(seconds * RATE_HZ))
    size = fast_size(count)
    spectrum = np.fft.rfft(rng.standard_normal(size))
    hertz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    shape = 1 / (1 + (hertz / high_hz) ** 4) * (1 - 1 / (1 + (hertz / max(low_hz, 1)) ** 4))
    wave = np.fft.irfft(spectrum * shape, size)[:count]
    return np.asarray(wave / (np.abs(wave).max() + 1e-9), np.float32)


def breath(rng: Rng) -> Samples:
    """A breath: soft noise that swells and falls."""
    seconds = rng.uniform(0.2, 0.8)
    wave = band_noise(seconds, rng.uniform(200, 800), rng.uniform(1500, 5000), rng)
    swell = np.sin(np.linspace(0, np.pi, wave.size)) ** rng.uniform(1, 3)
    return np.asarray(wave * swell * rng.uniform(0.02, 0.15), np.float32)


def cough(rng: Rng) -> Samples:
    """A cough or a knock: a sharp start, noise that dies away."""
    wave = band_noise(rng.uniform(0.1, 0.4), 100, rng.uniform(800, 4000), rng)
    return np.asarray(
        wave * np.exp(-np.linspace(0, rng.uniform(3, 8), wave.size)) * rng.uniform(0.2, 1),
        np.float32,
    )


def laughter(sounds: tuple[Samples, ...], rng: Rng) -> Samples:
    """Laughter: a row of short breathy vowels, falling in pitch and strength."""
    pieces: list[Samples] = []
    pitch = rng.uniform(1.1, 1.7)
    source = sounds[int(rng.integers(len(sounds)))]
    for i in range(int(rng.integers(3, 8))):
        middle = source[source.size // 4 :][: int(rng.uniform(0.06, 0.12) * RATE_HZ)]
        if middle.size < 800:
            middle = source
        made = other_throat(middle, pitch * 0.94**i, rng.uniform(0.98, 1.05), rng.uniform(0.3, 0.9))
        pieces += [faded(made, 0.01, 0.03) * np.float32(0.9**i)]
        puff = band_noise(rng.uniform(0.04, 0.1), 500, 4000, rng) * np.float32(
            rng.uniform(0.01, 0.06)
        )
        pieces.append(np.asarray(puff, np.float32))
    return np.concatenate(pieces)
