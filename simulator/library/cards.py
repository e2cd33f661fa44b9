"""Review cards: when each question is worth answering again, and how they are kept."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """One question's place in the schedule.

    Attributes
    ----------
    scenario_id, question_id : the question.
    stability : days until the memory of it has faded to nine in ten (FSRS).
    difficulty : 1 to 10 (FSRS).
    due, last_review : timezone-aware, UTC.
    reviews : how many attempts it rests on.
    """

    scenario_id: str
    question_id: str
    stability: float
    difficulty: float
    due: datetime
    last_review: datetime
    reviews: int

    @property
    def key(self) -> tuple[str, str]:
        """Scenario and question."""
        return self.scenario_id, self.question_id


def m004_cards(db: sqlite3.Connection) -> None:
    """Review cards, one a question."""
    db.execute(
        """
        CREATE TABLE cards (
            scenario_id TEXT NOT NULL,
            question_id TEXT NOT NULL,
            stability REAL NOT NULL,
            difficulty REAL NOT NULL,
            due TEXT NOT NULL,
            last_review TEXT NOT NULL,
            reviews INTEGER NOT NULL,
            PRIMARY KEY (scenario_id, question_id)
        ) WITHOUT ROWID
        """
    )


class Cards:
    """The review cards of a library. They can always be made again from the attempts.

    Parameters
    ----------
    db : an open library, brought up to date, in autocommit mode.
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def keep(self, cards: Iterable[ReviewCard]) -> None:
        """Keep cards, all of them or none; each takes the place of its question's earlier one."""
        self.db.execute("SAVEPOINT keep_cards")
        try:
            self.db.executemany(
                "INSERT OR REPLACE INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        card.scenario_id,
                        card.question_id,
                        card.stability,
                        card.difficulty,
                        card.due.isoformat(),
                        card.last_review.isoformat(),
                        card.reviews,
                    )
                    for card in cards
                ],
            )
        except BaseException:
            self.db.execute("ROLLBACK TO keep_cards")
            self.db.execute("RELEASE keep_cards")
            raise
        self.db.execute("RELEASE keep_cards")

    def clear(self) -> None:
        """Forget every card, to make them again."""
        self.db.execute("DELETE FROM cards")

    def all(self) -> tuple[ReviewCard, ...]:
        """Every card, the one due first first."""
        rows = self.db.execute("SELECT * FROM cards ORDER BY due, scenario_id, question_id")
        return tuple(
            ReviewCard(
                scenario_id=scenario_id,
                question_id=question_id,
                stability=stability,
                difficulty=difficulty,
                due=datetime.fromisoformat(due),
                last_review=datetime.fromisoformat(last_review),
                reviews=reviews,
            )
            for scenario_id, question_id, stability, difficulty, due, last_review, reviews in rows
        )
