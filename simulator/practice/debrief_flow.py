"""The debrief, step by step: what to ask next, answers in, the record out.

Pure: a flow is its answers so far. Who asks, by keyboard or by voice, calls `next_step`, puts the
question, and hands the words to `give`, until there is nothing more to ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal, cast, get_args

from simulator.errors import UsageError
from simulator.library.debriefs import (
    Debrief,
    Note,
    Outcome,
    RememberedQuestion,
    Result,
    Topic,
)
from simulator.practice import wording_debrief as say
from simulator.practice.sorting import sort_note

StepKind = Literal["line", "lines", "numbers", "day", "choice", "move"]
RESULTS: tuple[Result, ...] = get_args(Result)
MOST_QUESTIONS = 20
_LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s*")


class AnswerRefusedError(UsageError):
    """An answer that does not fit the step; the message says what would."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to ask.

    Attributes
    ----------
    key : names the answer within the flow.
    prompt : what to ask, in words.
    kind : ``line`` one text; ``lines`` several, one a line; ``numbers`` places in a list; ``day``
        a date; ``choice`` one of `choices`; ``move`` the notes to sort the other way.
    needed : whether an empty answer is refused.
    choices : for ``choice``; for ``numbers`` and ``move`` what the numbers stand for.
    """

    key: str
    prompt: str
    kind: StepKind
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A debrief under way: the day it takes place, and the answers given so far."""

    today: date
    answers: Mapping[str, str] = field(default_factory=dict)


def next_step(flow: Flow) -> Step | None:
    """What to ask next; None where the debrief is complete. The outcome is asked last."""
    for step in _steps(flow.answers):
        if step.key not in flow.answers:
            return step
    return None


def give(flow: Flow, text: str) -> Flow:
    """Answer the next step.

    Raises
    ------
    AnswerRefusedError : the answer does not fit; nothing changes.
    ValueError : there is nothing left to answer.
    """
    step = next_step(flow)
    if step is None:
        raise ValueError("the debrief is complete")
    return Flow(flow.today, {**flow.answers, step.key: _accept(step, text.strip(), flow.today)})


def notes_so_far(answers: Mapping[str, str]) -> tuple[Note, ...]:
    """The notes in the answers, sorted by the rules alone, in the order they were asked for."""
    notes: list[Note] = []

    def add(text: str, topic: Topic, question: int | None = None) -> None:
        for line in lines_of(text):
            sorting = sort_note(line)
            notes.append(
                Note(line, topic, sorting.sort, sorting.reason, "program", question=question)
            )

    for place in range(len(lines_of(answers.get("questions", "")))):
        add(answers.get(f"clarity.{place}", ""), "clarity", place)
        add(answers.get(f"example.{place}", ""), "example", place)
    add(answers.get("signals", ""), "signal")
    add(answers.get("other", ""), "other")
    return tuple(notes)


def to_debrief(flow: Flow, debrief_id: str, now: datetime) -> Debrief:
    """The record of a complete flow.

    Parameters
    ----------
    flow : with nothing left to ask.
    debrief_id : short, unique, sorts by time.
    now : timezone-aware, UTC.

    Raises
    ------
    ValueError : something is still to be asked.
    """
    if next_step(flow) is not None:
        raise ValueError("the debrief is not complete")
    answers = flow.answers
    weaker = _numbers(answers["weaker"]) if "weaker" in answers else ()
    debrief = Debrief(
        debrief_id=debrief_id,
        noted_at=now,
        held_on=date.fromisoformat(answers["day"]) if answers["day"] else None,
        role=answers["role"],
        company=answers["company"],
        round_name=answers["round"],
        questions=tuple(
            RememberedQuestion(text, weaker=place in weaker)
            for place, text in enumerate(lines_of(answers["questions"]))
        ),
        notes=notes_so_far(answers),
        outcome=_outcome(answers),
    )
    for place in _numbers(answers.get("move", "")):
        other = "assumption" if debrief.notes[place].sort == "evidence" else "evidence"
        debrief = debrief.overrule(place, "evidence" if other == "evidence" else "assumption")
    return debrief


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of an answer, list marks and empty ones left out."""
    lines = (" ".join(_LIST_MARK.sub("", line).split()) for line in text.splitlines())
    return tuple(line for line in lines if line)


def spoken_lines(transcript: str) -> str:
    """A spoken list as lines: a sentence each, since nobody speaks line breaks."""
    sentences = re.split(r"(?<=[.?!])\s+", transcript.strip())
    return "\n".join(sentence for sentence in sentences if sentence)


def _steps(answers: Mapping[str, str]) -> Iterator[Step]:
    yield Step("role", say.ASK_ROLE, "line", needed=True)
    yield Step("company", say.ASK_COMPANY, "line")
    yield Step("round", say.ASK_ROUND, "line")
    yield Step("day", say.ASK_DAY, "day")
    yield Step("questions", say.ASK_QUESTIONS, "lines")
    questions = lines_of(answers.get("questions", ""))
    if questions:
        yield Step("weaker", say.ASK_WEAKER, "numbers", choices=questions)
    for place in _numbers(answers.get("weaker", "")):
        asked = questions[place]
        yield Step(f"clarity.{place}", say.ASK_CLARITY.format(question=asked), "line")
        yield Step(f"example.{place}", say.ASK_EXAMPLE.format(question=asked), "line")
    yield Step("signals", say.ASK_SIGNALS, "lines")
    yield Step("other", say.ASK_OTHER, "lines")
    notes = notes_so_far(answers)
    if notes:
        yield Step("move", say.ASK_MOVE, "move", choices=tuple(note.text for note in notes))
    yield Step("outcome", say.ASK_OUTCOME, "choice", choices=RESULTS)
    if answers.get("outcome") in ("no", "offer"):
        yield Step("words", say.ASK_WORDS, "line")


def _accept(step: Step, text: str, today: date) -> str:
    """The answer as it is kept; refuses what does not fit."""
    if not text:
        if step.needed:
            raise AnswerRefusedError(say.NEEDS_AN_ANSWER)
        return ""
    if step.kind in ("numbers", "move"):
        return " ".join(str(place) for place in _places(text, len(step.choices)))
    if step.kind == "day":
        return _day(text, today).isoformat()
    if step.kind == "choice":
        word = text.lower().strip(" .")
        if word not in step.choices:
            raise AnswerRefusedError(say.NOT_A_CHOICE.format(choices=", ".join(step.choices)))
        return word
    if step.kind == "lines":
        return "\n".join(lines_of(text)[:MOST_QUESTIONS])
    return " ".join(text.split())


def _places(text: str, count: int) -> tuple[int, ...]:
    """Numbers as a person counts them, from 1, to places from 0."""
    found = re.findall(r"\d+", text)
    places = sorted({int(number) - 1 for number in found})
    if not found or re.search(r"[^\d\s,;.and]", text) or not all(0 <= p < count for p in places):
        raise AnswerRefusedError(say.NOT_A_NUMBER.format(count=count))
    return tuple(places)


def _numbers(kept: str) -> tuple[int, ...]:
    return tuple(int(number) for number in kept.split())


def _day(text: str, today: date) -> date:
    words = {"today": 0, "yesterday": 1}
    if text.lower() in words:
        return today - timedelta(days=words[text.lower()])
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise AnswerRefusedError(say.NOT_A_DAY) from None
    if day > today:
        raise AnswerRefusedError(say.NOT_A_DAY)
    return day


def _outcome(answers: Mapping[str, str]) -> Outcome | None:
    result = answers.get("outcome", "")
    if not result:
        return None
    return Outcome(cast(Result, result), answers.get("words", ""))
