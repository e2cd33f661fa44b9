"""The day's plan: what is mixed, what is left out, what is noticed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.library.attempts import Attempt
from simulator.library.focuses import Focus
from simulator.practice.avoidance import avoided
from simulator.practice.over_rehearsal import Recital
from simulator.practice.plan import Plan, make_plan
from simulator.practice.scenario import Scenario
from simulator.practice.scenario_file import load_scenario
from simulator.practice.schedule import replay
from tests.practice.people import START, attempt

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
SCENARIOS: tuple[Scenario, ...] = tuple(
    load_scenario(path) for path in sorted(FOLDER.glob("*.toml"))
)
KEYS = [(s.scenario_id, q.question_id) for s in SCENARIOS for q in s.questions]


def plan(
    attempts: list[Attempt], day: float, focuses: tuple[Focus, ...] = (), **other: Any
) -> Plan:
    cards = replay(attempts, focuses)
    return make_plan(SCENARIOS, cards, attempts, focuses, START + timedelta(days=day), **other)


def reasons(made: Plan) -> list[tuple[str, str]]:
    return [(item.reason, item.question_id) for item in made.items]


def test_the_first_day_is_gentle_with_a_pitch_and_a_trade_off() -> None:
    assert reasons(plan([], 0)) == [
        ("pitch", "sixty-seconds"),
        ("trade_off", "speed-or-quality"),
        ("new", "how-was-your-way"),
        ("new", "what-you-do"),
    ]


def test_what_is_due_comes_back_and_what_is_not_stays_away() -> None:
    answered = [attempt(0, question="team-gap"), attempt(0.01, question="last-word")]
    on_the_next_day = plan(answered, 1)
    assert "due" not in [item.reason for item in on_the_next_day.items]
    due = [item for item in plan(answered, 3).items if item.reason == "due"]
    assert {item.question_id: item.last for item in due} == {
        each.question_id: each.started_at for each in answered
    }


def test_the_focus_leads_with_the_question_in_which_it_shows_most() -> None:
    attempts = [
        attempt(0, "no_result", question="piece-of-work"),
        attempt(1, "no_result", question="piece-of-work"),
        attempt(1.1, "no_result", question="team-gap"),
        attempt(1.2, question="last-word"),
    ]
    focus = Focus("f", "finding:no_result", START + timedelta(days=1.5), (1.0, 1.0), 0.25)
    first = plan(attempts, 20, (focus,)).items[0]
    assert (first.reason, first.question_id, first.spot) == (
        "focus",
        "piece-of-work",
        "finding:no_result",
    )


def test_what_was_answered_today_is_done() -> None:
    attempts = [
        attempt(0, scenario="value-pitch", question="sixty-seconds"),
        attempt(0.01, scenario="trade-offs", question="speed-or-quality"),
        attempt(0.02, question="team-gap"),
    ]
    made = plan(attempts, 0.05)
    assert made.done == 3
    assert [item.reason for item in made.items] == ["new", "new"]
    assert plan(attempts, 0.05, size=3).items == ()


def test_today_is_the_persons_own_day() -> None:
    answered = [attempt(0.1, question="team-gap")]  # 20:24 UTC, half past four in Tokyo.
    now = START + timedelta(days=0.2)
    cards = replay(answered)
    here = make_plan(SCENARIOS, cards, answered, (), now)
    tokyo = make_plan(SCENARIOS, cards, answered, (), now.astimezone(ZoneInfo("Asia/Tokyo")))
    los_angeles = make_plan(
        SCENARIOS,
        cards,
        answered,
        (),
        (now + timedelta(hours=3)).astimezone(ZoneInfo("America/Los_Angeles")),
    )
    assert (here.done, tokyo.done, los_angeles.done) == (1, 1, 1)
    assert (here.day.day, tokyo.day.day) == (1, 2)


def test_the_pitch_and_the_trade_off_return_after_some_days() -> None:
    attempts = [
        attempt(0, scenario="value-pitch", question="sixty-seconds", self_rating=5),
        attempt(0.01, scenario="trade-offs", question="speed-or-quality", self_rating=5),
    ]
    assert "pitch" not in [item.reason for item in plan(attempts, 1).items]
    later = {item.reason for item in plan(attempts, 3.5).items}
    assert {"pitch", "trade_off"} <= later


def test_a_remembered_question_is_replayed_before_new_ones(tmp_path: Path) -> None:
    from dataclasses import replace

    remembered = replace(SCENARIOS[0], scenario_id="debrief-20250301-1")
    made = make_plan((*SCENARIOS, remembered), {}, [], (), START)
    replays = [item for item in made.items if item.reason == "replay"]
    assert [item.scenario_id for item in replays] == ["debrief-20250301-1"]
    assert [item.reason for item in made.items].index("replay") == 2


def test_a_recital_rests() -> None:
    key = ("value-pitch", "sixty-seconds")
    found = Recital(("a", "b", "c"), 0.9, 0.8)
    resting = plan([], 0, recitals={key: found})
    assert key not in [(item.scenario_id, item.question_id) for item in resting.items]
    assert resting.recitals == ((key, found),)


def test_the_days_to_come_are_told() -> None:
    answered = [attempt(0, question="team-gap"), attempt(0.01, question="last-word")]
    made = plan(answered, 0.1)
    assert made.coming == (((START + timedelta(days=2)).date(), 2),)


def regular(count: int, **other: Any) -> list[Attempt]:
    return [
        attempt(place / 2, question=f"q{place % 6}", scenario="first-warm-up", **other)
        for place in range(count)
    ]


def test_avoidance_is_only_noticed_in_regular_practice() -> None:
    now = START + timedelta(days=7)
    few = regular(11)
    assert avoided(SCENARIOS, {}, few, now) is None
    found = avoided(SCENARIOS, {}, regular(12), now)
    assert found is not None
    assert (found.kind, found.scenario_id) == ("hard", "executive-conversation")


def test_then_pressure_then_the_pitch_then_what_is_passed_over() -> None:
    now = START + timedelta(days=40)
    hard = [*regular(12), attempt(8, scenario="senior-level", question="money")]
    pressure = avoided(SCENARIOS, {}, hard, now)
    assert pressure is not None
    assert (pressure.kind, pressure.question_id) == ("pressure", "money")
    pressed = [*hard, attempt(9, scenario="senior-level", question="money", interviewer="silent")]
    no_pitch = avoided(SCENARIOS, {}, pressed, now)
    assert no_pitch is not None
    assert (no_pitch.kind, no_pitch.question_id) == ("pitch", "sixty-seconds")
    pitched = [*pressed, attempt(9.5, scenario="value-pitch", question="sixty-seconds")]
    assert avoided(SCENARIOS, {}, pitched, now) is None
    old = replay([attempt(0, question="disagreement")])
    passed = avoided(SCENARIOS, old, pitched, now)
    assert passed is not None
    assert (passed.kind, passed.question_id) == ("passed_over", "disagreement")
    early = START + timedelta(days=10)
    assert avoided(SCENARIOS, old, pitched, early) is None


attempts_of = st.lists(
    st.tuples(st.floats(0, 60), st.sampled_from(KEYS), st.floats(0, 1), st.booleans()),
    max_size=30,
).map(
    lambda rows: [
        attempt(
            day,
            *(["vague"] if shown else []),
            scenario=key[0],
            question=key[1],
            measures={"clarity_score": score},
        )
        for day, key, score, shown in rows
    ]
)


@settings(deadline=None, max_examples=50)
@given(attempts_of, st.floats(60, 90), st.integers(1, 8))
def test_no_plan_is_too_long_asks_twice_or_repeats_today(
    attempts: list[Attempt], day: float, size: int
) -> None:
    focus = Focus("f", "finding:vague", START, (1.0,), 0.25)
    made = plan(attempts, day, (focus,), size=size)
    keys = [(item.scenario_id, item.question_id) for item in made.items]
    assert len(keys) == len(set(keys))
    assert len(keys) + made.done <= max(size, made.done)
    today = (START + timedelta(days=day)).date()
    done = {
        (each.scenario_id, each.question_id) for each in attempts if each.started_at.date() == today
    }
    assert not done & set(keys)
    assert sum(item.reason == "new" for item in made.items) <= 2
    assert len(made.items) >= min(1, size - made.done) or size <= made.done
