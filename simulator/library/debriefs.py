"""Debriefs: notes on real interviews, their values, and how they are kept.

Evidence is kept apart from assumptions, and the outcome from both: it stands in a table of its
own, and no rule reads it, since performance is not outcome.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal

from simulator.errors import UsageError

Sort = Literal["evidence", "assumption"]
Sorter = Literal["program", "person"]
Topic = Literal["clarity", "example", "signal", "feedback", "other"]
Result = Literal["offer", "no", "waiting", "withdrew"]


@dataclass(frozen=True, slots=True)
class RememberedQuestion:
    """A question as the person remembers it; ``weaker`` where their answer felt so."""

    text: str
    weaker: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """One thing noted.

    Attributes
    ----------
    text : in the person's own words.
    topic : where it was asked for: what became unclear, what an example lacked, a signal that
        they were competitive, feedback they were given, or anything else.
    sort : evidence, which happened or was said; or assumption, which was concluded.
    reason : why the program sorted it so, in words.
    sorted_by : the person's word is final.
    question : place of the remembered question it is about, from 0; None for none.
    """

    text: str
    topic: Topic
    sort: Sort
    reason: str
    sorted_by: Sorter = "program"
    question: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, kept apart; ``their_words`` as they were written or said, may be empty."""

    result: Result
    their_words: str = ""


@dataclass(frozen=True, slots=True)
class Debrief:
    """Notes on one real interview.

    Attributes
    ----------
    debrief_id : short, unique, sorts by time.
    noted_at : when it was written down, timezone-aware, UTC.
    held_on : the day of the interview, None where it was not said.
    role, company, round_name : as the person put them; the last two may be empty.
    questions : those remembered, in the order remembered.
    notes : in the order given, each sorted.
    outcome : None until it is known or told.
    """

    debrief_id: str
    noted_at: datetime
    held_on: date | None
    role: str
    company: str
    round_name: str
    questions: tuple[RememberedQuestion, ...]
    notes: tuple[Note, ...]
    outcome: Outcome | None = None

    def evidence(self) -> tuple[Note, ...]:
        """The notes that may feed the plan."""
        return tuple(note for note in self.notes if note.sort == "evidence")

    def assumptions(self) -> tuple[Note, ...]:
        """The notes that are kept, and feed nothing."""
        return tuple(note for note in self.notes if note.sort == "assumption")

    def overrule(self, place: int, sort: Sort) -> Debrief:
        """The same debrief with one note sorted by the person.

        Raises
        ------
        IndexError : there is no note at that place.
        """
        if not 0 <= place < len(self.notes):
            raise IndexError(place)
        note = replace(self.notes[place], sort=sort, sorted_by="person", reason="")
        notes = (*self.notes[:place], note, *self.notes[place + 1 :])
        return replace(self, notes=notes)


def m002_debriefs(db: sqlite3.Connection) -> None:
    """Debriefs with their questions and notes; the outcome in a table of its own."""
    db.execute(
        """
        CREATE TABLE debriefs (
            debrief_id TEXT PRIMARY KEY,
            noted_at TEXT NOT NULL,
            held_on TEXT,
            role TEXT NOT NULL,
            company TEXT NOT NULL,
            round_name TEXT NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE debrief_questions (
            debrief_id TEXT NOT NULL REFERENCES debriefs ON DELETE CASCADE,
            place INTEGER NOT NULL,
            text TEXT NOT NULL,
            weaker INTEGER NOT NULL,
            PRIMARY KEY (debrief_id, place)
        ) WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE debrief_notes (
            debrief_id TEXT NOT NULL REFERENCES debriefs ON DELETE CASCADE,
            place INTEGER NOT NULL,
            text TEXT NOT NULL,
            topic TEXT NOT NULL,
            sort TEXT NOT NULL,
            reason TEXT NOT NULL,
            sorted_by TEXT NOT NULL,
            question INTEGER,
            PRIMARY KEY (debrief_id, place)
        ) WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE debrief_outcomes (
            debrief_id TEXT PRIMARY KEY REFERENCES debriefs ON DELETE CASCADE,
            result TEXT NOT NULL,
            their_words TEXT NOT NULL
        ) WITHOUT ROWID
        """
    )


class Debriefs:
    """The debriefs of a library.

    Parameters
    ----------
    db : an open library, brought up to date, in autocommit mode.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def keep(self, debrief: Debrief) -> None:
        """Keep a debrief whole; it takes the place of one of the same id."""
        key = debrief.debrief_id
        self.db.execute("SAVEPOINT keep_debrief")
        try:
            self.db.execute("DELETE FROM debriefs WHERE debrief_id = ?", (key,))
            self.db.execute(
                "INSERT INTO debriefs VALUES (?, ?, ?, ?, ?, ?)",
                (
                    key,
                    debrief.noted_at.isoformat(),
                    debrief.held_on.isoformat() if debrief.held_on else None,
                    debrief.role,
                    debrief.company,
                    debrief.round_name,
                ),
            )
            self.db.executemany(
                "INSERT INTO debrief_questions VALUES (?, ?, ?, ?)",
                [
                    (key, place, question.text, int(question.weaker))
                    for place, question in enumerate(debrief.questions)
                ],
            )
            self.db.executemany(
                "INSERT INTO debrief_notes VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (key, place, n.text, n.topic, n.sort, n.reason, n.sorted_by, n.question)
                    for place, n in enumerate(debrief.notes)
                ],
            )
            if debrief.outcome is not None:
                self.db.execute(
                    "INSERT INTO debrief_outcomes VALUES (?, ?, ?)",
                    (key, debrief.outcome.result, debrief.outcome.their_words),
                )
        except BaseException:
            self.db.execute("ROLLBACK TO keep_debrief")
            self.db.execute("RELEASE keep_debrief")
            raise
        self.db.execute("RELEASE keep_debrief")

    def all(self) -> tuple[Debrief, ...]:
        """Every debrief in order of time, oldest first."""
        rows = self.db.execute("SELECT * FROM debriefs ORDER BY noted_at, debrief_id").fetchall()
        questions = self._by_debrief("debrief_questions")
        notes = self._by_debrief("debrief_notes")
        outcomes = {
            key: Outcome(result, words)
            for key, result, words in self.db.execute("SELECT * FROM debrief_outcomes")
        }
        return tuple(
            Debrief(
                debrief_id=key,
                noted_at=datetime.fromisoformat(noted_at),
                held_on=date.fromisoformat(held_on) if held_on else None,
                role=role,
                company=company,
                round_name=round_name,
                questions=tuple(
                    RememberedQuestion(row[2], weaker=bool(row[3]))
                    for row in questions.get(key, [])
                ),
                notes=tuple(Note(*row[2:]) for row in notes.get(key, [])),
                outcome=outcomes.get(key),
            )
            for key, noted_at, held_on, role, company, round_name in rows
        )

    def find(self, name: str | None = None) -> Debrief:
        """One debrief: by id, by the beginning of its id, or the latest.

        Raises
        ------
        UsageError : there is none, or several begin like that.
        """
        debriefs = self.all()
        if name is None:
            if not debriefs:
                raise UsageError("there is no debrief yet; 'simulator debrief' makes the first")
            return debriefs[-1]
        found = [each for each in debriefs if each.debrief_id.startswith(name)]
        exact = [each for each in found if each.debrief_id == name]
        if exact or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise UsageError(f"there is no debrief '{name}'; 'simulator debrief list' shows them")
        ids = ", ".join(each.debrief_id for each in found)
        raise UsageError(f"several debriefs begin with '{name}': {ids}")

    def delete(self, debrief_id: str) -> None:
        """Remove a debrief and everything in it."""
        self.db.execute("DELETE FROM debriefs WHERE debrief_id = ?", (debrief_id,))

    def _by_debrief(self, table: str) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self.db.execute(f"SELECT * FROM {table} ORDER BY debrief_id, place"):
            found.setdefault(row[0], []).append(row)
        return found
