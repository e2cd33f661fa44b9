"""One code path: what is heard live equals what is heard of the finished file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from simulator.assessment import Assessor
from simulator.audio.blocks import to_float32
from simulator.audio.files import read_audio
from simulator.audio.recorder import Recording
from simulator.audio.resampling import Resampler, resample
from simulator.clarity.judge import AskedQuestion
from simulator.delivery.measures import measure_delivery
from simulator.feedback.coach import load_coach
from simulator.language.export import CAUSAL_SOURCE, EMBEDDER_SOURCE
from simulator.places import find_places
from simulator.speech.ear import Ear, load_ear
from simulator.speech.listener import Listener
from simulator.speech.timeline import Speech
from tests.loop.running import REPOSITORY

pytestmark = pytest.mark.models

QUESTION = AskedQuestion("Tell me about something you made better.")
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


def test_read_ahead_or_at_once_an_answer_is_judged_alike(
    ear: Ear, weights: Callable[[str], Path]
) -> None:
    for name in (CAUSAL_SOURCE, EMBEDDER_SOURCE):
        weights(name)
    samples, rate = read_audio(EXAMPLE)
    at_once = Assessor(ear, load_coach(find_places())).assess_recording(
        Recording(samples, rate, ()), QUESTION
    )
    assessor, heard = Assessor(ear, load_coach(find_places())), list[int]()
    with ThreadPoolExecutor(max_workers=1) as worker:
        listener = assessor.listener(
            QUESTION, worker, on_heard=lambda words, pauses: heard.append(len(words))
        )
        sound = resample(samples, rate)
        for at in range(0, len(sound), 4000):
            listener.feed(sound[at : at + 4000])
            worker.submit(lambda: None).result()  # as slow as speech: all is read ahead
        clarity = assessor.clarity(listener.finish(), QUESTION)
    assert len(heard) >= 3
    assert clarity == at_once.clarity
    assert clarity.score is not None
    assert clarity.strength is not None


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
