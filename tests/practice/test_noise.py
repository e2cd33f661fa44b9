"""The noise rules, by worked examples and by what must always hold."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.practice.noise import (
    Noise,
    amount_of,
    compare,
    estimate_noise,
    less_often,
    trend,
)

values = st.lists(st.floats(-1e3, 1e3), min_size=0, max_size=12)


def test_no_repeats_the_assumed_noise_stands() -> None:
    assert estimate_noise([[5.0], []], assumed=2.0) == Noise(2.0, 0)


def test_worked_example() -> None:
    # Differences 2, 1, 3: median 2; own = 2 / (0.6745 * 1.41421) = 2.0967.
    # Variance (3 * 1 + 3 * 2.0967^2) / 6 = 2.698; spread 1.6426.
    noise = estimate_noise([[4.0, 6.0, 5.0, 8.0]], assumed=1.0)
    assert noise.differences == 3
    assert noise.spread == pytest.approx(1.6426, abs=1e-3)
    # One attempt against one: 1.96 * 1.6426 * sqrt(2) = 4.553.
    assert noise.smallest_change() == pytest.approx(4.553, abs=1e-2)
    assert compare([4.0], [8.5], noise).change == "none"
    assert compare([4.0], [8.6], noise).change == "higher"
    assert compare([8.6], [4.0], noise).change == "lower"


def test_it_finds_the_spread_that_made_the_values_even_under_a_steady_trend() -> None:
    rng = random.Random(7)
    drifting = [0.02 * place + rng.gauss(0, 3.0) for place in range(2000)]
    assert estimate_noise([drifting], assumed=1.0).spread == pytest.approx(3.0, rel=0.08)


def test_one_odd_attempt_does_not_make_a_speaker_noisy() -> None:
    calm = [5.0, 5.4, 4.9, 5.2, 5.1, 5.5, 5.0, 5.3]
    odd = [*calm[:4], 50.0, *calm[4:]]
    assert estimate_noise([odd], 0.4).spread < 2 * estimate_noise([calm], 0.4).spread


def test_neighbours_are_only_compared_within_a_question() -> None:
    apart = estimate_noise([[1.0, 1.1, 1.0], [9.0, 9.1, 9.0]], assumed=0.1)
    assert apart.differences == 4
    assert apart.spread < 0.15


def test_false_alarms_between_two_equal_attempts_are_one_in_twenty() -> None:
    rng = random.Random(3)
    noise = Noise(2.0, 50)
    alarms = sum(
        compare([rng.gauss(0, 2.0)], [rng.gauss(0, 2.0)], noise).change != "none"
        for _ in range(4000)
    )
    assert alarms / 4000 == pytest.approx(0.05, abs=0.012)


@given(st.lists(values, max_size=4), st.floats(0.01, 100))
def test_noise_is_positive_and_shifting_all_values_does_not_change_it(
    groups: list[list[float]], assumed: float
) -> None:
    noise = estimate_noise(groups, assumed)
    assert noise.spread > 0
    assert noise.differences == sum(max(0, len(group) - 1) for group in groups)
    shifted = estimate_noise([[value + 7 for value in group] for group in groups], assumed)
    assert shifted.spread == pytest.approx(noise.spread, rel=1e-6, abs=1e-9)


@given(st.floats(0.01, 100), st.integers(1, 50), st.integers(1, 50))
def test_more_attempts_make_smaller_changes_visible(spread: float, n: int, m: int) -> None:
    noise = Noise(spread, 5)
    assert noise.smallest_change(n + 1, m) < noise.smallest_change(n, m)


def test_one_is_a_baseline_two_a_direction_four_a_trend() -> None:
    assert [amount_of(count) for count in range(6)] == [
        "nothing",
        "baseline",
        "direction",
        "direction",
        "trend",
        "trend",
    ]


def test_trend_compares_the_halves() -> None:
    noise = Noise(1.0, 10)
    assert trend([5.0], noise) is None
    # Halves 8, 8 and 4, 4: difference -4, smallest 1.96 * 1 * sqrt(1/2 + 1/2) = 1.96.
    going_down = trend([8.0, 8.0, 6.0, 4.0, 4.0], noise)
    assert going_down is not None
    assert (going_down.before, going_down.after, going_down.change) == (8.0, 4.0, "lower")
    assert going_down.smallest == pytest.approx(1.96)
    level = trend([5.0, 5.5, 5.0, 5.5], noise)
    assert level is not None
    assert level.change == "none"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [((0, 0), (0, 0), 0.5), ((2, 4), (2, 4), 0.5), ((1, 1), (0, 1), 0.5 + 4 / math.pi**2)],
)
def test_less_often_where_the_answer_is_known(
    before: tuple[int, int], after: tuple[int, int], expected: float
) -> None:
    assert less_often(before, after) == pytest.approx(expected, abs=1e-4)


def test_less_often_agrees_with_drawing_from_the_two_distributions() -> None:
    rng = random.Random(5)
    drawn = sum(rng.betavariate(0.5, 2.5) < rng.betavariate(2.5, 1.5) for _ in range(20_000))
    assert less_often((2, 3), (0, 2)) == pytest.approx(drawn / 20_000, abs=0.01)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_less_often_is_a_probability_and_symmetric(a: int, b: int, c: int, d: int) -> None:
    before, after = (min(a, b), max(a, b)), (min(c, d), max(c, d))
    forth, back = less_often(before, after), less_often(after, before)
    assert 0 <= forth <= 1
    assert forth + back == pytest.approx(1.0, abs=1e-6)
    assert not math.isnan(forth)
