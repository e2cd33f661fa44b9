"""Versions of a pitch side by side, and the best of them kept.

Which is best is decided by what a listener gets in the time: the parts that had been said when
the bell rang, then how little fell after it, then clarity, then how recent it is. The person can
keep another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.practice.pitch import Part, PitchTiming

TRAILING_WORDS = 3
"""A last word or two over the bell is not held against anyone [judgement]."""


@dataclass(frozen=True, slots=True)
class PitchVersion:
    """One version of a pitch.

    ``clarity`` is its score between 0 and 1, None where it could not be judged.
    """

    attempt_id: str
    said_at: datetime
    transcript: str
    timing: PitchTiming
    clarity: float | None


@dataclass(frozen=True, slots=True)
class PitchChange:
    """What changed from one version to the next: parts won and lost in time, words after it."""

    won: tuple[Part, ...]
    lost: tuple[Part, ...]
    words_after_bell: int


def best_version(versions: Sequence[PitchVersion], kept: str | None = None) -> PitchVersion | None:
    """The version to keep.

    Parameters
    ----------
    versions : of one length.
    kept : attempt id of the one the person chose to keep; it wins while it is among them.

    Returns
    -------
    PitchVersion or None : None where there is none.
    """
    for version in versions:
        if version.attempt_id == kept:
            return version
    return max(versions, key=_worth, default=None)


def change_between(before: PitchVersion, after: PitchVersion) -> PitchChange:
    """What changed from one version to another."""
    earlier, later = before.timing.in_time(), after.timing.in_time()
    return PitchChange(
        won=tuple(part for part in later if part not in earlier),
        lost=tuple(part for part in earlier if part not in later),
        words_after_bell=after.timing.after_bell.words - before.timing.after_bell.words,
    )


def _worth(version: PitchVersion) -> tuple[int, int, float, datetime]:
    over = version.timing.after_bell.words
    return (
        len(version.timing.in_time()),
        -(over if over > TRAILING_WORDS else 0),
        version.clarity if version.clarity is not None else -1.0,
        version.said_at,
    )
