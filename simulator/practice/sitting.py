"""A sitting: several questions in a row, as an interviewer asks them.

The rules of who says what next are in `interviewers`; the person decides between answers whether
to go on, to answer again, to leave a question out or to stop and come back later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol

from simulator.library.attempts import AttemptKind
from simulator.practice.answering import StopRules, Taken
from simulator.practice.events import Notice, PitchTimed, SittingEnded
from simulator.practice.interviewers import Interviewer, react, spoken_question
from simulator.practice.keeping import Asked
from simulator.practice.parting import LONG_SILENCE_S, Parting
from simulator.practice.pitch_attempts import pitch_timing
from simulator.practice.scenario import Question, Scenario
from simulator.practice.schedule import FOLLOW_UP_MARK
from simulator.practice.session import Finished, Studio, Unanswered, ask_and_assess
from simulator.voices.manner import Manner

NOTHING_RECORDED = "Nothing was recorded, so there is nothing to report."

LONGEST_OVERRUN_S = 30.0
"""How long a pitch may run on after the bell, so that what fell after it is known [judgement]."""

Choice = Literal["next", "again", "skip", "stop"]


class Person(Protocol):
    """The one who answers, between the answers."""

    def before_question(self, place: int, count: int) -> Choice:
        """Ready for the question at this place (from 0)? ``next`` asks it."""
        ...

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        """The report has been made: go on, answer again, leave the next one out, or stop."""
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
    reactions : whether the interviewer reacts: follow-ups, interruptions, silences, a thank-you.
    first : place of the question to begin with, when a sitting is resumed.
    """

    session_id: str
    scenario: Scenario
    questions: tuple[Question, ...]
    interviewer: Interviewer
    kind: AttemptKind = "practice"
    end_silence_s: float | None = 4.0
    time_limit_s: float | None = None
    reactions: Literal["shown", "left_out"] = "shown"
    first: int = 0

    def rules(self, question: Question, follow_ups: int = 0) -> StopRules:
        """When the answer to a question ends by itself, and when a bell rings.

        A pitch runs on after its bell, unless the interviewer is one who cuts in. One who leaves
        long silences leaves one after the person's own stop as well.
        """
        limit_s = self.time_limit_s or question.time_limit_s
        rules = StopRules(limit_s, self.end_silence_s)
        if self.kind == "pitch" and not follow_ups:
            overrun_s = 0.0 if self.interviewer.interrupts else min(limit_s, LONGEST_OVERRUN_S)
            rules = replace(rules, time_limit_s=limit_s + overrun_s, bell_s=limit_s)
        if self.reactions == "shown" and self.interviewer.silence_s >= LONG_SILENCE_S:
            rules = replace(rules, linger_s=self.interviewer.silence_s)
        return rules


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
    remember: Callable[[int], None] = lambda place: None,
) -> SittingEnd:
    """Hold a sitting from ``plan.first`` to its end, or until the person stops it.

    Parameters
    ----------
    plan : what it is to be.
    studio, person : what it is held with, and who answers.
    now, new_id : the time, and names for attempts.
    remember : told the place of each question before it is asked, to be taken up from there if
        the program should be killed.
    """
    sitting = _Sitting(plan, studio, person, now, new_id)
    place: int | None = plan.first
    resume_at: int | None = None
    while place is not None and place < len(plan.questions):
        remember(place)
        choice = person.before_question(place, len(plan.questions))
        if choice == "next":
            choice = sitting.ask(place)
            if choice == "stop" and sitting.answered(place):
                place += 1
        elif choice == "skip":
            choice = "next"
        if choice == "stop":
            resume_at = place if place < len(plan.questions) else None
            break
        place = place + {"next": 1, "skip": 2, "again": 0}[choice]
    ended = SittingEnd(tuple(sitting.done), resume_at)
    names = tuple(finished.asked.attempt_id for finished in ended.finished)
    studio.announce(SittingEnded(plan.session_id, names, ended.resume_at))
    return ended


class _Sitting:
    """A sitting under way."""

    def __init__(
        self,
        plan: SittingPlan,
        studio: Studio,
        person: Person,
        now: Callable[[], datetime],
        new_id: Callable[[datetime], str],
    ) -> None:
        self._plan = plan
        self._studio = studio
        self._person = person
        self._now = now
        self._new_id = new_id
        self._answered: set[int] = set()
        self.done: list[Finished] = []

    def answered(self, place: int) -> bool:
        """Whether the question at this place has an attempt."""
        return place in self._answered

    def ask(self, place: int) -> Choice:
        """Ask a question and its follow-ups.

        Returns
        -------
        Choice : what the person chose at the end: ``again`` asks the question anew, ``skip``
            leaves out the one after it.
        """
        plan, who = self._plan, self._plan.interviewer
        question = plan.questions[place]
        text, judged_text = spoken_question(who, question, place), question.wording(who.name)
        follow_ups = 0
        while True:
            asked = self._asked(question, text, judged_text, follow_ups)
            finished = self._answer(asked, question, place, follow_ups)
            if isinstance(finished, Unanswered):
                return "next" if finished.reason == "left_out" else "stop"
            self._answered.add(place)
            aimed = finished.assessment.clarity.follow_up
            follow_up = react(who, question, place, follow_ups, aimed).follow_up
            if plan.reactions == "left_out" or finished.taken.reason == "stopped":
                follow_up = None
            if finished.taken.reason == "stopped":
                return "stop"
            last = follow_up is None and place == len(plan.questions) - 1
            choice = self._person.after_answer(finished, last=last)
            if follow_up is None or choice in ("again", "stop"):
                return choice
            if choice == "skip":  # the next one is the follow-up
                return "next"
            text = judged_text = follow_up
            follow_ups += 1

    def _asked(self, question: Question, text: str, judged_text: str, follow_ups: int) -> Asked:
        started_at = self._now()
        return Asked(
            attempt_id=self._new_id(started_at),
            kind=self._plan.kind,
            started_at=started_at,
            session_id=self._plan.session_id,
            scenario_id=self._plan.scenario.scenario_id,
            question_id=question.question_id + FOLLOW_UP_MARK * follow_ups,
            question_text=text,
            judged_text=judged_text,
            criterion=question.criterion,
            interviewer=self._plan.interviewer.name,
            expected_points=() if follow_ups else question.expected_points,
            time_limit_s=self._plan.time_limit_s or question.time_limit_s,
        )

    def _answer(
        self, asked: Asked, question: Question, place: int, follow_ups: int
    ) -> Finished | Unanswered:
        """Have one question answered, judged and kept; the interviewer reacts meanwhile."""
        plan, studio = self._plan, self._studio
        manner = manner_of(plan.interviewer)
        parting = Parting(studio, plan.interviewer, manner, question, place, follow_ups)

        def on_stop(taken: Taken) -> None:
            if plan.reactions == "shown":
                parting.begin(taken.reason)

        if plan.reactions == "shown":
            parting.prepare()
        finished = ask_and_assess(studio, asked, manner, plan.rules(question, follow_ups), on_stop)
        parting.finish()
        if isinstance(finished, Unanswered):
            if finished.reason == "nothing":
                studio.announce(Notice(NOTHING_RECORDED))
            return finished
        self.done.append(finished)
        bell_s, speech = plan.rules(question, follow_ups).bell_s, finished.assessment.speech
        if bell_s is not None and speech is not None:
            studio.announce(PitchTimed(pitch_timing(speech.words, bell_s)))
        return finished


def manner_of(who: Interviewer) -> Manner:
    """How this interviewer's voice is to sound."""
    return Manner(words_per_minute=who.words_per_minute, pitch=who.pitch)
