"""The whole loop on real parts: a sound card, PortAudio, every model, the library."""

from __future__ import annotations

import re
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.library.store import Library
from simulator.places import Places
from tests.loop.running import REPOSITORY, Running
from tests.sound_card import SoundCard

pytestmark = [pytest.mark.sound, pytest.mark.models]

EXAMPLE = REPOSITORY / "scenarios" / "demo" / "example-answer.flac"
CERTAIN_WORDS = (
    "night shift", "parcel", "people", "wrong place", "two weeks", "Christmas",
)  # fmt: skip
"""Words of the example that Whisper base has heard in every rendering."""


def test_a_question_is_spoken_and_the_answer_kept(
    card: SoundCard, places: Places, tmp_path: Path
) -> None:
    heard = tmp_path / "speaker.wav"
    listening = card.record_speaker(heard)
    running = Running(["practice", "final-round-panel"], card.environ)
    asked = running.wait_for("question_asked", 60)
    running.wait_for("listening", 10)
    listening.terminate()
    card.speak(_wav(EXAMPLE, tmp_path)).wait(90)
    ended = running.wait_for("answer_ended", 30)
    running.wait_for("delivery_ready", 30)
    running.wait_for("feedback_ready", 30)
    saved = running.wait_for("attempt_saved", 30)
    assert running.finish(30) == 0, running.errors()

    assert asked["spoken"]
    assert _loud_s(heard) > 3.0
    assert ended["reason"] == "silence"
    with Library(places.recordings) as library:
        (attempt,) = library.attempts()
    assert attempt.attempt_id == saved["attempt_id"]
    said = re.sub(r"\s+", " ", attempt.transcript)
    assert [words for words in CERTAIN_WORDS if words not in said] == []
    assert attempt.measures["words_per_minute"] == pytest.approx(170, abs=15)
    assert attempt.measures["clarity_score"] is not None
    assert attempt.models["speech"] == "base"
    assert attempt.audio_file is not None
    kept, rate = soundfile.read(places.recordings / attempt.audio_file)
    assert len(kept) / rate == pytest.approx(ended["duration_s"], abs=0.05)
    # The example lasts 39.5 s; the four seconds after it ended the answer.
    assert 39.5 < ended["duration_s"] < 48.0


def test_unplugged_in_mid_answer_what_was_said_is_kept(
    card: SoundCard, places: Places, tmp_path: Path
) -> None:
    running = Running(["practice", "final-round-panel", "--mute"], card.environ)
    running.wait_for("listening", 30)
    speaking = card.speak(_wav(EXAMPLE, tmp_path))
    time.sleep(12)
    card.unplug()
    ended = running.wait_for("answer_ended", 10)
    running.wait_for("attempt_saved", 30)
    speaking.terminate()
    running.finish(30)
    assert ended["reason"] == "source_failed"
    assert ended["duration_s"] > 10
    with Library(places.recordings) as library:
        (attempt,) = library.attempts()
    assert "night shift" in attempt.transcript


def _wav(flac: Path, folder: Path) -> Path:
    samples, rate = soundfile.read(flac, dtype="int16")
    path = folder / f"{flac.stem}.wav"
    soundfile.write(path, samples, rate)
    return path


def _loud_s(path: Path) -> float:
    """Seconds of sound above -50 dB."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    blocks = samples[: len(samples) // 1000 * 1000, 0].reshape(-1, 1000)
    loud = np.sqrt(np.mean(np.square(blocks), axis=1)) > 10 ** (-50 / 20)
    return float(np.count_nonzero(loud) * 1000 / rate)
