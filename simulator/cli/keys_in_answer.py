"""The keys that mean something while a person answers."""

from __future__ import annotations

from simulator.cli.keys import Keys
from simulator.practice.pausing import PauseWish

WISHES: dict[str, PauseWish] = {"p": "pause", "r": "repeat"}


class KeysInAnswer:
    """Sorts what is pressed during an answer into its stop and into pauses.

    Parameters
    ----------
    keys : what is pressed.
    """

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._stop = False
        self._wish: PauseWish | None = None

    def stop_asked(self) -> bool:
        """Whether Enter was pressed since this was last asked."""
        self._look()
        stop, self._stop = self._stop, False
        return stop

    def pause_asked(self) -> PauseWish | None:
        """What kind of pause was asked for since this was last asked."""
        self._look()
        wish, self._wish = self._wish, None
        return wish

    def _look(self) -> None:
        while (key := self._keys.take()) is not None:
            self._stop = self._stop or key == "enter"
            self._wish = WISHES.get(key, self._wish)
