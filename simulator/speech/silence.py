"""Silent pauses: no speech for 250 ms or more, found in the sound, never in gaps between words.

Whisper's word times swallow pauses of more than a second, so the times of words decide nothing
here. They only say, once a pause is found, whether it stands between two clauses or within one:
pauses within a clause are what listeners hear as disfluent (Kahng 2018).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from simulator.speech.clauses import begins_clause, ends_clause
from simulator.speech.speech_frames import runs
from simulator.speech.timeline import (
    FRAME_S,
    FilledPause,
    PausePosition,
    SilentPause,
    Span,
    Word,
)

LEAST_PAUSE_S = 0.25
"""The usual reading of De Jong and Bosker 2013, who compared thresholds from 0.1 to 1 s."""

_ROUNDING_S = 1e-6


def speech_spans(
    frames: NDArray[np.bool_], filled_pauses: Sequence[FilledPause] = ()
) -> tuple[Span, ...]:
    """Where there was speech, words and filled pauses alike.

    Parameters
    ----------
    frames : np.ndarray [shape=(n,), bool], whether each frame of 10 ms carries speech.
    filled_pauses : counted as speech even where the frames missed one (a soft "hmm").

    Returns
    -------
    tuple of Span, in order of time, apart from each other.
    """
    found = [Span(start * FRAME_S, end * FRAME_S) for start, end in runs(frames)]
    found += [Span(pause.start_s, pause.end_s) for pause in filled_pauses]
    merged: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start_s, s.end_s)):
        if merged and span.start_s <= merged[-1].end_s + _ROUNDING_S:
            merged[-1] = Span(merged[-1].start_s, max(merged[-1].end_s, span.end_s))
        else:
            merged.append(span)
    return tuple(Span(round(span.start_s, 4), round(span.end_s, 4)) for span in merged)


def find_silent_pauses(
    spans: Sequence[Span], words: Sequence[Word], least_s: float = LEAST_PAUSE_S
) -> tuple[SilentPause, ...]:
    """The silences between stretches of speech, and the one before the first.

    What follows the last word is no pause. A recording without speech has none.

    Parameters
    ----------
    spans : where there was speech, in order of time.
    words : what was said, in order of time; decides a pause's position only.
    least_s : shortest silence that counts as a pause.

    Returns
    -------
    tuple of SilentPause, in order of time; none overlaps speech.
    """
    if not spans:
        return ()
    silences: list[tuple[float, float]] = [(0.0, spans[0].start_s)]
    silences += [(before.end_s, after.start_s) for before, after in pairwise(spans)]
    middles_s = [(word.start_s + word.end_s) / 2 for word in words]

    def position(start_s: float, end_s: float) -> PausePosition:
        following = bisect_right(middles_s, (start_s + end_s) / 2)
        return _position(words[max(0, following - 1) : following], words[following : following + 2])

    return tuple(
        SilentPause(start, end, position(start, end) if start > 0 else "before_answer")
        for start, end in silences
        if end - start >= least_s - _ROUNDING_S
    )


def _position(before: Sequence[Word], after: Sequence[Word]) -> PausePosition:
    """Where a pause stands, by the word before it and the two after."""
    if not before or not after:
        return "between_clauses"
    if ends_clause(before[-1].text) or begins_clause([word.text for word in after]):
        return "between_clauses"
    return "within_clause"
