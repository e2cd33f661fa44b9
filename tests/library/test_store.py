import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from simulator.errors import UsageError
from simulator.library.attempts import Attempt, AttemptFinding
from simulator.library.database import MIGRATIONS, LibraryError, migrate, open_database
from simulator.library.store import Library

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def attempt(name: str = "20260302-120000-abcd", **changes: object) -> Attempt:
    made = Attempt(
        attempt_id=name,
        kind="practice",
        started_at=NOON,
        session_id="s1",
        scenario_id="final-round-panel",
        question_id="why-you",
        question_text="Why you?",
        criterion="role_strengths",
        duration_s=42.0,
        transcript="um I build teams",
        measures={"words_per_minute": 140.0, "pitch_range_semitones": None},
        findings=(AttemptFinding("vague", "I build teams", 1.0, 2.0),),
        analyser="0.1.0",
        models={"speech": "base"},
        interviewer="warm",
        audio_file=f"{name}.flac",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def test_an_attempt_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.add(attempt(), '{"schema": 1}')
    with Library(tmp_path) as library:
        assert library.attempt() == attempt()
        assert library.assessment_json("20260302-120000-abcd") == '{"schema": 1}'


def test_attempts_come_in_order_of_time_and_by_question(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        for day, question in [(2, "a"), (0, "b"), (1, "a")]:
            library.add(
                attempt(f"id{day}", question_id=question, started_at=NOON + timedelta(days=day)),
                "{}",
            )
        assert [a.attempt_id for a in library.attempts()] == ["id0", "id1", "id2"]
        assert [a.attempt_id for a in library.attempts(question_id="a")] == ["id1", "id2"]
        assert [a.attempt_id for a in library.attempts(newest=1)] == ["id2"]


def test_an_attempt_is_found_by_the_beginning_of_its_id(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.add(attempt("20260302-a"), "{}")
        library.add(attempt("20260302-b"), "{}")
        assert library.attempt("20260302-b").attempt_id == "20260302-b"
        with pytest.raises(UsageError, match="several attempts"):
            library.attempt("20260302")
        with pytest.raises(UsageError, match="no attempt 'x'"):
            library.attempt("x")


def test_the_first_use_says_how_to_begin(tmp_path: Path) -> None:
    with Library(tmp_path) as library, pytest.raises(UsageError, match="simulator practice"):
        library.attempt()


def test_deleting_takes_the_sound_and_every_row(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.add(attempt("a"), "{}")
        (tmp_path / "a.flac").write_bytes(b"sound")
        library.delete("a")
        assert library.attempts() == ()
        assert not (tmp_path / "a.flac").exists()
        for table in ("measures", "findings"):
            assert library.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_damaged_library_is_one_clear_line_and_stays_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "library.sqlite"
    file.write_bytes(b"this is no database at all, " * 100)
    before = file.read_bytes()
    with pytest.raises(LibraryError, match="damaged"):
        Library(tmp_path)
    assert file.read_bytes() == before


def test_a_library_from_a_newer_program_is_refused(tmp_path: Path) -> None:
    with Library(tmp_path) as library:
        library.db.execute("INSERT INTO migrations VALUES ('m999_tomorrow')")
    with pytest.raises(LibraryError, match="newer version"):
        Library(tmp_path)


def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    def broken(db: sqlite3.Connection) -> None:
        db.execute("CREATE TABLE half (x)")
        raise ValueError("stop")

    db = open_database(tmp_path)
    with pytest.raises(ValueError, match="stop"):
        migrate(db, [*MIGRATIONS, ("m999_broken", broken)], tmp_path)
    names = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert "half" not in names
    db.close()
