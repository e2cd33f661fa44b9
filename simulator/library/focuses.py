"""The focus areas a person has chosen: their values, and how they are kept."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Focus:
    """One thing the person chose to work on. Its status is never kept, but measured anew.

    Attributes
    ----------
    focus_id : short, unique, sorts by time.
    spot : the key of what recurred, such as ``finding:no_result``.
    chosen_at : timezone-aware, UTC; attempts after it count as since.
    baseline : values of the attempts it was chosen on; for a finding 1 where it showed, else 0.
    target : of the mean of later attempts, in the same unit; for a finding a share.
    dropped_at : None while it is worked on.
    """

    focus_id: str
    spot: str
    chosen_at: datetime
    baseline: tuple[float, ...]
    target: float
    dropped_at: datetime | None = None


def m003_focuses(db: sqlite3.Connection) -> None:
    """Focus areas, dropped ones among them."""
    db.execute(
        """
        CREATE TABLE focuses (
            focus_id TEXT PRIMARY KEY,
            spot TEXT NOT NULL,
            chosen_at TEXT NOT NULL,
            baseline TEXT NOT NULL,
            target REAL NOT NULL,
            dropped_at TEXT
        )
        """
    )


class Focuses:
    """The focus areas of a library.

    Parameters
    ----------
    db : an open library, brought up to date, in autocommit mode.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def keep(self, focus: Focus) -> None:
        """Keep a focus; it takes the place of one of the same id."""
        self.db.execute(
            "INSERT OR REPLACE INTO focuses VALUES (?, ?, ?, ?, ?, ?)",
            (
                focus.focus_id,
                focus.spot,
                focus.chosen_at.isoformat(),
                json.dumps(focus.baseline),
                focus.target,
                focus.dropped_at.isoformat() if focus.dropped_at else None,
            ),
        )

    def all(self) -> tuple[Focus, ...]:
        """Every focus ever chosen, oldest first."""
        rows = self.db.execute("SELECT * FROM focuses ORDER BY chosen_at, focus_id").fetchall()
        return tuple(
            Focus(
                focus_id=focus_id,
                spot=spot,
                chosen_at=datetime.fromisoformat(chosen_at),
                baseline=tuple(json.loads(baseline)),
                target=target,
                dropped_at=datetime.fromisoformat(dropped_at) if dropped_at else None,
            )
            for focus_id, spot, chosen_at, baseline, target, dropped_at in rows
        )

    def active(self) -> tuple[Focus, ...]:
        """Those worked on now, oldest first; never more than two."""
        return tuple(focus for focus in self.all() if focus.dropped_at is None)
