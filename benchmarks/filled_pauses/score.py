"""Matching detected filled pauses to labelled ones, and counting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.filled_pauses.compose import Event

COLLAR_S = 0.3


def pair_up(labelled: Sequence[Event], detected: Sequence[Event]) -> list[tuple[int, int]]:
    """One-to-one pairs (labelled, detected): overlapping, or starting within `COLLAR_S`.

    Of several possibilities the largest overlap goes first, then the closest start.
    """
    possible = []
    for i, want in enumerate(labelled):
        for j, got in enumerate(detected):
            overlap = min(want.end_s, got.end_s) - max(want.start_s, got.start_s)
            apart = abs(want.start_s - got.start_s)
            if overlap > 0 or apart <= COLLAR_S:
                possible.append((-max(overlap, 0.0), apart, i, j))
    pairs: list[tuple[int, int]] = []
    for _, _, i, j in sorted(possible):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return sorted(pairs)


@dataclass(slots=True)
class Tally:
    """Counts over recordings; hums are counted apart from um and uh."""

    minutes: float = 0.0
    found: int = 0
    missed: int = 0
    false: int = 0
    hums_found: int = 0
    hums_missed: int = 0
    hums_false: int = 0
    start_errors_s: list[float] = field(default_factory=list)
    end_errors_s: list[float] = field(default_factory=list)

    def add(self, labelled: Sequence[Event], detected: Sequence[Event], seconds: float) -> None:
        """Count one recording. A hum taken for an um (or the reverse) is found, not false."""
        self.minutes += seconds / 60
        pairs = pair_up(labelled, detected)
        for i, j in pairs:
            if labelled[i].label == "hmm":
                self.hums_found += 1
            else:
                self.found += 1
            self.start_errors_s.append(abs(labelled[i].start_s - detected[j].start_s))
            self.end_errors_s.append(abs(labelled[i].end_s - detected[j].end_s))
        hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, event in enumerate(labelled):
            if i not in hit:
                self.hums_missed += event.label == "hmm"
                self.missed += event.label != "hmm"
        for j, event in enumerate(detected):
            if j not in used:
                self.hums_false += event.label == "hmm"
                self.false += event.label != "hmm"

    @property
    def precision(self) -> float | None:
        """Of what was detected as um or uh, the share that is right; None where nothing was."""
        total = self.found + self.false
        return self.found / total if total else None

    @property
    def recall(self) -> float | None:
        """Of what is labelled um or uh, the share that was found; None where nothing is."""
        total = self.found + self.missed
        return self.found / total if total else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None where nothing is labelled."""
        total = 2 * self.found + self.false + self.missed
        return 2 * self.found / total if self.found + self.missed else None
