"""The bell of a pitch."""

from __future__ import annotations

import threading
from typing import Any, cast

import numpy as np
import pytest

from simulator.audio.bell import LENGTH_S, LOUDNESS, PITCH_HZ, RATE_HZ, bell
from simulator.audio.speaker import Speaker
from simulator.cli.sound import ringing
from simulator.errors import SourceError
from simulator.practice.events import Bell, Event, Notice


@pytest.mark.parametrize("moment", ["soon", "time"])
def test_a_bell_is_soft_short_and_at_its_pitch(moment: Any) -> None:
    sound = bell(moment)
    assert len(sound) == round(LENGTH_S * RATE_HZ)
    assert 0.5 * LOUDNESS * 32767 < np.abs(sound).max() <= LOUDNESS * 32767
    assert abs(int(sound[0])) < 50  # no click at either end
    assert np.abs(sound[-100:]).max() < 0.02 * np.abs(sound).max()
    spectrum = np.abs(np.fft.rfft(sound))
    assert abs(np.argmax(spectrum) / LENGTH_S - PITCH_HZ[moment]) < 5


class OneBell:
    """A speaker that notes one sound, or cannot play at all."""

    def __init__(self, error: SourceError | None = None) -> None:
        self.played = threading.Event()
        self._error = error

    def play(self, samples: object, rate: int) -> bool:
        del samples, rate
        self.played.set()
        if self._error is not None:
            raise self._error
        return True


def test_the_bell_rings_and_everything_else_is_only_told() -> None:
    told: list[Event] = []
    speaker = OneBell()
    announce = ringing(cast(Speaker, speaker), told.append)
    announce(Notice("hello"))
    assert not speaker.played.is_set()
    announce(Bell("time"))
    assert speaker.played.wait(5)
    assert told == [Notice("hello"), Bell("time")]


def test_a_bell_that_cannot_be_heard_is_said() -> None:
    told: list[Event] = []
    speaker = OneBell(SourceError("the speaker is gone"))
    ringing(cast(Speaker, speaker), told.append)(Bell("soon"))
    for thread in threading.enumerate():
        if thread.name == "bell":
            thread.join(5)
    assert told[1:] == [Notice("the speaker is gone; the bell is not heard")]


def test_without_a_speaker_nothing_is_added() -> None:
    told: list[Event] = []
    assert ringing(None, told.append) == told.append
