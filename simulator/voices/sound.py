"""Is a synthesised sound whole, and where does it begin and end?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.voices.manner import VoiceError

AUDIBLE = 0.003
"""About -50 dB below full scale: engines' pauses are digital silence, their softest sounds not."""

EDGE_S = 0.03
"""Left before and after the first and last audible sample, so that no consonant is cut."""

FASTEST_WORDS_PER_S = 12.0
"""Twice as fast as any engine speaks: a shorter sound was cut off while it was written."""


def read_sound(path: Path) -> tuple[NDArray[np.float32], int]:
    """Read what an engine wrote, whatever its format (macOS writes AIFF under any name).

    Returns
    -------
    samples : np.ndarray [shape=(n,), float32], mono.
    sample_rate_hz : int

    Raises
    ------
    VoiceError : missing or no readable sound.
    """
    import soundfile

    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, OSError, RuntimeError) as error:
        raise VoiceError(f"wrote no readable sound ({error})") from error
    return samples.mean(axis=1, dtype=np.float32), int(rate)


def write_wav(path: Path, samples: NDArray[np.float32], sample_rate_hz: int) -> None:
    """Write mono samples as a 16-bit WAV.

    Raises
    ------
    VoiceError : the disk did not take it.
    """
    import soundfile

    try:
        soundfile.write(path, samples, sample_rate_hz, format="WAV", subtype="PCM_16")
    except soundfile.LibsndfileError as error:
        raise VoiceError(f"could not keep its sound ({error})") from error


def whole_utterance(
    samples: NDArray[np.float32], sample_rate_hz: int, n_words: int
) -> NDArray[np.float32]:
    """The audible part of an utterance, after a check that it is one.

    Engines pad what they say; eSpeak by up to half a second. A question whose file outlasts its
    last word would make every answer's response time too short.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), float32]
    sample_rate_hz : their rate.
    n_words : words that were to be said.

    Returns
    -------
    np.ndarray [shape=(m,), float32] : from just before the first to just after the last sound.

    Raises
    ------
    VoiceError : silent, or too short to hold that many words.
    """
    audible = np.flatnonzero(np.abs(samples) >= AUDIBLE)
    if len(audible) == 0:
        raise VoiceError("wrote only silence")
    edge = round(EDGE_S * sample_rate_hz)
    start = max(0, int(audible[0]) - edge)
    end = min(len(samples), int(audible[-1]) + 1 + edge)
    if end - start < n_words / FASTEST_WORDS_PER_S * sample_rate_hz:
        raise VoiceError("stopped before the end of the text")
    return samples[start:end]
