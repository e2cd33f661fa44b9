from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.activity import ActivityTracker
from simulator.speech.quality import DROPOUT_SAMPLES, _zeros, count_dropouts, measure_quality
from simulator.speech.speech_frames import runs
from simulator.speech.timeline import AudioQuality, Span

RATE = 16_000
SPOKEN = np.zeros(500, bool)
SPOKEN[100:200] = SPOKEN[250:400] = True


def silero_stand_in(
    windows: np.ndarray, h: np.ndarray, c: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sure of a voice wherever the sound is loud."""
    loud = np.mean(np.square(windows[:, 64:]), axis=1) > 1e-5
    return np.where(loud, 0.99, 0.01).astype(np.float32), h, c


def speech(level: float = 0.1, noise: float = 0.0005, highest_hz: float = 8000) -> np.ndarray:
    """Five seconds: a wide buzz with hiss where `SPOKEN`, noise everywhere."""
    rng = np.random.default_rng(2)
    sound = rng.normal(size=5 * RATE)
    spectrum = np.fft.rfft(sound)
    spectrum[np.fft.rfftfreq(len(sound), 1 / RATE) > highest_hz] = 0
    sound = np.fft.irfft(spectrum, len(sound))
    sound *= level / sound.std() * np.repeat(SPOKEN, 160)
    hiss = np.fft.rfft(rng.normal(size=len(sound)))
    hiss[np.fft.rfftfreq(len(sound), 1 / RATE) > highest_hz] = 0
    return (sound + noise * np.fft.irfft(hiss, len(sound))).astype(np.float32)


def measure(samples: np.ndarray, gaps: tuple[Span, ...] = ()) -> AudioQuality:
    tracker = ActivityTracker(silero_stand_in)
    tracker.feed(samples)
    tracker.finish()
    return measure_quality(samples, tracker.track(), SPOKEN, gaps)


def test_a_clean_recording_has_no_problems() -> None:
    quality = measure(speech())
    assert quality.problems == ()
    assert quality.usable
    assert quality.bandwidth_hz is not None
    assert quality.bandwidth_hz > 7000


@pytest.mark.parametrize("snr_db", [5.0, 15.0, 30.0])
def test_snr_is_measured_to_a_decibel(snr_db: float) -> None:
    noise = 0.1 * 10 ** (-snr_db / 20)
    quality = measure(speech(noise=noise))
    assert quality.snr_db == pytest.approx(snr_db, abs=1.5)
    assert ("noisy" in quality.problems) == (snr_db < 10)


@pytest.mark.parametrize(("level_db", "too_quiet"), [(-25, False), (-40, False), (-50, True)])
def test_the_speech_level_is_measured(level_db: float, *, too_quiet: bool) -> None:
    level = 10 ** (level_db / 20)
    quality = measure(speech(level=level, noise=level / 100))
    assert quality.speech_level_db == pytest.approx(level_db, abs=1.0)
    assert ("too_quiet" in quality.problems) == too_quiet


def test_clipping_is_a_share_of_the_speech() -> None:
    samples = np.clip(speech(level=0.5), -1, 1)
    expected = np.mean(np.abs(samples.reshape(-1, 160)[SPOKEN]) >= 0.99)
    quality = measure(samples)
    assert quality.clipped_fraction == pytest.approx(expected, abs=1e-6)
    assert quality.problems == ("clipped",)


def test_a_telephone_band_is_narrow() -> None:
    quality = measure(speech(highest_hz=3600))
    assert quality.problems == ("narrowband",)
    assert quality.bandwidth_hz == pytest.approx(3600, abs=150)


def test_zeros_that_cut_into_speech_are_dropouts() -> None:
    samples = speech()
    samples[int(1.3 * RATE) : int(1.33 * RATE)] = 0
    samples[int(3.0 * RATE) : int(3.1 * RATE)] = 0
    quality = measure(samples)
    assert quality.dropouts == 2
    assert quality.problems == ("dropouts",)


def test_a_noise_gate_makes_no_dropouts() -> None:
    t = np.arange(RATE) / RATE
    tone = (0.2 * np.sin(2 * np.pi * 150 * t)).astype(np.float32)
    fade = np.clip(np.minimum(t[:6400], t[:6400][::-1]) / 0.02, 0, 1).astype(np.float32)
    samples = np.zeros(RATE, np.float32)
    samples[:6400] = tone[:6400] * fade
    samples[8000:14_400] = tone[:6400] * fade
    assert count_dropouts(samples, -20.0) == 0


def test_gaps_that_the_recorder_marked_count() -> None:
    assert measure(speech(), (Span(1.0, 1.2),)).dropouts == 1


def test_exact_silence_is_silent_and_nothing_can_be_judged() -> None:
    quality = measure(np.zeros(5 * RATE, np.float32))
    assert quality.problems == ("silent",)
    assert not quality.usable
    assert quality.snr_db is None


def test_speech_without_a_pause_has_no_known_snr() -> None:
    samples = speech()
    tracker = ActivityTracker(silero_stand_in)
    tracker.feed(samples)
    tracker.finish()
    assert measure_quality(samples, tracker.track(), np.ones(500, bool)).snr_db is None


@given(
    runs_of=st.lists(st.tuples(st.integers(1, 300), st.integers(1, 90)), min_size=1, max_size=8),
    sparse=st.booleans(),
)
def test_every_long_run_of_zeros_is_found(runs_of: list[tuple[int, int]], *, sparse: bool) -> None:
    pieces = [np.concatenate([np.zeros(zeros), np.ones(ones)]) for zeros, ones in runs_of]
    samples = np.concatenate(pieces).astype(np.float32)
    if sparse:  # single zeros everywhere, as quiet rooms have them
        samples[::32] = 0
    assert list(_zeros(samples)) == runs(samples == 0, least=DROPOUT_SAMPLES)
