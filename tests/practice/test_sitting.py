"""A sitting: who says what next, pauses, follow-ups, stopping and what is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator.audio.recorder import unfinished
from simulator.library.store import Library
from simulator.places import Places
from simulator.practice.events import (
    AnswerEnded,
    Bell,
    Notice,
    Paused,
    PitchTimed,
    QuestionAsked,
    Resumed,
    SittingEnded,
    Speaking,
)
from simulator.practice.interviewers import INTERVIEWERS
from simulator.practice.pausing import PauseEnd, PauseWish
from simulator.practice.scenario import InterviewerName, Question, Scenario
from simulator.practice.session import Finished
from simulator.practice.sitting import Choice, SittingEnd, SittingPlan, hold
from simulator.speech.timeline import Word
from tests.practice.stage import Stage


def question(name: str) -> Question:
    return Question(name, f"Why {name}?", "role_strengths", 1.5, ("A point.",), ("And then?",))


SCENARIO = Scenario(
    "stage",
    "Stage",
    "Somewhere.",
    "Nothing.",
    "neutral",
    "gentle",
    tuple(question(name) for name in ("one", "two", "three")),
    Path("stage.toml"),
)


class Script:
    """A person who chooses as written; goes on where nothing is written."""

    def __init__(self, *choices: Choice) -> None:
        self._choices = list(choices)
        self.last: list[bool] = []

    def before_question(self, place: int, count: int) -> Choice:
        return "next"

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        self.last.append(last)
        return self._choices.pop(0) if self._choices else "next"


@pytest.fixture
def stage(places: Places) -> Iterator[Stage]:
    with Library(places.recordings) as library:
        yield Stage(library)


def clock() -> Callable[[], datetime]:
    times = iter(datetime(2025, 3, 1, 18, tzinfo=UTC) + timedelta(minutes=n) for n in range(99))
    return lambda: next(times)


def sit(
    stage: Stage,
    person: Script | None = None,
    who: InterviewerName = "neutral",
    remember: Callable[[int], None] = lambda place: None,
    wishes: tuple[PauseWish | None, ...] = (),
    pause_end: PauseEnd = "go_on",
    **plan: object,
) -> SittingEnd:
    coming = list(wishes)
    studio = stage.studio(
        pause_asked=lambda: coming.pop(0) if coming else None, during_pause=lambda: pause_end
    )
    values = {"session_id": "s", "scenario": SCENARIO, "questions": SCENARIO.questions, **plan}
    made = SittingPlan(interviewer=INTERVIEWERS[who], **values)  # type: ignore[arg-type]
    return hold(made, studio, person or Script(), clock(), lambda at: f"{at:%Y%m%d-%H%M}", remember)


def asked(stage: Stage) -> list[str]:
    return [event.question_id for event in stage.events if isinstance(event, QuestionAsked)]


def test_questions_and_follow_ups_are_asked_in_turn_and_kept(stage: Stage) -> None:
    person = Script()
    end = sit(stage, person)
    assert asked(stage) == ["one", "one+", "two", "two+", "three", "three+"]
    assert [attempt.question_id for attempt in stage.library.attempts()] == asked(stage)
    assert person.last == [False, False, False, False, False, True]
    assert end.resume_at is None
    ended = stage.events[-1]
    assert isinstance(ended, SittingEnded)
    assert len(ended.attempt_ids) == 6
    assert unfinished(stage.library.folder) == ()


def test_the_follow_up_aimed_at_the_answer_goes_before_the_written_one(stage: Stage) -> None:
    stage.follow_up = "How many were there?"
    sit(stage, Script("next", "stop"))
    assert [a.question_text for a in stage.library.attempts()][1] == "How many were there?"


def test_again_asks_the_same_question_and_skip_leaves_the_next_one_out(stage: Stage) -> None:
    # Again after the answer; skip leaves its follow-up out; skip after a follow-up "three".
    sit(stage, Script("again", "skip", "next", "skip"))
    assert asked(stage) == ["one", "one", "two", "two+"]


def test_stopping_says_where_to_go_on(stage: Stage) -> None:
    places: list[int] = []
    end = sit(stage, Script("skip", "stop"), remember=places.append)
    assert (end.resume_at, places) == (2, [0, 1])
    stage.events.clear()
    end = sit(stage, first=2)
    assert asked(stage) == ["three", "three+"]
    assert end.resume_at is None


def test_a_pause_is_told_and_the_answer_goes_on(stage: Stage) -> None:
    sit(stage, Script("stop"), wishes=(None, "pause"))
    told = [type(event) for event in stage.events]
    assert told.index(Paused) < told.index(Resumed) < told.index(AnswerEnded)
    assert len(stage.library.attempts()) == 1


def test_repeating_says_the_question_again(stage: Stage) -> None:
    sit(stage, Script("stop"), wishes=(None, "repeat"))
    assert asked(stage) == ["one", "one"]
    assert stage.speaker.said[:2] == ["Why one?", "Why one?"]


def test_left_out_in_a_pause_keeps_nothing_and_goes_on(stage: Stage) -> None:
    sit(stage, Script("stop"), wishes=(None, "pause"), pause_end="leave_out")
    assert asked(stage) == ["one", "two"]
    assert [attempt.question_id for attempt in stage.library.attempts()] == ["two"]
    assert unfinished(stage.library.folder) == ()


def test_stopped_in_a_pause_keeps_what_was_said(stage: Stage) -> None:
    end = sit(stage, wishes=(*[None] * 12, "pause"), pause_end="stop")
    assert end.resume_at == 1
    (attempt,) = stage.library.attempts()
    assert attempt.transcript == "One. Two."
    assert attempt.duration_s == pytest.approx(1.2)


def test_stopped_in_a_pause_before_a_word_comes_back_to_the_question(stage: Stage) -> None:
    stage.words = ()
    end = sit(stage, wishes=(None, "pause"), pause_end="stop")
    assert end.resume_at == 0
    assert stage.library.attempts() == ()


def test_a_hurried_interviewer_cuts_in_at_the_limit_and_asks_no_more(stage: Stage) -> None:
    sit(stage, who="hurried")
    assert asked(stage) == ["one", "two", "three"]
    assert [attempt.duration_s for attempt in stage.library.attempts()] == [1.5, 1.5, 1.5]
    assert stage.speaker.said[1] == "I have to stop you there."
    assert stage.waited_s == []
    kinds = [event.kind for event in stage.events if isinstance(event, Speaking)]
    assert kinds == ["question", "interruption"] * 3


def test_an_own_time_limit_is_when_the_interviewer_cuts_in(stage: Stage) -> None:
    sit(stage, Script("stop"), who="hurried", time_limit_s=0.5)
    assert stage.speaker.said[1] == "I have to stop you there."
    assert stage.library.attempts()[0].time_limit_s == 0.5


def test_a_warm_one_never_cuts_in_and_thanks_after_the_last_follow_up(stage: Stage) -> None:
    sit(stage, Script("next", "stop"), who="warm")
    assert stage.speaker.said[-1] == "Thank you, I can picture that."
    assert stage.waited_s == [0.8]
    assert not any("stop you" in text for text in stage.speaker.said)


def test_with_reactions_left_out_only_the_questions_are_heard(stage: Stage) -> None:
    sit(stage, who="hurried", reactions="left_out")
    assert len(stage.speaker.said) == 3


def test_the_silent_one_leaves_a_silence_after_the_own_stop(stage: Stage) -> None:
    plan = SittingPlan("s", SCENARIO, SCENARIO.questions, INTERVIEWERS["silent"])
    assert plan.rules(SCENARIO.questions[0]).linger_s == 5.0
    plan = SittingPlan("s", SCENARIO, SCENARIO.questions, INTERVIEWERS["warm"])
    assert plan.rules(SCENARIO.questions[0]).linger_s == 0.0


def test_a_pitch_runs_on_after_its_bell_and_is_laid_against_the_clock(stage: Stage) -> None:
    stage.words = (Word(0.2, 0.5, "You'd", 0.9), Word(1.6, 1.9, "gain.", 0.9))
    sit(stage, kind="pitch", questions=SCENARIO.questions[:1])
    assert [event.moment for event in stage.events if isinstance(event, Bell)] == ["time"]
    (timed,) = [event for event in stage.events if isinstance(event, PitchTimed)]
    assert timed.timing.length_s == 1.5
    assert timed.timing.after_bell.text == "gain."
    assert stage.library.attempts()[0].duration_s == 2.0


def test_a_longer_pitch_is_warned_of_its_end_and_a_hurried_one_cuts_it(stage: Stage) -> None:
    stage.tenths = 900
    sit(stage, Script("stop"), kind="pitch", time_limit_s=30.0, questions=SCENARIO.questions[:1])
    assert [event.moment for event in stage.events if isinstance(event, Bell)] == ["soon", "time"]
    assert stage.library.attempts()[0].duration_s == 60.0
    stage.events.clear()
    sit(stage, who="hurried", kind="pitch", time_limit_s=30.0, questions=SCENARIO.questions[:1])
    assert stage.library.attempts(newest=1)[0].duration_s == 30.0


def test_the_own_rating_is_kept_with_the_attempt(stage: Stage) -> None:
    stage.rating = 2
    sit(stage, Script("stop"))
    assert stage.library.attempts()[0].self_rating == 2


def test_the_melody_is_kept_with_the_assessment(stage: Stage) -> None:
    stage.tenths = 30
    sit(stage, Script("stop"), time_limit_s=3.0)
    (attempt,) = stage.library.attempts()
    kept = json.loads(stage.library.assessment_json(attempt.attempt_id))
    assert kept["melody"] == [0.0] * 32  # a level voice
    stage.tenths = 10
    sit(stage, Script("stop"), time_limit_s=1.0)
    (attempt,) = stage.library.attempts(newest=1)
    assert json.loads(stage.library.assessment_json(attempt.attempt_id))["melody"] is None


def test_nothing_recorded_is_said_and_ends_the_sitting(stage: Stage) -> None:
    stage.tenths = 0
    end = sit(stage)
    assert end.resume_at == 0
    assert any(isinstance(event, Notice) and "Nothing was" in event.text for event in stage.events)
