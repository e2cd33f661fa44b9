"""Human speech with labelled filled pauses: reading it, and which of it may train.

    python -m benchmarks.filled_pauses.human --data ../shared/data --out CLIPS

writes training clips cut from the recordings that may train, each many times over: other throats,
other paces, other rooms.

Sets under the data folder carry labels in JSON beside each recording. Where the label has a count
but no time (one speaker's short acted clips), times were read off the spectrogram by eye.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.filled_pauses.compose import (
    Clip,
    Event,
    as_someone_else,
    save_clips,
)
from benchmarks.filled_pauses.rooms import through_the_air
from benchmarks.filled_pauses.sounds import Rng
from benchmarks.filled_pauses.voices import RATE_HZ, Samples, read_wave

TRAINABLE = ("mfa_monologue", "mfa_phenomena", "batchalign_test", "ami_meetings")
"""Sets whose licence lets them train weights that ship; every other set is for measuring."""

FLUENT = (
    "composed",
    "timit_sample",
    "emur_ae",
    "harvard_osr",
    "pocketsphinx_librivox",
    "pace_clips",
)
"""Read speech: whatever is heard there is a false alarm."""

BY_EYE: dict[str, tuple[tuple[str, float, float], ...]] = {
    "mfa_crossword": (("um", 1.97, 2.44), ("um", 5.85, 6.60)),
    "mfa_cutoffprogressive": (("uh", 3.04, 3.13), ("hmm", 8.22, 8.58)),
    "mfa_uh": (("uh", 2.38, 3.64),),
    "mfa_uhuh": (("uh", 1.45, 1.58), ("uh", 1.93, 2.06), ("uh", 2.61, 2.79), ("uh", 3.24, 3.53),
                 ("uh", 4.34, 4.51), ("uh", 4.56, 5.27)),
    "mfa_uhum": (("uh", 1.85, 2.30), ("um", 2.40, 2.96), ("uh", 3.02, 3.80), ("hmm", 3.88, 4.74),
                 ("hmm", 5.10, 5.93), ("um", 6.30, 6.68)),
    "mfa_um": (("um", 3.82, 5.12),),
}  # fmt: skip
"""Filled pauses of the acted clips, read off the spectrogram."""

HAND_CHANGED = {
    # one pause written twice by the aligner; ends that its contiguous words made too long
    "mfa_cold_corpus": (("uh", 1.24, 1.67), ("uh", 3.69, 3.96), ("uh", 7.25, 7.86),
                        ("um", 9.89, 10.34), ("uh", 17.78, 18.32)),
    "ami_EN2001a_000_030": (("uh", 12.15, 12.42), ("um", 22.33, 22.75), ("hmm", 22.98, 23.27),
                            ("hmm", 25.48, 25.75), ("hmm", 27.05, 27.20)),
}  # fmt: skip
"""Labels set right by eye; used for training, while scores use the labels as they came."""


AFFIRMATIONS = frozenset({"mm-hmm", "mm-hm", "uh-huh", "mhm"})


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A human recording. ``events`` are um, uh and hmm with times; ``listed`` counts those that a
    transcript lists, with or without times; ``speaker`` groups recordings by who speaks."""

    set_name: str
    name: str
    speaker: str
    samples: Samples
    events: tuple[Event, ...]
    affirmed: tuple[Event, ...]
    listed: int


def speaker_of(set_name: str, name: str) -> str:
    """Who speaks: recordings of one speaker (or one meeting series) are held out together."""
    if set_name.startswith("mfa"):
        return "human:mfa"
    if set_name == "ami_meetings":
        return "human:" + name[:10]  # ami_EN2001: a and b are the same people
    return "human:" + set_name


def affirmations(words: list[dict[str, object]]) -> tuple[Event, ...]:
    """ "Mm-hmm" and "uh-huh" among timed words: agreement, no filled pause."""
    said = (w for w in words if str(w["word"]).lower().strip(".,?") in AFFIRMATIONS)
    timed = (w for w in said if w["start"] is not None)
    return tuple(Event("affirm", float(str(w["start"])), float(str(w["end"]))) for w in timed)


def labels_of(name: str, fillers: list[dict[str, object]], *, corrected: bool) -> tuple[Event, ...]:
    """Labelled events with times, in order."""
    if name in BY_EYE:
        return tuple(Event(*e) for e in BY_EYE[name])
    if corrected and name in HAND_CHANGED:
        return tuple(Event(*e) for e in HAND_CHANGED[name])
    found = []
    for filler in fillers:
        if filler["kind"] not in ("filled_pause", "hum") or filler["start"] is None:
            continue
        if filler.get("doubtful"):
            continue
        label = "hmm" if filler["kind"] == "hum" else "um" if "m" in str(filler["label"]) else "uh"
        found.append(Event(label, float(str(filler["start"])), float(str(filler["end"]))))
    return tuple(sorted(found, key=lambda e: e.start_s))


def recordings(data: Path, sets: tuple[str, ...], *, corrected: bool = False) -> list[Recording]:
    """All recordings of some sets."""
    found = []
    for set_name in sets:
        for path in sorted((data / set_name).glob("*.json")):
            label = json.loads(path.read_text(encoding="utf-8"))
            fillers = label["fillers"] or []
            found.append(
                Recording(
                    set_name,
                    path.stem,
                    speaker_of(set_name, path.stem),
                    read_wave(path.with_suffix(".flac")),
                    labels_of(path.stem, fillers, corrected=corrected),
                    affirmations(label["words"] or []),
                    sum(f["kind"] == "filled_pause" for f in fillers),
                )
            )
    return found


def cut_out(recording: Recording, rng: Rng) -> Clip:
    """Four to sixteen seconds of a recording, wherever, with what is labelled in them."""
    total_s = recording.samples.size / RATE_HZ
    length_s = min(total_s, rng.uniform(4, 16))
    start_s = rng.uniform(0, total_s - length_s) if total_s > length_s else 0.0
    events = (*recording.events, *recording.affirmed)
    inside = [e for e in events if e.end_s > start_s and e.start_s < start_s + length_s]
    moved = tuple(
        Event(e.label, max(0.0, e.start_s - start_s), min(length_s, e.end_s - start_s))
        for e in inside
    )
    piece = recording.samples[int(start_s * RATE_HZ) : int((start_s + length_s) * RATE_HZ)]
    return Clip(recording.speaker, piece, moved)


def training_clips(recording: Recording, rng: Rng) -> list[Clip]:
    """Clips of a recording: enough to hear each second about eight times, bent each time."""
    count = max(4, round(recording.samples.size / RATE_HZ * 8 / 10))
    clips = []
    for i in range(count):
        clip = cut_out(recording, rng)
        if i % 4:  # one in four is left as it was spoken
            bent = as_someone_else(clip, rng)
            clip = Clip(bent.voice, through_the_air(bent.samples, None, rng), bent.events)
        clips.append(clip)
    return clips


def main() -> None:
    """Write the human training clips, a shard a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for i, set_name in enumerate(TRAINABLE):
        rng = np.random.default_rng([asked.seed, i])
        found = recordings(asked.data, (set_name,), corrected=True)
        clips = [c for recording in found for c in training_clips(recording, rng)]
        save_clips(clips, asked.out / f"human_{set_name}.npz")
        minutes = sum(c.duration_s for c in clips) / 60
        print(f"{set_name}: {len(clips)} clips, {minutes:.1f} min", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
