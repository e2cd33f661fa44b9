"""Taking one answer: from the first moment that counts to the stop.

Pure of devices and models: a source hands over blocks, a recorder keeps them, the hearing hears
them, and the rules here decide when the answer has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block, Source
from simulator.audio.recorder import Recorder
from simulator.audio.resampling import Resampler
from simulator.errors import SourceError
from simulator.practice.events import Announce, AnswerEnd, AnswerEnded, Level, Notice
from simulator.practice.input_check import InputCheck

BLOCK_WAIT_S = 0.1
LEVEL_EVERY_S = 0.1
COUNTDOWN_AFTER_S = 1.0
"""Thinking is allowed: the countdown shows only once a pause has lasted this long."""


SPEAKING_WITHIN_S = 0.3
SILENCE_DB = -90.0


@dataclass(frozen=True, slots=True)
class StopRules:
    """When an answer ends by itself.

    Attributes
    ----------
    time_limit_s : None for no limit.
    end_silence_s : silence after the first word that ends it; None never does. A pause is not an
        end, so it is generous.
    """

    time_limit_s: float | None
    end_silence_s: float | None = 4.0


class Hears(Protocol):
    """Takes samples at the analysis rate and knows how long nobody has spoken."""

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since anyone spoke; None before the first word."""
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

    Returns
    -------
    Taken : a source that fails ends the answer; what was said is kept.
    """
    watch = _Watch(rules, announce, InputCheck(source.sample_rate_hz))
    resampler = Resampler(source.sample_rate_hz)
    reason: AnswerEnd | None = None
    problem: str | None = None
    try:
        for block in skip_first(source.blocks(BLOCK_WAIT_S), skip_samples):
            if stop_asked():
                reason = "key"
                break
            if block is None:
                continue
            samples = recorder.take(block)
            hearing.feed(resampler.feed(samples))
            reason = watch.look(samples, recorder.duration_s, hearing.silent_for_s)
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
    left = samples
    for block in blocks:
        if block is None or left <= 0:
            yield block
            continue
        lost = max(0, block.lost_before - left)
        left -= block.lost_before - lost
        kept = block.samples[min(left, len(block.samples)) :]
        left = max(0, left - len(block.samples))
        if len(kept) or lost:
            yield Block(kept, lost_before=lost)


class _Watch:
    """Looks at each block: is it heard, is it over?"""

    def __init__(self, rules: StopRules, announce: Announce, check: InputCheck) -> None:
        self._check = check
        self._rules = rules
        self._announce = announce
        self._told_s = 0.0
        self._peak_db = SILENCE_DB

    def look(
        self, samples: NDArray[np.int16], answer_s: float, silent_for_s: float | None
    ) -> AnswerEnd | None:
        """The reason why the answer is over, None while it goes on."""
        rules = self._rules
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
        if rules.time_limit_s is not None and answer_s >= rules.time_limit_s:
            return "time_limit"
        if silence_left_s is not None and silence_left_s <= 0:
            return "silence"
        return None

    def _silence_left_s(self, silent_for_s: float | None) -> float | None:
        end_silence_s = self._rules.end_silence_s
        if end_silence_s is None or silent_for_s is None or silent_for_s < COUNTDOWN_AFTER_S:
            return None
        return end_silence_s - silent_for_s


def loudness_db(samples: NDArray[np.int16]) -> float:
    """RMS of 16-bit samples in decibels relative to full scale."""
    if not len(samples):
        return SILENCE_DB
    rms = float(np.sqrt(np.mean(np.square(samples.astype(np.float64)))))
    return max(SILENCE_DB, 20 * float(np.log10(max(rms, 1e-3) / 32768)))
