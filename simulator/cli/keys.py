"""Single keys while a program runs, without waiting for Enter where the terminal allows it."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

END = "end"
"""Stands for the end of the input: no key will come any more."""


class Keys:
    """Keys pressed so far and not yet taken."""

    def __init__(self) -> None:
        self._pressed: queue.SimpleQueue[str] = queue.SimpleQueue()

    def press(self, key: str) -> None:
        """Note a key; called by the reading thread."""
        self._pressed.put(key)

    def take(self) -> str | None:
        """The next key that was pressed, None where none was."""
        try:
            return self._unless_end(self._pressed.get_nowait())
        except queue.Empty:
            return None

    def wait(self, timeout_s: float | None = None) -> str | None:
        """The next key, waiting for it; None after ``timeout_s`` and where no more will come."""
        try:
            return self._unless_end(self._pressed.get(timeout=timeout_s))
        except queue.Empty:
            return None

    def clear(self) -> None:
        """Forget what was pressed before it meant anything."""
        while self.take() is not None:
            pass

    def _unless_end(self, key: str) -> str | None:
        if key == END:
            self._pressed.put(END)  # for whoever asks next
            return None
        return key


def someone_there() -> bool:
    """Whether somebody sits at a terminal and can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def listen_for_keys(stream: TextIO | None = None) -> Iterator[Keys]:
    """Collect keys while the block runs; the terminal is put back as it was.

    Where ``stream`` is no terminal nothing is read: input that was piped in is no keyboard.
    """
    source = sys.stdin if stream is None else stream
    keys = Keys()
    if source is None or not source.isatty():
        yield keys
        return
    with _raw(source):
        threading.Thread(target=_read, args=(source, keys), name="keys", daemon=True).start()
        yield keys


def _read(source: TextIO, keys: Keys) -> None:
    read_one = _reader(source)
    while True:
        try:
            key = read_one()
        except (OSError, ValueError):  # the terminal is gone
            key = ""
        if not key:
            keys.press(END)
            return
        keys.press("enter" if key in "\r\n" else key.lower())


def _reader(source: TextIO) -> Callable[[], str]:
    """Reads one key; on Windows from the console itself, for a stream would wait for Enter."""
    try:
        import msvcrt
    except ImportError:
        return lambda: source.read(1)
    return msvcrt.getwche  # type: ignore[attr-defined, no-any-return, unused-ignore]


@contextmanager
def _raw(source: TextIO) -> Iterator[None]:
    """One key at a time, not echoed; Ctrl-C still works."""
    try:
        import termios
        import tty
    except ImportError:  # Windows gives keys one at a time by itself.
        yield
        return
    before = termios.tcgetattr(source)
    try:
        tty.setcbreak(source)
        yield
    finally:
        termios.tcsetattr(source, termios.TCSADRAIN, before)
