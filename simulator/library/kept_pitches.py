"""The version of a pitch that the person chose to keep, one for each question."""

from __future__ import annotations

import sqlite3


def m006_kept_pitches(db: sqlite3.Connection) -> None:
    """Versions chosen by the person; gone with their attempt."""
    db.execute(
        """
        CREATE TABLE kept_pitches (
            scenario_id TEXT NOT NULL,
            question_id TEXT NOT NULL,
            attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
            PRIMARY KEY (scenario_id, question_id)
        ) WITHOUT ROWID
        """
    )


class KeptPitches:
    """The kept versions of a library.

    Parameters
    ----------
    db : an open library, brought up to date, in autocommit mode.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def keep(self, scenario_id: str, question_id: str, attempt_id: str) -> None:
        """Keep a version in place of another."""
        self.db.execute(
            "INSERT OR REPLACE INTO kept_pitches VALUES (?, ?, ?)",
            (scenario_id, question_id, attempt_id),
        )

    def kept(self, scenario_id: str, question_id: str) -> str | None:
        """The attempt chosen for a question; None where the person has not chosen."""
        row = self.db.execute(
            "SELECT attempt_id FROM kept_pitches WHERE scenario_id = ? AND question_id = ?",
            (scenario_id, question_id),
        ).fetchone()
        return None if row is None else str(row[0])
