"""One utterance, or the list of voices, from pyttsx3, in a process that is thrown away.

``python -m simulator.voices.pyttsx3_child``: a request as JSON on standard input, the answer as
JSON on standard output. A process of its own, because pyttsx3 can hang, speaks or saves only once
a process with some drivers, prints to standard output, and its eSpeak driver writes a later
utterance over the file of an earlier one.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from simulator.voices.espeak_scale import espeak_pitch, espeak_rate
from simulator.voices.manner import Manner
from simulator.voices.pick import InstalledVoice, named_voice, usual_voice

STATUS_FAILED = 1
STATUS_UNKNOWN_VOICE = 3

_LOOK_S = 0.05
_LOOKS = 100


def main() -> int:
    """Answer the request on standard input; returns the exit status."""
    answer_to = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # What pyttsx3 and the engines print must not mix with the answer.
    sys.stdout = sys.stderr
    request: dict[str, Any] = json.loads(sys.stdin.buffer.read().decode("utf-8"))
    try:
        import pyttsx3

        engine = pyttsx3.init()
    except Exception as error:  # noqa: BLE001
        # Each driver fails in a way of its own where the system has no speech engine.
        return _fail(f"no speech engine ({error})")
    voices = [_describe(voice) for voice in engine.getProperty("voices")]
    if "list" in request:
        answer: dict[str, Any] = {"voices": [asdict(voice) for voice in voices]}
    else:
        manner = Manner(**request["manner"])
        if manner.voice is not None and named_voice(voices, manner.voice) is None:
            return _fail(f"no voice called {manner.voice}", STATUS_UNKNOWN_VOICE)
        into = Path(request["into"])
        answer = {"voice": _say(engine, voices, request["text"], manner, into)}
        if not _arrives(into):
            return _fail("wrote no file")
    with answer_to:
        json.dump(answer, answer_to)
    return 0


def _say(
    engine: Any, voices: list[InstalledVoice], text: str, manner: Manner, into: Path
) -> str | None:
    """Say the text into the file; returns the id of the voice that was set."""
    is_espeak = str(engine) == "espeak"
    if manner.voice is not None:
        voice = named_voice(voices, manner.voice)
    else:
        own = engine.getProperty("voice")
        voice = usual_voice(voices, manner, own, has_pitch=is_espeak)
    if voice is not None:
        engine.setProperty("voice", voice)
    if is_espeak:
        engine.setProperty("pitch", espeak_pitch(manner))
    engine.setProperty("rate", espeak_rate(manner) if is_espeak else manner.words_per_minute)
    engine.save_to_file(text, str(into))
    engine.runAndWait()
    return voice


def _describe(voice: Any) -> InstalledVoice:
    """A voice in the same words whatever the driver: they differ in case, bytes and prefixes."""
    language = (voice.languages or [""])[0] or ""
    if isinstance(language, bytes):
        language = language.decode("utf-8", errors="ignore").lstrip("\x05")
    gender = (voice.gender or "").removeprefix("VoiceGender").casefold()
    return InstalledVoice(str(voice.id), str(voice.name), language.replace("_", "-"), gender)


def _arrives(path: Path) -> bool:
    """Wait until the file is there and has stopped growing.

    About one time in twenty pyttsx3 2.99 comes back from eSpeak before the file is written.
    """
    size = -1
    for _ in range(_LOOKS):
        now = path.stat().st_size if path.exists() else 0
        if now > 0 and now == size:
            return True
        size = now
        time.sleep(_LOOK_S)
    return False


def _fail(reason: str, status: int = STATUS_FAILED) -> int:
    sys.stderr.write(f"{reason}\n")
    return status


if __name__ == "__main__":
    ended_with = main()
    sys.stderr.flush()
    # Drivers hang or crash while they are torn down, and nothing is left to tidy.
    os._exit(ended_with)
