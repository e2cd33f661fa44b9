"""Sittings that were stopped half-way, to be taken up again later."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """A sitting that was stopped.

    Attributes
    ----------
    session_id : its name, as kept with its attempts.
    scenario : name or file, as the person gave it.
    interviewer : who asks.
    next_place : of the question to go on with, from 0.
    stopped_at : timezone-aware, UTC.
    """

    session_id: str
    scenario: str
    interviewer: str
    next_place: int
    stopped_at: datetime


def m005_sittings(db: sqlite3.Connection) -> None:
    """Sittings that wait to be taken up again."""
    db.execute(
        """
        CREATE TABLE open_sittings (
            session_id TEXT PRIMARY KEY,
            scenario TEXT NOT NULL,
            interviewer TEXT NOT NULL,
            next_place INTEGER NOT NULL,
            stopped_at TEXT NOT NULL
        )
        """
    )


class Sittings:
    """The open sittings of a library.

    Parameters
    ----------
    db : an open library, brought up to date, in autocommit mode.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def keep(self, sitting: OpenSitting) -> None:
        """Keep a sitting, in place of what was known of it."""
        self.db.execute(
            "INSERT OR REPLACE INTO open_sittings VALUES (?, ?, ?, ?, ?)",
            (
                sitting.session_id,
                sitting.scenario,
                sitting.interviewer,
                sitting.next_place,
                sitting.stopped_at.isoformat(),
            ),
        )

    def close(self, session_id: str) -> None:
        """Forget a sitting: it is through."""
        self.db.execute("DELETE FROM open_sittings WHERE session_id = ?", (session_id,))

    def latest(self) -> OpenSitting | None:
        """The sitting stopped last; None where none is open."""
        row = self.db.execute(
            "SELECT * FROM open_sittings ORDER BY stopped_at DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        session_id, scenario, interviewer, next_place, stopped_at = row
        return OpenSitting(
            session_id, scenario, interviewer, next_place, datetime.fromisoformat(stopped_at)
        )
