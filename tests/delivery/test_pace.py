from __future__ import annotations

import pytest

from simulator.delivery.pace import pace_windows
from simulator.delivery.timing import Timing, measure_timing
from simulator.speech.timeline import Word
from tests.delivery.saying import said, speech_of


def timing_of(words: tuple[Word, ...]) -> Timing:
    timing = measure_timing(speech_of(words))
    assert timing is not None
    return timing


def test_a_steady_answer_has_the_same_pace_in_every_window() -> None:
    words = said("plan " * 60, 1.0, 0.5)
    windows = pace_windows(words, timing_of(words))
    assert [(w.start_s, w.end_s) for w in windows] == [(1.0, 11.0), (11.0, 21.0), (21.0, 31.0)]
    assert {w.words_per_minute for w in windows} == {120.0}
    assert {w.articulation_rate_syllables_per_s for w in windows} == {2.0}


def test_a_rush_at_the_end_is_seen_where_it_was() -> None:
    words = (*said("plan " * 20, 0.0, 0.5), *said("plan " * 40, 10.0, 0.25))
    slow, fast = pace_windows(words, timing_of(words))
    assert (slow.words_per_minute, fast.words_per_minute) == (120.0, 240.0)


def test_a_silence_slows_words_down_but_not_articulation() -> None:
    words = (*said("plan " * 10, 0.0, 0.5), *said("plan", 9.5, 0.5))
    (window,) = pace_windows(words, timing_of(words))
    assert window.words_per_minute == 66.0
    assert window.articulation_rate_syllables_per_s == pytest.approx(11 / 5.5)


def test_a_short_rest_joins_the_last_window() -> None:
    words = said("plan " * 28, 0.0, 0.5)
    assert [(w.start_s, w.end_s) for w in pace_windows(words, timing_of(words))] == [(0.0, 14.0)]


def test_a_window_with_hardly_any_speech_has_no_articulation_rate() -> None:
    words = (*said("plan", 0.0, 0.5), *said("plan", 9.5, 0.5))
    (window,) = pace_windows(words, timing_of(words))
    assert window.articulation_rate_syllables_per_s is None
    assert window.words_per_minute == 12.0
