"""The debrief by voice on a sound card: asked aloud, answered aloud, corrected at the keyboard."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import numpy as np
import pytest

from simulator.audio.files import read_audio
from tests.sound_card import SoundCard
from tests.walk.answers import beginning
from tests.walk.at_terminal import AtTerminal


@pytest.mark.sound
@pytest.mark.models
def test_a_spoken_answer_is_shown_and_can_be_corrected(card: SoundCard, tmp_path: Path) -> None:
    wav = beginning("wrong", 4.8, 1, tmp_path)  # "A sorting line went wrong in my hands ..."
    heard = tmp_path / "speaker.wav"
    recording = card.record_speaker(heard)
    time.sleep(2.5)  # it takes a while to begin
    program = AtTerminal(["debrief", "--spoken"], card.environ)
    program.wait_for("Which role was it?", 30)
    program.wait_for("Speak now", 60)
    time.sleep(0.5)
    recording.terminate()
    recording.wait(10)
    samples, rate = read_audio(heard)
    assert np.count_nonzero(np.abs(samples) > 1000) > rate / 10  # a voice was heard
    card.speak(wav).wait(30)
    program.wait_for("Heard: “", 90)
    program.wait_for("sorting line", 1)
    program.wait_for("Enter keeps it", 5)
    program.press("Night supervisor\n")
    program.wait_for("At which company?", 30)
    program.process.send_signal(signal.SIGINT)
    assert program.finish(30) == 130
