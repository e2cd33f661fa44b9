"""The one line while someone speaks."""

from __future__ import annotations

import pytest

from simulator.cli.display import level_line
from simulator.practice.events import Level


def test_it_shows_time_and_limit_and_that_it_hears() -> None:
    line = level_line(Level(62.0, -33.0, True, None), 90.0)
    assert line.startswith("1:02 of 1:30  ||||||......")
    assert line.endswith("hearing you")


@pytest.mark.parametrize(("left_s", "shown"), [(3.0, 3), (2.4, 3), (1.0, 1), (0.2, 1), (-0.1, 1)])
def test_the_countdown_never_says_that_no_time_is_left(left_s: float, shown: int) -> None:
    line = level_line(Level(20.0, -70.0, False, left_s), None)
    assert f"still there? ends in {shown} s, speak to go on" in line


def test_a_hint_stands_at_the_end() -> None:
    line = level_line(Level(20.0, -30.0, True, None), None, "a little slower")
    assert line.endswith("hearing you  (a little slower)")
