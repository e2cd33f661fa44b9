"""The report on a whole sitting: what showed in more than one answer, and what that moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from simulator.library.attempts import Attempt
from simulator.library.focuses import Focus
from simulator.practice.focus import FocusState, verify
from simulator.practice.weak_spots import WeakSpot, own_attempts, recurring

MOST_AGAIN = 2


@dataclass(frozen=True, slots=True)
class SittingReport:
    """What a sitting came to.

    Attributes
    ----------
    answers : its attempts, in order of time.
    spoken_s : length of all answers together.
    again : what showed in at least two of them, at most two things; patterns, not slips.
    measures : the median of each measure over the sitting.
    earlier : the measures of the person's own earlier attempts, oldest first.
    focuses : where each focus stands now.
    """

    answers: tuple[Attempt, ...]
    spoken_s: float
    again: tuple[WeakSpot, ...]
    measures: Mapping[str, float | None]
    earlier: tuple[Mapping[str, float | None], ...]
    focuses: tuple[FocusState, ...]


def report_on(
    session_id: str, attempts: Sequence[Attempt], active: Sequence[Focus]
) -> SittingReport:
    """Look back on a sitting.

    Parameters
    ----------
    session_id : which; a sitting that was taken up again counts as one.
    attempts : the person's recent ones, those of the sitting among them.
    active : what is worked on.
    """
    answers = tuple(
        sorted(
            (attempt for attempt in attempts if attempt.session_id == session_id),
            key=lambda attempt: attempt.started_at,
        )
    )
    earlier = [each for each in own_attempts(attempts) if each.session_id != session_id]
    return SittingReport(
        answers=answers,
        spoken_s=sum(attempt.duration_s for attempt in answers),
        again=recurring(answers, ())[:MOST_AGAIN],
        measures=_medians(own_attempts(answers)),
        earlier=tuple(attempt.measures for attempt in earlier),
        focuses=tuple(verify(focus, attempts) for focus in active),
    )


def _medians(answers: Sequence[Attempt]) -> dict[str, float | None]:
    names = dict.fromkeys(name for attempt in answers for name in attempt.measures)
    found: dict[str, float | None] = {}
    for name in names:
        values = [value for each in answers if (value := each.measures.get(name)) is not None]
        found[name] = median(values) if values else None
    return found
