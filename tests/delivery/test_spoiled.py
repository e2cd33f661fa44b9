from __future__ import annotations

from dataclasses import fields, replace

import pytest

from simulator.delivery.measures import Delivery, measure_delivery
from simulator.delivery.spoiled import (
    COUNTS,
    EVERYTHING,
    LOUDNESS,
    PITCH,
    SILENCE,
    SPOILS,
    WORDS,
    find_spoiled,
    length_problem,
)
from simulator.speech.timeline import Prosody, Speech
from tests.delivery.saying import CLEAN, flat_prosody, said, sound, speech_of

SENTENCE = "We moved the whole team to weekly planning and it worked. / "


def long_answer() -> Speech:
    words = said(SENTENCE * 8, 1.0)
    end_s = words[-1].end_s
    prosody = flat_prosody(end_s + 1.0)
    moving = prosody.f0_hz.copy()
    moving[::2] *= 1.5
    lively = Prosody(prosody.loudness_db, moving)
    return speech_of(words, [sound(end_s + 0.1, end_s + 0.5)], prosody=lively)


def missing(delivery: Delivery) -> set[str]:
    return {name for name in EVERYTHING if getattr(delivery, name) is None}


def test_every_spoiled_measure_exists() -> None:
    assert {field.name for field in fields(Delivery)} >= EVERYTHING


def test_nothing_is_missing_from_a_good_recording() -> None:
    assert missing(measure_delivery(long_answer())) == set()


@pytest.mark.parametrize(
    ("problem", "measures"),
    [
        ("clipped", LOUDNESS),
        ("too_quiet", LOUDNESS),
        ("narrowband", PITCH),
        ("noisy", SILENCE | PITCH | LOUDNESS),
        ("dropouts", SPOILS["dropouts"]),
    ],
)
def test_a_problem_of_the_sound_turns_off_just_what_it_spoils(
    problem: str, measures: frozenset[str]
) -> None:
    speech = replace(long_answer(), quality=replace(CLEAN, problems=(problem,)))
    delivery = measure_delivery(speech)
    assert missing(delivery) == measures
    assert delivery.cannot_judge == (problem,)
    assert delivery.filled_pauses_per_minute is not None


@pytest.mark.parametrize("doubt", ["not_english", "hallucination", "low_confidence"])
def test_a_doubt_about_the_words_turns_off_what_counts_words(doubt: str) -> None:
    delivery = measure_delivery(replace(long_answer(), doubts=(doubt,)))
    assert missing(delivery) == WORDS
    assert delivery.phonation_time_ratio is not None
    assert delivery.pitch_range_semitones is not None
    assert delivery.rates_agree is None


def test_dropouts_leave_the_wait_before_the_answer() -> None:
    speech = replace(long_answer(), quality=replace(CLEAN, problems=("dropouts",)))
    assert measure_delivery(speech).response_latency_s == 1.0


def test_a_short_answer_has_rates_but_no_counts() -> None:
    delivery = measure_delivery(speech_of(said("We moved the whole team to weekly planning" * 2)))
    assert delivery.cannot_judge == ("too_short",)
    assert delivery.words_per_minute is not None
    assert delivery.filled_pauses_per_minute is None
    assert missing(delivery) >= COUNTS


def test_silence_turns_everything_off() -> None:
    quality = replace(CLEAN, problems=("silent",), usable=False)
    delivery = measure_delivery(speech_of(duration_s=30.0, quality=quality))
    assert missing(delivery) == EVERYTHING
    assert delivery.cannot_judge == ("silent",)


@pytest.mark.parametrize(
    ("spoken_s", "words", "problem"),
    [
        (3.9, 100, "far_too_short"),
        (100.0, 7, "far_too_short"),
        (19.9, 100, "too_short"),
        (100.0, 39, "too_short"),
        (20.0, 40, None),
    ],
)
def test_how_much_is_enough(spoken_s: float, words: int, problem: str | None) -> None:
    assert length_problem(spoken_s, words) == problem


def test_each_reason_is_told_once_and_unknown_ones_are_refused() -> None:
    assert find_spoiled(["noisy", "clipped", "noisy"]).reasons == ("noisy", "clipped")
    assert find_spoiled([]).measures == frozenset()
    with pytest.raises(KeyError):
        find_spoiled(["haunted"])
