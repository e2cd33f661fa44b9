"""The person at the terminal, between the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from simulator.cli.keys import Keys
from simulator.practice.pausing import PauseEnd
from simulator.practice.session import Finished
from simulator.practice.sitting import Choice

if TYPE_CHECKING:
    from rich.console import Console

CHOICES: dict[str, Choice] = {"enter": "next", "r": "again", "s": "skip", "q": "stop"}
PAUSE_ENDS: dict[str, PauseEnd] = {
    "enter": "go_on",
    "p": "go_on",
    "r": "repeat",
    "s": "leave_out",
    "q": "stop",
}
AFTER_ANSWER = (
    "\n{going_on}, r to answer again, s to leave the next one out, q to stop and go on another day."
)
AFTER_LAST = "\nEnter to finish, r to answer again."
IN_PAUSE = (
    "Paused. Enter to go on, r to hear the question again, s to leave it out (what you said "
    "goes), q to stop here (what you said is kept)."
)
RATE = "How did that feel, 1 (poor) to 5 (good)? Enter skips."

_T = TypeVar("_T")


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
        """Every question is asked at once: the breath before it was taken after the last answer."""
        if count > 1:
            self._console.rule(f"Question {place + 1} of {count}", style="dim")
        return "next"

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """Wait for a key that means something."""
        del finished
        line = AFTER_LAST if last else AFTER_ANSWER.format(going_on="Enter to go on")
        return self._choose(line, CHOICES, at_the_end="stop")

    def during_pause(self) -> PauseEnd:
        """Wait in the middle of an answer."""
        return self._choose(IN_PAUSE, PAUSE_ENDS, at_the_end="stop")

    def rate(self) -> int | None:
        """How it felt, before any number is shown; None where the person skips it."""
        numbers = {"enter": 0} | {str(n): n for n in range(1, 6)}
        rating = self._choose(RATE, numbers, at_the_end=0)
        return rating or None

    def _choose(self, line: str, choices: dict[str, _T], at_the_end: _T) -> _T:
        """Ask, and take the first key that means something; another where no key will come."""
        # First forgotten, then asked: who answers at once is heard.
        self._keys.clear()
        self._console.print(line, style="dim")
        while (key := self._keys.wait()) is not None:
            if key in choices:
                return choices[key]
        return at_the_end


class NobodyThere:
    """Nobody at a keyboard: a recording is played in, one question is enough."""

    def __init__(self) -> None:
        self._asked = False

    def before_question(self, place: int, count: int) -> Choice:
        """Ask the first one only."""
        del place, count
        choice: Choice = "stop" if self._asked else "next"
        self._asked = True
        return choice

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """One answer, then the end."""
        del finished, last
        return "stop"

    def during_pause(self) -> PauseEnd:
        """Nobody pauses."""
        return "go_on"

    def rate(self) -> int | None:
        """Nobody can say how it felt."""
        return None
