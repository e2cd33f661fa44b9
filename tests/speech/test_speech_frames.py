from __future__ import annotations

import json
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import SimulatorError
from simulator.speech.activity import BANDS, Activity
from simulator.speech.speech_frames import (
    FEATURES,
    _best_path,
    _highest,
    _mean,
    _moved,
    find_floor,
    load_speech_frame_weights,
    runs,
    speech_frames,
)


def recording(
    spoken: list[tuple[int, int]],
    frames: int = 600,
    noise_db: float = -60.0,
    speech_db: float = -20.0,
    breaths: tuple[tuple[int, int], ...] = (),
) -> Activity:
    """Tracks of speech at known frames; Silero here is right but blurred by 50 ms, as it is."""
    rng = np.random.default_rng(1)
    level = np.full(frames, noise_db)
    voice = np.zeros(frames)
    for start, end in spoken:
        level[start:end] = speech_db
        voice[max(0, start - 5) : end + 5] = 0.97
    for start, end in breaths:
        level[start:end] = speech_db - 24
    power = 10 ** (level[:, None] / 10) * rng.gamma(4, 0.25, (frames, BANDS)) / BANDS
    windows = -(-frames * 160 // 512)
    middles = np.minimum((np.arange(windows) * 512 + 256) // 160, frames - 1)
    probability = np.clip(voice[middles] + 0.02, 0, 1)
    return Activity(probability.astype(np.float32), power.astype(np.float32))


def test_runs_are_found() -> None:
    assert runs(np.array([1, 1, 0, 1, 0, 0, 1], bool)) == [(0, 2), (3, 4), (6, 7)]
    assert runs(np.zeros(0, bool)) == []


@pytest.mark.parametrize(
    ("noise_db", "speech_db"),
    [(-110.0, -20.0), (-110.0, -38.0), (-60.0, -20.0), (-60.0, -38.0), (-45.0, -20.0)],
)
def test_edges_are_found_to_two_frames(noise_db: float, speech_db: float) -> None:
    spoken = [(100, 220), (250, 330), (360, 500)]
    found = runs(
        speech_frames(
            recording(spoken, noise_db=noise_db, speech_db=speech_db), load_speech_frame_weights()
        )
    )
    assert len(found) == len(spoken)
    np.testing.assert_allclose(found, spoken, atol=2)


def test_a_breath_between_phrases_is_no_speech() -> None:
    spoken = [(100, 220), (330, 500)]
    activity = recording(spoken, breaths=((250, 290),))
    np.testing.assert_allclose(
        runs(speech_frames(activity, load_speech_frame_weights())), spoken, atol=2
    )


def test_noise_alone_is_no_speech() -> None:
    assert not speech_frames(recording([]), load_speech_frame_weights()).any()


def test_speech_without_any_silence_is_all_speech() -> None:
    assert speech_frames(recording([(0, 600)]), load_speech_frame_weights()).mean() > 0.95


def test_an_empty_recording_has_no_frames() -> None:
    empty = Activity(np.zeros(0, np.float32), np.zeros((0, BANDS), np.float32))
    assert speech_frames(empty, load_speech_frame_weights()).shape == (0,)


def test_floor_and_speech_level_come_from_the_recording() -> None:
    floor = find_floor(recording([(100, 300)], noise_db=-55, speech_db=-25))
    assert floor.noise_db == pytest.approx(-55, abs=1)
    assert floor.speech_db == pytest.approx(-25, abs=1.5)
    assert find_floor(recording([])).speech_db is None


def test_a_change_has_to_pay() -> None:
    odds = np.array([5.0] * 10 + [-1.0] * 3 + [5.0] * 10)
    assert _best_path(odds, 8).all()
    odds[10:13] = -7
    np.testing.assert_array_equal(np.flatnonzero(~_best_path(odds, 8)), [10, 11, 12])


def test_every_feature_has_a_weight_and_a_broken_file_says_so(tmp_path: Path) -> None:
    assert len(load_speech_frame_weights().weights) == len(FEATURES)
    broken = tmp_path / "weights.json"
    broken.write_text(json.dumps({"weights": {}, "bias": 0}))
    with pytest.raises(SimulatorError, match="cannot be read"):
        load_speech_frame_weights(broken)


tracks = st.lists(st.floats(-7, 7), min_size=1, max_size=60).map(np.array)


def cost_of(path: tuple[bool, ...], odds: np.ndarray, switch_cost: float) -> float:
    fits = sum(o / 2 if speech else -o / 2 for o, speech in zip(odds, path, strict=True))
    return fits - switch_cost * sum(a != b for a, b in pairwise(path))


@given(
    odds=st.lists(st.floats(-7, 7), min_size=1, max_size=9).map(np.array),
    switch_cost=st.floats(0.1, 9),
)
def test_no_path_is_better_than_the_best(odds: np.ndarray, switch_cost: float) -> None:
    found = cost_of(tuple(_best_path(odds, switch_cost).tolist()), odds, switch_cost)
    every = product([False, True], repeat=len(odds))
    assert found >= max(cost_of(path, odds, switch_cost) for path in every) - 1e-9


@given(track=tracks, before=st.integers(0, 25), after=st.integers(0, 25))
def test_the_highest_of_a_neighbourhood_is_found(
    track: np.ndarray, before: int, after: int
) -> None:
    expected = [track[max(0, at - before) : at + after + 1].max() for at in range(len(track))]
    np.testing.assert_array_equal(_highest(track, before, after), expected)


@given(track=tracks, reach=st.integers(1, 6))
def test_means_and_neighbours_repeat_the_ends(track: np.ndarray, reach: int) -> None:
    long = np.concatenate([[track[0]] * reach, track, [track[-1]] * reach])
    expected = [long[at : at + 2 * reach + 1].mean() for at in range(len(track))]
    np.testing.assert_allclose(_mean(track, reach), expected, atol=1e-9)
    np.testing.assert_array_equal(_moved(track, reach), long[2 * reach :][: len(track)])
    np.testing.assert_array_equal(_moved(track, -reach), long[: len(track)])
