"""A sitting: several questions in a row, as an interviewer asks them.

The rules of who says what next are in `interviewers`; the person decides between answers whether
to go on, to answer again, to leave a question out or to stop and come back later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from simulator.library.attempts import AttemptKind
from simulator.practice.answering import StopRules
from simulator.practice.events import Notice
from simulator.practice.interviewers import Interviewer, cut_in, react, spoken_question
from simulator.practice.keeping import Asked
from simulator.practice.scenario import Question, Scenario
from simulator.practice.session import Finished, Studio, ask_and_assess
from simulator.voices.manner import Manner

FOLLOW_UP_MARK = "+"
"""Added to a question's id for each follow-up: ``why-you+`` is the first one to ``why-you``."""

NOTHING_RECORDED = "Nothing was recorded, so there is nothing to report."

Choice = Literal["next", "again", "skip", "stop"]


class Person(Protocol):
    """The one who answers, between the answers."""

    def before_question(self, place: int, count: int) -> Choice:
        """Ready for the question at this place (from 0)? ``next`` asks it."""
        ...

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """The report has been made: go on, answer again, or stop."""
        ...


@dataclass(frozen=True, slots=True)
class SittingPlan:
    """What a sitting is to be.

    Attributes
    ----------
    session_id : the sitting's own name, kept with each attempt.
    scenario : with its slots filled.
    questions : those asked, in order.
    interviewer : who asks.
    kind : of the attempts that come out.
    end_silence_s : silence that ends an answer; None never does.
    time_limit_s : instead of each question's own.
    follow_ups : whether follow-ups are asked.
    first : place of the question to begin with, when a sitting is resumed.
    """

    session_id: str
    scenario: Scenario
    questions: tuple[Question, ...]
    interviewer: Interviewer
    kind: AttemptKind = "practice"
    end_silence_s: float | None = 4.0
    time_limit_s: float | None = None
    follow_ups: Literal["asked", "left_out"] = "asked"
    first: int = 0


@dataclass(frozen=True, slots=True)
class SittingEnd:
    """How a sitting ended: its answers, and the place to go on from (None when it is through)."""

    finished: tuple[Finished, ...]
    resume_at: int | None


def hold(
    plan: SittingPlan,
    studio: Studio,
    person: Person,
    now: Callable[[], datetime],
    new_id: Callable[[datetime], str],
) -> SittingEnd:
    """Hold a sitting from ``plan.first`` to its end, or until the person stops it."""
    done: list[Finished] = []
    place = plan.first
    while place < len(plan.questions):
        choice = person.before_question(place, len(plan.questions))
        if choice == "stop":
            return SittingEnd(tuple(done), place)
        if choice == "skip":
            place += 1
            continue
        question = plan.questions[place]
        choice = _answer(plan, studio, person, question, place, done, now, new_id)
        if choice == "stop":
            following = place + 1
            return SittingEnd(tuple(done), following if following < len(plan.questions) else None)
        if choice != "again":
            place += 1
    return SittingEnd(tuple(done), None)


def _answer(
    plan: SittingPlan,
    studio: Studio,
    person: Person,
    question: Question,
    place: int,
    done: list[Finished],
    now: Callable[[], datetime],
    new_id: Callable[[datetime], str],
) -> Choice:
    """Ask a question and its follow-ups; what the person chose after the last of them."""
    who, manner = plan.interviewer, manner_of(plan.interviewer)
    rules = StopRules(plan.time_limit_s or question.time_limit_s, plan.end_silence_s)
    text, judged_text = spoken_question(who, question, place), question.wording(who.name)
    follow_ups = 0
    while True:
        started_at = now()
        asked = Asked(
            attempt_id=new_id(started_at),
            kind=plan.kind,
            started_at=started_at,
            session_id=plan.session_id,
            scenario_id=plan.scenario.scenario_id,
            question_id=question.question_id + FOLLOW_UP_MARK * follow_ups,
            question_text=text,
            judged_text=judged_text,
            criterion=question.criterion,
            interviewer=who.name,
            expected_points=() if follow_ups else question.expected_points,
        )
        finished = ask_and_assess(studio, asked, manner, rules)
        if finished is None:
            studio.announce(Notice(NOTHING_RECORDED))
            return "stop"
        done.append(finished)
        if finished.taken.reason == "time_limit":
            interruption = cut_in(who, question, finished.recording.duration_s, place)
            if interruption:
                studio.say(interruption, manner)
        reaction = react(who, question, place, follow_ups, finished.assessment.clarity.follow_up)
        follow_up = reaction.follow_up if plan.follow_ups == "asked" else None
        last = follow_up is None and place == len(plan.questions) - 1
        choice = person.after_answer(finished, last=last)
        if choice != "next" or follow_up is None:
            return choice
        text = judged_text = follow_up
        follow_ups += 1


def manner_of(who: Interviewer) -> Manner:
    """How this interviewer's voice is to sound."""
    return Manner(words_per_minute=who.words_per_minute, pitch=who.pitch)
