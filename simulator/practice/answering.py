"""Taking one answer: from the first moment that counts to the stop.

Pure of devices and models: a source hands over blocks, a recorder keeps them, the hearing hears
them, and the rules here decide when the answer has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block, Source
from simulator.audio.recorder import Recorder
from simulator.audio.resampling import Resampler
from simulator.errors import SourceError
from simulator.practice.events import (
    Announce,
    AnswerEnd,
    AnswerEnded,
    Bell,
    Level,
    Notice,
)
from simulator.practice.input_check import InputCheck

BLOCK_WAIT_S = 0.1
LEVEL_EVERY_S = 0.1
COUNTDOWN_AFTER_S = 1.0
"""Thinking is allowed: the countdown shows only once a pause has lasted this long."""

SPEAKING_WITHIN_S = 0.3
SILENCE_DB = -90.0

SOON_S = 10.0
LEAST_BELL_WITH_WARNING_S = 30.0
"""A shorter answer has no time for a warning [judgement]."""

AfterPause = Literal["go_on", "leave_out", "stop"]
"""What a person wants once they have paused: go on with the answer, leave this question out
(what was said goes), or end the sitting here (what was said is kept)."""


def no_pause() -> None:
    """Nobody pauses."""


@dataclass(frozen=True, slots=True)
class StopRules:
    """When an answer ends by itself.

    Attributes
    ----------
    time_limit_s : None for no limit.
    end_silence_s : silence after the first word that ends it; None never does. A pause is not an
        end, so it is generous.
    linger_s : silence left after the person's own stop; who speaks in it goes on answering.
    bell_s : when the bell rings; the answer may run on until the time limit.
    """

    time_limit_s: float | None
    end_silence_s: float | None = 4.0
    linger_s: float = 0.0
    bell_s: float | None = None


class Hears(Protocol):
    """Takes samples at the analysis rate and knows how long nobody has spoken."""

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since anyone spoke; None before the first word."""
        ...

    @property
    def heard_s(self) -> float:
        """How much has been heard, in seconds; less than was fed while models still load."""
        ...

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Take a block."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """How the taking ended, and what went wrong on the way."""

    reason: AnswerEnd
    problem: str | None = None


def take_answer(
    source: Source,
    recorder: Recorder,
    hearing: Hears,
    rules: StopRules,
    announce: Announce,
    stop_asked: Callable[[], bool],
    skip_samples: int = 0,
    pause: Callable[[], AfterPause | None] = no_pause,
) -> Taken:
    """Record and hear one answer until it ends.

    Parameters
    ----------
    source : open already.
    recorder, hearing : take every block.
    rules : when the answer ends by itself.
    announce : told of levels, ten times a second, and of the end.
    stop_asked : asked at every block; true is the person's own stop.
    skip_samples : leave out so many first, at the source's rate: what came before the answer.
    pause : asked at every block; None goes on. It returns once a pause is over; what the source
        took meanwhile is left out.

    Returns
    -------
    Taken : a source that fails ends the answer; what was said is kept.
    """
    watch = _Watch(rules, announce, InputCheck(source.sample_rate_hz))
    resampler = Resampler(source.sample_rate_hz)
    reason: AnswerEnd | None = None
    problem: str | None = None
    try:
        skipper = _Skipper(skip_samples)
        for arrived in source.blocks(BLOCK_WAIT_S):
            if stop_asked() and watch.stop(recorder.duration_s):
                reason = "key"
                break
            after = pause()
            if after in ("leave_out", "stop"):
                reason = "left_out" if after == "leave_out" else "stopped"
                break
            if after is not None:
                skipper.skip_to(source.position())
            block = skipper.rest_of(arrived)
            if block is None:
                continue
            samples = recorder.take(block)
            hearing.feed(resampler.feed(samples))
            reason = watch.look(samples, recorder.duration_s, hearing)
            if reason is not None:
                break
    except SourceError as error:
        reason, problem = "source_failed", str(error)
    hearing.feed(resampler.finish())
    taken = Taken(reason or "input_ended", problem)
    announce(AnswerEnded(taken.reason, round(recorder.duration_s, 3)))
    return taken


def skip_first(blocks: Iterable[Block | None], samples: int) -> Iterator[Block | None]:
    """The blocks without their first so many samples; lost samples count."""
    skipper = _Skipper(samples)
    for block in blocks:
        rest = skipper.rest_of(block)
        if rest is not None or block is None:
            yield rest


class _Skipper:
    """Counts the samples that pass, lost ones too, and leaves out those that are not wanted."""

    def __init__(self, skip: int) -> None:
        self._left = skip
        self._passed = 0

    def skip_to(self, position: int) -> None:
        """Leave out everything before this sample, counted from the source's first."""
        self._left = max(0, position - self._passed)

    def rest_of(self, block: Block | None) -> Block | None:
        """What is wanted of a block; None where nothing is."""
        if block is None:
            return None
        self._passed += block.lost_before + len(block.samples)
        if self._left <= 0:
            return block
        lost = max(0, block.lost_before - self._left)
        self._left -= block.lost_before - lost
        kept = block.samples[min(self._left, len(block.samples)) :]
        self._left = max(0, self._left - len(block.samples))
        return Block(kept, lost_before=lost) if len(kept) or lost else None


class _Watch:
    """Looks at each block: is it heard, is it over?"""

    def __init__(self, rules: StopRules, announce: Announce, check: InputCheck) -> None:
        self._check = check
        self._rules = rules
        self._announce = announce
        self._told_s = 0.0
        self._peak_db = SILENCE_DB
        self._stopped_s: float | None = None
        self._bells = _bells(rules)

    def stop(self, answer_s: float) -> bool:
        """The person's own stop; false where it is first met with a silence."""
        if self._rules.linger_s <= 0 or self._stopped_s is not None:
            return True
        self._stopped_s = answer_s
        return False

    def look(self, samples: NDArray[np.int16], answer_s: float, hearing: Hears) -> AnswerEnd | None:
        """The reason why the answer is over, None while it goes on."""
        rules, silent_for_s = self._rules, hearing.silent_for_s
        speaking = silent_for_s is not None and silent_for_s < SPEAKING_WITHIN_S
        for text in self._check.look(samples, speaking=speaking):
            self._announce(Notice(text))
        self._peak_db = max(self._peak_db, loudness_db(samples))
        silence_left_s = self._silence_left_s(silent_for_s)
        if answer_s - self._told_s >= LEVEL_EVERY_S:
            level_db = round(self._peak_db, 1)
            self._announce(Level(round(answer_s, 2), level_db, speaking, silence_left_s))
            self._told_s = answer_s
            self._peak_db = SILENCE_DB
        while self._bells and answer_s >= self._bells[0][0]:
            self._announce(Bell(self._bells.pop(0)[1]))
        if rules.time_limit_s is not None and answer_s >= rules.time_limit_s:
            return "time_limit"
        if self._lingered(answer_s, hearing):
            return "key"
        if silence_left_s is not None and silence_left_s <= 0:
            return "silence"
        return None

    def _lingered(self, answer_s: float, hearing: Hears) -> bool:
        """Whether a stop has been followed by its silence; who speaks in it takes it back."""
        if self._stopped_s is None:
            return False
        silent_for_s = hearing.silent_for_s
        if silent_for_s is not None:
            spoke_s = hearing.heard_s - silent_for_s
            if spoke_s > self._stopped_s + SPEAKING_WITHIN_S:
                self._stopped_s = None
                return False
        return answer_s - self._stopped_s >= self._rules.linger_s

    def _silence_left_s(self, silent_for_s: float | None) -> float | None:
        end_silence_s = self._rules.end_silence_s
        if end_silence_s is None or silent_for_s is None or silent_for_s < COUNTDOWN_AFTER_S:
            return None
        return end_silence_s + self._rules.linger_s - silent_for_s


def _bells(rules: StopRules) -> list[tuple[float, Literal["soon", "time"]]]:
    """When to ring, in order of time."""
    if rules.bell_s is None:
        return []
    bells: list[tuple[float, Literal["soon", "time"]]] = [(rules.bell_s, "time")]
    if rules.bell_s >= LEAST_BELL_WITH_WARNING_S:
        bells.insert(0, (rules.bell_s - SOON_S, "soon"))
    return bells


def loudness_db(samples: NDArray[np.int16]) -> float:
    """RMS of 16-bit samples in decibels relative to full scale."""
    if not len(samples):
        return SILENCE_DB
    rms = float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))
    return max(SILENCE_DB, 20 * float(np.log10(max(rms, 1e-3) / 32768)))
