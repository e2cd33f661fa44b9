"""How long the whole judgement of a 60 s answer takes after its transcript stands."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.clarity.tellings import Telling
from simulator.clarity.answer import Answer
from simulator.clarity.judge import AskedQuestion
from simulator.feedback.coach import Coach

WORDS_A_MINUTE = 150
HEARD_BEFORE_THE_STOP = 0.8
"""Share of the words that were transcribed and read while the person spoke."""


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds, one for each answer: unprepared, and with most of it read before the stop.

    ``processor_s`` is the work itself, over all cores, of the unprepared ones: on a busy machine
    the clock says more about the others.
    """

    cold_s: tuple[float, ...]
    prepared_s: tuple[float, ...]
    processor_s: tuple[float, ...]

    def line(self) -> str:
        """One line of the report."""
        return (
            f"read only after the stop: median {statistics.median(self.cold_s):.2f} s, "
            f"longest {max(self.cold_s):.2f} s (work of the processors: median "
            f"{statistics.median(self.processor_s):.2f} s); four fifths read before it: median "
            f"{statistics.median(self.prepared_s):.2f} s, longest {max(self.prepared_s):.2f} s"
        )


def waits(tellings: Sequence[Telling], coach: Coach) -> Waits:
    """Time answers of a minute, made of the tellings of a story put together."""
    cold, prepared, processor = [], [], []
    for story in dict.fromkeys(t.story for t in tellings):
        told = [t for t in tellings if t.story == story and not t.heard]
        words = " ".join(t.text for t in told).split()[:WORDS_A_MINUTE]
        question = AskedQuestion(told[0].question)
        whole = Answer.from_text(" ".join(words))
        started, worked = time.perf_counter(), time.process_time()
        coach.judge(whole, question)
        cold.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
        # Another answer in between, so that nothing of this one is remembered.
        coach.judge(Answer.from_text("I went there. " * 15), AskedQuestion("Why you?"))
        part = Answer.from_text(" ".join(words[: int(len(words) * HEARD_BEFORE_THE_STOP)]))
        coach.prepare(part, question)
        started = time.perf_counter()
        coach.judge(whole, question)
        prepared.append(time.perf_counter() - started)
    return Waits(tuple(cold), tuple(prepared), tuple(processor))
