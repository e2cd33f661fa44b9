"""What speaks for and against each sound that may be a filled pause.

Two witnesses propose: the network on the encoder's states, and the prompted transcript. Every
proposal is then described by the same few numbers, which the judge weighs (`filled_pause_judge`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_net import CLASSES, FRAME_S
from simulator.speech.filled_pause_witness import Hesitation, label_of
from simulator.speech.steadiness import SoundTrack, follow_sound
from simulator.speech.timeline import SAMPLE_RATE_HZ, FilledPauseLabel, Span, Word

Floats = NDArray[np.float32]

FEATURES = (
    "sound_peak", "sound_mean", "sound_core_s", "log_duration", "affirmation", "hum", "written",
    "written_plainly", "wanted", "unread", "covered", "confusable", "quiet_before", "quiet_after",
    "level", "timbre_change", "centroid_spread", "centroid_height", "voiced", "pitch_wander",
    "pitch_slope", "pitch_offset",
)  # fmt: skip
"""Names of the numbers that describe a candidate, in the judge's order."""

MATCH_S = 0.3
"""Two witnesses mean the same sound when their spans overlap or start this close together."""

_LOW, _PEAK = 0.15, 0.25
"""Proposals begin far below certainty: the judge, not this threshold, decides."""

_BRIDGE_S = 0.08
"""Shorter dips do not end a sound (science: dips under 80 ms are bridged)."""

_DIP, _SURE_PEAK = 0.6, 0.5
"""Two sounds stand apart where the score between two sure peaks falls under this share of the
lower one. Read off one speaker's "uh um uh" (dips of 0.15 to 0.57, none within a sound)."""

_SILENT_DIP_DB, _SILENT_DIP_FRAMES = 18.0, 2
"""Two sounds also stand apart where the voice stops between them for 40 ms: this far below the
softer of the two. A vowel sinks into its hum by 10 dB, and no sound dips so deep and comes back."""

_SHORTEST_S = 0.06
"""Shorter sounds are clicks and slips of a decoder's clock, no filled pauses."""

_CONFUSABLE = frozenset(
    "a i the er or are uh ah oh of and um i'm an am em eh hm".split()  # noqa: SIM905
)
"""Words that a filled pause is often taken for: "a" and "I" above all (Zhu et al. 2023)."""

_LEAST_SHARED_S, _LEAST_SHARED = 0.1, 0.3
"""How much of a candidate must lie where the decoder wanted a filled pause: a place may end in the
middle of a long one."""

_SURE_WORD = 0.6
_QUIET_DB = 25.0
"""A frame this far below the chunk's loud speech counts as silence beside a candidate."""


@dataclass(frozen=True, slots=True, eq=False)
class ChunkEvidence:
    """Everything the ear knows about one chunk.

    Attributes
    ----------
    start_s : where the chunk begins in the recording, in seconds.
    samples : np.ndarray [shape=(m,), float32], mono at 16 kHz.
    states : np.ndarray [shape=(n, d), float32], encoder output at 50 Hz, cut to the chunk.
    words : of the plain decoding, times counted from the start of the recording.
    prompted_words : of the verbatim-prompted decoding, same times; may be empty.
    hesitations : where the prompted decoding wanted a filled pause; may be empty.
    """

    start_s: float
    samples: Floats
    states: Floats
    words: tuple[Word, ...] = ()
    prompted_words: tuple[Word, ...] = ()
    hesitations: tuple[Hesitation, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate(Span):
    """A stretch that may be a filled pause, in seconds from the start of the chunk.

    ``features`` are in the order of `FEATURES`.
    """

    label: FilledPauseLabel
    features: tuple[float, ...]

    def feature(self, name: str) -> float:
        """One of the numbers by its name."""
        return self.features[FEATURES.index(name)]


def candidates(evidence: ChunkEvidence, probabilities: Floats) -> tuple[Candidate, ...]:
    """Everything in a chunk that may be a filled pause, described.

    Parameters
    ----------
    evidence : of the chunk.
    probabilities : np.ndarray [shape=(n, 5), float32], of `CLASSES` per 20 ms frame.

    Returns
    -------
    tuple of Candidate
        In order of time; they do not overlap.
    """
    score = smoothed(probabilities[:, 1:4].sum(axis=1))
    levels = frame_levels(evidence.samples, len(score))
    written = _written((*evidence.prompted_words, *evidence.words), evidence.start_s)
    spans = [part for span in sound_spans(score) for part in cut_at_silences(span, levels)]
    alone = [w for w in written if not any(same_sound(w, s) for s in spans)]
    spans = sorted([*spans, *(_snapped(w, score, levels) for w in alone)], key=lambda s: s.start_s)
    if not spans:
        return ()
    track = follow_sound(evidence.samples)
    return tuple(
        _described(span, evidence, probabilities, score, levels, written, track)
        for span in _apart(spans)
        if span.duration_s > _SHORTEST_S - 1e-6
    )


def smoothed(values: Floats, frames: int = 5) -> Floats:
    """Running mean over ``frames`` frames, same length."""
    if not len(values):
        return values
    padded = np.pad(values, frames // 2, "edge")
    return np.convolve(padded, np.full(frames, 1 / frames), "valid").astype(np.float32)


def sound_spans(score: Floats, low: float = _LOW, peak: float = _PEAK) -> list[Span]:
    """Runs of frames above ``low`` that reach ``peak``, short dips bridged.

    A run is cut in two where the score dips between two sounds ("uh, uh"); its edges are drawn in
    to where the score falls under a third of the run's peak.
    """
    runs: list[list[int]] = []
    for start, end in _runs(score > low):
        if runs and (start - runs[-1][1]) * FRAME_S < _BRIDGE_S:
            runs[-1][1] = end
        else:
            runs.append([start, end])
    spans = []
    for start, end in (part for run in runs for part in _cut_at_dips(score, run[0], run[1])):
        top = float(score[start:end].max())
        if top < peak:
            continue
        inside = np.flatnonzero(score[start:end] > max(low, top / 3))
        span = Span((start + int(inside[0])) * FRAME_S, (start + int(inside[-1]) + 1) * FRAME_S)
        if span.duration_s >= _SHORTEST_S:
            spans.append(span)
    return spans


def _cut_at_dips(score: Floats, start: int, end: int) -> list[tuple[int, int]]:
    """A run's parts between dips that are deep beside both of their neighbouring peaks."""
    if end - start < 3:
        return [(start, end)]
    inside = score[start:end]
    before = np.maximum.accumulate(inside)
    after = np.maximum.accumulate(inside[::-1])[::-1]
    lower_peak = np.minimum(before, after)
    depth = np.where(lower_peak >= _SURE_PEAK, inside / np.maximum(lower_peak, 1e-6), 1.0)
    lowest = int(np.argmin(depth))
    if depth[lowest] > _DIP or lowest in (0, end - start - 1):
        return [(start, end)]
    middle = start + lowest
    return [*_cut_at_dips(score, start, middle), *_cut_at_dips(score, middle, end)]


def cut_at_silences(span: Span, levels: Floats) -> list[Span]:
    """A sound's parts between the places where the voice stops ("uh, um").

    Parameters
    ----------
    span : in seconds from the start of the chunk.
    levels : np.ndarray [shape=(n,), float32], in dB per 20 ms frame.
    """
    first, last = round(span.start_s / FRAME_S), min(len(levels), round(span.end_s / FRAME_S))
    inside = levels[first:last]
    if len(inside) < 3 * _SILENT_DIP_FRAMES:
        return [span]
    before = np.maximum.accumulate(inside)
    after = np.maximum.accumulate(inside[::-1])[::-1]
    silent = inside < np.minimum(before, after) - _SILENT_DIP_DB
    stops = [(a, b) for a, b in _runs(silent) if b - a >= _SILENT_DIP_FRAMES]
    edges = [0, *(edge for stop in stops for edge in stop), len(inside)]
    parts = [
        Span((first + a) * FRAME_S, (first + b) * FRAME_S)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]
    return [part for part in parts if part.duration_s > _SHORTEST_S - 1e-6] or [span]


def frame_levels(samples: Floats, frames: int) -> Floats:
    """RMS level in dB of every 20 ms frame."""
    size = int(FRAME_S * SAMPLE_RATE_HZ)
    padded = np.pad(samples, (0, max(0, frames * size - len(samples))))[: frames * size]
    power = (padded.reshape(frames, size).astype(np.float64) ** 2).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-10), np.float32)


def same_sound(one: Span, other: Span) -> bool:
    """Whether two spans stand for the same sound."""
    return one.overlap_s(other) > 0 or abs(one.start_s - other.start_s) <= MATCH_S


def _runs(on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.pad(on.astype(np.int8), 1)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _written(words: Sequence[Word], start_s: float) -> list[Word]:
    """Filled pauses among words, in chunk time; a looping decoder's zero-length ones left out."""
    found: list[Word] = []
    for w in words:
        if label_of(w.text) and w.duration_s >= 0.03:
            moved = Word(w.start_s - start_s, w.end_s - start_s, w.text, w.probability)
            if not any(moved.overlap_s(other) > 0 for other in found):
                found.append(moved)
    return sorted(found, key=lambda w: w.start_s)


def _snapped(word: Word, score: Floats, levels: Floats) -> Span:
    """A written pause's span drawn to the loudest voiced run near it: word times run long."""
    first = max(0, int((word.start_s - 0.1) / FRAME_S))
    last = min(len(levels), int((word.end_s + 0.1) / FRAME_S) + 1)
    if last - first < 3:
        return Span(word.start_s, word.end_s)
    heard = levels[first:last] + 10 * score[first:last]
    peak = int(np.argmax(heard))
    loud = levels[first:last] > levels[first + peak] - 15
    for start, end in _runs(loud):
        if start <= peak < end:
            return Span((first + start) * FRAME_S, (first + end) * FRAME_S)
    return Span(word.start_s, word.end_s)


def _apart(spans: Sequence[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in spans:
        if kept and span.start_s < kept[-1].end_s:
            span = Span(kept[-1].end_s, max(kept[-1].end_s, span.end_s))
        kept.append(span)
    return kept


def _described(
    span: Span, evidence: ChunkEvidence, probabilities: Floats, score: Floats, levels: Floats,
    written: Sequence[Word], track: SoundTrack,
) -> Candidate:  # fmt: skip
    first = min(int(span.start_s / FRAME_S), len(score) - 1)
    last = max(first + 1, min(len(score), round(span.end_s / FRAME_S)))
    kinds = probabilities[first:last].mean(axis=0)
    here = Span(span.start_s + evidence.start_s, span.end_s + evidence.start_s)
    loud = float(np.percentile(levels, 90))
    mine = [w for w in written if same_sound(w, span)]
    plain = [w for w in evidence.words if w.overlap_s(here) > 0]
    enough_s = min(_LEAST_SHARED_S, _LEAST_SHARED * here.duration_s)
    wanted = max(
        (h.probability for h in evidence.hesitations if h.overlap_s(here) > enough_s),
        default=0.0,
    )
    held = track.steadiness(span)
    um, uh, hum = (float(v) for v in kinds[1:4])
    # Whisper hardly ever writes a hum: that it wanted none there tells nothing.
    writable = (um + uh) / max(um + uh + hum, 1e-6)
    values = {
        "sound_peak": _logit(float(score[first:last].max())),
        "sound_mean": _logit(float(score[first:last].mean())),
        "sound_core_s": float((score[first:last] > 0.5).sum() * FRAME_S),
        "log_duration": float(np.log(span.duration_s)),
        "affirmation": float(kinds[CLASSES.index("affirm")]),
        "hum": float(kinds[CLASSES.index("hmm")]),
        "written": float(bool(mine)),
        "written_plainly": float(any(label_of(w.text) for w in plain)),
        "wanted": writable * (_logit(wanted, 7.0) + 4.0) if evidence.hesitations else 0.0,
        "unread": float(not evidence.prompted_words),
        "covered": _covered(here, plain),
        "confusable": float(any(_bare(w.text) in _CONFUSABLE for w in plain)),
        "quiet_before": _quiet(levels[max(0, first - 12) : first], loud),
        "quiet_after": _quiet(levels[last : last + 12], loud),
        "level": float(np.clip(levels[first:last].max() - loud, -40, 10)) / 10,
        "timbre_change": held.timbre_change,
        "centroid_spread": held.centroid_spread,
        "centroid_height": held.centroid_height,
        "voiced": held.voiced_share,
        "pitch_wander": held.pitch_wander_semitones,
        "pitch_slope": held.pitch_slope_semitones_per_s / 10,
        "pitch_offset": held.pitch_offset_semitones / 10,
    }
    label: FilledPauseLabel = "hmm" if hum > um + uh else "um" if um > uh else "uh"
    if um + uh + hum < 0.3 and mine:
        label = label_of(mine[0].text) or label
    return Candidate(span.start_s, span.end_s, label, tuple(values[name] for name in FEATURES))


def _logit(probability: float, limit: float = 5.0) -> float:
    inside = min(max(probability, 1e-6), 1 - 1e-6)
    return float(np.clip(np.log(inside / (1 - inside)), -limit, limit))


def _covered(here: Span, words: Sequence[Word]) -> float:
    """Share of a candidate under words that are sure of themselves and no longer than usual."""
    shared = 0.0
    for word in words:
        # 0.18 s and 0.12 s a letter is what a drawn-out word takes at most
        usual_s = 0.18 + 0.12 * len(_bare(word.text))
        if label_of(word.text) or word.probability < _SURE_WORD or word.duration_s > usual_s:
            continue
        shared += word.overlap_s(here)
    return min(1.0, shared / here.duration_s)


def _quiet(levels: Floats, loud: float) -> float:
    """Share of quiet frames; beyond the chunk's edge all is quiet (it was cut at a pause)."""
    missing = 12 - len(levels)
    return float(((levels < loud - _QUIET_DB).sum() + missing) / 12)


def _bare(text: str) -> str:
    return text.lower().strip(' .,?!;:"-…')
