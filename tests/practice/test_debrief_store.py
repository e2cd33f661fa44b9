"""Debriefs are kept whole, and come back the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import UsageError
from simulator.library.database import open_database
from simulator.library.debriefs import Debriefs, m002_debriefs
from tests.practice.test_debrief import walk


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = open_database(tmp_path)
    if not opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'debriefs'").fetchone():
        m002_debriefs(opened)
    yield opened
    opened.close()


def test_what_is_kept_comes_back_the_same(db: sqlite3.Connection) -> None:
    debriefs, debrief = Debriefs(db), walk()
    debriefs.keep(debrief)
    assert debriefs.all() == (debrief,)
    without = replace(debrief, debrief_id="20250313-1", held_on=None, outcome=None, notes=())
    debriefs.keep(without)
    assert set(debriefs.all()) == {debrief, without}


def test_keeping_again_replaces(db: sqlite3.Connection) -> None:
    debriefs, debrief = Debriefs(db), walk()
    debriefs.keep(debrief)
    moved = debrief.overrule(0, "assumption")
    debriefs.keep(moved)
    assert debriefs.all() == (moved,)


def test_finding_one(db: sqlite3.Connection) -> None:
    debriefs, debrief = Debriefs(db), walk()
    with pytest.raises(UsageError, match="no debrief yet"):
        debriefs.find()
    debriefs.keep(debrief)
    debriefs.keep(replace(debrief, debrief_id="20250314-12"))
    assert debriefs.find("20250314-1").debrief_id == "20250314-1"
    with pytest.raises(UsageError, match="several"):
        debriefs.find("2025")
    with pytest.raises(UsageError, match="no debrief 'x'"):
        debriefs.find("x")


def test_deleting_leaves_nothing_behind(db: sqlite3.Connection) -> None:
    debriefs = Debriefs(db)
    debriefs.keep(walk())
    debriefs.delete(walk().debrief_id)
    for table in ("debriefs", "debrief_questions", "debrief_notes", "debrief_outcomes"):
        assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
