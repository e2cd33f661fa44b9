from __future__ import annotations

import pytest

from simulator.delivery.timing import measure_timing
from tests.delivery.saying import said, sound, speech_of


def test_the_time_of_an_answer_divides_exactly() -> None:
    # 1 s of waiting, 4 words, 0.5 s of silence, "um" for 0.4 s, 2 words, then 2 s of nothing.
    words = (*said("one two three four", 1.0), *said("five six", 3.1))
    timing = measure_timing(speech_of(words, [sound(2.7, 3.1)], duration_s=5.7))
    assert timing is not None
    assert timing.start_s == 1.0
    assert timing.total_s == pytest.approx(2.7)
    assert timing.paused_s == pytest.approx(0.5)
    assert timing.phonation_s == pytest.approx(2.2)
    assert timing.filled_s == pytest.approx(0.4)
    assert timing.articulation_s == pytest.approx(1.8)
    assert timing.runs == 2


def test_the_wait_before_the_answer_is_no_pause_in_it() -> None:
    timing = measure_timing(speech_of(said("yes indeed", 3.0)))
    assert timing is not None
    assert timing.pauses == ()
    assert timing.runs == 1


def test_a_silence_under_250_ms_is_speech() -> None:
    words = (*said("one two", 0.0), *said("three", 0.84))
    timing = measure_timing(speech_of(words))
    assert timing is not None
    assert timing.pauses == ()
    assert timing.phonation_s == pytest.approx(timing.total_s)


def test_nobody_spoke() -> None:
    assert measure_timing(speech_of(duration_s=10.0)) is None
