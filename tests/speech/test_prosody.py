from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.speech.prosody import ProsodyTracker, find_voiced
from simulator.speech.timeline import Prosody

RATE = 16_000


def track(samples: np.ndarray, sizes: tuple[int, ...] = ()) -> Prosody:
    tracker = ProsodyTracker()
    at = 0
    for size in sizes:
        tracker.feed(samples[at : at + size])
        at += size
    tracker.feed(samples[at:])
    return tracker.finish()


def voice(f0_hz: np.ndarray, level: float = 0.1) -> np.ndarray:
    """A buzz with falling harmonics at a pitch given for every sample."""
    phase = 2 * np.pi * np.cumsum(f0_hz) / RATE
    return (level * sum(np.sin(k * phase) / k for k in range(1, 9))).astype(np.float32)


@pytest.mark.parametrize("f0_hz", [75.0, 110.0, 220.0, 400.0])
def test_the_pitch_of_a_steady_voice_is_found(f0_hz: float) -> None:
    prosody = track(voice(np.full(RATE, f0_hz)))
    inner = prosody.f0_hz[10:-10]
    assert np.isfinite(inner).all()
    np.testing.assert_allclose(inner, f0_hz, rtol=0.01)


def test_a_glide_is_followed() -> None:
    glide = np.linspace(120, 240, 2 * RATE)
    found = track(voice(glide)).f0_hz[10:-10]
    expected = glide[80::160][10:-10]
    np.testing.assert_allclose(found, expected, rtol=0.02)


def test_noise_and_silence_have_no_pitch() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, RATE).astype(np.float32)
    assert np.isfinite(track(noise).f0_hz).mean() < 0.05
    assert not np.isfinite(track(np.zeros(RATE, np.float32)).f0_hz).any()


def test_a_constant_offset_changes_no_pitch() -> None:
    buzz = voice(np.full(RATE, 90.0))
    np.testing.assert_allclose(track(buzz + 0.1).f0_hz, track(buzz).f0_hz, rtol=0.01)


def test_loudness_is_in_decibels_of_full_scale() -> None:
    tone = np.sin(2 * np.pi * 200 * np.arange(RATE) / RATE).astype(np.float32)
    np.testing.assert_allclose(track(tone).loudness_db[10:-10], -3.01, atol=0.2)
    assert track(np.zeros(RATE, np.float32)).loudness_db.max() == -120


@settings(max_examples=20, deadline=None)
@given(
    count=st.integers(0, 24_000),
    sizes=st.lists(st.integers(0, 6000), max_size=12).map(tuple),
)
def test_any_split_gives_the_same_tracks_to_the_bit(count: int, sizes: tuple[int, ...]) -> None:
    rng = np.random.default_rng(4)
    sound = voice(np.linspace(100, 180, 24_000))
    sound = (sound + rng.normal(0, 0.01, len(sound))).astype(np.float32)[:count]
    whole, pieces = track(sound), track(sound, sizes)
    np.testing.assert_array_equal(whole.loudness_db, pieces.loudness_db)
    np.testing.assert_array_equal(whole.f0_hz, pieces.f0_hz)
    assert len(whole.f0_hz) == len(whole.loudness_db) == count // 160


def test_an_octave_error_and_a_jump_are_dropped() -> None:
    f0 = np.full(100, 120, np.float32)
    f0[40:50] = 60.7
    f0[70] = 300
    voiced = find_voiced(np.full(100, -20, np.float32), f0, np.full(100, 0.9, np.float32))
    assert not voiced[40:50].any()
    assert not voiced[70]
    assert voiced[:40].all()
    assert voiced[71:].all()
