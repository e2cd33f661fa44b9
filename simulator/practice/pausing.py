"""A pause in the middle of an answer: the telephone rings, or the question was not understood.

Nothing is recorded in a pause, and its time does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from simulator.practice.answering import AfterPause
from simulator.practice.events import Announce, Paused, Resumed

PauseWish = Literal["pause", "repeat"]
"""What can be asked for while answering: a pause, or the question once more."""

PauseEnd = Literal["go_on", "repeat", "leave_out", "stop"]
"""How a pause ends; ``repeat`` says the question again and then goes on."""


def pausing(
    wish: Callable[[], PauseWish | None],
    during_pause: Callable[[], PauseEnd],
    say_again: Callable[[], None],
    announce: Announce,
) -> Callable[[], AfterPause | None]:
    """What `take_answer` asks at every block.

    Parameters
    ----------
    wish : what the person asks for, None mostly.
    during_pause : waits until the person knows how to go on.
    say_again : says the question once more, to its end.
    announce : told of the pause and of its end.
    """

    def look() -> AfterPause | None:
        wanted = wish()
        if wanted is None:
            return None
        announce(Paused())
        end: PauseEnd = "repeat" if wanted == "repeat" else during_pause()
        if end == "repeat":
            say_again()
        if end in ("leave_out", "stop"):
            return "leave_out" if end == "leave_out" else "stop"
        announce(Resumed())
        return "go_on"

    return look
