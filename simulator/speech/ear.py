"""The ear: every model that hearing needs, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from simulator.places import Places
from simulator.speech.filled_pauses import (
    ChunkEvidence,
    FilledPauseModel,
    hear_filled_pauses,
    load_filled_pause_model,
)
from simulator.speech.memory import NOTHING_BEFORE, Before, Reach
from simulator.speech.timeline import FilledPause, Word
from simulator.speech.transcription import Reading, Transcriber, load_transcriber

DEFAULT_SPEECH_MODEL = "base"


@dataclass(frozen=True, slots=True, eq=False)
class HeardChunk:
    """One chunk, read and searched for filled pauses.

    Attributes
    ----------
    reading : what Whisper made of it, without its states.
    words : the reading's words without those that were filled pauses in disguise.
    filled_pauses : in order of time.
    """

    reading: Reading
    words: tuple[Word, ...]
    filled_pauses: tuple[FilledPause, ...]


class Ear:
    """Hears chunks.

    Parameters
    ----------
    transcriber : Whisper.
    filled_pause_model : made for that Whisper's encoder; None where none fits, and then the
        prompted transcript alone decides.
    """

    def __init__(
        self, transcriber: Transcriber, filled_pause_model: FilledPauseModel | None
    ) -> None:
        self._transcriber = transcriber
        self._filled_pause_model = filled_pause_model

    @property
    def speech_model(self) -> str:
        """Name of the speech model, for reports."""
        return self._transcriber.name

    @property
    def reach(self) -> Reach:
        """How much of what came before a chunk is heard again with it."""
        return self._transcriber.reach

    def hear(
        self,
        samples: NDArray[np.float32],
        start_s: float,
        still_wanted: Callable[[], bool] = lambda: True,
        before: Before = NOTHING_BEFORE,
    ) -> HeardChunk:
        """Hear one chunk.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), float32], mono at 16 kHz.
        start_s : where the chunk begins in the recording, in seconds.
        still_wanted : asked between the steps; see `Transcriber.read`.
        before : what was heard up to the chunk's first sample.
        """
        reading = self._transcriber.read(samples, start_s, still_wanted, before)
        evidence = ChunkEvidence(
            start_s=start_s,
            samples=samples,
            states=reading.states,
            words=reading.words,
            prompted_words=reading.prompted_words,
            hesitations=reading.hesitations,
        )
        filled_pauses, disguised = hear_filled_pauses(evidence, self._filled_pause_model)
        return HeardChunk(
            # The states have served; 100 kB a second add up in a long answer.
            reading=replace(reading, states=np.zeros((0, reading.states.shape[-1]), np.float32)),
            words=_without(reading.words, disguised),
            filled_pauses=filled_pauses,
        )


def load_ear(speech_model: str, places: Places, threads: int) -> Ear:
    """Load the ear.

    Parameters
    ----------
    speech_model : short name, folder or hub name.
    places : where weights lie.
    threads : at most this many for Whisper.

    Raises
    ------
    SimulatorError : the weights are not there; one line that says how to get them.
    """
    from simulator.weights.locate import locate

    folder = locate(speech_model, places, "speech")
    transcriber = load_transcriber(folder, speech_model, threads)
    model = load_filled_pause_model(places.models / "filled_pauses", speech_model)
    return Ear(transcriber, model)


def _without(words: Sequence[Word], indices: Sequence[int]) -> tuple[Word, ...]:
    dropped = set(indices)
    return tuple(word for index, word in enumerate(words) if index not in dropped)
