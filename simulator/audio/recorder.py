"""Keeping what is spoken, from the first moment: on disk as it comes.

While an answer is being given its samples go to ``ID.part.pcm`` beside ``ID.part.json``, which
says what they are. A process that is killed leaves both behind, and `unfinished` finds them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block
from simulator.audio.files import write_flac
from simulator.speech.timeline import Span

_PCM = ".part.pcm"
_FACTS = ".part.json"


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
        self._file = None
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _facts_path(self._pcm).write_text(
                json.dumps({"sample_rate_hz": sample_rate_hz, "facts": dict(facts)})
            )
            # Unbuffered: what is written is in the system's hands, whatever becomes of us.
            self._file = self._pcm.open("wb", buffering=0)
        except OSError as error:
            self.disk_error = error

    @property
    def duration_s(self) -> float:
        """Length of what was taken so far, in seconds."""
        return self._taken / self._rate

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
        return Recording(samples, self._rate, tuple(self._gaps))

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
        self._pcm.unlink(missing_ok=True)
        _facts_path(self._pcm).unlink(missing_ok=True)


def unfinished(folder: Path) -> tuple[Unfinished, ...]:
    """Recordings that a killed process left behind, oldest first."""
    found = []
    for pcm in sorted(folder.glob(f"*{_PCM}")):
        facts_path = _facts_path(pcm)
        if not facts_path.is_file() or pcm.stat().st_size == 0:
            continue
        kept = json.loads(facts_path.read_text())
        found.append(
            Unfinished(
                attempt_id=pcm.name.removesuffix(_PCM),
                pcm=pcm,
                sample_rate_hz=int(kept["sample_rate_hz"]),
                facts=kept["facts"],
            )
        )
    return tuple(found)


def _facts_path(pcm: Path) -> Path:
    return pcm.with_name(pcm.name.removesuffix(_PCM) + _FACTS)
