"""What was spoken, kept where there is still room, when the recordings' disk is full."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from simulator.audio.files import write_flac
from simulator.audio.recorder import Recording


def other_folders() -> tuple[Path, ...]:
    """Where else an answer may be put: the person's own folder, then the system's for odds and
    ends, which is often on another disk or in memory.
    """
    return (Path.home(), Path(tempfile.gettempdir()))


def keep_elsewhere(
    recording: Recording, attempt_id: str, folders: Sequence[Path] | None = None
) -> Path | None:
    """Write the sound into the first folder that takes it.

    Parameters
    ----------
    recording : what was spoken.
    attempt_id : names the file.
    folders : tried in order; None for `other_folders`.

    Returns
    -------
    Path or None : the file; None where no folder takes it.
    """
    for folder in other_folders() if folders is None else folders:
        path = folder / f"{attempt_id}.flac"
        try:
            write_flac(path, recording.samples, recording.sample_rate_hz)
        except OSError:
            # The next folder is the answer to this error; that none was left is told by None.
            continue
        return path
    return None
