"""Events matched to labels, and what follows from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.accuracy.clips import Label
from simulator.speech.timeline import Span

START_COLLAR_S = 0.3
"""A detected filled pause is right when it overlaps a labelled one or starts this close to it."""

LEAST_PAUSE_S = 0.25


@dataclass(frozen=True, slots=True)
class Events:
    """Events found, missed and invented."""

    found: int = 0
    missed: int = 0
    false: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the detected that is right; None where nothing was detected."""
        return self.found / (self.found + self.false) if self.found + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of the labelled that was found; None where nothing is labelled."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; None where nothing is labelled."""
        total = 2 * self.found + self.missed + self.false
        return 2 * self.found / total if self.found + self.missed else None

    @property
    def count_error(self) -> int:
        """Detected minus labelled."""
        return self.false - self.missed

    def __add__(self, other: Events) -> Events:
        return Events(
            self.found + other.found, self.missed + other.missed, self.false + other.false
        )


def match_filled_pauses(
    labels: Sequence[Label], set_aside: Sequence[Label], detected: Sequence[Span]
) -> Events:
    """Match what was detected to what people marked, one to one.

    Parameters
    ----------
    labels : to be found. Those without a time are matched by count with what is left over.
    set_aside : a detected event that fits one of these only is neither right nor wrong.
    detected : every filled pause that was reported.
    """
    timed = [label.span for label in labels if label.span is not None]
    pairs = largest_matching([[_fits(want, got) for got in detected] for want in timed])
    left = [got for index, got in enumerate(detected) if index not in pairs.values()]
    aside = [label.span for label in set_aside if label.span is not None]
    dropped = largest_matching([[_fits(want, got) for got in left] for want in aside])
    over = len(left) - len(dropped)
    untimed = len(labels) - len(timed)
    by_count = min(untimed, over)
    over -= by_count
    over -= min(over, len(set_aside) - len(aside))
    found = len(pairs) + by_count
    return Events(found, len(labels) - found, over)


def _fits(want: Span, got: Span) -> bool:
    return want.overlap_s(got) > 0 or abs(want.start_s - got.start_s) <= START_COLLAR_S


def largest_matching(fits: Sequence[Sequence[bool]]) -> dict[int, int]:
    """The most pairs (row, column) that fit with no row and no column used twice."""
    taken: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column, good in enumerate(fits[row]):
            if not good or column in tried:
                continue
            tried.add(column)
            if column not in taken or place(taken[column], tried):
                taken[column] = row
                return True
        return False

    for row in range(len(fits)):
        place(row, set())
    return {row: column for column, row in taken.items()}


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silent pauses of 250 ms and more against labelled ones.

    Attributes
    ----------
    events : found, missed, invented.
    edge_errors_s : of each found one, both edges, absolute.
    labelled_s, detected_s : total time.
    """

    events: Events = Events()
    edge_errors_s: tuple[float, ...] = ()
    labelled_s: float = 0.0
    detected_s: float = 0.0

    @property
    def median_edge_error_s(self) -> float | None:
        """None where no pause was found."""
        return median(self.edge_errors_s) if self.edge_errors_s else None

    @property
    def total_error(self) -> float | None:
        """Relative error of the total time; None where none is labelled."""
        return (self.detected_s - self.labelled_s) / self.labelled_s if self.labelled_s else None

    def __add__(self, other: Pauses) -> Pauses:
        return Pauses(
            self.events + other.events,
            self.edge_errors_s + other.edge_errors_s,
            self.labelled_s + other.labelled_s,
            self.detected_s + other.detected_s,
        )


def match_pauses(labels: Sequence[Span], detected: Sequence[Span]) -> Pauses:
    """Match pauses one to one: right when the two share half of the time they cover together."""
    kept = [pause for pause in detected if pause.duration_s >= LEAST_PAUSE_S - 1e-6]
    wanted = [pause for pause in labels if pause.duration_s >= LEAST_PAUSE_S - 1e-6]
    pairs = largest_matching([[_half_shared(want, got) for got in kept] for want in wanted])
    edges = [
        error
        for row, column in pairs.items()
        for error in (
            abs(wanted[row].start_s - kept[column].start_s),
            abs(wanted[row].end_s - kept[column].end_s),
        )
    ]
    return Pauses(
        Events(len(pairs), len(wanted) - len(pairs), len(kept) - len(pairs)),
        tuple(edges),
        sum(pause.duration_s for pause in wanted),
        sum(pause.duration_s for pause in kept),
    )


def _half_shared(want: Span, got: Span) -> bool:
    shared = want.overlap_s(got)
    return shared > 0 and shared >= 0.5 * (want.duration_s + got.duration_s - shared)


def articulation_rate(
    syllables: int, start_s: float, end_s: float, pauses: Sequence[Span], filled: Sequence[Span]
) -> float | None:
    """Syllables over the time from first to last word without silent and filled pauses.

    The definition of `simulator.delivery.timing`; None where no time is left.
    """
    whole = Span(start_s, end_s)
    silent_s = sum(
        pause.overlap_s(whole) for pause in pauses if pause.duration_s >= LEAST_PAUSE_S - 1e-6
    )
    left_s = whole.duration_s - silent_s - sum(pause.overlap_s(whole) for pause in filled)
    return syllables / left_s if left_s > 0 and syllables else None
