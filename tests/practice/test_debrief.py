"""The debrief: the flow, what it records, what it becomes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.library.debriefs import Debrief
from simulator.practice import wording_debrief as say
from simulator.practice.debrief_flow import (
    AnswerRefusedError,
    Flow,
    give,
    next_step,
    spoken_lines,
    to_debrief,
)
from simulator.practice.debrief_scenario import scenario_of
from simulator.practice.feedback_request import feedback_request
from simulator.practice.scenario_file import load_scenario
from simulator.practice.scenario_writing import scenario_text
from simulator.practice.thoughts import answer_thoughts

TODAY = date(2025, 3, 14)
NOW = datetime(2025, 3, 14, 18, 0, tzinfo=UTC)

WALK: tuple[tuple[str, str], ...] = (
    ("role", "night supervisor"),
    ("company", "Harbour Logistics"),
    ("round", "Final round, panel of three"),
    ("day", "yesterday"),
    (
        "questions",
        "1. Tell us about yourself\n"
        "2. A time a project went wrong?\n"
        "- What would you do in your first month\n"
        "How did you settle the trade-off between speed and quality\n"
        "What salary do you have in mind?",
    ),
    ("weaker", "2, 4"),
    ("clarity.1", "I lost the thread in the middle of the depot story."),
    ("example.1", "I forgot to say how it ended."),
    ("clarity.3", "They probably wanted something more strategic."),
    ("example.3", "I could not think of a number."),
    ("signals", "They extended the meeting by twenty minutes.\nThey seemed to like me."),
    ("other", "Culture fit, so I am not good enough.\nThe director kept taking notes."),
    ("move", "8"),
    ("outcome", "no"),
    ("words", "It was close, and another person had run a depot before."),
)


def walk(answers: tuple[tuple[str, str], ...] = WALK) -> Debrief:
    flow = Flow(TODAY)
    for key, text in answers:
        step = next_step(flow)
        assert step is not None
        assert step.key == key
        flow = give(flow, text)
    assert next_step(flow) is None
    return to_debrief(flow, "20250314-1", NOW)


def test_the_walk_records_what_was_said() -> None:
    debrief = walk()
    assert debrief.role == "night supervisor"
    assert debrief.held_on == date(2025, 3, 13)
    assert [question.text for question in debrief.questions][:2] == [
        "Tell us about yourself",
        "A time a project went wrong?",
    ]
    assert [question.weaker for question in debrief.questions] == [False, True, False, True, False]
    assert [note.text for note in debrief.assumptions()] == [
        "They probably wanted something more strategic.",
        "They seemed to like me.",
        "Culture fit, so I am not good enough.",
        "The director kept taking notes.",
    ]
    assert debrief.notes[-1].sorted_by == "person"
    assert debrief.notes[0].question == 1
    assert debrief.outcome is not None
    assert debrief.outcome.result == "no"


def test_the_outcome_is_asked_last_and_apart() -> None:
    asked = [key for key, _ in WALK]
    assert asked[-2:] == ["outcome", "words"]
    assert "outcome" not in str([note.text for note in walk().notes])


def test_a_short_debrief_is_a_debrief() -> None:
    short = tuple(
        (key, "waiter" if key == "role" else "")
        for key in ("role", "company", "round", "day", "questions", "signals", "other", "outcome")
    )
    debrief = walk(short)
    assert debrief.questions == ()
    assert debrief.outcome is None
    assert scenario_of(debrief, Path("own")) is None
    request = feedback_request(debrief)
    assert len(request.questions) == 1


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        (0, "  ", say.NEEDS_AN_ANSWER),
        (3, "last week", say.NOT_A_DAY),
        (3, "2025-03-15", say.NOT_A_DAY),
        (5, "7", "numbers between 1 and 5"),
        (5, "0", "numbers between 1 and 5"),
        (5, "the second", "numbers between 1 and 5"),
        (13, "rejected", "offer, no, waiting, withdrew"),
    ],
)
def test_answers_that_do_not_fit_are_refused_and_change_nothing(
    before: int, text: str, said: str
) -> None:
    flow = Flow(TODAY)
    for _, answer in WALK[:before]:
        flow = give(flow, answer)
    step = next_step(flow)
    with pytest.raises(AnswerRefusedError, match=said.split("(")[0].strip()):
        give(flow, text)
    assert next_step(flow) == step


@settings(deadline=None)
@given(st.lists(st.text(max_size=60), min_size=30, max_size=30))
def test_no_answer_of_any_kind_breaks_the_flow(texts: list[str]) -> None:
    flow, asked = Flow(TODAY), []
    for text in texts:
        step = next_step(flow)
        if step is None:
            break
        asked.append(step.key)
        try:
            flow = give(flow, text)
        except AnswerRefusedError:
            flow = give(flow, "x" if step.needed else "")
    assert len(asked) == len(set(asked))
    if next_step(flow) is None:
        debrief = to_debrief(flow, "d", NOW)
        assert len(debrief.evidence()) + len(debrief.assumptions()) == len(debrief.notes)


def test_overruling_moves_one_note_and_says_who_did() -> None:
    debrief = walk()
    moved = debrief.overrule(0, "assumption")
    assert moved.notes[0].sort == "assumption"
    assert moved.notes[0].sorted_by == "person"
    assert moved.notes[1:] == debrief.notes[1:]
    with pytest.raises(IndexError):
        debrief.overrule(99, "evidence")


def test_the_remembered_questions_become_a_scenario_that_passes_the_check(tmp_path: Path) -> None:
    scenario = scenario_of(walk(), tmp_path)
    assert scenario is not None
    assert scenario.scenario_id == "debrief-20250314-1"
    assert [question.text for question in scenario.questions] == [
        "A time a project went wrong?",
        "How did you settle the trade-off between speed and quality?",
        "Tell us about yourself.",
        "What would you do in your first month?",
        "What salary do you have in mind?",
    ]
    kinds = [question.kind for question in scenario.questions]
    assert kinds == ["question", "trade_off", "pitch", "question", "question"]
    assert scenario.questions[0].criterion == "communication_under_pressure"
    assert scenario.questions[3].criterion == "growth_vs_impact"
    scenario.file.write_text(scenario_text(scenario), encoding="utf-8")
    assert load_scenario(scenario.file) == scenario


@settings(deadline=None)
@given(st.lists(st.text(max_size=900), min_size=1, max_size=4))
def test_any_remembered_question_makes_a_valid_scenario(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    flow = Flow(TODAY)
    for text in ("cook", "", "", "", "\n".join(texts)):
        flow = give(flow, text)
    while next_step(flow) is not None:
        flow = give(flow, "")
    folder = tmp_path_factory.mktemp("own")
    scenario = scenario_of(to_debrief(flow, "d1", NOW), folder)
    if scenario is not None:
        scenario.file.write_text(scenario_text(scenario), encoding="utf-8")
        assert load_scenario(scenario.file) == scenario


def test_the_request_names_the_right_two_questions() -> None:
    request = feedback_request(walk(), recipient="Ms Adler", sender="Kim Weber")
    assert request.about == (1, 3)
    assert request.questions == (
        'When you asked me "A time a project went wrong": would a shorter answer have served you '
        "better?",
        'When you asked me "How did you settle the trade-off between speed and quality": was my '
        "example concrete enough, or what would you have liked to know?",
    )
    assert request.body.startswith("Dear Ms Adler,")
    assert "final round for the night supervisor role" in request.body
    assert "if you cannot say more, I understand" in request.body
    assert request.body.endswith("Kind regards,\nKim Weber")
    assert len(request.body.split()) < 170


def test_assumptions_and_outcome_never_reach_the_request() -> None:
    debrief = walk()
    request = feedback_request(debrief)
    for note in debrief.assumptions():
        assert note.text not in request.body
    assert "depot before" not in request.body


def test_more_evidence_comes_first_and_only_weaker_answers_are_asked_about() -> None:
    debrief = walk().overrule(0, "assumption").overrule(1, "assumption")
    assert feedback_request(debrief).about == (3, 1)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Culture fit, so I am not good enough.", ["culture_fit"]),
        ("I should change everything.", ["change_everything"]),
        ("It was that one answer about money.", ["one_moment"]),
        ("I'm just not good enough.", ["not_good_enough"]),
        ("All those weeks for nothing.", ["wasted"]),
        ("They asked about my notice period.", []),
        ("It was not a good fit. I wasted their time.", ["culture_fit", "wasted"]),
    ],
)
def test_thoughts_are_answered(text: str, names: list[str]) -> None:
    assert [thought.name for thought in answer_thoughts([text])] == names


def test_each_thought_is_answered_once() -> None:
    texts = ["I should change everything.", "Yes, change everything!"]
    assert len(answer_thoughts(texts)) == 1


def test_a_spoken_list_is_a_sentence_a_line() -> None:
    assert spoken_lines("Why you? Tell us about a failure. And salary.") == (
        "Why you?\nTell us about a failure.\nAnd salary."
    )
