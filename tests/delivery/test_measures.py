from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.delivery.measures import Delivery, measure_delivery
from simulator.speech.silence import find_silent_pauses
from simulator.speech.timeline import (
    FRAME_S,
    FilledPause,
    Prosody,
    Repair,
    Span,
    Speech,
    Word,
)
from tests.delivery.saying import CLEAN, said, sound, spans_of, speech_of


def minute() -> Speech:
    """60 s of speech: 100 words of one syllable in 50 s, 8 silences of 1 s, 4 ums of 0.5 s."""
    words: list[Word] = []
    sounds: list[FilledPause] = []
    at = 2.0
    for part in range(10):
        words += said("plan " * 10, at, 0.5)
        at += 5.0
        if part < 8:
            at += 1.0
        if part < 4:
            sounds.append(sound(at, at + 0.5))
            at += 0.5
    last = words[-1]
    words[-1] = replace(last, text="plan.")
    return speech_of(words, sounds)


def test_a_minute_made_to_measure() -> None:
    delivery = measure_delivery(minute())
    assert delivery.spoken_s == pytest.approx(60.0)
    assert delivery.words_per_minute == pytest.approx(100.0)
    assert delivery.syllables == 100
    assert delivery.speech_rate_syllables_per_s == pytest.approx(100 / 60, abs=1e-4)
    assert delivery.articulation_rate_syllables_per_s == pytest.approx(2.0)
    assert delivery.phonation_time_ratio == pytest.approx(52 / 60, abs=1e-4)
    assert delivery.mean_length_of_run_syllables == pytest.approx(100 / 9, abs=1e-3)
    assert delivery.filled_pauses_per_minute == pytest.approx(4.0)
    assert delivery.filled_pauses_per_100_words == pytest.approx(4.0)
    assert delivery.silent_pauses_per_minute == pytest.approx(8.0)
    assert delivery.mean_pause_s == pytest.approx(1.0)
    assert delivery.longest_pause_s == pytest.approx(1.0)
    assert delivery.response_latency_s == 2.0
    assert delivery.pace_change_share is not None
    assert delivery.cannot_judge == ()


def test_the_three_tiers_are_never_one_sum() -> None:
    text = "So I started. I think we, you know, moved the team. " * 8
    words = said(text)
    delivery = measure_delivery(speech_of(words, [sound(words[-1].end_s, words[-1].end_s + 0.4)]))
    assert len(delivery.placed_filled_pauses) == 1
    assert len(delivery.discourse_markers) == 16
    assert len(delivery.hedges) == 8
    hundreds = len(words) / 100
    assert delivery.discourse_markers_per_100_words == pytest.approx(16 / hundreds, abs=1e-3)
    assert delivery.hedges_per_100_words == pytest.approx(8 / hundreds, abs=1e-3)
    assert delivery.filled_pauses_per_100_words == pytest.approx(1 / hundreds, abs=1e-3)


def test_repairs_are_counted_per_100_words() -> None:
    speech = minute()
    repair = Repair(2.0, 2.5, "repetition", "plan", 0, 0)
    assert measure_delivery(replace(speech, repairs=(repair,) * 3)).repairs_per_100_words == 3.0


def test_an_answer_without_silences_has_no_mean_pause() -> None:
    delivery = measure_delivery(speech_of(said("plan " * 60, 0.0, 0.5)))
    assert delivery.silent_pauses_per_minute == 0.0
    assert delivery.mean_pause_s is None
    assert delivery.longest_pause_s is None


def test_without_a_full_stop_no_share_of_sentence_ends_is_known() -> None:
    delivery = measure_delivery(speech_of(said("plan " * 60, 0.0, 0.5)))
    assert delivery.faded_ends_share is None
    assert delivery.rising_ends_share is None


def test_sounds_alone_have_no_rate_of_words() -> None:
    delivery = measure_delivery(speech_of((), [sound(i, i + 0.5) for i in range(0, 30, 2)]))
    assert delivery.words_per_minute is None
    assert delivery.articulation_rate_syllables_per_s is None
    assert delivery.filled_pauses_per_100_words is None
    assert delivery.syllables is None


def test_nobody_spoke_is_undefined_and_never_zero() -> None:
    delivery = measure_delivery(speech_of(duration_s=20.0))
    numbers = [getattr(delivery, f.name) for f in fields(Delivery) if "float" in str(f.type)]
    assert numbers
    assert all(number is None for number in numbers)
    assert delivery.cannot_judge == ("no_speech",)


def swinging(duration_s: float, rate: float) -> Prosody:
    at = np.arange(round(duration_s / FRAME_S)) * FRAME_S
    loudness = -26 - 6 * np.cos(2 * np.pi * rate * at)
    f0 = 120 + 20 * np.sin(at)
    return Prosody(loudness.astype(np.float32), f0.astype(np.float32))


def test_the_two_rates_agree_when_the_words_are_all_there() -> None:
    words = said("plan " * 100, 0.0, 0.25)
    delivery = measure_delivery(speech_of(words, prosody=swinging(25.5, 4.0)))
    assert delivery.signal_articulation_rate_syllables_per_s == pytest.approx(4.0, abs=0.1)
    assert delivery.rates_agree is True


def test_the_two_rates_disagree_when_words_are_missing() -> None:
    words = said("plan " * 50, 0.0, 0.5)
    delivery = measure_delivery(speech_of(words, prosody=swinging(25.5, 4.0)))
    assert delivery.rates_agree is False


def stretch(at: float, length: float) -> Span:
    return Span(round(at, 2), round(at + length, 2))


moments = st.lists(st.builds(stretch, st.floats(0, 60), st.floats(0.02, 3.0)), max_size=30).map(
    lambda spans: sorted(spans, key=lambda span: (span.start_s, span.end_s))
)
texts = st.sampled_from(
    ["plan", "I", "like,", "you", "know", "2014.", "so", "—", "um?", "$40k", ""]
)
known_problems = st.lists(
    st.sampled_from(["clipped", "noisy", "too_quiet", "narrowband", "dropouts", "silent"]),
    max_size=3,
    unique=True,
)


@st.composite
def speeches(draw: st.DrawFn) -> Speech:
    words = [
        Word(span.start_s, span.end_s, draw(texts), draw(st.floats(0, 1))) for span in draw(moments)
    ]
    sounds = [sound(span.start_s, span.end_s) for span in draw(moments)]
    spans = spans_of([*words, *sounds])
    frames = draw(st.integers(0, 700))
    random = np.random.default_rng(draw(st.integers(0, 1000)))
    f0 = random.uniform(60, 400, frames)
    f0[random.random(frames) < draw(st.floats(0, 1))] = np.nan
    prosody = Prosody(random.uniform(-120, 0, frames).astype(np.float32), f0.astype(np.float32))
    return Speech(
        duration_s=70.0,
        words=tuple(words),
        filled_pauses=tuple(sounds),
        silent_pauses=find_silent_pauses(spans, words),
        repairs=(),
        speech_spans=spans,
        prosody=prosody,
        quality=replace(CLEAN, problems=tuple(draw(known_problems))),
        doubts=tuple(draw(st.lists(st.sampled_from(["low_confidence"]), max_size=1))),
    )


@settings(max_examples=150, deadline=None)
@given(speeches())
def test_any_speech_can_be_measured_and_shares_are_shares(speech: Speech) -> None:
    delivery = measure_delivery(speech)
    for name in ("phonation_time_ratio", "monotone_share", "faded_ends_share", "rising_ends_share"):
        share = getattr(delivery, name)
        assert share is None or 0 <= share <= 1, name
    for field in fields(Delivery):
        value = getattr(delivery, field.name)
        if isinstance(value, float):
            assert np.isfinite(value), field.name
            assert value >= 0 or field.name == "loudness_db", field.name
    speech_rate = delivery.speech_rate_syllables_per_s
    articulation = delivery.articulation_rate_syllables_per_s
    if speech_rate is not None and articulation is not None:
        assert articulation >= speech_rate - 1e-3
