"""How something is to be said, what saying it gave, and what may go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

Pitch = Literal["low", "middle", "high"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How an utterance is to sound.

    Parameters
    ----------
    words_per_minute : real words of running text a minute; each engine's own scale is set to it.
    pitch : shifts the voice where the engine can, else picks another one of those installed.
    voice : the voice's name or id as `installed_voices` lists it; None for the usual one.
    """

    words_per_minute: int = 165
    pitch: Pitch = "middle"
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """An utterance as a sound file.

    Parameters
    ----------
    path : a mono 16-bit WAV that ends with the last sound, so its end is the question's end.
    duration_s : its length.
    engine : what made it.
    notes : plain lines for the person, where it is not what was asked for; each once a run.
    from_cache : whether it had been made before.
    """

    path: Path
    duration_s: float
    engine: str
    notes: tuple[str, ...]
    from_cache: bool


class VoiceError(Exception):
    """An engine could not speak; the message says why. The next engine is tried."""


class UnknownVoiceError(VoiceError):
    """The engine works, but has no voice of the name that was asked for."""


class VoiceHungError(VoiceError):
    """The engine did not come back in time; it is not tried again in this run."""


class Voice(Protocol):
    """An engine that speaks into a file."""

    name: str

    def speak(self, text: str, manner: Manner, into: Path) -> Path:
        """Say a text into a sound file of any format that libsndfile reads.

        Parameters
        ----------
        text : what to say; not empty.
        manner : how to say it.
        into : the file to write.

        Returns
        -------
        Path : the file.

        Raises
        ------
        VoiceError : nothing usable was written.
        """
        ...
