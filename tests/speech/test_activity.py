from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.speech.activity import (
    BANDS,
    FRAME,
    VOICE_WINDOW,
    Activity,
    ActivityTracker,
    band_power,
    bundled_voice_model,
)

RNG = np.random.default_rng(3)
SOUND = (RNG.normal(size=16_000) * np.repeat(RNG.uniform(0, 0.3, 100), 160)).astype(np.float32)


def counting_model(
    windows: np.ndarray, h: np.ndarray, c: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Stands in for Silero: remembers how much it has heard, as a recurrent network does."""
    out = []
    for window in windows:
        h = h + np.float32(np.abs(window).mean())
        out.append(h.ravel()[0])
    return np.array(out, np.float32), h, c


def track(samples: np.ndarray, sizes: list[int], model: object = counting_model) -> Activity:
    tracker = ActivityTracker(model)  # type: ignore[arg-type]
    at = 0
    for size in sizes:
        tracker.feed(samples[at : at + size])
        at += size
    tracker.feed(samples[at:])
    tracker.finish()
    return tracker.track()


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(0, 16_000),
    sizes=st.lists(st.integers(0, 4000), max_size=20),
)
def test_any_split_gives_the_same_tracks_to_the_bit(count: int, sizes: list[int]) -> None:
    whole = track(SOUND[:count], [])
    pieces = track(SOUND[:count], sizes)
    np.testing.assert_array_equal(whole.speech_probability, pieces.speech_probability)
    np.testing.assert_array_equal(whole.band_power, pieces.band_power)
    assert len(whole.speech_probability) == -(-count // VOICE_WINDOW)
    assert whole.band_power.shape == (count // FRAME, BANDS)


@settings(max_examples=10, deadline=None)
@given(sizes=st.lists(st.integers(1, 5000), max_size=10))
def test_silero_itself_gives_the_same_whatever_the_split(sizes: list[int]) -> None:
    model = bundled_voice_model()
    whole, pieces = track(SOUND, [], model), track(SOUND, sizes, model)
    np.testing.assert_array_equal(whole.speech_probability, pieces.speech_probability)


def test_silero_steps_equal_one_pass_over_the_whole() -> None:
    model = bundled_voice_model()
    padded = np.concatenate([np.zeros(64, np.float32), SOUND])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 576)[::512]
    zeros = np.zeros((1, 1, 128), np.float32)
    expected, _, _ = model(np.ascontiguousarray(windows), zeros, zeros)
    found = track(SOUND, [700, 3], model).speech_probability
    np.testing.assert_allclose(found[: len(expected)], expected, atol=1e-6)


def test_every_window_is_reported_once() -> None:
    tracker = ActivityTracker(counting_model)
    pairs = [pair for at in range(0, 16_000, 333) for pair in tracker.feed(SOUND[at : at + 333])]
    pairs += tracker.finish()
    assert len(pairs) == 32
    np.testing.assert_array_equal([p for p, _ in pairs], tracker.track().speech_probability)


def test_loudness_of_a_full_scale_tone_is_minus_three_db() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(16_000) / 16_000).astype(np.float32)
    tracker = ActivityTracker(counting_model)
    loudness = [db for _, db in tracker.feed(tone)]
    assert loudness[5] == pytest.approx(-3.01, abs=0.05)
    tracker.finish()
    assert tracker.track().level_db[50] == pytest.approx(-3.01, abs=0.1)


def test_band_power_puts_a_tone_into_one_band() -> None:
    t = np.arange(FRAME * 20 + 160) / 16_000
    power = band_power(np.sin(2 * np.pi * 1500 * t).astype(np.float32))
    share = power[10] / power[10].sum()
    assert share.max() > 0.95


def test_no_sound_at_all_is_not_an_error() -> None:
    activity = track(np.zeros(0, np.float32), [])
    assert activity.band_power.shape == (0, BANDS)
    assert activity.frame_probability.shape == (0,)


@settings(max_examples=40, deadline=None)
@given(count=st.integers(0, 16_000), known=st.integers(0, 16_000))
def test_the_tracks_so_far_are_the_beginning_of_the_whole(count: int, known: int) -> None:
    tracker = ActivityTracker(counting_model)
    tracker.feed(SOUND[: min(known, count)])
    so_far = tracker.track()
    whole = track(SOUND[:count], [min(known, count)])
    frames = len(so_far.band_power)
    assert frames >= min(known, count) // FRAME - 16 - 4 * VOICE_WINDOW // FRAME
    np.testing.assert_array_equal(so_far.band_power, whole.band_power[:frames])
    np.testing.assert_array_equal(so_far.frame_probability, whole.frame_probability[:frames])
