"""Pitch and loudness over an answer: range, monotone stretches, fading ends, rising ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.speech.timeline import FRAME_S, Prosody, Span, Word

LEAST_VOICED_S = 3.0
"""Less voice than this says nothing about a speaker's range [judgement]."""

MONOTONE_SEMITONES = 1.0
MONOTONE_WINDOW_S = 6.0
_MONOTONE_HOP_S = 1.0
"""Standard deviation of pitch over 6 s. Lively speech has 3 semitones and more, reading 2 to 3;
tools of this kind call a whole answer under 2 flat; half of that over 6 s is heard [judgement]."""

END_S = 0.4
FADE_DB = 9.0
"""How far the end of a sentence lies under its middle. Every sentence declines a little, by 3 to
6 dB; beyond that its last words begin to be lost [judgement]."""

RISE_SEMITONES = 3.0
"""A final rise that is heard as a question (Fletcher and Harrington 2001: 3 and more) [memory]."""

_SENTENCE_END = re.compile(r"[.?!…][\"')\]]*$")
_LEAST_SENTENCE_S = 1.5


@dataclass(frozen=True, slots=True)
class Melody:
    """What pitch and loudness did; None where there is too little voice.

    Attributes
    ----------
    pitch_range_semitones : 5th to 95th percentile of voiced frames.
    pitch_median_hz : of voiced frames.
    loudness_db : median of speech, decibels re full scale.
    loudness_range_db : 10th to 90th percentile of speech.
    monotone_stretches : stretches of 6 s and more with hardly any movement.
    faded_ends : ends of sentences that sank away.
    rising_ends : ends of statements that rose like questions.
    sentence_ends : how many ends could be judged.
    """

    pitch_range_semitones: float | None
    pitch_median_hz: float | None
    loudness_db: float | None
    loudness_range_db: float | None
    monotone_stretches: tuple[Span, ...]
    faded_ends: tuple[Span, ...]
    rising_ends: tuple[Span, ...]
    sentence_ends: int


def measure_melody(prosody: Prosody, words: Sequence[Word], speech_spans: Sequence[Span]) -> Melody:
    """Measure pitch and loudness.

    Parameters
    ----------
    prosody : a frame every 10 ms.
    words : with punctuation; they tell where sentences end.
    speech_spans : where there was speech.
    """
    semitones = _semitones(prosody.f0_hz)
    voiced = np.isfinite(semitones)
    spoken = _frames_in(speech_spans, len(semitones))
    enough = np.count_nonzero(voiced) * FRAME_S >= LEAST_VOICED_S
    loud = prosody.loudness_db[spoken]
    ends = sentence_ends(words)
    asking = {word.end_s for word in words if "?" in word.text}
    return Melody(
        pitch_range_semitones=_spread(semitones[voiced], 5, 95) if enough else None,
        pitch_median_hz=_rounded(float(np.nanmedian(prosody.f0_hz))) if enough else None,
        loudness_db=_rounded(float(np.median(loud))) if len(loud) else None,
        loudness_range_db=_spread(loud, 10, 90) if len(loud) else None,
        monotone_stretches=monotone_stretches(semitones) if enough else (),
        faded_ends=tuple(end for whole, end in ends if _faded(prosody, whole, end, spoken)),
        rising_ends=tuple(
            end for whole, end in ends if whole.end_s not in asking and _rises(semitones, end)
        ),
        sentence_ends=len(ends),
    )


def monotone_stretches(semitones: NDArray[np.float32]) -> tuple[Span, ...]:
    """Stretches in which pitch hardly moves.

    Parameters
    ----------
    semitones : np.ndarray [shape=(n,), float32], a frame every 10 ms; NaN without voice.
    """
    window, hop = round(MONOTONE_WINDOW_S / FRAME_S), round(_MONOTONE_HOP_S / FRAME_S)
    if len(semitones) < window:
        return ()
    windows = np.lib.stride_tricks.sliding_window_view(semitones, window)[::hop]
    voiced = np.isfinite(windows).sum(axis=1)
    # A third voiced is usual for speech with its pauses; with less there is nothing to hear.
    flat = (voiced >= window / 3) & (_robust_sd(windows, voiced) < MONOTONE_SEMITONES)
    found: list[Span] = []
    for start in (np.flatnonzero(flat) * hop).tolist():
        start_s, end_s = start * FRAME_S, (start + window) * FRAME_S
        if found and start_s <= found[-1].end_s:
            found[-1] = Span(found[-1].start_s, round(end_s, 2))
        else:
            found.append(Span(round(start_s, 2), round(end_s, 2)))
    return tuple(found)


def sentence_ends(words: Sequence[Word]) -> list[tuple[Span, Span]]:
    """Each sentence long enough to judge, with its last `END_S` seconds."""
    found, first = [], 0
    for index, word in enumerate(words):
        if not _SENTENCE_END.search(word.text):
            continue
        whole = Span(words[first].start_s, word.end_s)
        if whole.duration_s >= _LEAST_SENTENCE_S:
            found.append((whole, Span(round(word.end_s - END_S, 3), word.end_s)))
        first = index + 1
    return found


def _faded(prosody: Prosody, whole: Span, end: Span, spoken: NDArray[np.bool_]) -> bool:
    inner = _level(prosody, Span(whole.start_s, end.start_s), spoken)
    last = _level(prosody, end, spoken)
    return inner is not None and last is not None and inner - last > FADE_DB


def _level(prosody: Prosody, span: Span, spoken: NDArray[np.bool_]) -> float | None:
    """Level of the louder frames: vowels, so that a closing "t" is no fading."""
    here = slice(round(span.start_s / FRAME_S), round(span.end_s / FRAME_S))
    frames = prosody.loudness_db[here][spoken[here]]
    return _percentile(frames, 0.8) if len(frames) >= 10 else None


def _rises(semitones: NDArray[np.float32], end: Span) -> bool:
    frames = semitones[round(end.start_s / FRAME_S) : round(end.end_s / FRAME_S)]
    voiced = np.flatnonzero(np.isfinite(frames))
    if len(voiced) < 15:
        return False
    third = len(voiced) // 3
    begins, stops = frames[voiced[:third]], frames[voiced[-third:]]
    return _percentile(stops, 0.5) - _percentile(begins, 0.5) >= RISE_SEMITONES


def _percentile(values: NDArray[np.float32], share: float) -> float:
    """As NumPy's own, which takes ten times as long for the few frames of a sentence's end."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    return low + (high - low) * (place - below)


def _semitones(f0_hz: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(12 * np.log2(f0_hz / 100.0), np.float32)


def _frames_in(spans: Sequence[Span], count: int) -> NDArray[np.bool_]:
    inside = np.zeros(count, bool)
    for span in spans:
        inside[round(span.start_s / FRAME_S) : round(span.end_s / FRAME_S)] = True
    return inside


def _spread(values: NDArray[np.float32], low: float, high: float) -> float:
    bottom, top = np.percentile(values, [low, high])
    return round(float(top - bottom), 2)


def _robust_sd(rows: NDArray[np.float32], counts: NDArray[np.intp]) -> NDArray[np.float64]:
    """Half the distance between the 16th and 84th percentile: octave slips do not count.

    Parameters
    ----------
    rows : np.ndarray [shape=(n, width), float32], NaN where there is no value.
    counts : np.ndarray [shape=(n,), int], values in each row.

    Returns
    -------
    np.ndarray [shape=(n,), float64]; NaN for a row without a value.
    """
    ordered = np.sort(rows, axis=1)  # NaN comes last

    def percentile(share: float) -> NDArray[np.float64]:
        place = share * np.maximum(counts - 1, 0)
        below = np.floor(place).astype(np.intp)
        above = np.minimum(below + 1, np.maximum(counts - 1, 0))
        row = np.arange(len(rows))
        low, high = ordered[row, below].astype(np.float64), ordered[row, above]
        return np.asarray(low + (high - low) * (place - below))

    return (percentile(0.84) - percentile(0.16)) / 2


def _rounded(value: float) -> float:
    return round(value, 2)
