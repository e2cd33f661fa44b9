"""What the listener does with chunks, whoever reads them: real sound, words made up for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.audio.files import read_audio
from simulator.audio.resampling import resample
from simulator.speech.assembly import Placed
from simulator.speech.ear import Ear, HeardChunk
from simulator.speech.listener import Listener
from simulator.speech.memory import NOTHING_BEFORE, SHORT_REACH, Before, Remembered
from simulator.speech.repairs import LONGEST_REPEAT
from simulator.speech.timeline import SAMPLE_RATE_HZ, Repair, Span, Speech, Word
from tests.loop.running import REPOSITORY

BLOCK = SAMPLE_RATE_HZ // 10


class MadeUpEar:
    """Hears a word every 0.4 s, repeats among them; remembers what it was given, in order."""

    reach = SHORT_REACH

    def __init__(self) -> None:
        self.read: list[float] = []
        self.remembered_s: list[float] = []

    def hear(
        self,
        samples: NDArray[np.float32],
        start_s: float,
        still_wanted: Callable[[], bool] = lambda: True,
        before: Before = NOTHING_BEFORE,
    ) -> HeardChunk:
        self.read.append(start_s)
        self.remembered_s.append(len(before.samples) / SAMPLE_RATE_HZ)
        span = Span(start_s, start_s + len(samples) / SAMPLE_RATE_HZ)
        starts = np.arange(span.start_s, span.end_s - 0.3, 0.4)
        texts = ("we", "we", "said", "so.", "It", "held.")
        words = [
            Word(float(at), float(at) + 0.4, texts[round(at / 0.4) % len(texts)], 0.9)
            for at in starts
        ]
        reading = SimpleNamespace(
            span=span,
            language="en",
            language_probability=0.9,
            remembered=Remembered(span, (1,) * len(words), (1,) * len(words), trusted=True),
        )
        chunk = SimpleNamespace(reading=reading, words=tuple(words), filled_pauses=())
        return cast(HeardChunk, chunk)


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    samples, rate = read_audio(REPOSITORY / "scenarios" / "demo" / "example-answer.flac")
    return resample(samples, rate)


def listen(
    sound: NDArray[np.float32], ear: MadeUpEar, told: Callable[[Placed], None]
) -> tuple[Speech, Speech]:
    """The same sound at once, and in blocks with a worker that keeps up."""
    whole = Listener(cast(Ear, MadeUpEar()))
    whole.feed(sound)
    with ThreadPoolExecutor(max_workers=1) as worker:
        live = Listener(cast(Ear, ear), worker, told)
        for at in range(0, len(sound), BLOCK):
            live.feed(sound[at : at + BLOCK])
            worker.submit(lambda: None).result()
        return whole.finish(), live.finish()


def test_what_is_certain_on_the_way_is_what_the_finished_recording_says(
    sound: NDArray[np.float32],
) -> None:
    told: list[Placed] = []
    ear = MadeUpEar()
    whole, live = listen(sound, ear, told.append)
    assert ear.remembered_s[0] == 0
    assert 0 < max(ear.remembered_s) <= SHORT_REACH.most_s
    assert live.words == whole.words
    assert live.repairs == whole.repairs
    assert live.silent_pauses == whole.silent_pauses
    assert live.quality == whole.quality
    assert len(told) >= 3
    assert whole.repairs
    for before in told:
        count = len(before.words)
        said = [word.text for word in whole.words[:count]]
        assert [word.text for word in before.words] == said
        # A repeat within the last words may still become part of a longer one.
        settled = places([r for r in whole.repairs if r.last_word < count - 2 * LONGEST_REPEAT])
        assert places(before.repairs)[: len(settled)] == settled


def places(repairs: Sequence[Repair]) -> list[tuple[str, int, int]]:
    return [(repair.kind, repair.first_word, repair.last_word) for repair in repairs]


def test_after_the_end_the_last_chunk_comes_before_what_would_be_read_ahead(
    sound: NDArray[np.float32],
) -> None:
    ear, told = MadeUpEar(), list[Placed]()
    free = threading.Event()
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(free.wait)
        live = Listener(cast(Ear, ear), worker, told.append)
        for at in range(0, len(sound), BLOCK):
            live.feed(sound[at : at + BLOCK])
        threading.Timer(0.5, free.set).start()
        speech = live.finish()
    assert told == []
    assert len(speech.words) > 60
    assert ear.read == sorted(ear.read)
