"""The transcript with what was heard between the words, each piece with its moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.speech.timeline import FilledPause, Repair, SilentPause, Span, Speech, Word

PieceKind = Literal["word", "given_up", "filled_pause", "silent_pause"]

SHOWN_PAUSE_S = 0.7
"""Shorter pauses belong to any speech; shown, they would hide the words."""


@dataclass(frozen=True, slots=True)
class Piece(Span):
    """One piece of what was heard, ready to be shown and played.

    ``given_up`` is a word that was said and taken back: a repetition or a false start.
    """

    kind: PieceKind
    text: str


def marked_transcript(speech: Speech, shown_pause_s: float = SHOWN_PAUSE_S) -> tuple[Piece, ...]:
    """What was heard, in order of time; see `mark`."""
    return mark(
        speech.words, speech.filled_pauses, speech.silent_pauses, speech.repairs, shown_pause_s
    )


def mark(
    words: Sequence[Word],
    filled_pauses: Sequence[FilledPause],
    silent_pauses: Sequence[SilentPause],
    repairs: Sequence[Repair],
    shown_pause_s: float = SHOWN_PAUSE_S,
) -> tuple[Piece, ...]:
    """Words, filled pauses and longer silent pauses in order of time.

    Parameters
    ----------
    words, filled_pauses, silent_pauses, repairs : as heard.
    shown_pause_s : silent pauses shorter than this are left out.
    """
    given_up = {
        index for repair in repairs for index in range(repair.first_word, repair.last_word + 1)
    }
    pieces = [
        Piece(w.start_s, w.end_s, "given_up" if index in given_up else "word", w.text)
        for index, w in enumerate(words)
    ]
    pieces += [Piece(f.start_s, f.end_s, "filled_pause", f.label) for f in filled_pauses]
    pieces += [
        Piece(p.start_s, p.end_s, "silent_pause", f"{p.duration_s:.1f} s")
        for p in silent_pauses
        if p.duration_s >= shown_pause_s
    ]
    order = {"silent_pause": 0, "filled_pause": 1, "given_up": 2, "word": 2}
    return tuple(sorted(pieces, key=lambda p: ((p.start_s + p.end_s) / 2, order[p.kind])))
