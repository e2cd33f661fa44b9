"""The program at a terminal of its own, with somebody who reads and presses keys."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")


class AtTerminal:
    """``simulator ...`` in a process of its own, its screen and keyboard a pseudo-terminal.

    Parameters
    ----------
    words : of the command line.
    environ : of the process.
    """

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *words],
            env={**environ, "TERM": "xterm", "COLUMNS": "160", "LINES": "50"},
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=REPOSITORY,
            start_new_session=True,
        )
        os.close(slave)
        self._screen = ""
        self._read_to = 0
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def screen(self) -> str:
        """Everything shown so far, without control characters."""
        return _CONTROL.sub("", self._screen)

    def wait_for(self, text: str, timeout_s: float) -> None:
        """Wait until a text is shown that had not been shown when this was last called."""
        until = time.monotonic() + timeout_s
        while time.monotonic() < until:
            found = self.screen.find(text, self._read_to)
            if found >= 0:
                self._read_to = found + len(text)
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"{text!r} was not shown: {self.screen[self._read_to :]}")

    def press(self, keys: str) -> None:
        """Press keys, one after the other."""
        os.write(self._master, keys.encode())

    def finish(self, timeout_s: float) -> int:
        """Wait for the end; the exit status."""
        status = self.process.wait(timeout_s)
        self._thread.join(5)
        return status

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the other end is closed
                return
            if not data:
                return
            self._screen += data.decode("utf-8", "replace")
