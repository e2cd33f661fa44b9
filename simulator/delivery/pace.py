"""Pace over time: an answer in windows, so that a rush at the end is seen where it was."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.delivery.syllables import count_syllables
from simulator.delivery.timing import Timing
from simulator.speech.timeline import Span, Word

WINDOW_S = 10.0
_LEAST_WINDOW_S = 5.0


@dataclass(frozen=True, slots=True)
class PaceWindow(Span):
    """A stretch of an answer.

    ``words_per_minute`` counts all of its time; ``articulation_rate_syllables_per_s`` leaves its
    silent pauses out, None where hardly anything was said.
    """

    words_per_minute: float
    articulation_rate_syllables_per_s: float | None


def pace_windows(words: Sequence[Word], timing: Timing) -> tuple[PaceWindow, ...]:
    """Windows of 10 s from the first to the last speech; a short rest joins the last window."""
    edges_s = [timing.start_s]
    while timing.end_s - edges_s[-1] >= WINDOW_S + _LEAST_WINDOW_S:
        edges_s.append(edges_s[-1] + WINDOW_S)
    edges_s.append(timing.end_s)
    middles_s = [(word.start_s + word.end_s) / 2 for word in words]
    windows = []
    for start_s, end_s in pairwise(edges_s):
        window = Span(start_s, end_s)
        inside = words[bisect_left(middles_s, start_s) : bisect_left(middles_s, end_s)]
        spoken_s = window.duration_s - sum(pause.overlap_s(window) for pause in timing.pauses)
        syllables = sum(count_syllables(word.text) for word in inside)
        if window.duration_s <= 0:
            continue
        windows.append(
            PaceWindow(
                start_s=round(start_s, 3),
                end_s=round(end_s, 3),
                words_per_minute=round(60 * len(inside) / window.duration_s, 1),
                articulation_rate_syllables_per_s=round(syllables / spoken_s, 2)
                if spoken_s >= 2.0
                else None,
            )
        )
    return tuple(windows)
