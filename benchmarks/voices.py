"""How long it takes to have a question ready to play, first and from the kept file, and its pace.

``python -m benchmarks.voices [N]`` says the first N questions of the scenarios (12 unless told)
with every engine of this machine. Wall-clock seconds; the child process and its imports count.
The pace is words of the text over the length of the sound, edges of silence cut.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from statistics import median

from simulator.places import Places, find_places
from simulator.voices.manner import Manner, Voice
from simulator.voices.neural import find_neural_voice
from simulator.voices.speaking import Voices
from simulator.voices.system import EspeakVoice, Pyttsx3Voice

PACES = (145, 165, 205)


def questions(places: Places, count: int) -> list[str]:
    """The first questions of the scenarios that come with the program."""
    texts: list[str] = []
    for path in sorted(places.scenarios.glob("*.toml")):
        document = tomllib.loads(path.read_text(encoding="utf-8"))
        texts += [question["text"] for question in document.get("questions", [])]
    return texts[:count]


def measure(engine: Voice, texts: list[str], words_per_minute: int, folder: Path) -> str:
    """One line of the table."""
    voices = Voices([engine], folder)
    first_s, kept_s, words, sound_s = [], [], 0, 0.0
    for text in texts:
        times = []
        for _ in range(2):
            started = time.perf_counter()
            spoken = voices.speak(text, Manner(words_per_minute=words_per_minute))
            times.append(time.perf_counter() - started)
        if spoken is None:
            return f"{engine.name:10} {'; '.join(voices.failures)}"
        first_s.append(times[0])
        kept_s.append(times[1])
        words += len(text.split())
        sound_s += spoken.duration_s
    return (
        f"{engine.name:10} {words_per_minute:5} {words / sound_s * 60:6.0f} "
        f"{median(first_s):8.2f} {max(first_s):8.2f} {median(kept_s) * 1000:9.2f}"
    )


def main() -> None:
    """Print the table."""
    places = find_places()
    texts = questions(places, int(sys.argv[1]) if len(sys.argv) > 1 else 12)
    neural = find_neural_voice(places, os.environ)
    engines: list[Voice] = [Pyttsx3Voice(), EspeakVoice(), *([neural] if neural else [])]
    print(f"{len(texts)} questions, {os.cpu_count()} cores")
    print(f"{'engine':10} asked    wpm  first_s    max_s  kept_ms")
    with tempfile.TemporaryDirectory() as scratch:
        for engine in engines:
            for pace in PACES:
                print(measure(engine, texts, pace, Path(scratch)), flush=True)


if __name__ == "__main__":
    main()
