from __future__ import annotations

import numpy as np
import pytest

from benchmarks.filled_pauses.compose import Event
from benchmarks.filled_pauses.hear import IGNORED, frame_targets
from benchmarks.filled_pauses.judge import Examples, best_threshold, fit
from benchmarks.filled_pauses.score import Tally, pair_up
from simulator.speech.filled_pause_evidence import FEATURES
from simulator.speech.filled_pause_net import CLASSES


def um(start_s: float, end_s: float) -> Event:
    return Event("um", start_s, end_s)


def hum(start_s: float, end_s: float) -> Event:
    return Event("hmm", start_s, end_s)


@pytest.mark.parametrize(
    ("detected", "right"),
    [
        (um(1.49, 1.8), True),  # overlaps
        (um(0.4, 0.7), False),  # ends before, starts 0.6 s early
        (um(0.71, 0.9), True),  # starts 0.29 s early
        (um(0.69, 0.9), False),  # starts 0.31 s early
        (um(1.6, 1.9), False),  # begins after its end, more than 0.3 s after its start
    ],
)
def test_overlap_or_a_start_within_three_tenths_of_a_second_is_right(
    detected: Event, right: bool
) -> None:
    assert bool(pair_up([um(1.0, 1.5)], [detected])) is right


def test_one_detection_is_right_for_one_label_only() -> None:
    assert pair_up([um(1.0, 1.3), um(1.4, 1.8)], [um(1.1, 1.8)]) == [(1, 0)]
    assert pair_up([um(1.0, 1.8)], [um(1.0, 1.1), um(1.2, 1.8)]) == [(0, 1)]


def test_counts_and_rates() -> None:
    tally = Tally()
    tally.add([um(1, 1.4), um(3, 3.4)], [um(1, 1.4), um(5, 5.4)], 60)
    assert (tally.found, tally.false, tally.missed, tally.minutes) == (1, 1, 1, 1.0)
    assert (tally.precision, tally.recall, tally.f1) == (0.5, 0.5, 0.5)


def test_hums_are_counted_apart() -> None:
    tally = Tally()
    tally.add([hum(1, 1.4), hum(3, 3.4)], [um(1, 1.4), hum(8, 8.4)], 60)
    assert (tally.hums_found, tally.hums_false, tally.hums_missed) == (1, 1, 1)
    assert (tally.found, tally.false, tally.missed) == (0, 0, 0)


def test_where_nothing_is_labelled_nothing_is_rated() -> None:
    tally = Tally()
    tally.add([], [], 60)
    assert (tally.precision, tally.recall, tally.f1) == (None, None, None)


def test_frames_take_the_label_over_their_middle_and_faint_talk_is_ignored() -> None:
    targets = frame_targets((um(0.1, 0.2), Event("ignore", 0.15, 0.3)), 20)
    assert (targets[5:10] == CLASSES.index("um")).all()
    assert (targets[10:15] == IGNORED).all()
    assert (targets[:5] == 0).all()
    assert (targets[15:] == 0).all()


def some_examples() -> Examples:
    rng = np.random.default_rng(5)
    right = (rng.random(400) < 0.4).astype(float)
    features = rng.standard_normal((400, len(FEATURES)))
    features[:, 0] += 4 * right
    return Examples(features, right, np.ones(400))


def test_the_judge_learns_what_tells_and_how_sure_to_be() -> None:
    data = some_examples()
    weights, bias = fit(data)
    assert np.abs(weights).argmax() == 0
    sure = 1 / (1 + np.exp(-(data.features @ weights + bias)))
    assert sure.mean() == pytest.approx(data.right.mean(), abs=0.02)
    assert ((sure > 0.5) == (data.right > 0.5)).mean() > 0.95


def test_features_left_out_weigh_nothing() -> None:
    weights, _ = fit(some_examples(), used=("sound_peak", "written"))
    assert (weights != 0).sum() == 2


def test_the_threshold_divides_best_by_f1_within_its_bounds() -> None:
    features = np.zeros((4, len(FEATURES)))
    features[:, 0] = [-1.0, 0.7, 0.9, 2.0]  # sure 0.27, 0.67, 0.71, 0.88
    weights = np.zeros(len(FEATURES))
    weights[0] = 1.0
    data = Examples(features, np.array([0.0, 0.0, 1.0, 1.0]), np.ones(4))
    assert 0.67 < best_threshold(data, weights, 0.0) < 0.72


def test_composed_candidates_are_made_as_rarely_right_as_people_s() -> None:
    composed = Examples(np.zeros((5, 1)), np.array([1.0, 1, 1, 1, 0]), np.ones(5))
    people = Examples(np.zeros((4, 1)), np.array([1.0, 0, 0, 0]), 6 * np.ones(4))
    made = composed.as_rare_as(people)
    assert made.share_right == pytest.approx(people.share_right)
    assert made.weight[:4].tolist() == [1, 1, 1, 1]
