"""The library's SQLite file: opened, brought up to date, never rewritten behind the back.

Each migration is a function that runs once, in order, and is recorded by name; a library made by
a newer program is refused rather than guessed at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.library.cards import m004_cards
from simulator.library.debriefs import m002_debriefs
from simulator.library.focuses import m003_focuses
from simulator.library.kept_pitches import m006_kept_pitches
from simulator.library.sittings import m005_sittings

Migration = Callable[[sqlite3.Connection], None]

DATABASE_FILE = "library.sqlite"


class LibraryError(SimulatorError):
    """The library cannot be read or written; recordings stay where they are."""


def m001_attempts(db: sqlite3.Connection) -> None:
    """Attempts with their measures and findings."""
    db.execute(
        """
        CREATE TABLE attempts (
            attempt_id TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            started_at TEXT NOT NULL,
            session_id TEXT NOT NULL,
            scenario_id TEXT,
            question_id TEXT,
            question_text TEXT,
            criterion TEXT,
            interviewer TEXT,
            duration_s REAL NOT NULL,
            transcript TEXT NOT NULL,
            self_rating INTEGER,
            analyser TEXT NOT NULL,
            models TEXT NOT NULL,
            audio_file TEXT,
            usable INTEGER NOT NULL,
            notes TEXT NOT NULL,
            assessment TEXT NOT NULL
        )
        """
    )
    db.execute(
        """
        CREATE TABLE measures (
            attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
            name TEXT NOT NULL,
            value REAL,
            PRIMARY KEY (attempt_id, name)
        ) WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE findings (
            attempt_id TEXT NOT NULL REFERENCES attempts ON DELETE CASCADE,
            place INTEGER NOT NULL,
            kind TEXT NOT NULL,
            quote TEXT NOT NULL,
            start_s REAL,
            end_s REAL,
            PRIMARY KEY (attempt_id, place)
        ) WITHOUT ROWID
        """
    )
    db.execute("CREATE INDEX attempts_by_time ON attempts (started_at)")
    db.execute("CREATE INDEX attempts_by_question ON attempts (scenario_id, question_id)")


def m007_time_limits(db: sqlite3.Connection) -> None:
    """What each answer was given; unknown for those kept before."""
    db.execute("ALTER TABLE attempts ADD COLUMN time_limit_s REAL")


MIGRATIONS: tuple[tuple[str, Migration], ...] = tuple(
    (migration.__name__, migration)
    for migration in (
        m001_attempts,
        m002_debriefs,
        m003_focuses,
        m004_cards,
        m005_sittings,
        m006_kept_pitches,
        m007_time_limits,
    )
)


def open_database(
    folder: Path, migrations: Sequence[tuple[str, Migration]] = MIGRATIONS
) -> sqlite3.Connection:
    """Open the library of a recordings folder, making or updating it as needed.

    Raises
    ------
    LibraryError : the file is damaged, from a newer program, or the disk refuses.
    """
    path = folder / DATABASE_FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(path, timeout=10, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"the library cannot be opened: {path} ({error})") from error
    try:
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA journal_mode = WAL")
        migrate(db, migrations, path)
    except sqlite3.DatabaseError as error:
        db.close()
        raise LibraryError(
            f"the library is damaged: {path} ({error}); move it away to start a new one, the "
            "recordings beside it are untouched"
        ) from error
    except LibraryError:
        db.close()
        raise
    return db


def migrate(
    db: sqlite3.Connection, migrations: Sequence[tuple[str, Migration]], path: Path
) -> None:
    """Run the migrations that have not run yet, each whole or not at all."""
    db.execute("CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)")
    done = {name for (name,) in db.execute("SELECT name FROM migrations")}
    unknown = done - {name for name, _ in migrations}
    if unknown:
        raise LibraryError(
            f"the library was written by a newer version of this program: {path} "
            f"(it knows {', '.join(sorted(unknown))}); update the program to open it"
        )
    for name, migration in migrations:
        if name in done:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            migration(db)
            db.execute("INSERT INTO migrations VALUES (?)", (name,))
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
