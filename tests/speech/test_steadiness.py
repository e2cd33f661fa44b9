"""Held sounds against gliding ones: synthetic vowels whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.speech.steadiness import follow_sound
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span

Floats = NDArray[np.float32]


def vowel(f0_hz: Floats, formant_hz: Floats) -> Floats:
    """A buzz at a pitch through one resonance, both given sample by sample."""
    phase = 2 * np.pi * np.cumsum(f0_hz) / SAMPLE_RATE_HZ
    wave = np.zeros(len(f0_hz))
    for harmonic in range(1, 25):
        gain = 1 / (1 + ((harmonic * f0_hz - formant_hz) / 150.0) ** 2)
        wave += gain * np.sin(harmonic * phase)
    return np.asarray(0.1 * wave, np.float32)


def gliding(seconds: float, rng: np.random.Generator) -> Floats:
    """Like running speech: pitch and resonance wander all the time."""
    count = int(seconds * SAMPLE_RATE_HZ)
    knots = np.linspace(0, count, max(3, int(seconds * 8)))
    f0 = np.interp(np.arange(count), knots, rng.uniform(95, 150, len(knots)))
    formant = np.interp(np.arange(count), knots, rng.uniform(350, 2200, len(knots)))
    return vowel(f0.astype(np.float32), formant.astype(np.float32))


def held(seconds: float, f0_hz: float = 110.0, fall_hz_per_s: float = 0.0) -> Floats:
    count = int(seconds * SAMPLE_RATE_HZ)
    f0 = f0_hz + fall_hz_per_s * np.arange(count) / SAMPLE_RATE_HZ
    return vowel(f0.astype(np.float32), np.full(count, 600, np.float32))


@pytest.fixture
def speech() -> Floats:
    rng = np.random.default_rng(4)
    rest = np.zeros(SAMPLE_RATE_HZ // 5, np.float32)
    return np.concatenate([gliding(2.0, rng), rest, held(0.5), rest, gliding(2.0, rng)])


HELD = Span(2.2, 2.7)
SAID = Span(0.5, 1.0)


def test_a_held_vowel_is_stiller_than_running_speech(speech: Floats) -> None:
    track = follow_sound(speech)
    still, moving = track.steadiness(HELD), track.steadiness(SAID)
    assert still.timbre_change < -1.0 < moving.timbre_change
    assert still.centroid_spread < 0.05 < moving.centroid_spread
    assert still.voiced_share > 0.9
    assert still.pitch_wander_semitones < 0.1


def test_nothing_hangs_on_the_level(speech: Floats) -> None:
    loud = follow_sound(speech).steadiness(HELD)
    soft = follow_sound(speech * np.float32(0.05)).steadiness(HELD)
    assert soft.timbre_change == pytest.approx(loud.timbre_change, abs=0.05)
    assert soft.centroid_spread == pytest.approx(loud.centroid_spread, abs=0.01)


def test_a_falling_pitch_is_told_in_semitones_a_second() -> None:
    track = follow_sound(held(1.0, f0_hz=160.0, fall_hz_per_s=-40.0))
    told = track.steadiness(Span(0.0, 1.0))
    expected = 12 * np.log2((160 - 40 * 0.85) / (160 - 40 * 0.15)) / 0.7
    assert told.pitch_slope_semitones_per_s == pytest.approx(expected, abs=0.5)
    assert told.pitch_offset_semitones == pytest.approx(0.0, abs=0.3)


def test_noise_has_no_pitch_and_no_stillness() -> None:
    rng = np.random.default_rng(2)
    noise = (0.1 * rng.standard_normal(SAMPLE_RATE_HZ)).astype(np.float32)
    told = follow_sound(noise).steadiness(Span(0.2, 0.8))
    assert told.voiced_share < 0.2
    assert told.pitch_wander_semitones == 0.0


@pytest.mark.parametrize("seconds", [0.0, 0.005, 0.02, 0.2])
def test_the_shortest_sounds_give_finite_numbers(seconds: float) -> None:
    samples = np.zeros(int(seconds * SAMPLE_RATE_HZ), np.float32)
    told = follow_sound(samples).steadiness(Span(0.0, seconds))
    values = [
        told.timbre_change, told.centroid_spread, told.centroid_height, told.voiced_share,
        told.pitch_wander_semitones, told.pitch_slope_semitones_per_s, told.pitch_offset_semitones,
    ]  # fmt: skip
    assert np.isfinite(values).all()
