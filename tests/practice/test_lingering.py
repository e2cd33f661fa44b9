"""A stop that is met with silence, and bells: rules of an answer's end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.audio.recorder import Recorder
from simulator.practice.answering import StopRules, take_answer
from tests.practice.stage import RATE_HZ, SilentSource


class Hearing:
    """Somebody who is heard to speak between the given seconds; ``behind_s`` is how late."""

    def __init__(self, spoken: list[tuple[float, float]], behind_s: float = 0.0) -> None:
        self._spoken = spoken
        self._behind_s = behind_s
        self._fed_s = 0.0

    @property
    def heard_s(self) -> float:
        return max(0.0, self._fed_s - self._behind_s)

    @property
    def silent_for_s(self) -> float | None:
        ends = [min(end, self.heard_s) for start, end in self._spoken if start < self.heard_s]
        return self.heard_s - max(ends) if ends else None

    def feed(self, samples: NDArray[np.float32]) -> None:
        self._fed_s += len(samples) / RATE_HZ


def take(
    tmp_path: Path, hearing: Hearing, stops_s: list[float], rules: StopRules, tenths: int = 200
) -> tuple[str, float]:
    recorder = Recorder(tmp_path, "a1", RATE_HZ, {})
    coming = list(stops_s)

    def stop_asked() -> bool:
        if coming and recorder.duration_s >= coming[0]:
            coming.pop(0)
            return True
        return False

    taken = take_answer(
        SilentSource(tenths), recorder, hearing, rules, lambda event: None, stop_asked
    )
    return taken.reason, round(recorder.duration_s, 1)


RULES = StopRules(None, None, linger_s=5.0)


def test_the_stop_counts_once_the_silence_is_over(tmp_path: Path) -> None:
    assert take(tmp_path, Hearing([(0, 3)]), [4.0], RULES) == ("key", 9.0)


def test_who_speaks_into_the_silence_goes_on_answering(tmp_path: Path) -> None:
    hearing = Hearing([(0, 3), (6, 8)])
    assert take(tmp_path, hearing, [4.0], RULES) == ("input_ended", 20.0)
    hearing = Hearing([(0, 3), (6, 8)])
    assert take(tmp_path, hearing, [4.0, 9.0], RULES) == ("key", 14.0)


def test_a_second_stop_ends_the_silence(tmp_path: Path) -> None:
    assert take(tmp_path, Hearing([(0, 3)]), [4.0, 5.0], RULES) == ("key", 5.0)


@pytest.mark.parametrize("behind_s", [0.0, 2.5])
def test_hearing_that_lags_behind_does_not_take_the_stop_back(
    tmp_path: Path, behind_s: float
) -> None:
    hearing = Hearing([(0, 4.0)], behind_s)
    assert take(tmp_path, hearing, [4.0], RULES) == ("key", 9.0)


def test_the_end_of_answer_silence_is_so_much_longer(tmp_path: Path) -> None:
    rules = StopRules(None, 2.0, linger_s=3.0)
    reason, duration_s = take(tmp_path, Hearing([(0, 1)]), [], rules)
    assert reason == "silence"
    assert duration_s == pytest.approx(6.0, abs=0.1)


def test_what_a_live_source_took_in_a_pause_is_left_out(tmp_path: Path) -> None:
    source = SilentSource(20, live=True)
    recorder = Recorder(tmp_path, "a1", RATE_HZ, {})

    def pause() -> str | None:
        if recorder.duration_s == 0.5 and source.taken == 6 * 1600:
            source.taken += 3 * 1600  # time passes
            return "go_on"
        return None

    take_answer(
        source,
        recorder,
        Hearing([]),
        StopRules(None, None),
        lambda event: None,
        lambda: False,
        0,
        pause,  # type: ignore[arg-type]
    )
    tenths = recorder.finish().samples[::1600].tolist()
    assert tenths == [1, 2, 3, 4, 5, *range(10, 21)]
