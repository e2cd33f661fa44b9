"""Rebuilds ``models/speech_frames.json``, the weights that tell speech from silence.

    python -m benchmarks.train_speech_frames [OUT.json]

Synthetic voices (flite, eSpeak NG) say phrases with silences of known length between them, under
the conditions of `benchmarks.synthetic_answers` and some harsher ones; a logistic regression
learns which frames lie inside a phrase. Needs ``flite``, ``espeak-ng`` and scikit-learn; about
five minutes. No recorded person is in the training data: people's recordings only test it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import synthetic_answers as made
from simulator.places import find_places
from simulator.speech.activity import Activity, ActivityTracker
from simulator.speech.speech_frames import FEATURES, frame_features
from simulator.speech.timeline import FRAME_S

FRAMES_USED = 150_000
"""More change no weight by more than its own uncertainty."""


def add_fan(answer: made.Answer, snr_db: float, rng: np.random.Generator) -> made.Answer:
    """Noise that swells and falls."""
    t = np.arange(len(answer.samples)) / made.RATE_HZ
    swell = 1 + 0.6 * np.sin(2 * np.pi * t / rng.uniform(4, 12) + rng.uniform(0, 6))
    noise = made.coloured_noise(len(t), 1, rng) * swell
    level = made.speech_level(answer) * 10 ** (-snr_db / 20)
    return made.rounded(answer, answer.samples + noise / noise.std() * level)


HARSHER: dict[str, Callable[[made.Answer, np.random.Generator], made.Answer]] = {
    "fan (25 dB)": lambda a, rng: add_fan(a, 25, rng),
    "fan (15 dB)": lambda a, rng: add_fan(a, 15, rng),
    "fan (8 dB)": lambda a, rng: add_fan(a, 8, rng),
    "hiss (8 dB)": lambda a, rng: made.add_noise(a, 0, 8, rng),
    "noisy room (8 dB)": lambda a, rng: made.add_noise(a, 1, 8, rng),
    "echo (0.6 s)": lambda a, rng: made.add_noise(made.add_echo(a, 0.6, rng), 1, 35, rng),
    "loud breaths": lambda a, rng: made.add_noise(made.add_breaths(a, -16, rng), 1, 40, rng),
    "breaths in noise": lambda a, rng: made.add_noise(made.add_breaths(a, -26, rng), 1, 25, rng),
    "breaths, gated": lambda a, rng: made.add_breaths(a, -26, rng),
}


def training_answers() -> Iterator[made.Answer]:
    """Every training voice twice, each under every other condition in turn."""
    conditions = {**made.CONDITIONS, **HARSHER}
    for seed in (5, 6):
        for index, answer in enumerate(made.make_answers(made.TRAINING_VOICES, seed=seed)):
            for number, spoil in enumerate(conditions.values()):
                if (seed + index + number) % 2:
                    yield spoil(answer, np.random.default_rng([seed, index, number]))


def track(samples: NDArray[np.float32]) -> Activity:
    """The activity tracks of a whole recording."""
    tracker = ActivityTracker()
    tracker.feed(samples)
    tracker.finish()
    return tracker.track()


def inside_phrases(answer: made.Answer, frames: int) -> NDArray[np.bool_]:
    """Whether each frame's middle lies in a phrase."""
    middles = (np.arange(frames) + 0.5) * FRAME_S
    inside = np.zeros(frames, bool)
    for start, end in answer.phrases:
        inside |= (middles >= start) & (middles < end)
    return inside


def main(out: Path) -> None:
    """Train and write the weights."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    features, labels = [], []
    for answer in training_answers():
        described = frame_features(track(answer.samples))
        features.append(described)
        labels.append(inside_phrases(answer, len(described)))
    x, y = np.concatenate(features), np.concatenate(labels)
    used = np.random.default_rng(0).permutation(len(x))[:FRAMES_USED]
    mean, spread = x[used].mean(axis=0), x[used].std(axis=0)
    model = LogisticRegression(max_iter=500).fit((x[used] - mean) / spread, y[used])
    weights = model.coef_[0] / spread
    record = {
        "made_by": "python -m benchmarks.train_speech_frames",
        "bias": round(float(model.intercept_[0] - weights @ mean), 4),
        "weights": dict(zip(FEATURES, np.round(weights, 4).tolist(), strict=True)),
    }
    out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    right = float(np.mean((x @ weights + record["bias"] > 0) == y))
    print(f"{out}: {len(used)} of {len(x)} frames used, {right:.1%} of all frames right")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else find_places().models / "speech_frames.json")
