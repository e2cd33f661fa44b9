"""Hearing on a thread of its own: who leaves it leaves no model at work behind."""

from __future__ import annotations

import threading
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.practice.hearing import LiveHearing
from simulator.speech.listener import Listener
from tests.practice.stage import Heard

BLOCK = np.zeros(1600, np.float32)


class SlowlyHeard(Heard):
    """Takes each block only when told to go on; knows whether it is at it."""

    def __init__(self) -> None:
        super().__init__(())
        self.began, self.go_on = threading.Event(), threading.Event()
        self.at_work = False
        self.blocks = 0
        self.finished = False

    def feed(self, samples: NDArray[np.float32]) -> None:
        self.at_work = True
        self.began.set()
        assert self.go_on.wait(10)
        super().feed(samples)
        self.blocks += 1
        self.at_work = False

    def finish(self, *_: object) -> None:  # type: ignore[override]
        self.finished = True


def test_what_is_heard_to_its_end_is_given() -> None:
    with LiveHearing(lambda: cast(Listener, Heard(()))) as hearing:
        for _ in range(5):
            hearing.feed(BLOCK)
        hearing.end()
        assert hearing.result().duration_s == pytest.approx(0.5)


def test_who_leaves_in_mid_answer_waits_for_the_block_that_is_being_heard() -> None:
    listener = SlowlyHeard()

    def leave() -> None:
        with LiveHearing(lambda: cast(Listener, listener)) as hearing:
            for _ in range(3):
                hearing.feed(BLOCK)
            assert listener.began.wait(10)
            raise KeyboardInterrupt

    threading.Timer(0.3, listener.go_on.set).start()
    with pytest.raises(KeyboardInterrupt):
        leave()
    assert listener.go_on.is_set()
    assert not listener.at_work
    assert listener.blocks == 1, "the other blocks are no longer wanted"
    assert not listener.finished


def test_nobody_who_leaves_waits_for_models_that_still_load() -> None:
    loaded, listener = threading.Event(), SlowlyHeard()
    listener.go_on.set()

    def load() -> Listener:
        assert loaded.wait(10)
        return cast(Listener, listener)

    with LiveHearing(load) as hearing:
        hearing.feed(BLOCK)
    assert not loaded.is_set()
    loaded.set()
    hearing._thread.join(10)
    assert not hearing._thread.is_alive()
    assert listener.blocks == 0


def test_what_goes_wrong_while_hearing_is_told_to_who_asks() -> None:
    def load() -> Listener:
        raise OSError("no weights")

    with LiveHearing(load) as hearing:
        hearing.end()
        with pytest.raises(OSError, match="no weights"):
            hearing.result()
