from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np

from simulator.speech.activity import ActivityTracker
from simulator.speech.assembly import assemble, measure_sound
from simulator.speech.ear import HeardChunk
from simulator.speech.timeline import FilledPause, Prosody, Span, Speech, Word

RATE = 16_000


def silero_stand_in(
    windows: np.ndarray, h: np.ndarray, c: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    loud = np.mean(np.square(windows[:, 64:]), axis=1) > 1e-4
    return np.where(loud, 0.99, 0.01).astype(np.float32), h, c


def recording(spoken: list[tuple[float, float]], duration_s: float) -> np.ndarray:
    rng = np.random.default_rng(0)
    sound = rng.normal(0, 0.0005, int(duration_s * RATE))
    for start, end in spoken:
        a, b = int(start * RATE), int(end * RATE)
        sound[a:b] += rng.normal(0, 0.1, b - a)
    return sound.astype(np.float32)


def chunk(words: list[Word], filled: list[FilledPause], span: Span) -> HeardChunk:
    reading = SimpleNamespace(span=span, language="en", language_probability=0.9)
    heard = SimpleNamespace(reading=reading, words=tuple(words), filled_pauses=tuple(filled))
    return cast(HeardChunk, heard)


def heard() -> Speech:
    samples = recording([(1.0, 2.0), (3.0, 3.4), (4.0, 5.5)], 7.0)
    tracker = ActivityTracker(silero_stand_in)
    tracker.feed(samples)
    tracker.finish()
    words = [
        Word(0.9, 1.4, "We", 0.9),
        Word(1.4, 2.6, "went,", 0.9),
        Word(2.7, 4.6, "we", 0.9),
        Word(4.6, 5.5, "went.", 0.9),
        Word(6.4, 6.8, "Thanks.", 0.2),
    ]
    um = FilledPause(3.0, 3.4, "um", 0.9, "sound")
    empty = Prosody(np.zeros(0, np.float32), np.zeros(0, np.float32))
    sound = measure_sound(samples, tracker.track(), empty)
    return assemble(sound, [chunk(words, [um], Span(0.5, 7.0))])


def test_words_pauses_and_repairs_stand_on_one_time_base() -> None:
    speech = heard()
    assert speech.duration_s == 7.0
    assert speech.content_text == "We went, we went."
    assert speech.verbatim_text == "We went, um we went."
    np.testing.assert_allclose(
        [(w.start_s, w.end_s) for w in speech.words],
        [(1.0, 1.4), (1.4, 2.0), (4.0, 4.6), (4.6, 5.5)],
        atol=0.03,
    )
    found = [(p.start_s, p.end_s, p.position) for p in speech.silent_pauses]
    expected = [(0.0, 1.0), (2.0, 3.0), (3.4, 4.0)]
    np.testing.assert_allclose([f[:2] for f in found], expected, atol=0.03)
    assert [f[2] for f in found] == ["before_answer", "between_clauses", "between_clauses"]
    assert [(r.kind, r.text) for r in speech.repairs] == [("repetition", "We went,")]


def test_a_word_written_where_nothing_was_said_is_dropped() -> None:
    speech = heard()
    assert "Thanks." not in speech.content_text
    assert speech.trusted
    assert speech.language == "en"


def test_no_chunks_is_no_speech() -> None:
    samples = recording([], 3.0)
    tracker = ActivityTracker(silero_stand_in)
    tracker.feed(samples)
    tracker.finish()
    empty = Prosody(np.zeros(0, np.float32), np.zeros(0, np.float32))
    speech = assemble(measure_sound(samples, tracker.track(), empty), [])
    assert speech.doubts == ("no_speech",)
    assert speech.silent_pauses == ()
    assert not speech.quality.usable
