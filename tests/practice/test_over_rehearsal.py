"""The same words in the same melody, several times running."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.practice.over_rehearsal import (
    Telling,
    melody_likeness,
    recital,
    shared_runs,
)
from simulator.speech.contour import Contour, melody_of

LEARNED = (
    "You would be getting someone who makes a night shift calmer and faster at the same time. I "
    "have run nights at the depot for four years, with thirty-two people."
)
FREE = (
    "What you get with me is a calmer night. Four years now I've been running the night shift at "
    "our depot, about thirty people, and it has become faster every year since."
)


def contour(seed: int) -> Contour:
    """A wandering voice of five seconds, with silences."""
    rng = np.random.default_rng(seed)
    steps = np.repeat(np.cumsum(rng.normal(0, 1.0, 25)), 20)
    f0: Contour = (110 * 2 ** ((steps - steps.mean()) / 12)).astype(np.float32)
    f0[100:140] = np.nan
    return f0


def tellings(texts: list[str], seeds: list[int | None]) -> list[Telling]:
    return [
        Telling(f"a{place}", text, None if seed is None else melody_of(contour(seed)))
        for place, (text, seed) in enumerate(zip(texts, seeds, strict=True))
    ]


def test_the_same_words_in_the_same_melody_three_times_is_a_recital() -> None:
    found = recital(tellings([LEARNED] * 4, [1, 2, 2, 2]))
    assert found is not None
    assert found.attempt_ids == ("a1", "a2", "a3")
    assert found.words == 1.0
    assert found.melody == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("texts", "seeds"),
    [
        ([LEARNED] * 2, [1, 1]),
        ([LEARNED] * 3, [1, 2, 3]),
        ([LEARNED, FREE, LEARNED], [1, 1, 1]),
        ([LEARNED, LEARNED, FREE], [1, 1, 1]),
        (["Yes, I can."] * 3, [1, 1, 1]),
    ],
)
def test_what_is_no_recital(texts: list[str], seeds: list[int | None]) -> None:
    assert recital(tellings(texts, seeds)) is None


def test_without_sound_only_the_words_are_known_to_be_the_same() -> None:
    found = recital(tellings([LEARNED] * 3, [1, None, 1]))
    assert found is not None
    assert found.melody is None


def test_shared_runs_worked_example() -> None:
    one = " ".join(f"w{n}" for n in range(22))
    # Twenty runs of three; a word changed in the middle breaks three of them.
    other = one.replace("w10", "x")
    assert shared_runs(one, other) == pytest.approx(17 / 20)
    assert shared_runs(one, one.upper()) == 1.0


@given(st.text(max_size=300), st.text(max_size=300))
def test_shared_runs_is_a_share_and_symmetric(one: str, two: str) -> None:
    assert 0 <= shared_runs(one, two) <= 1
    assert shared_runs(one, two) == shared_runs(two, one)


def test_the_melody_is_the_same_at_another_pitch_pace_and_with_other_pauses() -> None:
    f0 = contour(4)
    higher, slower = melody_of(f0 * 1.8), melody_of(np.repeat(f0, 2))
    paused = melody_of(np.concatenate([f0[:300], np.full(80, np.nan, np.float32), f0[300:]]))
    plain = melody_of(f0)
    assert plain is not None
    for other in (higher, slower, paused):
        assert other is not None
        assert melody_likeness(plain, other) > 0.9
    assert melody_of(np.full(900, np.nan, dtype=np.float32)) is None
    assert melody_of(f0[:150]) is None


def test_a_level_voice_is_like_nothing() -> None:
    level, moving = melody_of(np.full(400, 120.0, np.float32)), melody_of(contour(1))
    assert level is not None
    assert moving is not None
    assert melody_likeness(level, moving) == 0.0
