from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block
from simulator.audio.recorder import Recorder
from simulator.errors import SourceError
from simulator.practice.answering import StopRules, Taken, skip_first, take_answer
from simulator.practice.events import AnswerEnded, Event, Level, Notice
from simulator.practice.input_check import CLIPPED, NO_SIGNAL, TOO_QUIET

RATE = 16_000
BLOCK = 1600


@dataclass
class ListedSource:
    """A source that hands over the listed blocks and then ends, or breaks."""

    listed: Sequence[Block | None]
    breaks: bool = False
    sample_rate_hz: int = RATE
    label: str = "listed"
    live: bool = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def position(self) -> int:
        return 0

    def blocks(self, timeout_s: float) -> Iterator[Block | None]:
        yield from self.listed
        if self.breaks:
            raise SourceError("the microphone 'listed' stopped sending sound")


@dataclass
class ToldHearing:
    """Stands in for the ear. Counts silence since the last block that was not quiet."""

    silent_for_s: float | None = None
    samples: list[NDArray[np.float32]] = field(default_factory=list)

    def feed(self, samples: NDArray[np.float32]) -> None:
        self.samples.append(samples)
        if np.any(np.abs(samples) > 0.001):
            self.silent_for_s = 0.0
        elif self.silent_for_s is not None:
            self.silent_for_s += len(samples) / RATE


def tone(amplitude: float, seconds: float = 0.1) -> Block:
    moments = np.arange(round(seconds * RATE)) / RATE
    wave = amplitude * 32767 * np.sin(2 * np.pi * 220 * moments)
    return Block(wave.astype(np.int16))


def quiet() -> Block:
    return Block(np.ones(BLOCK, np.int16))


def take(
    source: ListedSource, tmp_path: Path, rules: StopRules | None = None, stop_after: int = 10**9
) -> tuple[Taken, list[Event], Recorder, ToldHearing]:
    events: list[Event] = []
    recorder, hearing = Recorder(tmp_path, "a1", RATE, {}), ToldHearing()
    asked = iter(range(10**9))
    taken = take_answer(
        source, recorder, hearing, rules or StopRules(None), events.append,
        lambda: next(asked) >= stop_after,
    )  # fmt: skip
    return taken, events, recorder, hearing


def notices(events: Sequence[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, Notice)]


def test_silence_ends_an_answer_only_after_the_first_word(tmp_path: Path) -> None:
    thinking = [quiet()] * 80
    source = ListedSource([*thinking, tone(0.3), *[quiet()] * 60])
    taken, events, recorder, _ = take(source, tmp_path)
    assert taken.reason == "silence"
    assert round(recorder.duration_s, 1) == 8.0 + 0.1 + 4.0
    assert isinstance(events[-1], AnswerEnded)


def test_speech_cancels_the_countdown(tmp_path: Path) -> None:
    source = ListedSource([tone(0.3), *[quiet()] * 30, tone(0.3), *[quiet()] * 30])
    taken, events, _, _ = take(source, tmp_path)
    levels = [event for event in events if isinstance(event, Level)]
    counting = [event.answer_s for event in levels if event.silence_left_s is not None]
    assert taken.reason == "input_ended"
    assert any(2.0 < at_s <= 3.1 for at_s in counting)
    assert not any(3.15 < at_s < 4.0 for at_s in counting)
    assert any(at_s > 5.0 for at_s in counting)


def test_no_auto_stop(tmp_path: Path) -> None:
    source = ListedSource([tone(0.3), *[quiet()] * 100])
    taken, _, _, _ = take(source, tmp_path, StopRules(None, None))
    assert taken.reason == "input_ended"


def test_the_time_limit_ends_an_answer(tmp_path: Path) -> None:
    source = ListedSource([tone(0.3)] * 100)
    taken, _, recorder, _ = take(source, tmp_path, StopRules(3.0))
    assert taken.reason == "time_limit"
    assert recorder.duration_s == 3.0


def test_a_key_ends_an_answer(tmp_path: Path) -> None:
    taken, _, recorder, _ = take(ListedSource([tone(0.3)] * 100), tmp_path, stop_after=20)
    assert taken.reason == "key"
    assert recorder.duration_s == 2.0


def test_zeros_are_told_within_a_second_and_a_half(tmp_path: Path) -> None:
    zeros = Block(np.zeros(BLOCK, np.int16))
    _, events, _, _ = take(ListedSource([zeros] * 40), tmp_path)
    assert notices(events) == [NO_SIGNAL]
    told = next(i for i, e in enumerate(events) if isinstance(e, Notice))
    before = [e.answer_s for e in events[:told] if isinstance(e, Level)]
    assert max(before, default=0.0) <= 1.5


def test_a_real_microphones_silence_is_no_refused_permission(tmp_path: Path) -> None:
    _, events, _, _ = take(ListedSource([quiet()] * 40), tmp_path)
    assert notices(events) == []


def test_clipping_is_told_while_there_is_time_to_mend_it(tmp_path: Path) -> None:
    loud = Block(np.clip(tone(3.0).samples.astype(int) * 3, -32768, 32767).astype(np.int16))
    _, events, _, _ = take(ListedSource([loud] * 30), tmp_path)
    assert notices(events) == [CLIPPED]


def test_a_whisper_quiet_input_is_told(tmp_path: Path) -> None:
    _, events, _, _ = take(ListedSource([tone(0.004)] * 30), tmp_path)
    assert notices(events) == [TOO_QUIET]


def test_an_ordinary_voice_is_told_nothing(tmp_path: Path) -> None:
    _, events, _, _ = take(ListedSource([tone(0.2)] * 50), tmp_path)
    assert notices(events) == []


def test_a_device_that_is_unplugged_loses_nothing_that_was_said(tmp_path: Path) -> None:
    source = ListedSource([tone(0.3)] * 25, breaks=True)
    taken, _, recorder, hearing = take(source, tmp_path)
    assert (taken.reason, taken.problem) == (
        "source_failed", "the microphone 'listed' stopped sending sound"
    )  # fmt: skip
    assert recorder.finish().duration_s == 2.5
    assert sum(map(len, hearing.samples)) == 2.5 * RATE


def test_what_was_lost_is_silence_of_the_same_length_for_the_ear_too(tmp_path: Path) -> None:
    source = ListedSource([tone(0.3), Block(tone(0.3).samples, lost_before=4000)])
    _, _, recorder, hearing = take(source, tmp_path)
    assert sum(map(len, hearing.samples)) == 2 * BLOCK + 4000
    assert [round(gap.duration_s, 6) for gap in recorder.finish().gaps] == [0.25]


def test_skipping_counts_lost_samples() -> None:
    blocks = [Block(np.arange(10, dtype=np.int16)), Block(np.arange(10, 20, dtype=np.int16), 5)]
    kept = [block for block in skip_first(blocks, 12) if block is not None]
    assert [(b.lost_before, b.samples.tolist()) for b in kept] == [(3, list(range(10, 20)))]
