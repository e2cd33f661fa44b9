"""One code path: what is heard live equals what is heard of the finished file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from simulator.audio.blocks import to_float32
from simulator.audio.files import read_audio
from simulator.audio.resampling import Resampler, resample
from simulator.delivery.measures import measure_delivery
from simulator.places import find_places
from simulator.speech.ear import Ear, load_ear
from simulator.speech.listener import Listener
from simulator.speech.timeline import Speech
from tests.loop.running import REPOSITORY

pytestmark = pytest.mark.models

EXAMPLE = REPOSITORY / "scenarios" / "demo" / "example-answer.flac"


@pytest.fixture(scope="module")
def ear(weights: Callable[[str], Path]) -> Ear:
    weights("whisper-tiny.en")
    return load_ear("tiny.en", find_places(), threads=2)


def whole(ear: Ear) -> Speech:
    samples, rate = read_audio(EXAMPLE)
    listener = Listener(ear)
    listener.feed(resample(samples, rate))
    return listener.finish()


def in_blocks(ear: Ear, sizes: np.random.Generator) -> Speech:
    samples, rate = read_audio(EXAMPLE)
    resampler = Resampler(rate)
    with ThreadPoolExecutor(max_workers=1) as worker:
        listener = Listener(ear, worker)
        at = 0
        while at < len(samples):
            count = int(sizes.integers(100, 9000))
            listener.feed(resampler.feed(samples[at : at + count]))
            at += count
        listener.feed(resampler.finish())
        return listener.finish()


def test_live_and_finished_file_give_the_same_words_and_measures(ear: Ear) -> None:
    once, live = whole(ear), in_blocks(ear, np.random.default_rng(3))
    assert live.words == once.words
    assert live.filled_pauses == once.filled_pauses
    assert live.silent_pauses == once.silent_pauses
    assert live.repairs == once.repairs
    assert live.quality == once.quality
    assert measure_delivery(live) == measure_delivery(once)
    assert len(once.words) > 80


def test_times_are_ordered_and_inside_the_recording(ear: Ear) -> None:
    speech = whole(ear)
    starts = [word.start_s for word in speech.words]
    assert starts == sorted(starts)
    assert all(0 <= w.start_s <= w.end_s <= speech.duration_s + 1e-6 for w in speech.words)


def test_silence_alone_has_no_words(ear: Ear) -> None:
    listener = Listener(ear)
    listener.feed(to_float32(np.zeros(16_000 * 3, np.int16)))
    speech = listener.finish()
    assert (speech.words, speech.filled_pauses, speech.silent_pauses) == ((), (), ())
    assert speech.doubts == ("no_speech",)
    assert not speech.quality.usable
