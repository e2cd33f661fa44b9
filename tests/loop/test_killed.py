"""A program killed in mid-answer: everything said until then becomes an attempt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulator.audio.files import read_audio
from simulator.library.store import Library
from simulator.places import Places
from simulator.practice.recovery import find_cut_off
from tests.loop.running import REPOSITORY, Running

EXAMPLE = REPOSITORY / "scenarios" / "demo" / "example-answer.flac"
SPOKEN_S = 4.0


def answering(environ: dict[str, str]) -> tuple[Running, float]:
    """The program in mid-answer, and when the answer began."""
    words = ["practice", "--question", "team-gap", "--input", str(EXAMPLE), "--mute"]
    running = Running(words, environ)
    running.wait_for("listening", 60)
    began = time.monotonic()
    while running.wait_for("level", 10)["answer_s"] < SPOKEN_S:
        pass
    return running, began


def kill_in_mid_answer(environ: dict[str, str]) -> float:
    """Kill the program as a crash would; seconds from the start of the answer to the kill."""
    running, began = answering(environ)
    running.process.send_signal(signal.SIGKILL)
    killed_s = time.monotonic() - began
    assert running.process.wait(10) == -signal.SIGKILL
    return killed_s


@pytest.mark.models
def test_a_kill_loses_less_than_a_second(places: Places, weights: Callable[[str], Path]) -> None:
    weights("whisper-base")
    killed_s = kill_in_mid_answer(dict(os.environ))
    (cut,) = find_cut_off(places.recordings)
    assert cut.duration_s >= SPOKEN_S
    assert killed_s - cut.duration_s < 1.0
    said, rate = read_audio(EXAMPLE)
    left = cut.left.read()
    assert left.sample_rate_hz == rate
    assert np.array_equal(left.samples, said[: len(left.samples)])
    assert cut.asked.question_id == "team-gap"
    assert cut.asked.scenario_id == "final-round-panel"
    assert len(cut.asked.expected_points) == 4


@pytest.mark.models
def test_control_c_keeps_what_was_said_and_says_so(
    places: Places, weights: Callable[[str], Path]
) -> None:
    weights("whisper-base")
    running, _ = answering(dict(os.environ))
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 130
    assert "finish or discard it: simulator recover" in running.errors()
    (cut,) = find_cut_off(places.recordings)
    assert cut.duration_s >= SPOKEN_S


@pytest.mark.models
def test_what_was_cut_off_is_finished_by_a_later_start(
    places: Places, weights: Callable[[str], Path]
) -> None:
    weights("whisper-base")
    kill_in_mid_answer(dict(os.environ))
    done = subprocess.run(
        [sys.executable, "-m", "simulator", "recover", "--finish"],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    with Library(places.recordings) as library:
        (attempt,) = library.attempts()
        audio = library.audio_path(attempt)
    assert attempt.question_id == "team-gap"
    assert "in my last role" in attempt.transcript
    assert attempt.duration_s >= SPOKEN_S
    assert attempt.notes == ("cut_off",)
    assert audio is not None
    assert find_cut_off(places.recordings) == ()
