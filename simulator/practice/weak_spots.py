"""Weak spots: what recurs over attempts and debriefs, with the moments that show it.

A slip that happened once is not a weak spot. A spot counts where it showed in at least two
attempts or debriefs, and, in attempts alone, in at least a quarter of those that could show it.
Example answers and recordings that could not be used count for nothing, and of a debrief only
its evidence does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.clarity.findings import FINDING_KINDS
from simulator.library.attempts import Attempt
from simulator.library.debriefs import Debrief
from simulator.practice.measures import facts_of
from simulator.practice.spots import Spot, spots_in_words

WINDOW = 12
"""Attempts that are looked back on [judgement]: about two weeks of regular practice."""
LEAST = 2
LEAST_SHARE = 0.25
MOST_MOMENTS = 4
PROPOSED = 2

SPOT_MEASURES: tuple[str, ...] = (
    "filled_pauses_per_minute",
    "silent_pauses_within_clause_per_minute",
    "response_latency_s",
    "words_per_minute",
    "pitch_range_semitones",
    "repairs_per_100_words",
)
"""Measures that can be a spot: each says something of its own."""

ALL_SPOTS: tuple[Spot, ...] = (
    *(Spot("finding", kind) for kind in FINDING_KINDS),
    *(Spot("measure", name) for name in SPOT_MEASURES),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a spot showed.

    Attributes
    ----------
    when : the attempt's start, or when the debrief was noted.
    attempt_id, debrief_id : one of them is set.
    quote : copied from the transcript or from the note; empty for a measure.
    start_s, end_s : the moment in the recording; None for a measure of the whole attempt.
    value : of a measure, else None.
    """

    when: datetime
    attempt_id: str | None
    debrief_id: str | None
    quote: str
    start_s: float | None = None
    end_s: float | None = None
    value: float | None = None


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """Something that recurs.

    ``attempts`` of the ``judged`` latest attempts show it, and so do ``debriefs`` debriefs;
    ``moments`` are the latest of them, the latest first, one an attempt.
    """

    spot: Spot
    attempts: int
    judged: int
    debriefs: int
    moments: tuple[Moment, ...]

    @property
    def times(self) -> int:
        """In how many attempts and debriefs it showed."""
        return self.attempts + self.debriefs


def own_attempts(attempts: Iterable[Attempt]) -> tuple[Attempt, ...]:
    """The person's own attempts that can be used, in order of time; never an example answer."""
    own = [each for each in attempts if each.kind != "demo" and each.usable]
    return tuple(sorted(own, key=lambda each: each.started_at))


def shows(spot: Spot, attempt: Attempt) -> bool | None:
    """Whether a spot shows in an attempt; None where this attempt cannot tell."""
    if spot.kind == "measure":
        value = attempt.measures.get(spot.name)
        return None if value is None else facts_of(spot.name).noticeable(value)
    if any(finding.kind == spot.name for finding in attempt.findings):
        return True
    return None if attempt.measures.get("clarity_score") is None else False


def recurring(
    attempts: Iterable[Attempt], debriefs: Iterable[Debrief], window: int = WINDOW
) -> tuple[WeakSpot, ...]:
    """Find what recurs.

    Parameters
    ----------
    attempts : any; the latest `window` of the person's own are looked at.
    debriefs : real interviews; each counts once for a spot, however many notes speak of it.

    Returns
    -------
    tuple of WeakSpot : those that show most often first; content before delivery, then the most
        recent, where as often.
    """
    latest = own_attempts(attempts)[-window:]
    told = tuple(debriefs)
    found = [_weigh(spot, latest, told) for spot in ALL_SPOTS]
    spots = [weak for weak in found if _recurs(weak)]
    spots.sort(key=lambda weak: weak.moments[0].when, reverse=True)
    spots.sort(key=lambda weak: (-weak.times, weak.spot.kind == "measure"))
    return tuple(spots)


def propose(
    attempts: Iterable[Attempt], debriefs: Iterable[Debrief], taken: Sequence[str] = ()
) -> tuple[WeakSpot, ...]:
    """The two weak spots most worth choosing; those taken already are left out."""
    found = recurring(attempts, debriefs)
    return tuple(weak for weak in found if weak.spot.key not in taken)[:PROPOSED]


def _recurs(weak: WeakSpot) -> bool:
    if weak.times < LEAST:
        return False
    return weak.debriefs > 0 or weak.attempts >= LEAST_SHARE * weak.judged


def _weigh(spot: Spot, attempts: Sequence[Attempt], debriefs: Sequence[Debrief]) -> WeakSpot:
    verdicts = [(attempt, shows(spot, attempt)) for attempt in attempts]
    showing = [_moment_in(spot, attempt) for attempt, shown in verdicts if shown]
    told = [moment for debrief in debriefs if (moment := _moment_told(spot, debrief))]
    moments = sorted([*showing, *told], key=lambda moment: moment.when, reverse=True)
    return WeakSpot(
        spot=spot,
        attempts=len(showing),
        judged=sum(shown is not None for _, shown in verdicts),
        debriefs=len(told),
        moments=tuple(moments[:MOST_MOMENTS]),
    )


def _moment_in(spot: Spot, attempt: Attempt) -> Moment:
    when, attempt_id = attempt.started_at, attempt.attempt_id
    for finding in attempt.findings:
        if spot.kind == "finding" and finding.kind == spot.name:
            return Moment(when, attempt_id, None, finding.quote, finding.start_s, finding.end_s)
    return Moment(when, attempt_id, None, "", value=attempt.measures.get(spot.name))


def _moment_told(spot: Spot, debrief: Debrief) -> Moment | None:
    for note in debrief.evidence():
        if note.topic != "signal" and spot in spots_in_words(note.text):
            return Moment(debrief.noted_at, None, debrief.debrief_id, note.text)
    return None
