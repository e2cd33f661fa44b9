"""From the probabilities of all kinds: which are named as findings, and the clarity score."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.cues import Cues
from simulator.clarity.findings import FINDING_KINDS, FindingKind

MOST_FINDINGS = 3
"""More than three things to try is none."""

LEAST_DOUBT = 0.47
"""Probability that anything but the topic is wrong, below which no other kind is named; chosen on
authors held out, for less than half a finding on a clear answer, written or heard."""

SURE_DOUBT = 0.55
"""From here on more than one other kind may be named: a near-clear answer gets one hint at most."""

LEAST_SHARE = 0.08
"""Of all doubt, that a further kind must hold."""

LEAST_OFF_TOPIC = 0.35
"""Of "off topic" against "clear", from which off topic is named. A rule of its own: an answer to
another question can be well told, so "clear" stays likely, and yet that is the thing to say."""

LEAST_OFF_TOPIC_AT_ALL = 0.15
"""Probability below which off topic is not named even where "clear" is less likely still: then
something else is wrong with the answer."""

SCORE_SLOPE = 0.2
"""The score moves a fifth as fast as the log odds of "clear": a comma or a misheard word moves
those by some tenths, and must not be read as progress. Ranks are the same with any slope."""

_OFF_TOPIC = 1 + FINDING_KINDS.index("off_topic")
_TINY = 1e-9

FEWEST_SLIPS = 2
"""Softened places that make a theme."""

SURE_OF_NO_RESULT = 0.6
"""Probability from which a word of outcome beside a figure or a name, near the end, is no result
all the same. Of the wrong ones on authors held out this leaves out 18 of 56, of the right ones 3 of
135."""

SURE_OF_THEME = 0.8
"""Probability from which the word lists are not asked."""


def named_kinds(probabilities: NDArray[np.float32]) -> tuple[tuple[FindingKind, float], ...]:
    """Kinds to name with their probabilities, the likeliest first.

    Parameters
    ----------
    probabilities : np.ndarray [shape=(11,), float32]
        Of "clear" and then of each of `FINDING_KINDS`.
    """
    clear, off_topic = float(probabilities[0]), float(probabilities[_OFF_TOPIC])
    named = _other_kinds(probabilities)
    least = max(LEAST_OFF_TOPIC_AT_ALL, LEAST_OFF_TOPIC * (clear + off_topic))
    if off_topic >= least:
        # It may not fall out of the list for being the least likely of three.
        named = [*named[: MOST_FINDINGS - 1], ("off_topic", off_topic)]
    return tuple(sorted(named, key=lambda pair: -pair[1]))


def _other_kinds(probabilities: NDArray[np.float32]) -> list[tuple[FindingKind, float]]:
    """Kinds besides off topic, the likeliest first, as if the answer were on topic."""
    on_topic = max(1 - float(probabilities[_OFF_TOPIC]), _TINY)
    doubt = 1 - float(probabilities[0]) / on_topic
    if doubt < LEAST_DOUBT:
        return []
    likely = sorted(
        (
            (kind, float(p))
            for kind, p in zip(FINDING_KINDS, probabilities[1:], strict=True)
            if kind != "off_topic"
        ),
        key=lambda pair: -pair[1],
    )
    most = MOST_FINDINGS if doubt >= SURE_DOUBT else 1
    least = LEAST_SHARE * doubt * on_topic
    return [likely[0], *(pair for pair in likely[1:most] if pair[1] >= least)]


def lasting(
    named: Sequence[tuple[FindingKind, float]], sentences: Sequence[str], cues: Sequence[Cues]
) -> tuple[tuple[FindingKind, float], ...]:
    """Of the named kinds those that the words of the answer do not speak against.

    Parameters
    ----------
    named : kinds with their probabilities.
    sentences, cues : of the answer, in order.
    """
    return tuple(
        (kind, probability)
        for kind, probability in named
        if is_theme(kind, probability, cues)
        and not (kind == "no_result" and _has_end(probability, sentences, cues))
    )


def is_theme(kind: FindingKind, probability: float, cues: Sequence[Cues]) -> bool:
    """Whether a kind is more than a slip that happened once.

    One softened sentence is no habit of softening, unless the model is sure of more than the word
    lists know.
    """
    if kind != "hedged" or probability >= SURE_OF_THEME:
        return True
    return sum(c.hedges for c in cues) >= FEWEST_SLIPS


def _has_end(probability: float, sentences: Sequence[str], cues: Sequence[Cues]) -> bool:
    """Whether the words tell how it ended, so that "no result" is not to be said."""
    if has_measured_end(sentences):
        return True
    end = cues[-max(1, len(cues) // 3) :]
    return probability < SURE_OF_NO_RESULT and any(c.results and c.specifics for c in end)


_MEASURED = re.compile(
    r"(?:(?P<money>[$£€])\s?)?(?P<value>\d[\d,]*(?:\.\d+)?)\s?"
    r"(?P<unit>%|percent|days?|hours?|minutes?|weeks?|months?|k\b)?",
    re.IGNORECASE,
)


def has_measured_end(sentences: Sequence[str]) -> bool:
    """Whether the story ends on a measure that stood at another value before: "2%", then "0.6%".

    Whoever says both has told how it ended, whatever the model thinks of it.

    Parameters
    ----------
    sentences : of the answer, in order; the last third counts as the end.
    """
    end = max(1, len(sentences) - max(1, len(sentences) // 3))
    before, after = (_measures(part) for part in (sentences[:end], sentences[end:]))
    return any(
        unit == unit_before and value != value_before
        for unit, value in after
        for unit_before, value_before in before
    )


def _measures(sentences: Sequence[str]) -> set[tuple[str, str]]:
    """(unit, value) of every figure that has a unit."""
    found = _MEASURED.finditer(" ".join(sentences).replace("per cent", "percent"))
    return {
        (_unit(match), match["value"].replace(",", ""))
        for match in found
        if match["unit"] or match["money"]
    }


def _unit(match: re.Match[str]) -> str:
    unit = (match["money"] or match["unit"]).lower()
    return "%" if unit == "percent" else unit.rstrip("s")


def clarity_score(probabilities: NDArray[np.float32]) -> float:
    """The clarity score, between 0 and 1; 0.5 where clear and not clear are equally likely."""
    clear = min(max(float(probabilities[0]), 1e-9), 1 - 1e-9)
    return 1 / (1 + math.exp(-SCORE_SLOPE * math.log(clear / (1 - clear))))
