"""Attempts in and out of the library."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.errors import UsageError
from simulator.library.attempts import Attempt, AttemptFinding
from simulator.library.database import open_database

_COLUMNS = (
    "attempt_id, kind, started_at, session_id, scenario_id, question_id, question_text, "
    "criterion, interviewer, duration_s, transcript, self_rating, analyser, models, audio_file, "
    "usable, notes, time_limit_s"
)


class Library:
    """The attempts of one recordings folder.

    Parameters
    ----------
    folder : holds ``library.sqlite`` and the audio files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.db: sqlite3.Connection = open_database(folder)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Everything inside happens, or nothing of it."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield self.db
        except BaseException:
            self.db.execute("ROLLBACK")
            raise
        self.db.execute("COMMIT")

    def add(self, attempt: Attempt, assessment_json: str) -> None:
        """Keep an attempt with its whole assessment; replaces one of the same id."""
        with self.transaction() as db:
            db.execute("DELETE FROM attempts WHERE attempt_id = ?", (attempt.attempt_id,))
            db.execute(
                f"INSERT INTO attempts ({_COLUMNS}, assessment) VALUES ({', '.join('?' * 19)})",
                (
                    attempt.attempt_id,
                    attempt.kind,
                    attempt.started_at.isoformat(),
                    attempt.session_id,
                    attempt.scenario_id,
                    attempt.question_id,
                    attempt.question_text,
                    attempt.criterion,
                    attempt.interviewer,
                    attempt.duration_s,
                    attempt.transcript,
                    attempt.self_rating,
                    attempt.analyser,
                    json.dumps(dict(attempt.models)),
                    attempt.audio_file,
                    int(attempt.usable),
                    json.dumps(list(attempt.notes)),
                    attempt.time_limit_s,
                    assessment_json,
                ),
            )
            db.executemany(
                "INSERT INTO measures VALUES (?, ?, ?)",
                [(attempt.attempt_id, name, value) for name, value in attempt.measures.items()],
            )
            db.executemany(
                "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (attempt.attempt_id, place, f.kind, f.quote, f.start_s, f.end_s)
                    for place, f in enumerate(attempt.findings)
                ],
            )

    def rate(self, attempt_id: str, self_rating: int) -> None:
        """Keep the person's own rating, 1 to 5, of an attempt."""
        with self.transaction() as db:
            db.execute(
                "UPDATE attempts SET self_rating = ? WHERE attempt_id = ?",
                (self_rating, attempt_id),
            )

    def attempts(
        self,
        *,
        scenario_id: str | None = None,
        question_id: str | None = None,
        newest: int | None = None,
    ) -> tuple[Attempt, ...]:
        """Attempts in order of time, oldest first.

        Parameters
        ----------
        scenario_id, question_id : only those of this scenario, this question.
        newest : only so many, the latest.
        """
        conditions, values = ["1"], []
        for column, value in (("scenario_id", scenario_id), ("question_id", question_id)):
            if value is not None:
                conditions.append(f"{column} = ?")
                values.append(value)
        where = " AND ".join(conditions)
        limit = -1 if newest is None else newest
        rows = self.db.execute(
            f"SELECT {_COLUMNS} FROM attempts WHERE {where} "
            "ORDER BY started_at DESC, attempt_id DESC LIMIT ?",
            (*values, limit),
        ).fetchall()
        rows.reverse()
        ids = [row[0] for row in rows]
        measures = self._measures(ids)
        findings = self._findings(ids)
        return tuple(
            _attempt(row, measures.get(row[0], {}), findings.get(row[0], [])) for row in rows
        )

    def attempt(self, attempt_id: str | None = None) -> Attempt:
        """One attempt: by id, by the beginning of its id, or the latest.

        Raises
        ------
        UsageError : there is none, or several begin like that.
        """
        if attempt_id is None:
            latest = self.attempts(newest=1)
            if not latest:
                raise UsageError("there is no attempt yet; 'simulator practice' makes the first")
            return latest[0]
        ids = [
            found
            for (found,) in self.db.execute(
                "SELECT attempt_id FROM attempts WHERE substr(attempt_id, 1, ?) = ?",
                (len(attempt_id), attempt_id),
            )
        ]
        if attempt_id in ids:
            ids = [attempt_id]
        if not ids:
            raise UsageError(f"there is no attempt '{attempt_id}'; 'simulator history' lists them")
        if len(ids) > 1:
            raise UsageError(f"several attempts begin with '{attempt_id}': {', '.join(ids)}")
        row = self.db.execute(
            f"SELECT {_COLUMNS} FROM attempts WHERE attempt_id = ?", (ids[0],)
        ).fetchone()
        return _attempt(row, self._measures(ids)[ids[0]], self._findings(ids).get(ids[0], []))

    def assessment_json(self, attempt_id: str) -> str:
        """The whole assessment as it was kept."""
        row = self.db.execute(
            "SELECT assessment FROM attempts WHERE attempt_id = ?", (attempt_id,)
        ).fetchone()
        if row is None:
            raise UsageError(f"there is no attempt '{attempt_id}'; 'simulator history' lists them")
        return str(row[0])

    def audio_path(self, attempt: Attempt) -> Path | None:
        """Where an attempt's sound lies; None where it has none or the file is gone."""
        if attempt.audio_file is None:
            return None
        path = self.folder / attempt.audio_file
        return path if path.is_file() else None

    def delete(self, attempt_id: str) -> None:
        """Remove an attempt and its sound."""
        attempt = self.attempt(attempt_id)
        with self.transaction() as db:
            db.execute("DELETE FROM attempts WHERE attempt_id = ?", (attempt.attempt_id,))
        audio = self.audio_path(attempt)
        if audio is not None:
            audio.unlink()

    def _measures(self, ids: list[str]) -> dict[str, dict[str, float | None]]:
        found: dict[str, dict[str, float | None]] = {attempt_id: {} for attempt_id in ids}
        for attempt_id, name, value in self._of("measures", ids):
            found[attempt_id][name] = value
        return found

    def _findings(self, ids: list[str]) -> dict[str, list[AttemptFinding]]:
        found: dict[str, list[AttemptFinding]] = {}
        for attempt_id, _, kind, quote, start_s, end_s in self._of("findings", ids):
            found.setdefault(attempt_id, []).append(AttemptFinding(kind, quote, start_s, end_s))
        return found

    def _of(self, table: str, ids: list[str]) -> list[Any]:
        # One JSON parameter instead of one a row: SQLite limits how many a statement may have.
        return self.db.execute(
            f"SELECT * FROM {table} WHERE attempt_id IN (SELECT value FROM json_each(?))",
            (json.dumps(ids),),
        ).fetchall()


def _attempt(
    row: tuple[Any, ...], measures: Mapping[str, float | None], findings: list[AttemptFinding]
) -> Attempt:
    return Attempt(
        attempt_id=row[0],
        kind=row[1],
        started_at=datetime.fromisoformat(row[2]),
        session_id=row[3],
        scenario_id=row[4],
        question_id=row[5],
        question_text=row[6],
        criterion=row[7],
        interviewer=row[8],
        duration_s=row[9],
        transcript=row[10],
        self_rating=row[11],
        analyser=row[12],
        models=json.loads(row[13]),
        audio_file=row[14],
        usable=bool(row[15]),
        notes=tuple(json.loads(row[16])),
        time_limit_s=row[17],
        measures=measures,
        findings=tuple(findings),
    )
