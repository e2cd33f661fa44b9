"""Five interviewers: what each says and when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import UsageError
from simulator.practice.interviewers import (
    INTERVIEWERS,
    PRESSING,
    cut_in,
    find_interviewer,
    react,
    spoken_question,
)
from simulator.practice.scenario import INTERVIEWER_NAMES, Question

QUESTION = Question(
    question_id="why",
    text="Why you?",
    criterion="role_strengths",
    time_limit_s=60,
    expected_points=("I have done it.",),
    follow_ups=("And?", "And then?"),
    wordings={"warm": "What would you enjoy here?"},
)
every_name = st.sampled_from(INTERVIEWER_NAMES)


def test_each_name_has_its_interviewer() -> None:
    assert tuple(INTERVIEWERS) == INTERVIEWER_NAMES
    assert find_interviewer("hurried").interrupts
    with pytest.raises(UsageError, match="Did you mean sceptical"):
        find_interviewer("skeptical")


def test_own_wording_wins_over_lead_in() -> None:
    assert spoken_question(find_interviewer("warm"), QUESTION, 1) == "What would you enjoy here?"
    assert spoken_question(find_interviewer("hurried"), QUESTION, 0) == "Why you?"
    assert spoken_question(find_interviewer("hurried"), QUESTION, 1) == "Quickly, please. Why you?"


@given(every_name, st.floats(0, 1000), st.integers(0, 50))
def test_only_the_hurried_cut_in_and_only_at_the_limit(
    name: str, answer_s: float, place: int
) -> None:
    said = cut_in(find_interviewer(name), QUESTION, answer_s, place)
    assert (said is not None) == (name == "hurried" and answer_s >= 60)


@given(every_name, st.integers(0, 50), st.integers(0, 5))
def test_follow_ups_never_exceed_what_the_interviewer_asks(
    name: str, place: int, asked: int
) -> None:
    who = find_interviewer(name)
    reaction = react(who, QUESTION, place, asked)
    left = max(0, min(who.most_follow_ups, len(QUESTION.follow_ups)) - asked)
    assert (reaction.follow_up is not None) == (left > 0)
    assert reaction.silence_s == who.silence_s


def test_an_aimed_follow_up_goes_first_and_the_written_ones_follow() -> None:
    who = find_interviewer("sceptical")
    first = react(who, QUESTION, 0, 0, aimed_follow_up="Which part was yours?")
    assert first.follow_up == "I'm not sure I'm convinced. Which part was yours?"
    second = react(who, QUESTION, 0, 1, aimed_follow_up="Which part was yours?")
    assert second.follow_up == "Let me push on that. And then?"
    assert react(who, QUESTION, 0, 2).follow_up is None


def test_the_silent_one_leaves_the_longest_silence_and_says_nothing() -> None:
    silent = find_interviewer("silent")
    assert silent.silence_s == max(who.silence_s for who in INTERVIEWERS.values())
    assert react(silent, QUESTION, 0, 1).acknowledgement == ""


def test_pressure_is_none_of_the_kind_ones() -> None:
    assert set(INTERVIEWER_NAMES) - PRESSING == {"warm", "neutral"}
