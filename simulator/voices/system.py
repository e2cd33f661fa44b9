"""The system's own voices: pyttsx3 in a child process, and eSpeak NG's command directly."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from simulator.voices.child import run_child
from simulator.voices.espeak_scale import espeak_pitch, espeak_rate
from simulator.voices.manner import Manner, UnknownVoiceError, VoiceError
from simulator.voices.pick import InstalledVoice
from simulator.voices.pyttsx3_child import STATUS_UNKNOWN_VOICE

TIME_LIMIT_S = 20.0
"""A question takes well under a second with eSpeak NG; macOS and Windows may take seconds."""

CHILD = (sys.executable, "-m", "simulator.voices.pyttsx3_child")


class Pyttsx3Voice:
    """pyttsx3, one child process an utterance.

    Parameters
    ----------
    command : runs the child.
    time_limit_s : the child is ended after this long.
    """

    name = "pyttsx3"

    def __init__(self, command: Sequence[str] = CHILD, time_limit_s: float = TIME_LIMIT_S) -> None:
        self._command = tuple(command)
        self._time_limit_s = time_limit_s

    def speak(self, text: str, manner: Manner, into: Path) -> Path:
        """Say a text into a file; see `Voice.speak`."""
        self._ask({"text": text, "into": str(into), "manner": asdict(manner)})
        return into

    def installed(self) -> tuple[InstalledVoice, ...]:
        """The voices that the system has.

        Raises
        ------
        VoiceError : they cannot be listed: no speech engine, or one that hangs.
        """
        try:
            voices = json.loads(self._ask({"list": True}))["voices"]
            return tuple(InstalledVoice(**voice) for voice in voices)
        except (ValueError, KeyError, TypeError) as error:
            raise VoiceError("gave no readable list of voices") from error

    def _ask(self, request: dict[str, object]) -> str:
        done = run_child(self._command, json.dumps(request), self._time_limit_s)
        if done.status == STATUS_UNKNOWN_VOICE:
            raise UnknownVoiceError(done.last_complaint)
        if done.status != 0:
            raise VoiceError(done.last_complaint)
        return done.output


class EspeakVoice:
    """eSpeak NG's own command, for where pyttsx3 fails on a system that has it."""

    name = "espeak-ng"

    def __init__(
        self, command: Sequence[str] = ("espeak-ng",), time_limit_s: float = TIME_LIMIT_S
    ) -> None:
        self._command = tuple(command)
        self._time_limit_s = time_limit_s

    def speak(self, text: str, manner: Manner, into: Path) -> Path:
        """Say a text into a file; see `Voice.speak`."""
        rate, pitch = str(espeak_rate(manner)), str(espeak_pitch(manner))
        voice = manner.voice or "en"
        options = ("-v", voice, "-s", rate, "-p", pitch, "-w", str(into), "--stdin")
        done = run_child((*self._command, *options), text, self._time_limit_s)
        if "voice does not exist" in done.complaints:
            raise UnknownVoiceError(f"no voice called {voice}")
        if done.status != 0:
            raise VoiceError(done.last_complaint)
        return into
