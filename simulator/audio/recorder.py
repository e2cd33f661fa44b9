"""Keeping what is spoken, from the first moment: on disk as it comes.

While an answer is being given its samples go to ``ID.part.pcm`` beside ``ID.part.json``, which
says what they are. A process that is killed leaves both behind, and `unfinished` finds them. The
facts' file is locked while the recording is in somebody's hands; the system lets go of the lock
with the process, however that ends.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block
from simulator.audio.files import write_flac
from simulator.speech.timeline import Span

_PCM = ".part.pcm"
_FACTS = ".part.json"

HELD_FOR_S = 120.0
"""Where files cannot be locked, one written to so lately is taken to be in somebody's hands."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A finished recording.

    Attributes
    ----------
    samples : np.ndarray [shape=(n,), int16], mono.
    sample_rate_hz : their rate.
    gaps : where the device lost sound; filled with silence of the right length.
    """

    samples: NDArray[np.int16]
    sample_rate_hz: int
    gaps: tuple[Span, ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A recording that a killed process left behind."""

    attempt_id: str
    pcm: Path
    sample_rate_hz: int
    facts: Mapping[str, str]

    @property
    def duration_s(self) -> float:
        """How much was kept, in seconds."""
        return self.pcm.stat().st_size // 2 / self.sample_rate_hz

    @property
    def being_made(self) -> bool:
        """Whether a program still records it, or judges it."""
        facts = _facts_path(self.pcm)
        try:
            with facts.open("rb+") as file:
                return not _lock(file, facts)
        except OSError:
            return False

    def read(self) -> Recording:
        """What was kept of it."""
        raw = self.pcm.read_bytes()
        samples = np.frombuffer(raw[: len(raw) // 2 * 2], dtype="<i2").astype(np.int16)
        return Recording(samples, self.sample_rate_hz, ())

    def discard(self) -> None:
        """Remove it from disk."""
        _facts_path(self.pcm).unlink(missing_ok=True)
        self.pcm.unlink(missing_ok=True)


class Recorder:
    """Takes blocks and keeps them, in memory and on disk.

    Parameters
    ----------
    folder : where recordings are kept; made if missing.
    attempt_id : names the files.
    sample_rate_hz : of the blocks.
    facts : what a later start needs to finish the attempt (question, scenario ...).

    A disk that is full or refuses does not stop the answer: what was spoken stays in memory,
    and ``disk_error`` says what happened.
    """

    def __init__(
        self, folder: Path, attempt_id: str, sample_rate_hz: int, facts: Mapping[str, str]
    ) -> None:
        self._folder = folder
        self._attempt_id = attempt_id
        self._rate = sample_rate_hz
        self._blocks: list[NDArray[np.int16]] = []
        self._gaps: list[Span] = []
        self._taken = 0
        self.disk_error: OSError | None = None
        self._pcm = folder / f"{attempt_id}{_PCM}"
        self._file: IO[bytes] | None = None
        self._facts: IO[bytes] | None = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            kept = json.dumps({"sample_rate_hz": sample_rate_hz, "facts": dict(facts)})
            self._facts = _facts_path(self._pcm).open("wb")
            self._facts.write(kept.encode())
            self._facts.flush()
            # On the disk itself: without its facts a recording could not be read again.
            os.fsync(self._facts.fileno())
            _lock(self._facts, _facts_path(self._pcm))
            # Unbuffered: what is written is in the system's hands, whatever becomes of us.
            self._file = self._pcm.open("wb", buffering=0)
        except OSError as error:
            self.disk_error = error

    @property
    def duration_s(self) -> float:
        """Length of what was taken so far, in seconds."""
        return self._taken / self._rate

    @property
    def gaps(self) -> tuple[Span, ...]:
        """Where the device lost sound so far."""
        return tuple(self._gaps)

    def take(self, block: Block) -> NDArray[np.int16]:
        """Keep a block.

        Returns
        -------
        np.ndarray [shape=(m,), int16] : the block, any lost samples before it as silence.
        """
        samples = block.samples
        if block.lost_before:
            start_s = self.duration_s
            self._gaps.append(Span(start_s, start_s + block.lost_before / self._rate))
            samples = np.concatenate([np.zeros(block.lost_before, np.int16), samples])
        self._blocks.append(samples)
        self._taken += len(samples)
        if self._file is not None:
            try:
                self._file.write(samples.astype("<i2", copy=False).tobytes())
            except OSError as error:
                self.disk_error = error
                self._close()
        return samples

    def finish(self) -> Recording:
        """Everything that was taken, gaps marked. The raw file stays until `discard`."""
        self._close()
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.int16)
        return Recording(samples, self._rate, self.gaps)

    def write_flac(self, recording: Recording) -> Path:
        """Write the recording as FLAC beside the raw file; returns its path.

        Raises
        ------
        OSError : the disk refuses.
        """
        path = self._folder / f"{self._attempt_id}.flac"
        write_flac(path, recording.samples, recording.sample_rate_hz)
        return path

    def discard(self) -> None:
        """Remove the raw file: the attempt is kept otherwise, or nothing was said."""
        self._close()
        self._remove()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _remove(self) -> None:
        if self._facts is not None:
            self._facts.close()
            self._facts = None
        self._pcm.unlink(missing_ok=True)
        _facts_path(self._pcm).unlink(missing_ok=True)


def unfinished(folder: Path) -> tuple[Unfinished, ...]:
    """Recordings that a killed process left behind, oldest first."""
    found = []
    for pcm in sorted(folder.glob(f"*{_PCM}")):
        facts_path = _facts_path(pcm)
        if not facts_path.is_file() or pcm.stat().st_size == 0:
            continue
        try:
            kept = json.loads(facts_path.read_text(encoding="utf-8"))
            rate, facts = int(kept["sample_rate_hz"]), dict(kept["facts"])
        except (ValueError, KeyError, TypeError):
            continue  # The sound stays on disk for whoever knows what it is.
        found.append(Unfinished(pcm.name.removesuffix(_PCM), pcm, rate, facts))
    return tuple(found)


def _lock(file: IO[bytes], path: Path) -> bool:
    """Take the lock of a file until it is closed; false where somebody else holds it."""
    try:
        import fcntl
    except ImportError:  # Windows
        return time.time() - path.stat().st_mtime > HELD_FOR_S
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _facts_path(pcm: Path) -> Path:
    return pcm.with_name(pcm.name.removesuffix(_PCM) + _FACTS)
