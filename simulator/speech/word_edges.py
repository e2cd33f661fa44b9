"""Word times put right by the sound: no word swallows a pause.

Whisper's word times are good to a tenth of a second inside a phrase, but next to a silence they
reach across it, mostly by starting too early (measured: two words of one clip took up pauses of
1.1 s each). So what is silence is taken away from the words, and the words at the edge of a
phrase are moved to that edge where it is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
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
    spans : where there was speech, in order of time.
    taken : filled pauses; no word is stretched over one.

    Returns
    -------
    tuple of Word, as many and in the same order, starts and ends in order of time.
    """
    kept = [_without_silence(word, spans) for word in words]
    blocked = sorted(taken, key=lambda span: span.start_s)
    _stretch(kept, spans, blocked)
    return _in_order(kept)


def overlap_s(word: Span, spans: Iterable[Span]) -> float:
    """Seconds of a word in which there was speech."""
    return sum(word.overlap_s(span) for span in spans)


def _without_silence(word: Word, spans: Sequence[Span]) -> Word:
    pieces = [
        (max(word.start_s, span.start_s), min(word.end_s, span.end_s))
        for span in spans
        if span.start_s < word.end_s and word.start_s < span.end_s
    ]
    if pieces:
        start, end = max(reversed(pieces), key=lambda piece: round(piece[1] - piece[0], 3))
        return replace(word, start_s=start, end_s=end)
    return _to_nearest_edge(word, spans)


def _to_nearest_edge(word: Word, spans: Sequence[Span]) -> Word:
    ahead = [span for span in spans if 0 <= span.start_s - word.end_s <= NEAR_S]
    behind = [span for span in spans if 0 <= word.start_s - span.end_s <= NEAR_S]
    if ahead and (not behind or ahead[0].start_s - word.end_s <= word.start_s - behind[-1].end_s):
        start = ahead[0].start_s
        return replace(word, start_s=start, end_s=min(start + LEAST_WORD_S, ahead[0].end_s))
    if behind:
        end = behind[-1].end_s
        return replace(word, start_s=max(end - LEAST_WORD_S, behind[-1].start_s), end_s=end)
    return word


def _stretch(words: list[Word], spans: Sequence[Span], blocked: Sequence[Span]) -> None:
    """First and last word of each phrase reach its edges, where these are near and free."""
    for span in spans:
        inside = [
            index
            for index, word in enumerate(words)
            if span.start_s <= word.start_s and word.end_s <= span.end_s
        ]
        if not inside:
            continue
        first, last = words[inside[0]], words[inside[-1]]
        if _free(Span(span.start_s, first.start_s), blocked):
            words[inside[0]] = first = replace(first, start_s=span.start_s)
            last = words[inside[-1]]
        if _free(Span(last.end_s, span.end_s), blocked):
            words[inside[-1]] = replace(last, end_s=span.end_s)


def _free(gap: Span, blocked: Sequence[Span]) -> bool:
    return 0 < gap.duration_s <= NEAR_S and all(gap.overlap_s(span) == 0 for span in blocked)


def _in_order(words: Sequence[Word]) -> tuple[Word, ...]:
    """Starts and ends never go back, and no word ends before it starts."""
    ordered: list[Word] = []
    for word in words:
        start = max(word.start_s, ordered[-1].start_s) if ordered else word.start_s
        end = max(word.end_s, start, ordered[-1].end_s if ordered else start)
        ordered.append(replace(word, start_s=start, end_s=end))
    for index, (word, following) in enumerate(pairwise(ordered)):
        if word.end_s > following.start_s:
            ordered[index] = replace(word, end_s=max(word.start_s, following.start_s))
    return tuple(ordered)
