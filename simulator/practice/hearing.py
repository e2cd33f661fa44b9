"""Hearing on a thread of its own, so that recording never waits for a model.

The recorder must keep up with the microphone from the first sample; models load, compile and think
when they please. Between the two stands a queue.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulator.speech.listener import Listener
from simulator.speech.timeline import Span, Speech

LET_GO_WITHIN_S = 5.0
"""A block of sound is heard in milliseconds; what takes longer compiles, and is left behind."""


class LiveHearing:
    """Feeds a listener from a queue; a context, which nothing leaves while it is being heard.

    Parameters
    ----------
    make_listener : called on the hearing thread; may take its time (models still load).
    """

    def __init__(self, make_listener: Callable[[], Listener]) -> None:
        self._make_listener = make_listener
        self._blocks: queue.SimpleQueue[NDArray[np.float32] | None] = queue.SimpleQueue()
        self._gaps: Sequence[Span] = ()
        self._listener: Listener | None = None
        self._speech: Speech | None = None
        self._error: BaseException | None = None
        self._let_go = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hearing", daemon=True)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Hear no more. A program that ends while a model runs on a thread of it would crash."""
        self._let_go.set()
        self._blocks.put(None)
        if self._listener is not None:
            self._thread.join(LET_GO_WITHIN_S)

    @property
    def silent_for_s(self) -> float | None:
        """Seconds since anyone spoke, as far as has been heard; None before the first word."""
        return None if self._listener is None else self._listener.silent_for_s

    @property
    def heard_s(self) -> float:
        """How much has been heard, in seconds."""
        return 0.0 if self._listener is None else self._listener.duration_s

    def feed(self, samples: NDArray[np.float32]) -> None:
        """Hand on a block [shape=(n,), float32]; returns at once."""
        self._blocks.put(samples)

    def end(self, gaps: Sequence[Span] = ()) -> None:
        """Say that no more will come; hearing goes on to its end behind the caller's back.

        Parameters
        ----------
        gaps : where the device lost sound.
        """
        self._gaps = gaps
        self._blocks.put(None)

    def result(self) -> Speech:
        """What was heard, after `end`; waits for it.

        Raises whatever went wrong on the hearing thread.
        """
        self._thread.join()
        if self._error is not None:
            raise self._error
        assert self._speech is not None
        return self._speech

    def _run(self) -> None:
        try:
            listener = self._listener = self._make_listener()
            while (block := self._blocks.get()) is not None:
                if self._let_go.is_set():
                    return
                listener.feed(block)
            if self._let_go.is_set():
                return
            self._speech = listener.finish(self._gaps)
        except BaseException as error:  # noqa: BLE001 - raised again in result()
            self._error = error
