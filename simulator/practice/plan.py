"""The plan: what to re-answer today, and when again.

A day's plan mixes what the person chose to work on, the pitch, one trade-off, and what is due by
the schedule; new questions come only where there is room, two a day at most. What has been
answered today is done. Pure: the clock and everything known come in as arguments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from simulator.library.attempts import Attempt
from simulator.library.cards import ReviewCard
from simulator.library.focuses import Focus
from simulator.practice.avoidance import Avoided, avoided
from simulator.practice.over_rehearsal import Recital
from simulator.practice.scenario import Question, QuestionKind, Scenario
from simulator.practice.schedule import Key, retrievability
from simulator.practice.spots import read_spot
from simulator.practice.weak_spots import own_attempts, shows

Reason = Literal["focus", "pitch", "trade_off", "replay", "due", "new"]

SIZE = 5
"""Questions a day: about a quarter of an hour aloud [judgement]."""
NEW_A_DAY = 2
MIX_AGAIN_DAYS = 3
"""A pitch or a trade-off comes into the plan when the last one was so many days ago [judgement]."""
COMING_DAYS = 7
DEBRIEF_PREFIX = "debrief-"
FIRST_SCENARIO = "first-warm-up"


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One question to answer today.

    ``spot`` is the key of the focus it is there for, else None; ``last`` when it was answered
    last, None where never.
    """

    scenario_id: str
    question_id: str
    text: str
    time_limit_s: float
    reason: Reason
    spot: str | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A day's plan.

    Attributes
    ----------
    day : the person's own calendar day.
    items : in the order to take them.
    done : questions answered today already.
    avoided : what has been passed over, at most one thing a day; None for nothing.
    recitals : questions, by scenario and name, that are being learned by heart; they rest.
    coming : the next days on which something is due, and how many questions.
    """

    day: date
    items: tuple[PlanItem, ...]
    done: int
    avoided: Avoided | None
    recitals: tuple[tuple[Key, Recital], ...]
    coming: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything the rules look at, arranged by question."""

    now: datetime
    questions: Mapping[Key, Question]
    cards: Mapping[Key, ReviewCard]
    last: Mapping[Key, datetime]
    attempts: tuple[Attempt, ...]

    def day(self, when: datetime) -> date:
        """The calendar day of a moment where the person is."""
        return when.astimezone(self.now.tzinfo).date()

    def today(self, key: Key) -> bool:
        """Whether a question was answered today."""
        return key in self.last and self.day(self.last[key]) == self.now.date()

    def due(self, key: Key) -> bool:
        """Whether a question is due today by the schedule."""
        return key in self.cards and self.day(self.cards[key].due) <= self.now.date()


def make_plan(
    scenarios: Sequence[Scenario],
    cards: Mapping[Key, ReviewCard],
    attempts: Iterable[Attempt],
    focuses: Sequence[Focus],
    now: datetime,
    recitals: Mapping[Key, Recital] | None = None,
    size: int = SIZE,
) -> Plan:
    """Plan a day.

    Parameters
    ----------
    scenarios : all that can be practised.
    cards : up to date with the attempts.
    attempts : the person's; the latest sixty or so are enough.
    focuses : those worked on now.
    now : timezone-aware, in the person's own time zone, which decides what "today" is.
    recitals : what was found to be learned by heart; such questions rest.
    size : questions a day, those answered today included.
    """
    resting = recitals or {}
    known = _arrange(scenarios, cards, attempts, now)
    done = sum(known.today(key) for key in known.last)
    room = max(0, size - done)
    items: list[PlanItem] = []

    def take(found: Iterable[Key], reason: Reason, most: int, spot: str | None = None) -> None:
        taken = {(item.scenario_id, item.question_id) for item in items}
        for key in found:
            if most == 0 or len(items) >= room:
                return
            if key in taken or key in resting or known.today(key):
                continue
            items.append(_item(known, key, reason, spot))
            most -= 1

    for focus in focuses:
        take(_showing(known, focus), "focus", 1, focus.spot)
    take(_of_kind(known, "pitch"), "pitch", 1)
    take(_of_kind(known, "trade_off"), "trade_off", 1)
    take(_replays(known), "replay", 1)
    take(_due(known), "due", room)
    take(_new(known, scenarios), "new", NEW_A_DAY)
    return Plan(
        day=now.date(),
        items=tuple(items),
        done=done,
        avoided=avoided(scenarios, cards, known.attempts, now),
        recitals=tuple(resting.items()),
        coming=_coming(known),
    )


def _arrange(
    scenarios: Sequence[Scenario],
    cards: Mapping[Key, ReviewCard],
    attempts: Iterable[Attempt],
    now: datetime,
) -> _Known:
    own = own_attempts(attempts)
    questions = {
        (scenario.scenario_id, question.question_id): question
        for scenario in scenarios
        for question in scenario.questions
    }
    last: dict[Key, datetime] = {key: card.last_review for key, card in cards.items()}
    for attempt in own:
        if attempt.scenario_id is not None and attempt.question_id is not None:
            key = (attempt.scenario_id, attempt.question_id)
            last[key] = max(attempt.started_at, last.get(key, attempt.started_at))
    return _Known(now, questions, cards, last, own)


def _item(known: _Known, key: Key, reason: Reason, spot: str | None) -> PlanItem:
    question = known.questions[key]
    return PlanItem(
        key[0], key[1], question.text, question.time_limit_s, reason, spot, known.last.get(key)
    )


def _showing(known: _Known, focus: Focus) -> list[Key]:
    """Questions in whose answers a focus shows: the most often first, then the longest ago."""
    spot = read_spot(focus.spot)
    if spot is None:
        return []
    counts = Counter(
        (attempt.scenario_id, attempt.question_id)
        for attempt in known.attempts
        if attempt.scenario_id and attempt.question_id and shows(spot, attempt)
    )
    keys = [(scenario, question) for scenario, question in counts if scenario and question]
    keys = [key for key in keys if key in known.questions]
    return sorted(keys, key=lambda key: (not known.due(key), -counts[key], known.last[key]))


def _of_kind(known: _Known, kind: QuestionKind) -> list[Key]:
    """Pitches or trade-offs: due ones; where the last was some days ago also new and old ones."""
    keys = [key for key, question in known.questions.items() if question.kind == kind]
    latest = max((known.last[key] for key in keys if key in known.last), default=None)
    if latest is not None and (known.now - latest) < timedelta(days=MIX_AGAIN_DAYS):
        return [key for key in keys if known.due(key)]

    def order(key: Key) -> tuple[int, float, float]:
        if known.due(key):
            return 0, known.last[key].timestamp(), 0.0
        if key not in known.last:
            # The pitch that comes with the program begins with its sixty seconds.
            return 1, float(not key[0].startswith(("value-pitch", "trade-offs"))), 0.0
        return 2, known.last[key].timestamp(), 0.0

    return sorted(keys, key=order)


def _replays(known: _Known) -> list[Key]:
    """Questions remembered from a real interview that have not been replayed, the latest first."""
    keys = [
        key
        for key in known.questions
        if key[0].startswith(DEBRIEF_PREFIX) and key not in known.last
    ]
    return sorted(keys, key=lambda key: key[0], reverse=True)


def _due(known: _Known) -> list[Key]:
    """What is due, the most faded first."""
    keys = [key for key in known.questions if known.due(key)]
    return sorted(keys, key=lambda key: retrievability(known.cards[key], known.now))


def _new(known: _Known, scenarios: Sequence[Scenario]) -> list[Key]:
    """Questions never answered: first of the scenario taken last, then the gentle ones."""
    recent = known.attempts[-1].scenario_id if known.attempts else FIRST_SCENARIO
    rank = {"gentle": 1, "steady": 2, "hard": 3}

    def order(scenario: Scenario) -> tuple[int, str]:
        place = 0 if scenario.scenario_id == recent else rank[scenario.difficulty]
        return place, scenario.scenario_id

    return [
        (scenario.scenario_id, question.question_id)
        for scenario in sorted(scenarios, key=order)
        for question in scenario.questions
        if (scenario.scenario_id, question.question_id) not in known.last
    ]


def _coming(known: _Known) -> tuple[tuple[date, int], ...]:
    """The next days with something due; what is overdue is today's and not counted."""
    today = known.now.date()
    days = [known.day(card.due) for key, card in known.cards.items() if key in known.questions]
    counts = Counter(day for day in days if today < day <= today + timedelta(days=COMING_DAYS))
    return tuple(sorted(counts.items()))
