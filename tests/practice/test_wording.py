"""What people read: complete, plain, and without promises or verdicts."""

from __future__ import annotations

import re
from datetime import timedelta
from types import ModuleType
from typing import get_args

import pytest

from simulator.clarity.findings import FINDING_KINDS
from simulator.practice import wording, wording_debrief, wording_plan, wording_time
from simulator.practice.avoidance import AvoidedKind
from simulator.practice.calibration import Agreement, Calibration, Leaning
from simulator.practice.focus import Status
from simulator.practice.noise import Amount
from simulator.practice.pitch import PARTS
from simulator.practice.plan import Plan, Reason
from simulator.practice.progress import Verdict
from simulator.practice.weak_spots import ALL_SPOTS, SPOT_MEASURES
from tests.practice.people import START

FORBIDDEN = re.compile(
    r"\b(?:hireab\w+|get hired|will hire|guarantee\w*|amazing|awesome|perfect|excellent|incredible|"
    r"crush|nail it|rockstar|fail(?:ed|ure)?|bad|poor|weakness|wrong)\b|!",
    re.IGNORECASE,
)


def texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    return []


@pytest.mark.parametrize("module", [wording, wording_debrief, wording_plan])
def test_no_promise_no_verdict_no_gush(module: ModuleType) -> None:
    said = [text for name, value in vars(module).items() if name.isupper() for text in texts(value)]
    assert len(said) > 5
    for text in said:
        assert not FORBIDDEN.search(text), text


def test_everything_that_can_be_said_has_words() -> None:
    assert set(wording.FINDING_LABELS) == set(FINDING_KINDS)
    assert set(wording.MEASURE_SPOTS) >= set(SPOT_MEASURES)
    assert set(wording.AMOUNT_WORDS) == set(get_args(Amount))
    assert set(wording.STATUS_WORDS) == set(get_args(Status))
    assert set(wording_plan.REASONS) == set(get_args(Reason))
    assert set(wording_plan.AVOIDED) == set(get_args(AvoidedKind))
    assert set(wording_plan.VERDICTS) == set(get_args(Verdict))
    assert set(wording_plan.PART_WORDS) == set(PARTS)
    for spot in ALL_SPOTS:
        assert wording.spot_label(spot)
        assert wording.spot_tip(spot)[-1] in ".?"


def test_how_often_a_spot_showed() -> None:
    assert wording.spot_evidence(3, 5, 0) == "Showed in 3 of your last 5 answers."
    assert (
        wording.spot_evidence(1, 5, 1) == "Showed in 1 of your last 5 answers and in one debrief."
    )
    assert wording.spot_evidence(0, 5, 2) == "Showed in 2 debriefs."


def test_headings_of_a_day() -> None:
    day = START.date()
    empty = Plan(day, (), 0, None, (), ())
    assert wording_plan.plan_heading(empty).startswith("Nothing is due today")
    done = Plan(day, (), 1, None, (), ())
    assert wording_plan.plan_heading(done) == "1 question done: that is today."
    assert wording_plan.coming_line(()) == ""
    coming = ((day + timedelta(days=1), 2), (day + timedelta(days=3), 1))
    assert wording_plan.coming_line(coming) == "Coming: 2 on Sunday and 1 on Tuesday."


@pytest.mark.parametrize(
    ("agreement", "leaning", "expected"),
    [
        ("too_few", "too_few", "from five on"),
        ("together", "even", "trust them"),
        ("loose", "kinder", "kinder to yourself"),
        ("opposite", "harsher", "it went better than it felt"),
    ],
)
def test_calibration_in_words(agreement: Agreement, leaning: Leaning, expected: str) -> None:
    found = Calibration(6, 0.1, agreement, -1.0, leaning, None, "a1")
    assert expected in " ".join(wording_plan.calibration_lines(found))


def test_clock() -> None:
    assert [wording_time.clock(seconds) for seconds in (0, 9.6, 60, 125)] == [
        "0:00",
        "0:10",
        "1:00",
        "2:05",
    ]
