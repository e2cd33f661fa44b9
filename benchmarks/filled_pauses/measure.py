"""How well filled pauses are heard in people's speech, beside Whisper alone.

    python -m benchmarks.filled_pauses.measure --evidence EVIDENCE --model base [--shipped]

Without ``--shipped``, people whose speech may train are scored as strangers: by networks, judge
and threshold that were made without them (`ship` wrote what those heard). With it, the weights
that ship score everything, those people's own speech included: that figure flatters on the sets
that trained them, and stands on the rest.

An event is right when it overlaps a labelled one or starts within 0.3 s of it, one to one. Hums
are counted apart. Sets labelled by count alone are scored by count.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.filled_pauses.compose import Event
from benchmarks.filled_pauses.evidence import HeardRecording, load_all
from benchmarks.filled_pauses.human import FLUENT, TRAINABLE
from benchmarks.filled_pauses.score import Tally
from simulator.speech.filled_pause_witness import label_of
from simulator.speech.filled_pauses import (
    FilledPauseModel,
    hear_filled_pauses,
    load_filled_pause_model,
)
from simulator.speech.timeline import Word

GROUPS: dict[str, tuple[str, ...]] = {
    "one speaker": ("mfa_monologue", "mfa_phenomena", "batchalign_test", "speecheditor"),
    "  free talk alone": ("mfa_monologue", "batchalign_test", "speecheditor"),
    "meetings": ("ami_meetings",),
}
FREELY_TALKING = ("osce_interview",)
"""Labelled by count, and too few: what was found of what is listed, and how much more."""

Hears = Callable[[HeardRecording], list[Event]]


@dataclass(frozen=True, slots=True)
class Way:
    """A way to hear filled pauses, by name."""

    name: str
    hears: Hears


def written_in(words: Sequence[Word]) -> list[Event]:
    """Filled pauses that a transcript has."""
    found = ((label_of(w.text), w) for w in words)
    return [Event(label, w.start_s, w.end_s) for label, w in found if label]


def plainly(recording: HeardRecording) -> list[Event]:
    """What plain Whisper writes."""
    return [e for chunk in recording.chunks for e in written_in(chunk.words)]


def prompted(recording: HeardRecording) -> list[Event]:
    """What prompted Whisper writes."""
    return [e for chunk in recording.chunks for e in written_in(chunk.prompted_words)]


def by_model(model: FilledPauseModel) -> Hears:
    """What the product hears."""

    def hears(recording: HeardRecording) -> list[Event]:
        return [
            Event(pause.label, pause.start_s, pause.end_s)
            for chunk in recording.chunks
            for pause in hear_filled_pauses(chunk, model)[0]
        ]

    return hears


def as_strangers(held_out: Path, otherwise: Hears) -> Hears:
    """What was heard of people by weights made without them; ``otherwise`` for all others."""
    stored = json.loads(held_out.read_text(encoding="utf-8"))

    def hears(recording: HeardRecording) -> list[Event]:
        if recording.set_name not in TRAINABLE:
            return otherwise(recording)
        return [Event(str(e[0]), float(e[1]), float(e[2])) for e in stored[recording.name]]

    return hears


def tally(recordings: Sequence[HeardRecording], hears: Hears) -> Tally:
    """Counts over recordings."""
    total = Tally()
    for recording in recordings:
        total.add(recording.events, hears(recording), recording.duration_s)
    return total


def count_error(recordings: Sequence[HeardRecording], hears: Hears) -> float:
    """Mean error of the count a minute, weighted by length."""
    wrong = 0.0
    for recording in recordings:
        wanted = sum(e.label != "hmm" for e in recording.events)
        wrong += abs(sum(e.label != "hmm" for e in hears(recording)) - wanted)
    return wrong / max(1e-9, sum(r.duration_s for r in recordings) / 60)


def shown(value: float | None) -> str:
    """Two decimals, or a dash where undefined."""
    return "  - " if value is None else f"{value:.2f}"


def report(heard: Sequence[HeardRecording], ways: Sequence[Way]) -> None:
    """Print the tables."""
    for group, sets in GROUPS.items():
        chosen = [r for r in heard if r.set_name in sets]
        for way in ways:
            t = tally(chosen, way.hears)
            print(
                f"{group:18s} {way.name:10s} found {t.found:3d} false {t.false:3d} "
                f"missed {t.missed:3d}  P {shown(t.precision)} R {shown(t.recall)} "
                f"F1 {shown(t.f1)}  hums {t.hums_found}/{t.hums_false}/{t.hums_missed}  "
                f"count error {count_error(chosen, way.hears):.2f} a minute"
            )
    fluent = [r for r in heard if r.set_name in FLUENT]
    for way in ways:
        t = tally(fluent, way.hears)
        false = t.false + t.hums_false
        print(
            f"fluent reading     {way.name:10s} {false} false in {t.minutes:.1f} min: "
            f"{false / t.minutes:.2f} a minute"
        )
    talking = [r for r in heard if r.set_name in FREELY_TALKING]
    for way in ways:
        counts = [(r.listed, sum(e.label != "hmm" for e in way.hears(r))) for r in talking]
        print(
            f"interviews         {way.name:10s} at most {sum(min(c) for c in counts)} of "
            f"{sum(c[0] for c in counts)} listed, {sum(c[1] for c in counts)} heard"
        )


def main() -> None:
    """Print the figures of one speech model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evidence", type=Path, required=True)
    parser.add_argument("--model", default="base")
    parser.add_argument("--weights", type=Path, default=Path("models/filled_pauses"))
    parser.add_argument("--shipped", action="store_true")
    asked = parser.parse_args()
    model = load_filled_pause_model(asked.weights, asked.model)
    if model is None:
        raise SystemExit(f"no weights for {asked.model} in {asked.weights}")
    hears = by_model(model)
    if not asked.shipped:
        hears = as_strangers(asked.evidence / f"held_out_{asked.model}.json", hears)
    heard = [r for r in load_all(asked.evidence / asked.model) if r.set_name != "made"]
    report(heard, [Way("plain", plainly), Way("prompted", prompted), Way("heard", hears)])


if __name__ == "__main__":
    main()
