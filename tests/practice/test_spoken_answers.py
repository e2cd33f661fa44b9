"""Spoken answers as the debrief takes them."""

from __future__ import annotations

from datetime import date

import pytest

from simulator.practice import wording_debrief
from simulator.practice.debrief_flow import RESULTS, Flow, Step, StepKind, give, next_step
from simulator.practice.spoken_answers import answer_from_speech

TODAY = date(2025, 3, 14)


def heard(kind: StepKind, text: str, key: str = "other") -> str:
    choices = RESULTS if kind == "choice" else ()
    return answer_from_speech(Step(key, "?", kind, choices=choices), text, TODAY)


@pytest.mark.parametrize(
    "text", ["", "No.", "Nothing.", "None of them.", "I don't remember.", "No, thanks.", "Skip."]
)
def test_nothing_is_an_empty_answer(text: str) -> None:
    assert heard("line", text) == ""
    assert heard("lines", text) == ""
    assert heard("numbers", text) == ""


def test_no_at_the_beginning_of_a_thought_is_not_nothing() -> None:
    assert heard("line", "No result at the end.") == "No result at the end."
    assert heard("choice", "No.") == "no"


def test_a_spoken_list_is_a_sentence_a_line() -> None:
    assert (
        heard("lines", "Why us? Tell us about a conflict.") == "Why us?\nTell us about a conflict."
    )


def test_names_lose_the_full_stop_and_thoughts_keep_it() -> None:
    assert heard("line", "Night shift lead.", key="role") == "Night shift lead"
    assert heard("line", "The middle part.", key="clarity.1") == "The middle part."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two and four.", "2 4"),
        ("The second and the fourth one.", "2 4"),
        ("2, 4", "2 4"),
        ("Number twelve, and one.", "12 1"),
    ],
)
def test_numbers(text: str, expected: str) -> None:
    assert heard("numbers", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yesterday.", "yesterday"),
        ("That was today", "today"),
        ("On the third of March.", "2025-03-03"),
        ("March 3rd, 2024.", "2024-03-03"),
        ("The 20th of December.", "2024-12-20"),
        ("The 31st of February.", "The 31st of February."),
        ("Some time ago.", "Some time ago."),
    ],
)
def test_days(text: str, expected: str) -> None:
    assert heard("day", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They turned me down.", "no"),
        ("I was rejected", "no"),
        ("No, I am still waiting.", "waiting"),
        ("I withdrew.", "withdrew"),
        ("I got an offer!", "offer"),
        ("Hard to say.", "Hard to say."),
    ],
)
def test_the_outcome(text: str, expected: str) -> None:
    assert heard("choice", text) == expected


def test_every_step_sounds_without_brackets_and_keys() -> None:
    flow = Flow(TODAY)
    answers = {"role": "lead", "questions": "Why us?", "weaker": "1", "other": "I was late."}
    while (step := next_step(flow)) is not None:
        said = wording_debrief.aloud(step.key, step.prompt)
        assert said
        for word in ("(", "Enter", "line", "2025"):
            assert word not in said, said
        flow = give(flow, answers.get(step.key, ""))
