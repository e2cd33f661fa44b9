"""The person at the terminal, between the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.cli.keys import Keys
from simulator.practice.session import Finished
from simulator.practice.sitting import Choice

if TYPE_CHECKING:
    from rich.console import Console

CHOICES: dict[str, Choice] = {"enter": "next", "r": "again", "s": "skip", "q": "stop"}


class TerminalPerson:
    """Asks with one line, takes one key.

    Parameters
    ----------
    console : where to ask.
    keys : what is pressed.
    """

    def __init__(self, console: Console, keys: Keys) -> None:
        self._console = console
        self._keys = keys

    def before_question(self, place: int, count: int) -> Choice:
        """The first question is asked at once; before the others the person has a breath."""
        if count > 1:
            self._console.rule(f"Question {place + 1} of {count}", style="dim")
        return "next"

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """Wait for a key that means something."""
        del finished
        going_on = "Enter to finish" if last else "Enter to go on"
        self._console.print(
            f"\n{going_on}, r to answer again, s to leave the next one out, q to stop here.",
            style="dim",
        )
        return self._choose()

    def rate(self) -> int | None:
        """How it felt, before any number is shown; None where the person skips it."""
        self._console.print("How did that feel, 1 (poor) to 5 (good)? Enter skips.", style="dim")
        while (key := self._keys.wait()) is not None:
            if key == "enter":
                return None
            if key in "12345":
                return int(key)
        return None

    def _choose(self) -> Choice:
        self._keys.clear()
        while (key := self._keys.wait()) is not None:
            if key in CHOICES:
                return CHOICES[key]
        return "stop"


class NobodyThere:
    """Nobody at a keyboard: a recording is played in, one question is enough."""

    def before_question(self, place: int, count: int) -> Choice:
        """Ask the first one only."""
        del count
        return "next" if place == 0 else "stop"

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """One answer, then the end."""
        del finished, last
        return "stop"

    def rate(self) -> int | None:
        """Nobody can say how it felt."""
        return None
