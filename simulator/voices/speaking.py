"""Text in, a sound file out: the best engine that works, made once and kept.

Synthesis never happens on the way to the loudspeaker. A question becomes a file first, so that the
player knows when it ends; a file that has been made before is used again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import wave
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from simulator.places import Places
from simulator.voices.manner import (
    Manner,
    Spoken,
    UnknownVoiceError,
    Voice,
    VoiceError,
    VoiceHungError,
)
from simulator.voices.neural import NAMES, SET_UP_LINE, find_neural_voice
from simulator.voices.sound import read_sound, whole_utterance, write_wav
from simulator.voices.system import EspeakVoice, Pyttsx3Voice

FORMAT = 1
"""Raise when the same request would sound different, so that kept files are made again."""

TRIES = 2
"""pyttsx3 sometimes writes nothing or half; a second process nearly always gets it right."""


class Voices:
    """The engines in order of preference, with the sounds they have made.

    Parameters
    ----------
    engines : the one to prefer first.
    folder : where sounds are kept; made when the first one is.
    """

    def __init__(self, engines: Sequence[Voice], folder: Path) -> None:
        self._engines = tuple(engines)
        self._folder = folder
        self._given_up: dict[str, str] = {}
        self._told: set[str] = set()

    def speak(self, text: str, manner: Manner) -> Spoken | None:
        """Say a text into a file, or find the file where it has been said before.

        Returns
        -------
        Spoken or None : None where there is nothing to say, or no engine works: show the text
            then, and `failures` says why.
        """
        said = " ".join(text.split())
        if not said:
            return None
        for asked in _named_then_usual(manner):
            for engine in self._engines:
                kept = self._folder / f"{_key(engine.name, said, asked)}.wav"
                from_cache = kept.is_file()
                if from_cache or self._make(engine, said, asked, kept):
                    notes = self._not_yet_told(self._notes(engine, manner, asked))
                    return Spoken(kept, _duration_s(kept), engine.name, notes, from_cache)
        return None

    @property
    def failures(self) -> tuple[str, ...]:
        """Which engines have failed in this run, and why; one line each."""
        return tuple(f"{engine} {reason}" for engine, reason in self._given_up.items())

    def _make(self, engine: Voice, text: str, manner: Manner, kept: Path) -> bool:
        """Have an engine say the text; false where it cannot, or has failed before."""
        if engine.name in self._given_up:
            return False
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # Made under another name and moved: the kept file appears whole or not at all.
            with tempfile.TemporaryDirectory(prefix=".making-", dir=self._folder) as scratch:
                ready = _sound_file(engine, text, manner, Path(scratch))
                ready.replace(kept)
        except UnknownVoiceError:
            return False
        except VoiceError as error:
            self._given_up[engine.name] = str(error)
            return False
        except OSError as error:
            self._given_up[engine.name] = f"could not keep its sound ({error.strerror or error})"
            return False
        return True

    def _not_yet_told(self, notes: Sequence[str]) -> tuple[str, ...]:
        """A person needs to hear each thing once a run, not with every question."""
        new = tuple(note for note in notes if note not in self._told)
        self._told.update(new)
        return new

    def _notes(self, engine: Voice, manner: Manner, asked: Manner) -> tuple[str, ...]:
        """What the person should know where it is not what was asked for."""
        notes: list[str] = []
        first = self._engines[0]
        if first.name in self._given_up and engine is not first:
            reason = self._given_up[first.name]
            notes.append(f"The voice {first.name} {reason}, so {engine.name} speaks.")
        if asked != manner and manner.voice in NAMES:
            notes.append(f"{SET_UP_LINE} The system's voice speaks meanwhile.")
        elif asked != manner:
            notes.append(f"There is no voice called {manner.voice} here, so the usual one speaks.")
        return tuple(notes)


def find_voices(places: Places, environ: Mapping[str, str] | None = None) -> Voices:
    """The engines of this machine: the neural voice first where it is set up."""
    neural = find_neural_voice(places, os.environ if environ is None else environ)
    system: tuple[Voice, ...] = (Pyttsx3Voice(), EspeakVoice())
    engines = system if neural is None else (neural, *system)
    return Voices(engines, places.cache / "voices")


def _sound_file(engine: Voice, text: str, manner: Manner, scratch: Path) -> Path:
    """A checked and trimmed WAV of the text, made in a folder that is thrown away."""
    raw, ready = scratch / "raw.wav", scratch / "ready.wav"
    for tries_left in reversed(range(TRIES)):
        try:
            samples, rate = read_sound(engine.speak(text, manner, raw))
            samples = whole_utterance(samples, rate, len(text.split()))
            break
        except (UnknownVoiceError, VoiceHungError):
            raise
        except VoiceError:
            raw.unlink(missing_ok=True)
            if not tries_left:
                raise
    write_wav(ready, samples, rate)
    return ready


def _named_then_usual(manner: Manner) -> Iterator[Manner]:
    yield manner
    if manner.voice is not None:
        yield replace(manner, voice=None)


def _key(engine: str, text: str, manner: Manner) -> str:
    request = json.dumps([FORMAT, engine, text, asdict(manner)], sort_keys=True)
    return hashlib.sha256(request.encode("utf-8")).hexdigest()[:32]


def _duration_s(path: Path) -> float:
    with wave.open(str(path), "rb") as sound:
        return sound.getnframes() / sound.getframerate()
