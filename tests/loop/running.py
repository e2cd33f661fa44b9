"""The program in a process of its own, its events read as they come."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]

Told = dict[str, Any]


class Running:
    """``simulator ... --events`` as another program would run it.

    Parameters
    ----------
    words : of the command line, without ``--events``.
    environ : of the process.
    """

    def __init__(self, words: Sequence[str], environ: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "simulator", *words, "--events"],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=REPOSITORY,
        )
        self.events: list[Told] = []
        self._coming: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()

    def wait_for(self, name: str, timeout_s: float) -> Told:
        """The next event of that name; fails where it does not come."""
        until = time.monotonic() + timeout_s
        while True:
            try:
                event = self._coming.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                self.process.kill()
                raise AssertionError(f"no {name} within {timeout_s} s: {self.told()}") from None
            if event is None:
                raise AssertionError(f"ended before {name}: {self.told()} {self.errors()}")
            self.events.append(event)
            if event["event"] == name:
                return event

    def finish(self, timeout_s: float) -> int:
        """Wait for the end; the exit status."""
        status = self.process.wait(timeout_s)
        while (event := self._coming.get(timeout=5)) is not None:
            self.events.append(event)
        return status

    def told(self) -> list[str]:
        """Names of what was told so far, levels left out."""
        return [event["event"] for event in self.events if event["event"] != "level"]

    def errors(self) -> str:
        """What went to standard error, once the process has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._coming.put(json.loads(line))
        self._coming.put(None)
