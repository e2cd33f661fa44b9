"""Word times put right by the sound: no word swallows a pause.

Whisper's word times are good to a tenth of a second inside a phrase, but next to a silence they
reach across it, mostly by starting too early (measured: two words of one clip took up pauses of
1.1 s each). So what is silence is taken away from the words, and the words at the edge of a
phrase are moved to that edge where it is near.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from simulator.speech.timeline import Span, Word

NEAR_S = 0.25
"""A word this close to a phrase's edge begins or ends there; beyond, a sound may lie between."""

LEAST_WORD_S = 0.02
"""Two frames: what is left of a word that the recogniser put into a silence."""


def snap_word_edges(
    words: Sequence[Word], spans: Sequence[Span], taken: Iterable[Span] = ()
) -> tuple[Word, ...]:
    """Move word edges off the silences.

    A word that reaches over a silence keeps the longest of its pieces, the last where two are
    alike. A word wholly within a silence moves to the edge of speech if that is near, and stays
    where it is if not: it was heard where nothing was said.

    Parameters
    ----------
    words : in order of time.
    spans : where there was speech, in order of time, apart from each other.
    taken : filled pauses; no word is stretched over one.

    Returns
    -------
    tuple of Word, as many and in the same order, starts and ends in order of time.
    """
    edges = _Edges([span.start_s for span in spans], [span.end_s for span in spans])
    kept = [_without_silence(word, edges) for word in words]
    blocked = sorted(taken, key=lambda span: span.start_s)
    _stretch(kept, edges, blocked)
    return _in_order(kept)


def overlap_s(word: Span, spans: Iterable[Span]) -> float:
    """Seconds of a word in which there was speech."""
    return sum(word.overlap_s(span) for span in spans)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where stretches of speech begin and end, in order: to be looked up, not gone through."""

    starts_s: Sequence[float]
    ends_s: Sequence[float]


def _without_silence(word: Word, edges: _Edges) -> Word:
    first, last = bisect_right(edges.ends_s, word.start_s), bisect_left(edges.starts_s, word.end_s)
    pieces = [
        (max(word.start_s, edges.starts_s[at]), min(word.end_s, edges.ends_s[at]))
        for at in range(first, last)
    ]
    if pieces:
        start, end = max(reversed(pieces), key=lambda piece: round(piece[1] - piece[0], 3))
        return _moved(word, start, end)
    return _to_nearest_edge(word, edges)


def _to_nearest_edge(word: Word, edges: _Edges) -> Word:
    after = bisect_left(edges.starts_s, word.end_s)
    before = bisect_right(edges.ends_s, word.start_s) - 1
    ahead_s = edges.starts_s[after] - word.end_s if after < len(edges.starts_s) else NEAR_S + 1
    behind_s = word.start_s - edges.ends_s[before] if before >= 0 else NEAR_S + 1
    if ahead_s <= NEAR_S and ahead_s <= behind_s:
        start = edges.starts_s[after]
        return _moved(word, start, min(start + LEAST_WORD_S, edges.ends_s[after]))
    if behind_s <= NEAR_S:
        end = edges.ends_s[before]
        return _moved(word, max(end - LEAST_WORD_S, edges.starts_s[before]), end)
    return word


def _stretch(words: list[Word], edges: _Edges, blocked: Sequence[Span]) -> None:
    """First and last word of each phrase reach its edges, where these are near and free."""
    phrases: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        at = bisect_right(edges.starts_s, word.start_s) - 1
        if at >= 0 and word.end_s <= edges.ends_s[at]:
            phrases.setdefault(at, []).append(index)
    for at, inside in phrases.items():
        start_s, end_s = edges.starts_s[at], edges.ends_s[at]
        first = words[inside[0]]
        if _free(Span(start_s, first.start_s), blocked):
            words[inside[0]] = _moved(first, start_s, first.end_s)
        last = words[inside[-1]]
        if _free(Span(last.end_s, end_s), blocked):
            words[inside[-1]] = _moved(last, last.start_s, end_s)


def _free(gap: Span, blocked: Sequence[Span]) -> bool:
    return 0 < gap.duration_s <= NEAR_S and all(gap.overlap_s(span) == 0 for span in blocked)


def _in_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Starts and ends never go back, and no word ends before it starts."""
    ordered: list[Word] = []
    for word in words:
        start = max(word.start_s, ordered[-1].start_s) if ordered else word.start_s
        end = max(word.end_s, start, ordered[-1].end_s if ordered else start)
        ordered.append(_moved(word, start, end))
    for index, (word, following) in enumerate(pairwise(ordered)):
        if word.end_s > following.start_s:
            ordered[index] = _moved(word, word.start_s, max(word.start_s, following.start_s))
    return tuple(ordered)


def _moved(word: Word, start_s: float, end_s: float) -> Word:
    if start_s == word.start_s and end_s == word.end_s:
        return word
    return replace(word, start_s=start_s, end_s=end_s)
