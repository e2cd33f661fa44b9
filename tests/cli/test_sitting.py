"""``practice``, ``pitch`` and ``recover`` at a terminal, with keys as written and no devices."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import simulator.assessment
import simulator.cli.keys
import simulator.cli.sitting
from simulator.audio.blocks import Block
from simulator.audio.recorder import Recorder, unfinished
from simulator.cli.app import app
from simulator.cli.keys import Keys
from simulator.errors import UsageError
from simulator.library.attempts import Attempt
from simulator.library.store import Library
from simulator.places import Places
from simulator.speech.timeline import Word
from tests.practice.stage import RATE_HZ, SilentSource, StageAssessor

WORDS = tuple(Word(n * 0.3, n * 0.3 + 0.2, f"word{n}.", 0.9) for n in range(6))


class Script(Keys):
    """Keys as written; whoever waits for one more has come to the end of the input."""

    def __init__(self, keys: list[str]) -> None:
        super().__init__()
        self._script = keys

    def take(self) -> str | None:
        return None

    def wait(self, timeout_s: float | None = None) -> str | None:
        del timeout_s
        return self._script.pop(0) if self._script else None


class Terminal:
    """The program at a terminal, with fakes for devices and models."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._keys: list[str] = []
        self.at_terminal = True

        @contextmanager
        def listen() -> Iterator[Keys]:
            yield Script(self._keys)

        def no_models(*_: object, **__: object) -> StageAssessor:
            return StageAssessor(WORDS)

        sitting = simulator.cli.sitting
        patch.setattr(simulator.cli.keys, "listen_for_keys", listen)
        patch.setattr(simulator.assessment, "load_assessor", no_models)
        patch.setattr(sitting, "Sources", lambda options: lambda: SilentSource(20))
        patch.setattr(sitting, "open_source", lambda options: SilentSource(20))
        patch.setattr(sitting, "someone_there", lambda: self.at_terminal)
        patch.setattr("simulator.cli.recover.someone_there", lambda: self.at_terminal)

    def run(self, *words: str, keys: str = "") -> str:
        """Run it; ``keys`` one character each, a space stands for Enter."""
        self._keys[:] = ["enter" if key == " " else key for key in keys]
        result = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
        if result.exception is not None:
            raise result.exception
        return result.output


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return Terminal(monkeypatch)


SCENARIO = "first-warm-up"


def attempts(places: Places) -> tuple[Attempt, ...]:
    with Library(places.recordings) as library:
        return library.attempts()


def test_a_sitting_is_stopped_and_taken_up_again(terminal: Terminal, places: Places) -> None:
    # Rated 4 and on to the follow-up; rated 2 and stopped.
    told = terminal.run("practice", SCENARIO, "--mute", keys="4 2q")
    assert "Question 1 of 6" in told
    assert "Stopped before question 2 of 6. Go on any day" in told
    assert [attempt.self_rating for attempt in attempts(places)] == [4, 2]
    told = terminal.run("practice", "--resume", "--mute", keys=" s s s s s")
    assert "Going on with" in told
    assert "question 2 of 6." in told
    assert "Question 6 of 6" in told
    assert "Stopped" not in told
    with pytest.raises(UsageError, match="No sitting waits"):
        terminal.run("practice", "--resume", "--mute")


def test_a_waiting_sitting_is_mentioned_and_survives_another(terminal: Terminal) -> None:
    terminal.run("practice", SCENARIO, "--mute", keys=" q")
    told = terminal.run("practice", "final-round-panel", "--mute", keys=" s s q")
    assert f"A sitting waits for you at question 2 ({SCENARIO})" in told
    assert "question 4 of 8" in terminal.run("practice", "--resume", "--mute", keys=" s s s s s s")
    assert "question 2 of 6." in terminal.run("practice", "--resume", "--mute", keys=" q")


def test_with_no_sitting_waiting_resume_says_so(terminal: Terminal) -> None:
    with pytest.raises(UsageError, match="No sitting waits"):
        terminal.run("practice", "--resume", "--mute")
    with pytest.raises(UsageError, match="name no scenario"):
        terminal.run("practice", "mine", "--resume")


def test_a_sitting_whose_scenario_is_gone_waits_no_longer(
    terminal: Terminal, places: Places
) -> None:
    own = places.own_scenarios / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text((places.scenarios / f"{SCENARIO}.toml").read_text())
    terminal.run("practice", "mine", "--mute", keys=" q")
    own.unlink()
    with pytest.raises(UsageError, match="no scenario called 'mine'"):
        terminal.run("practice", "--resume", "--mute")
    with pytest.raises(UsageError, match="No sitting waits"):
        terminal.run("practice", "--resume", "--mute")


def test_a_resumed_sitting_keeps_its_name_and_is_reported_whole(
    terminal: Terminal, places: Places
) -> None:
    terminal.run("practice", SCENARIO, "--mute", keys=" q")
    told = terminal.run("practice", "--resume", "--mute", keys=" q")
    first, second = attempts(places)
    assert first.session_id == second.session_id
    assert first.question_id != second.question_id
    assert "question 2 of 6." in told
    assert "Your sitting: 2 answers" in told
    assert "Nothing showed in more than one answer" in told
    assert "simulator plan" in told


def test_a_pitch_is_timed_and_another_length_is_another_pitch(
    terminal: Terminal, places: Places
) -> None:
    told = terminal.run("pitch", "--seconds", "30", "--mute", keys="  ")
    assert "Your time" in told
    assert "of 0:30." in told
    assert "simulator pitches thirty-seconds" in told
    terminal.run("pitch", "--seconds", "45", "--mute", keys="  ")
    short, long = (
        attempt for attempt in attempts(places) if "+" not in (attempt.question_id or "")
    )
    assert (short.question_id, short.time_limit_s) == ("thirty-seconds", 30.0)
    assert (long.question_id, long.time_limit_s) == ("sixty-seconds", 45.0)
    assert short.attempt_id in terminal.run("pitches", "thirty-seconds")
    assert "No version yet" in terminal.run("pitches", "sixty-seconds")
    assert long.attempt_id in terminal.run("pitches", "sixty-seconds", "--seconds", "45")


def cut_off(places: Places, name: str = "20250301-180000-aaaa", seconds: float = 2.0) -> None:
    """What a killed program leaves behind."""
    facts = {
        "kind": "practice",
        "started_at": "2025-03-01T18:00:00+00:00",
        "session_id": "20250301-175900-bbbb",
        "scenario_id": "final-round-panel",
        "question_id": "team-gap",
        "question_text": "What would you bring?",
    }
    recorder = Recorder(places.recordings, name, RATE_HZ, facts)
    recorder.take(Block(np.ones(round(seconds * RATE_HZ), np.int16)))
    del recorder  # its lock goes with it


def test_a_cut_off_answer_is_offered_first_and_finished(terminal: Terminal, places: Places) -> None:
    cut_off(places)
    told = terminal.run("pitch", "--mute", keys="   q")
    assert "An answer was cut off: to “What would you bring?”, 2025-03-01" in told
    assert "0:02 min kept" in told
    assert "Kept as 20250301-180000-aaaa" in told
    kept = attempts(places)[0]
    assert (kept.scenario_id, kept.question_id) == ("final-round-panel", "team-gap")
    assert kept.session_id == "20250301-175900-bbbb"
    assert kept.notes == ("cut_off",)
    assert kept.duration_s == 2.0
    assert (places.recordings / "20250301-180000-aaaa.flac").is_file()
    assert unfinished(places.recordings) == ()


def test_a_cut_off_answer_can_wait_or_go(terminal: Terminal, places: Places) -> None:
    cut_off(places)
    terminal.run("recover", keys="l")
    assert len(unfinished(places.recordings)) == 1
    assert "Discarded: to “What would you bring?”" in terminal.run("recover", keys="d")
    assert unfinished(places.recordings) == ()
    assert attempts(places) == ()
    assert "nothing waits" in terminal.run("recover")


def test_with_nobody_to_ask_a_cut_off_answer_is_told_of_in_one_line(
    terminal: Terminal, places: Places
) -> None:
    cut_off(places)
    terminal.at_terminal = False
    lines = terminal.run("pitch", "--mute", "--events").splitlines()
    notice = json.loads(lines[0])
    assert notice["event"] == "notice"
    assert "simulator recover" in notice["text"]
    assert len(unfinished(places.recordings)) == 1
    with pytest.raises(UsageError, match="--finish or --discard"):
        terminal.run("recover")
    assert "Kept as 20250301-180000-aaaa" in terminal.run("recover", "--finish")


def test_an_answer_being_recorded_elsewhere_is_left_alone(
    terminal: Terminal, places: Places
) -> None:
    recorder = Recorder(places.recordings, "20250301-180000-cccc", RATE_HZ, {})
    recorder.take(Block(np.ones(RATE_HZ, np.int16)))
    assert "nothing waits" in terminal.run("recover", "--discard")
    recorder.discard()


def test_sound_that_could_not_be_kept_is_kept_later(
    terminal: Terminal, places: Places, tmp_path: Path
) -> None:
    terminal.run("pitch", "--mute", keys="3q")
    (kept,) = attempts(places)
    (places.recordings / f"{kept.attempt_id}.flac").unlink()
    cut_off(places, kept.attempt_id)
    assert "its sound is now too" in terminal.run("recover", "--finish")
    (again,) = attempts(places)
    assert again.self_rating == 3
    assert (places.recordings / f"{kept.attempt_id}.flac").is_file()


def test_facts_that_cannot_be_read_spoil_nothing(terminal: Terminal, places: Places) -> None:
    cut_off(places)
    facts = places.recordings / "20250301-180000-aaaa.part.json"
    facts.write_text("")
    assert "nothing waits" in terminal.run("recover")
    facts.write_text(json.dumps({"sample_rate_hz": RATE_HZ, "facts": {}}))
    assert "an answer to no known question" in terminal.run("recover", "--finish")
    assert attempts(places)[0].kind == "imported"


def test_assessor_type_is_what_the_stage_stands_in_for() -> None:
    """The stage's assessor has every method of the real one that a sitting calls."""
    for name in ("listener", "delivery", "clarity", "provenance", "assess_recording"):
        assert hasattr(simulator.assessment.Assessor, name)
        assert hasattr(StageAssessor, name)
