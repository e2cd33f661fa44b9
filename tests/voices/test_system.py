"""The child processes: fakes for what goes wrong, the real engines where they are installed."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from simulator.voices.manner import Manner, UnknownVoiceError, VoiceError, VoiceHungError
from simulator.voices.sound import read_sound, whole_utterance
from simulator.voices.speaking import Voices
from simulator.voices.system import EspeakVoice, Pyttsx3Voice

TEXT = "Tell me about a time when you had to choose between two good options."

needs_espeak = pytest.mark.skipif(
    shutil.which("espeak-ng") is None, reason="eSpeak NG is not installed"
)


def script(tmp_path: Path, body: str) -> tuple[str, str]:
    path = tmp_path / "child.py"
    path.write_text("import sys, os, time, json\n" + body, encoding="utf-8")
    return (sys.executable, str(path))


def test_a_child_that_hangs_is_ended_at_the_limit(tmp_path: Path) -> None:
    mark = tmp_path / "still-alive"
    body = f"time.sleep(1.5); open({str(mark)!r}, 'w')\n"
    started = time.monotonic()
    with pytest.raises(VoiceHungError, match="did not come back within 0 s"):
        Pyttsx3Voice(script(tmp_path, body), 0.4).speak(TEXT, Manner(), tmp_path / "a.wav")
    assert time.monotonic() - started < 1.4
    time.sleep(1.6)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("sys.exit('noise\\nno speech engine')\n", "no speech engine"),
        ("os._exit(7)\n", "exit status 7"),
    ],
)
def test_a_child_that_fails_says_why(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(VoiceError, match=says):
        Pyttsx3Voice(script(tmp_path, body)).speak(TEXT, Manner(), tmp_path / "a.wav")


def test_an_unknown_voice_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnknownVoiceError):
        Pyttsx3Voice(script(tmp_path, "sys.exit(3)\n")).speak(TEXT, Manner(), tmp_path / "a.wav")


def test_a_missing_command_is_a_voice_error(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="cannot be started"):
        EspeakVoice(("/nowhere/espeak-ng",)).speak(TEXT, Manner(), tmp_path / "a.wav")


@pytest.mark.parametrize("answer", ["", "[]", "{}", '{"voices": [{"id": 1}]}'])
def test_a_list_that_cannot_be_read_is_a_voice_error(tmp_path: Path, answer: str) -> None:
    with pytest.raises(VoiceError, match="no readable list"):
        Pyttsx3Voice(script(tmp_path, f"print({answer!r})\n")).installed()


FAKE_PYTTSX3 = """
import threading, time, wave

class Voice:
    id, name, languages, gender = "fake/en", "Fake", [b"\\x05en-us"], "VoiceGenderFemale"

class Engine:
    def __str__(self): return "fake"
    def getProperty(self, name): return [Voice()] if name == "voices" else "fake/en"
    def setProperty(self, name, value): print("set", name, value)
    def save_to_file(self, text, path): self.path = path
    def runAndWait(self):
        print("Audio saved, says the driver")
        threading.Thread(target=self.save).start()
    def save(self):
        time.sleep({late_s})
        with wave.open(self.path, "wb") as f:
            f.setnchannels(1); f.setsampwidth(2); f.setframerate(8000)
            f.writeframes(b"\\x00\\x40" * 16000)

def init(): return Engine()
"""


@pytest.fixture
def fake_pyttsx3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "fake"
    folder.mkdir()
    (folder / "pyttsx3.py").write_text(FAKE_PYTTSX3.replace("{late_s}", "0.5"), encoding="utf-8")
    repository = Path(__file__).resolve().parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{folder}:{repository}")
    return folder / "pyttsx3.py"


def test_the_child_waits_for_a_file_that_comes_late(fake_pyttsx3: Path, tmp_path: Path) -> None:
    path = Pyttsx3Voice().speak(TEXT, Manner(), tmp_path / "a.wav")
    samples, rate = read_sound(path)
    assert (len(samples), rate) == (16000, 8000)


def test_the_drivers_chatter_stays_out_of_the_answer(fake_pyttsx3: Path) -> None:
    (voice,) = Pyttsx3Voice().installed()
    assert (voice.id, voice.language, voice.gender) == ("fake/en", "en-us", "female")


def test_a_driver_that_cannot_start_is_one_reason(fake_pyttsx3: Path, tmp_path: Path) -> None:
    fake_pyttsx3.write_text("def init(): raise RuntimeError('libespeak.so.1: not found')\n")
    with pytest.raises(VoiceError, match=r"no speech engine \(libespeak\.so\.1: not found\)"):
        Pyttsx3Voice().speak(TEXT, Manner(), tmp_path / "a.wav")


@needs_espeak
def test_both_ways_to_espeak_say_the_same_at_the_asked_pace(tmp_path: Path) -> None:
    durations_s = []
    for engine in (Pyttsx3Voice(), EspeakVoice()):
        path = engine.speak(TEXT, Manner(words_per_minute=160), tmp_path / f"{engine.name}.wav")
        samples, rate = read_sound(path)
        durations_s.append(len(whole_utterance(samples, rate, len(TEXT.split()))) / rate)
    assert durations_s[0] == pytest.approx(durations_s[1], abs=0.1)
    words_per_minute = len(TEXT.split()) / durations_s[0] * 60
    assert words_per_minute == pytest.approx(160, rel=0.15)


@needs_espeak
def test_pitch_and_variants_change_the_sound(tmp_path: Path) -> None:
    engine = Pyttsx3Voice()
    manners = (Manner(), Manner(pitch="low"), Manner(pitch="high"), Manner(voice="en-us+f3"))
    sounds = {engine.speak(TEXT, m, tmp_path / "a.wav").read_bytes() for m in manners}
    assert len(sounds) == len(manners)


@needs_espeak
@pytest.mark.parametrize("engine", [Pyttsx3Voice(), EspeakVoice()], ids=["pyttsx3", "espeak-ng"])
def test_a_voice_that_is_not_installed_is_unknown(
    engine: Pyttsx3Voice | EspeakVoice, tmp_path: Path
) -> None:
    with pytest.raises(UnknownVoiceError):
        engine.speak(TEXT, Manner(voice="klingon-xx"), tmp_path / "a.wav")


@needs_espeak
def test_texts_that_look_like_options_or_markup_are_spoken(tmp_path: Path) -> None:
    voices = Voices([Pyttsx3Voice(), EspeakVoice()], tmp_path / "kept")
    for text in ("--help me understand", 'He said "no" & <b>left</b>', "Größe, naïve, 日本"):
        spoken = voices.speak(text, Manner())
        assert spoken is not None
        assert spoken.duration_s > 0.4
    assert voices.failures == ()
