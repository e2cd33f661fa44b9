"""Speech made up for tests: words with times, and a `Speech` around them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.speech.silence import find_silent_pauses
from simulator.speech.timeline import (
    FRAME_S,
    AudioQuality,
    FilledPause,
    FilledPauseLabel,
    Prosody,
    Repair,
    Span,
    Speech,
    Word,
)

CLEAN = AudioQuality(40.0, 0.0, 0, 7800.0, -23.0, (), usable=True)


def said(text: str, start_s: float = 0.0, word_s: float = 0.3) -> tuple[Word, ...]:
    """Words of equal length, back to back; "/" is a silence of 0.5 s."""
    words, at = [], start_s
    for token in text.split():
        if token == "/":
            at += 0.5
            continue
        words.append(Word(round(at, 3), round(at + word_s, 3), token, 0.9))
        at += word_s
    return tuple(words)


def sound(start_s: float, end_s: float, label: FilledPauseLabel = "um") -> FilledPause:
    return FilledPause(start_s, end_s, label, 0.9, "sound")


def spans_of(words: Sequence[Span]) -> tuple[Span, ...]:
    """Where there is speech: words that touch are one stretch."""
    spans: list[Span] = []
    for word in sorted(words, key=lambda w: w.start_s):
        if spans and word.start_s - spans[-1].end_s < 0.01:
            spans[-1] = Span(spans[-1].start_s, max(word.end_s, spans[-1].end_s))
        else:
            spans.append(Span(word.start_s, word.end_s))
    return tuple(spans)


def flat_prosody(duration_s: float, f0_hz: float = 120.0, loudness_db: float = -25.0) -> Prosody:
    frames = round(duration_s / FRAME_S)
    return Prosody(np.full(frames, loudness_db, np.float32), np.full(frames, f0_hz, np.float32))


def speech_of(
    words: Sequence[Word] = (),
    filled_pauses: Sequence[FilledPause] = (),
    duration_s: float | None = None,
    prosody: Prosody | None = None,
    quality: AudioQuality = CLEAN,
    doubts: tuple[str, ...] = (),
    repairs: tuple[Repair, ...] = (),
) -> Speech:
    spans = spans_of([*words, *filled_pauses])
    end_s = spans[-1].end_s if spans else 0.0
    length_s = duration_s if duration_s is not None else end_s + 0.5
    return Speech(
        duration_s=length_s,
        words=tuple(words),
        filled_pauses=tuple(filled_pauses),
        silent_pauses=find_silent_pauses(spans, words),
        repairs=repairs,
        speech_spans=spans,
        prosody=prosody if prosody is not None else flat_prosody(length_s),
        quality=quality,
        doubts=doubts,
    )
