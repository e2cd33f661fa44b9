"""The fields of a scenario file: what each must be, and what is said where it is not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, cast

from simulator.practice.scenario import (
    CRITERIA,
    DIFFICULTIES,
    INTERVIEWER_NAMES,
    QUESTION_KINDS,
    SLOTS,
    Criterion,
    Difficulty,
    InterviewerName,
    Question,
    QuestionKind,
    Scenario,
)
from simulator.practice.scenario_lines import FieldPath

SCENARIO_KEYS = (
    "title",
    "situation",
    "stakes",
    "interviewer",
    "difficulty",
    "role",
    "company",
    "questions",
)
QUESTION_KEYS = (
    "id",
    "text",
    "criterion",
    "time_limit_s",
    "expected_points",
    "follow_ups",
    "wordings",
    "kind",
)

LONGEST_SPOKEN = 600
"""Characters; about 45 s of speech, and nobody keeps a longer question in mind [judgement]."""
TIME_LIMIT_S = (10.0, 600.0)
MOST_QUESTIONS = 30
_ID = re.compile(r"^[a-z0-9][a-z0-9\-]*$")
_SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong, and with which field."""

    path: FieldPath
    message: str


@dataclass(slots=True)
class Reader:
    """Reads fields one by one and gathers what is wrong, so that all of it is told at once."""

    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, path: FieldPath, message: str) -> None:
        """Note a mistake."""
        self.mistakes.append(Mistake(path, message))

    def known_keys(self, table: Mapping[str, Any], path: FieldPath, known: Iterable[str]) -> None:
        """Note every key that means nothing here, with the nearest that does."""
        known = tuple(known)
        for key in table:
            if key not in known:
                near = get_close_matches(key, known, n=1, cutoff=0.6)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
                self.wrong((*path, key), f"unknown field; {hint}")

    def text(self, table: Mapping[str, Any], path: FieldPath, key: str) -> str:
        """A required text, trimmed."""
        if key not in table:
            self.wrong((*path, key), "is missing")
            return ""
        return self.spoken(table[key], (*path, key))

    def spoken(self, value: object, path: FieldPath) -> str:
        """A text that can be said aloud: not empty, not endless, only known slots."""
        if not isinstance(value, str):
            self.wrong(path, f"must be a text in quotes, is {_shown(value)}")
            return ""
        text = " ".join(value.split())
        if not text:
            self.wrong(path, "is empty")
        if len(text) > LONGEST_SPOKEN:
            self.wrong(path, f"is {len(text)} characters long, at most {LONGEST_SPOKEN}")
        for slot in _SLOT.findall(text):
            if slot not in SLOTS:
                self.wrong(path, f"unknown slot {{{slot}}}; known are {{role}} and {{company}}")
        return text

    def texts(self, table: Mapping[str, Any], path: FieldPath, key: str) -> tuple[str, ...]:
        """A required list of texts, at least one."""
        here = (*path, key)
        if key not in table:
            self.wrong(here, "is missing")
            return ()
        value = table[key]
        if not isinstance(value, list):
            self.wrong(here, f"must be a list of texts in [ ], is {_shown(value)}")
            return ()
        if not value:
            self.wrong(here, "needs at least one entry")
        return tuple(self.spoken(entry, (*here, place)) for place, entry in enumerate(value))

    def choice(
        self,
        table: Mapping[str, Any],
        path: FieldPath,
        key: str,
        choices: tuple[str, ...],
        default: str | None = None,
    ) -> str:
        """One of several names; required unless there is a default."""
        here = (*path, key)
        if key not in table:
            if default is None:
                self.wrong(here, f"is missing; one of {', '.join(choices)}")
                return choices[0]
            return default
        value = table[key]
        if value not in choices:
            near = get_close_matches(str(value), choices, n=1)
            hint = f"did you mean {near[0]}?" if near else f"one of {', '.join(choices)}"
            self.wrong(here, f"{_shown(value)} is not known; {hint}")
            return choices[0]
        return cast(str, value)

    def seconds(self, table: Mapping[str, Any], path: FieldPath, key: str) -> float:
        """A required time limit in seconds."""
        here = (*path, key)
        if key not in table:
            self.wrong(here, "is missing; seconds the answer may take, such as 120")
            return TIME_LIMIT_S[0]
        value = table[key]
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.wrong(here, f"must be a number of seconds, is {_shown(value)}")
            return TIME_LIMIT_S[0]
        low, high = TIME_LIMIT_S
        if not low <= value <= high:
            self.wrong(here, f"must lie between {low:.0f} and {high:.0f} seconds, is {value}")
        return float(value)


def read_scenario(document: Mapping[str, Any], path: Path, reader: Reader) -> Scenario | None:
    """Read a parsed file; None, with the mistakes noted in the reader, where it has any."""
    reader.known_keys(document, (), SCENARIO_KEYS)
    for slot in SLOTS:
        if slot in document:
            reader.text(document, (), slot)
    scenario = Scenario(
        scenario_id=path.stem,
        title=reader.text(document, (), "title"),
        situation=reader.text(document, (), "situation"),
        stakes=reader.text(document, (), "stakes"),
        interviewer=cast(
            InterviewerName,
            reader.choice(document, (), "interviewer", INTERVIEWER_NAMES, "neutral"),
        ),
        difficulty=cast(
            Difficulty, reader.choice(document, (), "difficulty", DIFFICULTIES, "steady")
        ),
        questions=_read_questions(document, reader),
        file=path,
    )
    return None if reader.mistakes else scenario


def _read_questions(document: Mapping[str, Any], reader: Reader) -> tuple[Question, ...]:
    tables = document.get("questions")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        reader.wrong(("questions",), "needs at least one [[questions]] block")
        return ()
    if not 1 <= len(tables) <= MOST_QUESTIONS:
        reader.wrong(
            ("questions",), f"between 1 and {MOST_QUESTIONS} questions, there are {len(tables)}"
        )
    questions = tuple(
        _read_question(table, ("questions", place), reader) for place, table in enumerate(tables)
    )
    counts = Counter(question.question_id for question in questions)
    seen: set[str] = set()
    for place, question in enumerate(questions):
        name = question.question_id
        if name and counts[name] > 1 and name in seen:
            reader.wrong(("questions", place, "id"), f"{name!r} is used by an earlier question")
        seen.add(name)
    return questions


def _read_question(table: Mapping[str, Any], path: FieldPath, reader: Reader) -> Question:
    reader.known_keys(table, path, QUESTION_KEYS)
    name = reader.text(table, path, "id")
    if name and not _ID.match(name):
        reader.wrong((*path, "id"), f"{name!r} must be small letters, digits and hyphens")
    return Question(
        question_id=name,
        text=reader.text(table, path, "text"),
        criterion=cast(Criterion, reader.choice(table, path, "criterion", CRITERIA)),
        time_limit_s=reader.seconds(table, path, "time_limit_s"),
        expected_points=reader.texts(table, path, "expected_points"),
        follow_ups=reader.texts(table, path, "follow_ups"),
        wordings=_read_wordings(table, path, reader),
        kind=cast(QuestionKind, reader.choice(table, path, "kind", QUESTION_KINDS, "question")),
    )


def _read_wordings(
    table: Mapping[str, Any], path: FieldPath, reader: Reader
) -> dict[InterviewerName, str]:
    if "wordings" not in table:
        return {}
    here = (*path, "wordings")
    value = table["wordings"]
    if not isinstance(value, dict):
        reader.wrong(here, f"must be a table of interviewer = text, is {_shown(value)}")
        return {}
    reader.known_keys(value, here, INTERVIEWER_NAMES)
    return {
        name: reader.spoken(value[name], (*here, name))
        for name in INTERVIEWER_NAMES
        if name in value
    }


def _shown(value: object) -> str:
    """A value as it can be shown in a message."""
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else repr(value)
