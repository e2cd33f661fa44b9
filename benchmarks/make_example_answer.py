"""Make the example answer of the demonstration: a synthetic voice that hesitates on purpose.

    python -m benchmarks.make_example_answer PIPER_COMMAND VOICE.onnx OUT.flac

Spoken by the CC0 voice "joe" (piper), piece by piece, with silences of known length between, so
that the demonstration has something to find: filled pauses, a restart, a long pause, a late point.
piper is GPL-3 and only ever run as a program of its own.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

PIECES: tuple[tuple[str, float], ...] = (
    ("", 1.3),
    ("Um,", 0.35),
    ("so in my last role I was looking after the night shift at a parcel depot,", 0.3),
    ("thirty two people, about eighteen thousand parcels a night.", 0.7),
    ("When I, when I took over, around two percent of them went to the wrong place,", 0.4),
    ("and, uh,", 0.9),
    ("nobody really knew why.", 0.8),
    (
        "So I spent two weeks standing at the chutes, writing down where the wrong ones came from.",
        0.5,
    ),
    ("It turned out that three bays had almost the same label.", 0.6),
    ("Um,", 1.4),
    (
        "I had those bays renumbered, and I moved the breaks so that nobody new was alone there.",
        0.7,
    ),
    ("By Christmas we were at zero point six percent.", 0.5),
    ("And I guess that is, you know, sort of what you would be getting with me.", 0.9),
)


def main(piper: str, voice: str, out: str) -> None:
    """Speak the pieces and write the FLAC."""
    rate, parts = 22_050, []
    for text, silence_s in PIECES:
        if text:
            samples, rate = _speak(piper, voice, text)
            parts.append(samples)
        # A little noise, as any room has: exact zeros would count as a dropout.
        noise = np.random.default_rng(len(parts)).normal(0, 2e-4, int(silence_s * rate))
        parts.append(noise.astype(np.float32))
    soundfile.write(out, np.concatenate(parts), rate, format="FLAC", subtype="PCM_16")


def _speak(piper: str, voice: str, text: str) -> tuple[np.ndarray, int]:
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "piece.wav"
        subprocess.run(
            [piper, "--model", voice, "--output_file", str(wav)],
            input=text.encode(),
            check=True,
            capture_output=True,
        )
        samples, rate = soundfile.read(wav, dtype="float32")
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return samples[max(0, loud[0] - 200) : loud[-1] + 400] * 0.6, rate


if __name__ == "__main__":
    main(*sys.argv[1:])
