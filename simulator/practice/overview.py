"""Where a person stands, from their library: the day's plan, focus areas, weak spots.

The rules are elsewhere and pure; this reads what they need, as little of it as they need.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from simulator.library.attempts import Attempt
from simulator.library.cards import Cards, ReviewCard
from simulator.library.debriefs import Debrief, Debriefs
from simulator.library.focuses import Focus, Focuses
from simulator.library.store import Library
from simulator.practice.focus import FocusState, choose, verify
from simulator.practice.over_rehearsal import Recital, Telling, recital
from simulator.practice.plan import SIZE, Plan, make_plan
from simulator.practice.scenario import Scenario
from simulator.practice.schedule import Key, replay
from simulator.practice.spots import Spot
from simulator.practice.weak_spots import WeakSpot, own_attempts, propose, recurring
from simulator.speech.contour import Contour

RECENT = 80
"""Attempts that are read: more than any rule looks back on."""
DEBRIEFS_WITHIN = timedelta(days=120)
"""An interview longer ago no longer says how one answers today [judgement]."""
RECITAL_WITHIN = timedelta(days=14)

MelodyOf = Callable[[str], "Contour | None"]


@dataclass(frozen=True, slots=True)
class Overview:
    """Where a person stands.

    ``proposed`` are the weak spots most worth choosing; those chosen already are not among them.
    """

    plan: Plan
    focuses: tuple[FocusState, ...]
    proposed: tuple[WeakSpot, ...]


def overview(
    library: Library, scenarios: Sequence[Scenario], now: datetime, size: int = SIZE
) -> Overview:
    """Bring the schedule up to date and plan the day.

    Parameters
    ----------
    library : open.
    scenarios : all that can be practised.
    now : timezone-aware, in the person's own time zone.
    size : questions a day.
    """
    recent = library.attempts(newest=RECENT)
    focuses = Focuses(library.db).all()
    active = tuple(focus for focus in focuses if focus.dropped_at is None)
    cards = up_to_date_cards(library, recent, focuses)
    recitals = find_recitals(recent, now, lambda name: kept_melody(library, name))
    return Overview(
        plan=make_plan(scenarios, cards, recent, active, now, recitals, size),
        focuses=tuple(verify(focus, recent) for focus in active),
        proposed=propose(recent, _debriefs(library, now), [focus.spot for focus in active]),
    )


def weak_spots(library: Library, now: datetime) -> tuple[WeakSpot, ...]:
    """Everything that recurs, with its moments."""
    return recurring(library.attempts(newest=RECENT), _debriefs(library, now))


def choose_focus(
    library: Library, spot: Spot, focus_id: str, now: datetime, target: float | None = None
) -> Focus:
    """Choose a spot as a focus, and keep it."""
    focuses = Focuses(library.db)
    recent = library.attempts(newest=RECENT)
    focus = choose(spot, recent, focuses.active(), focus_id, now.astimezone(UTC), target)
    focuses.keep(focus)
    return focus


def up_to_date_cards(
    library: Library, recent: Sequence[Attempt], focuses: Sequence[Focus]
) -> dict[Key, ReviewCard]:
    """The review cards, with the attempts that they have not seen taken in and kept.

    The whole library is read only where the recent attempts leave a gap.
    """
    cards = Cards(library.db)
    known = {card.key: card for card in cards.all()}
    seen = max((card.last_review for card in known.values()), default=None)
    gap = len(recent) == RECENT and (seen is None or recent[0].started_at > seen)
    current = replay(library.attempts() if gap else recent, focuses, known)
    changed = [card for key, card in current.items() if known.get(key) != card]
    if changed:
        cards.keep(changed)
    return current


def find_recitals(
    attempts: Sequence[Attempt], now: datetime, melody_of: MelodyOf
) -> dict[Key, Recital]:
    """Questions whose latest tellings are the same words in the same melody.

    Melodies are asked for only where the words are the same.
    """
    found: dict[Key, Recital] = {}
    tellings: dict[Key, list[Attempt]] = {}
    for attempt in own_attempts(attempts):
        if attempt.scenario_id and attempt.question_id:
            tellings.setdefault((attempt.scenario_id, attempt.question_id), []).append(attempt)
    for key, told in tellings.items():
        if now - told[-1].started_at > RECITAL_WITHIN:
            continue
        same = recital([Telling(each.attempt_id, each.transcript) for each in told])
        if same is None:
            continue
        names = set(same.attempt_ids)
        heard = recital(
            [
                Telling(each.attempt_id, each.transcript, melody_of(each.attempt_id))
                for each in told
                if each.attempt_id in names
            ]
        )
        if heard is not None:
            found[key] = heard
    return found


def kept_melody(library: Library, attempt_id: str) -> Contour | None:
    """The melody kept with an attempt's assessment; None where none was kept."""
    values = json.loads(library.assessment_json(attempt_id)).get("melody")
    return None if not values else np.array(values, dtype=np.float32)


def _debriefs(library: Library, now: datetime) -> tuple[Debrief, ...]:
    return tuple(
        debrief
        for debrief in Debriefs(library.db).all()
        if now - debrief.noted_at <= DEBRIEFS_WITHIN
    )
