from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from simulator.audio.microphone import STOPPED_AFTER_S, Microphone
from simulator.errors import SourceError
from tests.audio.fake_portaudio import FakePortAudio

MOMENT = SimpleNamespace(inputBufferAdcTime=0.0)
NO_FLAGS = SimpleNamespace(input_overflow=False)


def ramp(first: int, count: int) -> np.ndarray:
    return np.arange(first, first + count, dtype=np.int16)


def test_the_devices_own_rate_is_used() -> None:
    with Microphone(sounddevice=FakePortAudio(rate=44_100)) as microphone:
        assert microphone.sample_rate_hz == 44_100


def test_a_device_that_refuses_its_rate_says_so_in_one_line() -> None:
    with (
        pytest.raises(SourceError, match=r"cannot be opened \(Invalid sample rate\)"),
        Microphone(sounddevice=FakePortAudio(refuses_rate=True)),
    ):
        pass


def test_no_microphone_is_one_line() -> None:
    with pytest.raises(SourceError, match="no microphone was found"):
        Microphone(sounddevice=FakePortAudio(present=False))


def test_an_overflow_is_counted_and_its_length_told() -> None:
    audio = FakePortAudio(rate=1000)
    with Microphone(sounddevice=audio) as microphone:
        stream = audio.streams[0]
        stream.capture(ramp(0, 100), at_s=10.0)
        stream.capture(ramp(350, 100), at_s=10.35, overflow=True)
        blocks = microphone.blocks(0.01)
        first, second = next(blocks), next(blocks)
    assert first is not None
    assert second is not None
    assert (first.lost_before, second.lost_before) == (0, 250)
    assert second.samples[0] == 350
    assert microphone.overflows == 1


def test_what_the_callback_raises_surfaces() -> None:
    audio = FakePortAudio()
    with Microphone(sounddevice=audio) as microphone:
        stream = audio.streams[0]
        stream.capture(ramp(0, 10), at_s=0.0)
        one_dimensional = np.zeros(10, np.int16)
        with pytest.raises(IndexError):
            stream.callback(one_dimensional, 10, MOMENT, NO_FLAGS)
        blocks = microphone.blocks(0.01)
        assert next(blocks) is not None
        with pytest.raises(SourceError, match="recording from 'fake microphone' failed"):
            next(blocks)


def test_a_stream_that_goes_quiet_is_noticed_and_what_came_is_kept() -> None:
    audio = FakePortAudio()
    with Microphone(sounddevice=audio) as microphone:
        audio.streams[0].capture(ramp(0, 480), at_s=0.0)
        came = []
        with pytest.raises(SourceError, match="stopped sending sound"):
            came.extend(microphone.blocks(STOPPED_AFTER_S / 4))
    assert sum(len(block.samples) for block in came if block is not None) == 480


def test_nothing_that_was_captured_is_lost() -> None:
    audio = FakePortAudio(rate=1000)
    rng = np.random.default_rng(7)
    with Microphone(sounddevice=audio) as microphone:
        at, sent = 0, []
        for size in rng.integers(1, 200, 50):
            samples = ramp(at, int(size))
            audio.streams[0].capture(samples, at_s=at / 1000)
            sent.append(samples)
            at += int(size)
        blocks = microphone.blocks(0.01)
        got = [next(blocks) for _ in sent]
    assert np.array_equal(np.concatenate([b.samples for b in got if b]), np.concatenate(sent))
