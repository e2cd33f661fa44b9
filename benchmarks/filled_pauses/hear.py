"""Clips through Whisper's encoder, as the product does it: states and frame targets, to disk.

    python -m benchmarks.filled_pauses.hear --clips CLIPS --weights WEIGHTS --model base --out OUT

Clips are heard as the product hears a chunk: two in three after up to ten seconds of other speech,
over short windows (mostly 8 s of silence behind, at times 3 to 12 s), one in ten over Whisper's
full 30 s.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.compose import Clip, Event, load_clips
from benchmarks.filled_pauses.voices import RATE_HZ, Samples
from simulator.speech.memory import SHORT_REACH

CLASSES = ("none", "um", "uh", "hmm", "affirm")
IGNORED = -1
FRAME_S = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A clip as the encoder gave it: states [n, d] at 50 Hz, targets [n] (classes or `IGNORED`)."""

    voice: str
    states: NDArray[np.float16]
    targets: NDArray[np.int8]


def frame_targets(events: tuple[Event, ...], count: int) -> NDArray[np.int8]:
    """The class of every frame by its middle."""
    targets = np.zeros(count, np.int8)
    middles = (np.arange(count) + 0.5) * FRAME_S
    for event in sorted(events, key=lambda e: e.label == "ignore"):
        inside = (middles >= event.start_s) & (middles < event.end_s)
        free = inside & (targets == 0)
        targets[free] = IGNORED if event.label == "ignore" else CLASSES.index(event.label)
    return targets


class Encoder:
    """Whisper's encoder on the CPU, int8."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        from faster_whisper import WhisperModel

        self._model = WhisperModel(
            str(folder), device="cpu", compute_type="int8", cpu_threads=threads
        )

    def states(self, samples: Samples, before: Samples, margin: int) -> NDArray[np.float16]:
        """States over the clip, heard after other speech; the window has ``margin`` mel frames
        more (30 s at most)."""
        import ctranslate2
        from faster_whisper.audio import pad_or_trim

        first = len(before) // 320
        sound = np.concatenate([before[: first * 320], samples])
        window = min(3000, (len(sound) // 160 + margin + 1) // 2 * 2)
        silence = np.zeros(max(0, window * 160 - len(sound)), np.float32)
        features = self._model.feature_extractor(np.concatenate([sound, silence]))
        padded = np.ascontiguousarray(pad_or_trim(features, window))[None]
        encoded: Any = self._model.model.encode(
            ctranslate2.StorageView.from_array(padded), to_cpu=True
        )
        kept = max(1, len(samples) // 320)
        return np.asarray(encoded)[0, first : first + kept].astype(np.float16)


def margin_of(rng: np.random.Generator) -> int:
    """How much silence follows a clip in its window, in mel frames."""
    kind = rng.random()
    if kind < 0.1:
        return 3000
    return 800 if kind < 0.7 else int(rng.integers(150, 600)) * 2


def before_of(clips: list[Clip], place: int, rng: np.random.Generator) -> Samples:
    """What was heard before a clip: the end of another, or nothing."""
    other = clips[int(rng.integers(len(clips)))].samples
    longest_s = SHORT_REACH.before_s(clips[place].duration_s)
    if rng.random() < 1 / 3 or longest_s < 1:
        return np.zeros(0, np.float32)
    return other[-int(rng.uniform(1, longest_s) * RATE_HZ) :]


def hear(clip: Clip, encoder: Encoder, before: Samples, margin: int) -> Heard:
    """A clip's states and targets."""
    states = encoder.states(clip.samples, before, margin)
    return Heard(clip.voice, states, frame_targets(clip.events, len(states)))


def save_heard(heard: list[Heard], path: Path) -> None:
    """Write states end to end."""
    np.savez(
        path,
        states=np.concatenate([h.states for h in heard]),
        targets=np.concatenate([h.targets for h in heard]),
        sizes=np.array([len(h.targets) for h in heard]),
        voices=np.array([h.voice for h in heard]),
    )


def load_heard(path: Path) -> list[Heard]:
    """Read what `save_heard` wrote."""
    with np.load(path) as stored:
        edges = np.cumsum(stored["sizes"])[:-1]
        states, targets = np.split(stored["states"], edges), np.split(stored["targets"], edges)
        return [
            Heard(str(v), s, t) for v, s, t in zip(stored["voices"], states, targets, strict=True)
        ]


def main() -> None:
    """Hear every shard that has not been heard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clips", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--model", default="base")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=11)
    asked = parser.parse_args()
    folder = asked.out / asked.model
    folder.mkdir(parents=True, exist_ok=True)
    encoder = Encoder(asked.weights / f"whisper-{asked.model}")
    for i, path in enumerate(sorted(asked.clips.glob("*.npz"))):
        out = folder / path.name
        if out.exists():
            continue
        rng = np.random.default_rng([asked.seed, i])
        clips = load_clips(path)
        heard = [
            hear(clip, encoder, before_of(clips, place, rng), margin_of(rng))
            for place, clip in enumerate(clips)
        ]
        save_heard(heard, out)
        print(out.name, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
