"""``debrief``, ``plan``, ``history``, ``compare`` and ``pitches`` on the command line.

One walk: a rejected final round is debriefed, its questions are answered, what recurs is chosen,
and two later days move its status.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from simulator.cli import debrief, history, plan
from simulator.errors import UsageError
from simulator.library.attempts import Attempt
from simulator.library.store import Library
from simulator.places import Places
from tests.practice.people import attempt
from tests.practice.test_debrief import WALK

runner = CliRunner()
FILLERS = "filled_pauses_per_minute"
NOW = datetime.now(UTC).replace(microsecond=0)

program = typer.Typer()
program.add_typer(debrief.app, name="debrief")
program.add_typer(plan.app, name="plan")
history.register(program)


def run(*arguments: str, typed: str | None = None) -> Result:
    return runner.invoke(program, list(arguments), input=typed)


def said(*arguments: str, typed: str | None = None) -> str:
    result = run(*arguments, typed=typed)
    assert result.exception is None, result.output
    return result.stdout


def typed_walk() -> str:
    """The walk as it is typed: a list ends with an empty line."""
    lists = {"questions", "signals", "other"}
    return "".join(text + ("\n\n" if key in lists else "\n") for key, text in WALK)


@pytest.fixture
def library(places: Places) -> Iterator[Library]:
    with Library(places.recordings) as opened:
        yield opened


def add(
    library: Library,
    day: float,
    *findings: str,
    record: dict[str, Any] | None = None,
    **other: Any,
) -> Attempt:
    """An attempt so many days before now, where negative is ago."""
    made = attempt(0, *findings, **other)
    at = NOW + timedelta(days=day)
    made = replace(made, attempt_id=f"{at:%Y%m%d-%H%M%S}", started_at=at)
    library.add(made, json.dumps(record or {}))
    return made


def test_the_walk_from_a_no_to_a_measured_change(places: Places, library: Library) -> None:
    told = said("debrief", typed=typed_walk())
    assert "'Culture fit' is about the people who were already there" in told
    assert "You were in the running" in told
    assert "They extended the meeting by twenty minutes." in told
    scenario = next(places.own_scenarios.glob("debrief-*.toml")).stem
    assert f"simulator practice {scenario}" in told

    # The first plan already holds a question from the debrief.
    first = json.loads(said("plan", "--json"))
    assert [item["scenario_id"] for item in first["plan"]["items"]].count(scenario) == 1

    questions = (
        "a-time-a-project-went-wrong",
        "tell-us-about-yourself",
        "what-salary-do-you-have-in",
    )
    for place, question in enumerate(questions):
        add(
            library,
            -6 + place / 100,
            "no_result",
            scenario=scenario,
            question=question,
            quote="and then we, um, finished it",
            measures={FILLERS: 11.0 + place},
        )
    spots = said("plan", "spots")
    assert "The result is left out. Showed in 3 of your last 3 answers and in one debrief." in spots
    assert "“I forgot to say how it ended.”" in spots
    assert "“and then we, um, finished it”" in spots
    assert "Um and uh, often. Showed in 3 of your last 3 answers." in spots
    proposed = json.loads(said("plan", "--json"))["proposed"]
    assert [weak["spot"]["name"] for weak in proposed] == ["no_result", FILLERS]

    # Chosen five days ago, so that the days since are later days.
    assert "too early to say" in said("plan", "focus", "no_result")
    assert "too early to say" in said("plan", "focus", FILLERS)
    library.db.execute("UPDATE focuses SET chosen_at = ?", ((NOW - timedelta(days=5)).isoformat(),))
    assert isinstance(run("plan", "focus", "vague").exception, UsageError)

    for day in (-4.0, -3.0):
        add(library, day, scenario=scenario, question=questions[0], measures={FILLERS: 3.0})
    status = {
        state["spot"]["name"]: state["status"]
        for state in json.loads(said("plan", "--json"))["focuses"]
    }
    assert status == {"no_result": "improving", FILLERS: "improving"}
    shown = said("plan")
    assert "The result is left out: improving. It showed in 100 % of the answers" in shown
    assert "Um and uh, often: improving. It was 12.0 a minute, and is 3.0 a minute now" in shown

    letter = said("debrief", "request", "--to", "Ms Adler", "--from", "Kim")
    assert 'When you asked me "A time a project went wrong"' in letter
    assert (
        'When you asked me "How did you settle the trade-off between speed and quality"' in letter
    )
    assert "Nothing has been sent." in letter

    compared = said("compare", f"{NOW - timedelta(days=3):%Y%m%d-%H%M%S}")
    assert "um and uh" in compared
    assert "no change (less than" in compared


def test_a_debrief_that_breaks_off_keeps_nothing() -> None:
    result = run("debrief", typed="")
    assert isinstance(result.exception, UsageError)
    assert said("debrief", "list") == ""


def test_answers_that_do_not_fit_are_asked_again() -> None:
    told = said("debrief", typed="\nwaiter\n\n\nsometime\n\n\n\n\n\n")
    assert "this one is needed" in told
    assert "Please give a day" in told
    assert "waiter" in said("debrief", "list")


def test_debriefs_can_be_shown_moved_and_removed(tmp_path: Path) -> None:
    said("debrief", typed=typed_walk())
    record = json.loads(said("debrief", "list", "--json"))
    assert record["outcome"]["result"] == "no"
    shown = said("debrief", "show")
    assert shown.index("Apart from all this") > shown.index("What was concluded")
    moved = said("debrief", "move", "1")
    evidence, assumptions = moved.split("What was concluded")
    assert "I lost the thread" in assumptions
    assert "I lost the thread" not in evidence
    assert isinstance(run("debrief", "move", "99").exception, UsageError)
    said("debrief", "feedback", "We missed concrete numbers.")
    assert "We missed concrete numbers." in said("debrief", "show").split("What was concluded")[0]
    assert isinstance(run("debrief", "outcome", "maybe").exception, UsageError)
    said("debrief", "outcome", "offer")
    assert "outcome: offer" in said("debrief", "show")
    letter = tmp_path / "letter.txt"
    said("debrief", "request", "--save", str(letter))
    assert letter.read_text().startswith("Thank you, and a short question")
    assert "no such" not in said("debrief", "delete", record["debrief_id"])
    assert said("debrief", "list") == ""


def test_a_first_plan_and_an_empty_history() -> None:
    assert said("plan").startswith("Today, ")
    assert "Nothing recurs yet" in said("plan", "spots")
    assert "There is no attempt of your own yet" in said("history")
    assert "There is no attempt of your own yet" in said("history", "--trends")
    assert "kindly and pressingly yet" in said("history", "--pressure")
    assert isinstance(run("plan", "focus", "vagueness").exception, UsageError)
    assert isinstance(run("plan", "drop", "vague").exception, UsageError)


def test_focus_and_drop(library: Library) -> None:
    for day in (-3, -2):
        add(library, day, "vague", "hedged", "jargon")
    said("plan", "focus", "vague")
    said("plan", "focus", "finding:hedged")
    refused = run("plan", "focus", "jargon")
    assert "Two at a time" in str(refused.exception)
    assert said("plan", "drop", "vague") == "Dropped: vague\n"
    said("plan", "focus", "jargon")


def test_history_trends_and_pressure(library: Library) -> None:
    for day in range(-8, 0):
        add(
            library,
            day,
            measures={FILLERS: 12.0 if day < -4 else 4.0},
            self_rating=3,
            interviewer="warm" if day < -4 else "hurried",
        )
    add(library, -0.5, kind="demo", measures={FILLERS: 99.0})
    table = said("history")
    assert len(table.splitlines()) == 10
    assert "(an example answer)" in table
    assert "99.0" not in said("history", "--trends")
    trends = said("history", "--trends")
    assert "um and uh: better, 12.0 a minute to 4.0 a minute (a trend; 8 attempts)" in trends
    assert "um and uh: better under pressure" in said("history", "--pressure")
    rows = [json.loads(line) for line in said("history", "--json").splitlines()]
    assert len(rows) == 9
    assert isinstance(run("compare", rows[0]["attempt_id"]).exception, UsageError)


def words(text: str, pace_s: float = 0.5) -> dict[str, Any]:
    return {
        "words": [
            {"text": word, "start_s": n * pace_s, "end_s": (n + 1) * pace_s, "probability": 0.9}
            for n, word in enumerate(text.split())
        ]
    }


def test_pitches_side_by_side_and_the_best_kept(library: Library) -> None:
    short = "You'd be getting calm nights. I've run nights for four years."
    long = short + " Wrong parcels fell by half. That's what I would like to do for you."
    told = {"kind": "pitch", "scenario": "value-pitch", "question": "sixty-seconds"}
    one = add(library, -2, transcript=short, record=words(short), **told)
    two = add(library, -1, transcript=long, record=words(long), **told)
    shown = said("pitches")
    assert f"{two.attempt_id}" in shown
    assert shown.index("(kept as the best)") > shown.index(two.attempt_id)
    assert "now in time: one piece of evidence and a close" in shown
    kept = json.loads(said("pitches", "--keep", one.attempt_id, "--json"))
    assert kept["best"] == one.attempt_id
    rung = said("pitches", "--seconds", "6")
    assert "the bell. After it: 13 words" in rung
    assert isinstance(run("pitches", "none").exception, UsageError)


def test_the_events_behind_a_measure_are_shown(library: Library) -> None:
    record = words("so we started the shift and then it was late", 1.0) | {
        "filled_pauses": [{"label": "um", "start_s": 4.0, "end_s": 4.4}]
    }
    for day in (-2, -1):
        add(library, day, measures={FILLERS: 9.0}, record=record)
    assert "at 0:04: so we started the … and then it was" in said("plan", "spots")


def test_a_recital_is_noticed_with_and_without_its_melody(library: Library) -> None:
    text = "You would be getting someone who makes a night shift calmer and faster. " * 3
    for day, melody in ((-3, [0.0, 1.0] * 16), (-2, [0.1, 1.1] * 16), (-1, [0.0, 0.9] * 16)):
        add(library, day, transcript=text, question="team-gap", record={"melody": melody})
    assert "in the same melody" in said("plan")
    add(library, -0.5, transcript=text, question="team-gap")
    assert "used nearly the same words. Let it rest" in said("plan")
