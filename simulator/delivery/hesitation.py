"""Where filled pauses fall: what they stand before, and where they crowd together.

A sound before a figure tells something else than one before the first word, so each gets the
place that a person can work on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from simulator.speech.clauses import bare, begins_clause, ends_clause, word_set
from simulator.speech.timeline import FilledPause, Span, Word

Trigger = Literal["start", "before_number", "before_point", "between_clauses", "within_clause"]

CLUSTER_GAP_S = 3.0
FEWEST_IN_CLUSTER = 3
"""Three sounds with less than 3 s from one to the next: what a listener hears as searching. Two
are usual before a hard word [judgement]."""

FEWEST_FOR_A_HABIT = 5
"""Of three or four filled pauses, most stand somewhere by chance [judgement]."""

_NUMBER_WORDS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
    " hundred thousand million billion percent half third quarter double twice"
)
_BEFORE_FIGURES = word_set("about around roughly over under nearly almost some like maybe by")

_POINTS = tuple(
    tuple(phrase.split())
    for phrase in (
        "the main", "the reason", "the point", "the result", "the key", "the biggest",
        "the most important", "the first thing", "what i did", "what we did", "what i would",
        "in the end", "my answer", "my point", "as a result", "because",
    )
)  # fmt: skip
"""Words that open the point of an answer: its reason, what was done, what came of it."""


@dataclass(frozen=True, slots=True)
class PlacedFilledPause(Span):
    """A filled pause and what it stands before."""

    label: str
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Cluster(Span):
    """Filled pauses close together: how many, and what the first of them stands before."""

    count: int
    trigger: Trigger


def place_filled_pauses(
    filled_pauses: Sequence[FilledPause], words: Sequence[Word]
) -> tuple[PlacedFilledPause, ...]:
    """Say what each filled pause stands before.

    Parameters
    ----------
    filled_pauses, words : in order of time.
    """
    middles_s = [(word.start_s + word.end_s) / 2 for word in words]
    placed = []
    for pause in filled_pauses:
        following = bisect_right(middles_s, (pause.start_s + pause.end_s) / 2)
        before = words[max(0, following - 1) : following]
        trigger = _trigger(before, words[following : following + 4])
        placed.append(PlacedFilledPause(pause.start_s, pause.end_s, pause.label, trigger))
    return tuple(placed)


def find_clusters(placed: Sequence[PlacedFilledPause]) -> tuple[Cluster, ...]:
    """Filled pauses that crowd together, in order of time."""
    groups: list[list[PlacedFilledPause]] = [[placed[0]]] if placed else []
    for before, pause in pairwise(placed):
        if pause.start_s - before.end_s <= CLUSTER_GAP_S:
            groups[-1].append(pause)
        else:
            groups.append([pause])
    return tuple(
        Cluster(group[0].start_s, group[-1].end_s, len(group), group[0].trigger)
        for group in groups
        if len(group) >= FEWEST_IN_CLUSTER
    )


def usual_trigger(placed: Sequence[PlacedFilledPause]) -> Trigger | None:
    """What most filled pauses stand before; None below five or without a majority."""
    if len(placed) < FEWEST_FOR_A_HABIT:
        return None
    trigger, count = Counter(pause.trigger for pause in placed).most_common(1)[0]
    return trigger if count * 2 > len(placed) else None


def _trigger(before: Sequence[Word], after: Sequence[Word]) -> Trigger:
    if not before:
        return "start"
    tokens = [bare(word.text) for word in after]
    if tokens and _opens_with_number(tokens):
        return "before_number"
    if any(tuple(tokens[: len(point)]) == point for point in _POINTS):
        return "before_point"
    if ends_clause(before[-1].text) or begins_clause(tokens[:2]):
        return "between_clauses"
    return "within_clause"


def _opens_with_number(tokens: Sequence[str]) -> bool:
    rest = tokens[1:] if tokens[0] in _BEFORE_FIGURES else tokens
    return bool(rest) and (re.search(r"\d", rest[0]) is not None or rest[0] in _NUMBER_WORDS)
