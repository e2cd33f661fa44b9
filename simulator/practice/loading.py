"""Models loaded in the background, while the question is being spoken."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Loading(Generic[_T]):
    """Something that takes a while, begun at once and waited for where it is needed.

    Parameters
    ----------
    load : runs once, on a thread of its own.
    """

    def __init__(self, load: Callable[[], _T]) -> None:
        self._load = load
        self._value: _T | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="loading", daemon=True)
        self._thread.start()

    def __call__(self) -> _T:
        """The value, waiting for it; raises what loading raised."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._value  # type: ignore[return-value]

    def _run(self) -> None:
        try:
            self._value = self._load()
        except BaseException as error:  # noqa: BLE001 - raised again where the value is needed
            self._error = error
