"""Run a speech engine as a child process that cannot outstay its welcome."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.voices.manner import VoiceError, VoiceHungError


@dataclass(frozen=True, slots=True)
class Finished:
    """How a child process ended."""

    status: int
    output: str
    complaints: str

    @property
    def last_complaint(self) -> str:
        """The last line it wrote to standard error, or its exit status."""
        lines = [line.strip() for line in self.complaints.splitlines() if line.strip()]
        return lines[-1] if lines else f"exit status {self.status}"


def run_child(command: Sequence[str], text: str, time_limit_s: float) -> Finished:
    """Run a command with a text on its standard input.

    Raises
    ------
    VoiceError : it cannot be started.
    VoiceHungError : it was still running at the time limit and has been ended.
    """
    try:
        done = subprocess.run(
            command,
            input=text.encode("utf-8"),
            capture_output=True,
            timeout=time_limit_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceHungError(f"did not come back within {time_limit_s:.0f} s") from error
    except OSError as error:
        raise VoiceError(f"cannot be started ({error.strerror or error})") from error
    return Finished(
        done.returncode,
        done.stdout.decode("utf-8", errors="replace"),
        done.stderr.decode("utf-8", errors="replace"),
    )
