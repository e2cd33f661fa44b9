"""Audio files in and out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block, to_int16
from simulator.errors import SimulatorError

BLOCK_S = 0.05


class AudioFileError(SimulatorError):
    """A recording cannot be read."""


def read_audio(path: Path) -> tuple[NDArray[np.int16], int]:
    """Read a recording of any format that libsndfile or FFmpeg's libraries know.

    Returns
    -------
    samples : np.ndarray [shape=(n,), int16], mono.
    sample_rate_hz : int

    Raises
    ------
    AudioFileError : missing, not audio, or empty; one line that says which.
    """
    if not path.is_file():
        raise AudioFileError(f"no such recording: {path}")
    if path.stat().st_size == 0:
        raise AudioFileError(f"the recording is empty: {path}")
    try:
        samples, rate = _read_with_soundfile(path)
    except _UnreadableError:
        samples, rate = _read_with_av(path)
    if len(samples) == 0:
        raise AudioFileError(f"the recording holds no sound: {path}")
    return samples, rate


class _UnreadableError(Exception):
    """The format is not one this reader knows."""


def _read_with_soundfile(path: Path) -> tuple[NDArray[np.int16], int]:
    import soundfile

    if path.suffix.lower() in (".mp2", ".mp3"):
        raise _UnreadableError("its MP3 decoder writes its own complaints to standard error")
    try:
        samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise _UnreadableError(str(error)) from error
    return to_int16(samples), int(rate)


def _read_with_av(path: Path) -> tuple[NDArray[np.int16], int]:
    import av

    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise AudioFileError(f"there is no sound in this file: {path}")
            stream = container.streams.audio[0]
            rate = int(stream.rate)
            resampler = av.AudioResampler(format="s16", layout="mono", rate=rate)
            parts = [
                piece.to_ndarray().reshape(-1)
                for frame in container.decode(stream)
                for piece in resampler.resample(frame)
            ]
            parts += [piece.to_ndarray().reshape(-1) for piece in resampler.resample(None)]
    except (av.error.FFmpegError, ValueError) as error:
        raise AudioFileError(
            f"this file cannot be read as sound: {path} (WAV, FLAC, MP3, OGG, M4A and most "
            "others can)"
        ) from error
    return np.concatenate(parts) if parts else np.zeros(0, np.int16), rate


def write_flac(path: Path, samples: NDArray[np.int16], sample_rate_hz: int) -> None:
    """Write a FLAC file whole or not at all.

    Raises
    ------
    OSError : the disk refuses.
    """
    import soundfile

    temporary = path.with_name(path.name + ".part")
    try:
        soundfile.write(temporary, samples, sample_rate_hz, format="FLAC", subtype="PCM_16")
        temporary.replace(path)
    except soundfile.LibsndfileError as error:
        raise OSError(str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


class FileSource:
    """A recording played into the microphone's place, in real time.

    Parameters
    ----------
    path : the recording.
    clock, sleep : the time, in seconds, and a way to wait; passed in so that tests need not.
    """

    def __init__(
        self,
        path: Path,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._samples, self.sample_rate_hz = read_audio(path)
        self.label = path.name
        self._clock = clock
        self._sleep = sleep

    live = False

    def __enter__(self) -> FileSource:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def position(self) -> int:
        """Always 0: a file begins when it is opened."""
        return 0

    def blocks(self, timeout_s: float) -> Iterator[Block | None]:
        """Blocks of 50 ms, each when it would have been spoken."""
        del timeout_s  # a file always has its next block in time
        size = max(1, round(BLOCK_S * self.sample_rate_hz))
        began = self._clock()
        for start in range(0, len(self._samples), size):
            block = self._samples[start : start + size]
            due = began + (start + len(block)) / self.sample_rate_hz
            wait_s = due - self._clock()
            if wait_s > 0:
                self._sleep(wait_s)
            yield Block(block)
