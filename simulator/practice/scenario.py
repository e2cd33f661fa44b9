"""A scenario: a situation with an interviewer, stakes and questions.

Only values stand here; `scenario_file` reads them from TOML.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

Criterion = Literal[
    "role_strengths",
    "team_complement",
    "growth_vs_impact",
    "communication_under_pressure",
    "confidence_and_clarity",
]
CRITERIA: tuple[Criterion, ...] = get_args(Criterion)

InterviewerName = Literal["warm", "neutral", "sceptical", "hurried", "silent"]
INTERVIEWER_NAMES: tuple[InterviewerName, ...] = get_args(InterviewerName)

QuestionKind = Literal["question", "trade_off", "pitch"]
QUESTION_KINDS: tuple[QuestionKind, ...] = get_args(QuestionKind)

Difficulty = Literal["gentle", "steady", "hard"]
DIFFICULTIES: tuple[Difficulty, ...] = get_args(Difficulty)

SLOTS: Mapping[str, str] = {"role": "this role", "company": "our company"}
"""What a question may leave open, and what is said where nobody fills it in."""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing asked.

    Attributes
    ----------
    question_id : short name, unique within its scenario.
    text : as it is asked in a neutral voice, ready to be spoken.
    criterion : what the answer is weighed for.
    time_limit_s : seconds the answer may take.
    expected_points : what a good answer tends to hold, each one short first-person sentence, so
        that it can be read as a reminder and compared with the sentences of an answer.
    follow_ups : asked next, the most telling first.
    wordings : the same question as particular interviewers put it.
    kind : ``trade_off`` and ``pitch`` questions are mixed into every plan.
    """

    question_id: str
    text: str
    criterion: Criterion
    time_limit_s: float
    expected_points: tuple[str, ...]
    follow_ups: tuple[str, ...]
    wordings: Mapping[InterviewerName, str] = field(default_factory=dict)
    kind: QuestionKind = "question"

    def wording(self, interviewer: str | None) -> str:
        """The question as this interviewer puts it; the neutral text where none is written."""
        for name, text in self.wordings.items():
            if name == interviewer:
                return text
        return self.text


@dataclass(frozen=True, slots=True)
class Scenario:
    """A situation worth replaying.

    Attributes
    ----------
    scenario_id : the file's name without its ending.
    title : a few words for lists.
    situation : who sits opposite and what has happened so far; read before the first question.
    stakes : what hangs on it, in one sentence.
    interviewer : who asks unless the person chooses another.
    difficulty : gentle, steady or hard; the plan notices when the hard ones are never taken.
    questions : in the order they are asked.
    file : where it was read from.
    """

    scenario_id: str
    title: str
    situation: str
    stakes: str
    interviewer: InterviewerName
    difficulty: Difficulty
    questions: tuple[Question, ...]
    file: Path

    def question(self, question_id: str) -> Question | None:
        """The question of that name, None where there is none."""
        for question in self.questions:
            if question.question_id == question_id:
                return question
        return None


def fill_slots(scenario: Scenario, slots: Mapping[str, str]) -> Scenario:
    """Put the role and the company into every text of a scenario.

    Parameters
    ----------
    scenario : with ``{role}`` and ``{company}`` left open.
    slots : what to say for each; those missing are said as in `SLOTS`.

    Returns
    -------
    Scenario : ready to be spoken, no slot left open.
    """
    values = {**SLOTS, **slots}

    def fill(text: str) -> str:
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return text

    questions = tuple(
        replace(
            question,
            text=fill(question.text),
            expected_points=tuple(map(fill, question.expected_points)),
            follow_ups=tuple(map(fill, question.follow_ups)),
            wordings={name: fill(text) for name, text in question.wordings.items()},
        )
        for question in scenario.questions
    )
    return replace(
        scenario,
        title=fill(scenario.title),
        situation=fill(scenario.situation),
        stakes=fill(scenario.stakes),
        questions=questions,
    )
