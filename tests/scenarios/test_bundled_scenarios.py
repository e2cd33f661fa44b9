"""The scenarios that come with the program: all usable, and fit to be read aloud."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from simulator.practice.scenario import CRITERIA, INTERVIEWER_NAMES, Question, Scenario
from simulator.practice.scenario_file import check_scenario, load_scenario

FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
FILES = sorted(FOLDER.glob("*.toml"))
UNSPEAKABLE = re.compile(r"[0-9/&%()\[\]{}–—*_#<>\"]|\be\.g\.|\bi\.e\.|\betc\b", re.IGNORECASE)
WANTED = {
    "final-round-panel",
    "executive-conversation",
    "hiring-manager-short-on-time",
    "trade-offs",
    "role-strengths",
    "what-you-add-to-the-team",
    "growth-or-impact",
    "sceptical-follow-ups",
    "senior-level",
    "internal-candidate",
    "salary-and-close",
    "value-pitch",
}


def scenarios() -> list[Scenario]:
    return [load_scenario(path) for path in FILES]


def spoken(question: Question) -> list[str]:
    return [question.text, *question.wordings.values(), *question.follow_ups]


def test_the_situations_worth_replaying_are_there() -> None:
    assert {path.stem for path in FILES} >= WANTED


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_scenario_passes_the_check(path: Path) -> None:
    assert check_scenario(path) == ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_six_to_ten_questions_each(path: Path) -> None:
    assert 6 <= len(load_scenario(path).questions) <= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_everything_spoken_can_be_spoken(path: Path) -> None:
    for question in load_scenario(path).questions:
        for text in spoken(question):
            assert not UNSPEAKABLE.search(text), text
            assert text[0].isupper(), text
            assert text[-1] in ".?!", text
            assert len(text.split()) <= 55, text


def test_expected_points_are_first_person_or_about_the_work_and_short() -> None:
    for scenario in scenarios():
        for question in scenario.questions:
            for point in question.expected_points:
                assert point.endswith((".", "?")), point
                assert 3 <= len(point.split()) <= 22, point


def test_no_question_is_asked_twice() -> None:
    texts = Counter(question.text for each in scenarios() for question in each.questions)
    assert [text for text, count in texts.items() if count > 1] == []


def test_every_criterion_and_interviewer_can_be_practised() -> None:
    asked = Counter(question.criterion for each in scenarios() for question in each.questions)
    assert set(asked) == set(CRITERIA)
    assert min(asked.values()) >= 8
    assert {each.interviewer for each in scenarios()} == set(INTERVIEWER_NAMES)


def test_pitches_come_in_four_lengths_and_hard_scenarios_exist() -> None:
    pitches = {
        question.time_limit_s
        for each in scenarios()
        for question in each.questions
        if question.kind == "pitch"
    }
    assert {10, 30, 60, 90} <= pitches
    assert {each.difficulty for each in scenarios()} == {"gentle", "steady", "hard"}
