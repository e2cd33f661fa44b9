from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.signal_rate import count_signal_syllables
from simulator.speech.prosody import ProsodyTracker
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Prosody, Span


def syllables(count: int, each_s: float = 0.2, dip_db: float = 12.0) -> Prosody:
    """A voice whose loudness swings once a syllable, from -20 dB down by ``dip_db``."""
    per = round(each_s / FRAME_S)
    frames = np.arange(count * per)
    swing = (1 - np.cos(2 * np.pi * frames / per)) / 2
    return Prosody(
        (-20.0 - dip_db * (1 - swing)).astype(np.float32), np.full(len(frames), 120.0, np.float32)
    )


def whole(prosody: Prosody) -> list[Span]:
    return [Span(0.0, len(prosody.loudness_db) * FRAME_S)]


@pytest.mark.parametrize("count", [1, 2, 7, 40])
@pytest.mark.parametrize("each_s", [0.12, 0.2, 0.35])
def test_every_swing_is_a_syllable(count: int, each_s: float) -> None:
    prosody = syllables(count, each_s)
    assert count_signal_syllables(prosody, whole(prosody)) == count


def test_a_sound_with_swinging_loudness_has_as_many_syllables_as_swings() -> None:
    seconds, rate = 5.0, 4.0
    at = np.arange(round(seconds * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    voice = np.sum([np.sin(2 * np.pi * 130 * n * at) / n for n in range(1, 12)], axis=0)
    loudness = 0.02 + 0.2 * (1 - np.cos(2 * np.pi * rate * at)) / 2
    tracker = ProsodyTracker()
    tracker.feed((voice * loudness).astype(np.float32))
    counted = count_signal_syllables(tracker.finish(), [Span(0.0, seconds)])
    assert abs(counted - seconds * rate) <= 1


def test_a_ripple_under_two_decibels_is_one_syllable() -> None:
    prosody = syllables(10, dip_db=1.5)
    assert count_signal_syllables(prosody, whole(prosody)) == 1


def test_without_a_voice_there_is_no_syllable() -> None:
    loud = syllables(10)
    hiss = Prosody(loud.loudness_db, np.full(len(loud.f0_hz), np.nan, np.float32))
    assert count_signal_syllables(hiss, whole(hiss)) == 0


def test_only_speech_is_counted() -> None:
    prosody = syllables(20)
    assert count_signal_syllables(prosody, [Span(0.0, 1.0), Span(2.0, 3.0)]) == 10
    assert count_signal_syllables(prosody, []) == 0


def test_a_far_softer_voice_behind_is_not_counted() -> None:
    near, far = syllables(10), syllables(10)
    both = Prosody(
        np.concatenate([near.loudness_db, far.loudness_db - 40]),
        np.concatenate([near.f0_hz, far.f0_hz]),
    )
    assert count_signal_syllables(both, whole(both)) == 10


def test_an_empty_recording_has_none() -> None:
    empty = Prosody(np.zeros(0, np.float32), np.zeros(0, np.float32))
    assert count_signal_syllables(empty, []) == 0


@given(st.lists(st.floats(-80, 0, width=32), min_size=1, max_size=200), st.floats(-40, 40))
def test_the_level_does_not_matter(levels: list[float], louder_db: float) -> None:
    loudness = np.array(levels, np.float64)
    f0 = np.full(len(levels), 100.0, np.float32)
    one = Prosody(loudness, f0)  # type: ignore[arg-type]
    other = Prosody(loudness + round(louder_db), f0)  # type: ignore[arg-type]
    spans = [Span(0.0, len(levels) * FRAME_S)]
    assert count_signal_syllables(one, spans) == count_signal_syllables(other, spans)
