from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.melody import (
    FADE_DB,
    _robust_sd,
    measure_melody,
    monotone_stretches,
    sentence_ends,
)
from simulator.speech.prosody import ProsodyTracker
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Prosody, Span
from tests.delivery.saying import flat_prosody, said


def semitones_above(f0_hz: float, semitones: np.ndarray) -> np.ndarray:
    return (f0_hz * 2 ** (semitones / 12)).astype(np.float32)


def tone(f0_hz: np.ndarray, level: float = 0.1) -> Prosody:
    """The tracks of a buzzing tone whose pitch follows ``f0_hz``, one value a frame."""
    per_sample = np.repeat(f0_hz.astype(np.float64), round(FRAME_S * SAMPLE_RATE_HZ))
    phase = 2 * np.pi * np.cumsum(per_sample) / SAMPLE_RATE_HZ
    sound = np.sum([np.sin(n * phase) / n for n in range(1, 8)], axis=0)
    tracker = ProsodyTracker()
    tracker.feed((level * sound).astype(np.float32))
    return tracker.finish()


def everywhere(prosody: Prosody) -> list[Span]:
    return [Span(0.0, len(prosody.loudness_db) * FRAME_S)]


def test_a_glide_has_the_range_it_was_made_with() -> None:
    # 12 semitones over 6 s; from the 5th to the 95th percentile 0.9 of that.
    prosody = tone(semitones_above(110, np.linspace(0, 12, 600)))
    melody = measure_melody(prosody, (), everywhere(prosody))
    assert melody.pitch_range_semitones == pytest.approx(10.8, abs=0.5)
    assert melody.pitch_median_hz == pytest.approx(110 * 2 ** (6 / 12), rel=0.03)


def test_a_level_tone_is_monotone_throughout() -> None:
    prosody = tone(np.full(1000, 140.0))
    melody = measure_melody(prosody, (), everywhere(prosody))
    assert melody.pitch_range_semitones == pytest.approx(0.0, abs=0.2)
    (stretch,) = melody.monotone_stretches
    assert stretch.start_s == 0.0
    assert stretch.end_s >= 9.0


def test_only_the_level_part_of_a_lively_answer_is_monotone() -> None:
    lively = 4 * np.sin(np.arange(1200) / 40)
    semitones = np.concatenate([lively, np.zeros(900), lively]).astype(np.float32)
    (stretch,) = monotone_stretches(semitones)
    # A window two thirds of which are level is level: 2 s more at either end.
    assert stretch.start_s == pytest.approx(12.0, abs=2.0)
    assert stretch.end_s == pytest.approx(21.0, abs=2.0)


def test_silence_is_not_monotone() -> None:
    assert monotone_stretches(np.full(2000, np.nan, np.float32)) == ()


def test_octave_slips_do_not_make_a_flat_voice_lively() -> None:
    semitones = np.zeros(1000, np.float32)
    semitones[::20] = 12.0
    assert len(monotone_stretches(semitones)) == 1


def test_with_too_little_voice_pitch_is_undefined_and_loudness_is_not() -> None:
    prosody = flat_prosody(2.9)
    melody = measure_melody(prosody, (), everywhere(prosody))
    assert melody.pitch_range_semitones is None
    assert melody.pitch_median_hz is None
    assert melody.loudness_db == -25.0


def test_without_speech_loudness_is_undefined() -> None:
    melody = measure_melody(flat_prosody(5.0), (), [])
    assert melody.loudness_db is None
    assert melody.loudness_range_db is None


def test_loudness_is_of_speech_only() -> None:
    prosody = flat_prosody(10.0, loudness_db=-20.0)
    prosody.loudness_db[500:] = -70.0
    melody = measure_melody(prosody, (), [Span(0.0, 5.0)])
    assert melody.loudness_db == -20.0
    assert melody.loudness_range_db == 0.0


SENTENCE = said("We moved the whole team to weekly planning.")


@pytest.mark.parametrize(("fall_db", "faded"), [(3.0, 0), (FADE_DB - 1, 0), (FADE_DB + 1, 1)])
def test_an_end_that_sinks_away_is_heard(fall_db: float, faded: int) -> None:
    prosody = flat_prosody(3.0)
    end = round(SENTENCE[-1].end_s / FRAME_S)
    prosody.loudness_db[end - 40 :] -= fall_db
    melody = measure_melody(prosody, SENTENCE, [Span(0.0, SENTENCE[-1].end_s)])
    assert melody.sentence_ends == 1
    assert len(melody.faded_ends) == faded


def rising(semitones: float) -> Prosody:
    prosody = flat_prosody(3.0)
    end = round(SENTENCE[-1].end_s / FRAME_S)
    prosody.f0_hz[end - 40 : end] = semitones_above(120, np.linspace(0, semitones, 40))
    return prosody


@pytest.mark.parametrize(("rise", "heard"), [(0.0, 0), (2.0, 0), (6.0, 1), (-6.0, 0)])
def test_a_statement_that_rises_like_a_question_is_heard(rise: float, heard: int) -> None:
    melody = measure_melody(rising(rise), SENTENCE, [Span(0.0, 2.4)])
    assert len(melody.rising_ends) == heard


def test_a_question_may_rise() -> None:
    question = said("Shall we move the whole team to weekly planning?")
    prosody = flat_prosody(4.0)
    end = round(question[-1].end_s / FRAME_S)
    prosody.f0_hz[end - 40 : end] = semitones_above(120, np.linspace(0, 6, 40))
    melody = measure_melody(prosody, question, [Span(0.0, question[-1].end_s)])
    assert melody.sentence_ends == 1
    assert melody.rising_ends == ()


def test_only_sentences_long_enough_are_judged() -> None:
    words = said("Yes. We moved the whole team. No. Because it was late")
    assert [whole.start_s for whole, _ in sentence_ends(words)] == [words[1].start_s]


@given(
    rows=st.lists(
        st.lists(st.floats(-20, 20, width=32) | st.just(float("nan")), min_size=12, max_size=12),
        min_size=1,
        max_size=5,
    )
)
def test_the_robust_spread_is_half_the_distance_of_two_percentiles(rows: list[list[float]]) -> None:
    values = np.array(rows, np.float32)
    counts = np.isfinite(values).sum(axis=1)
    for spread, row, count in zip(_robust_sd(values, counts), values, counts, strict=True):
        if count:
            low, high = np.percentile(row[np.isfinite(row)].astype(float), [16, 84])
            assert spread == pytest.approx((high - low) / 2, abs=1e-5)
        else:
            assert np.isnan(spread)
