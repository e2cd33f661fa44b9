"""The choice among engines, the kept sounds, and what the person is told."""

from __future__ import annotations

import errno
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulator.voices.manner import Manner, UnknownVoiceError, VoiceError, VoiceHungError
from simulator.voices.sound import write_wav
from simulator.voices.speaking import TRIES, Voices

TEXT = "Tell me about a trade-off."
RATE_HZ = 16_000


class FakeVoice:
    """Writes a second of sound, or fails as told; remembers what it was asked."""

    def __init__(self, name: str, known: frozenset[str | None] = frozenset({None})) -> None:
        self.name = name
        self.known = known
        self.asked: list[tuple[str, Manner]] = []
        self.fail: Callable[[int], Exception | None] = lambda nth: None
        self.level = 0.5

    def speak(self, text: str, manner: Manner, into: Path) -> Path:
        self.asked.append((text, manner))
        if manner.voice not in self.known:
            raise UnknownVoiceError(f"no voice called {manner.voice}")
        error = self.fail(len(self.asked))
        if error is not None:
            raise error
        write_wav(into, np.full(RATE_HZ, self.level, dtype=np.float32), RATE_HZ)
        return into


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "voices"


def test_a_text_becomes_a_wav(folder: Path) -> None:
    spoken = Voices([FakeVoice("one")], folder).speak(TEXT, Manner())
    assert spoken is not None
    assert (spoken.engine, spoken.notes, spoken.from_cache) == ("one", (), False)
    assert spoken.duration_s == pytest.approx(1.0)
    with wave.open(str(spoken.path)) as sound:
        assert (sound.getnchannels(), sound.getsampwidth()) == (1, 2)
    assert [path.name for path in folder.iterdir()] == [spoken.path.name]


def test_what_was_said_before_is_not_made_again(folder: Path) -> None:
    engine = FakeVoice("one")
    first = Voices([engine], folder).speak(TEXT, Manner())
    again = Voices([engine], folder).speak("  Tell me about\na trade-off. ", Manner())
    assert first is not None
    assert again is not None
    assert again.from_cache
    assert again.path == first.path
    assert len(engine.asked) == 1


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Another text.", Manner()),
        (TEXT, Manner(words_per_minute=200)),
        (TEXT, Manner(pitch="low")),
        (TEXT, Manner(voice="v")),
    ],
)
def test_another_request_is_another_sound(folder: Path, text: str, manner: Manner) -> None:
    engine = FakeVoice("one", frozenset({None, "v"}))
    voices = Voices([engine], folder)
    first, other = voices.speak(TEXT, Manner()), voices.speak(text, manner)
    assert first is not None
    assert other is not None
    assert first.path != other.path


def test_another_engine_is_another_sound(folder: Path) -> None:
    first = Voices([FakeVoice("one")], folder).speak(TEXT, Manner())
    other = Voices([FakeVoice("two")], folder).speak(TEXT, Manner())
    assert first is not None
    assert other is not None
    assert first.path != other.path


def test_nothing_to_say_is_nothing(folder: Path) -> None:
    engine = FakeVoice("one")
    assert Voices([engine], folder).speak(" \n", Manner()) is None
    assert engine.asked == []


def test_a_failing_engine_is_tried_twice_then_the_next_speaks(folder: Path) -> None:
    one, two = FakeVoice("one"), FakeVoice("two")
    one.fail = lambda nth: VoiceError("wrote no file")
    voices = Voices([one, two], folder)
    spoken = voices.speak(TEXT, Manner())
    assert spoken is not None
    assert spoken.engine == "two"
    assert spoken.notes == ("The voice one wrote no file, so two speaks.",)
    assert len(one.asked) == TRIES
    assert voices.failures == ("one wrote no file",)
    another = voices.speak("And another question.", Manner())
    assert another is not None
    assert another.notes == (), "what has been told once is not told again"
    assert len(one.asked) == TRIES, "an engine that failed is left alone for this run"


def test_a_second_try_that_works_is_not_worth_a_word(folder: Path) -> None:
    one = FakeVoice("one")
    one.fail = lambda nth: VoiceError("wrote no file") if nth == 1 else None
    spoken = Voices([one, FakeVoice("two")], folder).speak(TEXT, Manner())
    assert spoken is not None
    assert (spoken.engine, spoken.notes) == ("one", ())


def test_an_engine_that_hung_is_not_tried_twice(folder: Path) -> None:
    one, two = FakeVoice("one"), FakeVoice("two")
    one.fail = lambda nth: VoiceHungError("did not come back within 20 s")
    spoken = Voices([one, two], folder).speak(TEXT, Manner())
    assert spoken is not None
    assert spoken.engine == "two"
    assert len(one.asked) == 1


def test_a_silent_file_is_a_failure_and_is_not_kept(folder: Path) -> None:
    one, two = FakeVoice("one"), FakeVoice("two")
    one.level = 0.0
    spoken = Voices([one, two], folder).speak(TEXT, Manner())
    assert spoken is not None
    assert spoken.engine == "two"
    assert list(folder.iterdir()) == [spoken.path]


def test_no_engine_means_text(folder: Path) -> None:
    one = FakeVoice("one")
    one.fail = lambda nth: VoiceError("is not installed")
    voices = Voices([one], folder)
    assert voices.speak(TEXT, Manner()) is None
    assert voices.failures == ("one is not installed",)


def test_a_named_voice_is_looked_for_in_every_engine(folder: Path) -> None:
    one, two = FakeVoice("one"), FakeVoice("two", frozenset({None, "karen"}))
    spoken = Voices([one, two], folder).speak(TEXT, Manner(voice="karen"))
    assert spoken is not None
    assert (spoken.engine, spoken.notes) == ("two", ())


def test_an_unknown_voice_falls_back_to_the_usual_one_with_a_word(folder: Path) -> None:
    one = FakeVoice("one")
    voices = Voices([one], folder)
    spoken = voices.speak(TEXT, Manner(voice="nobody"))
    assert spoken is not None
    assert spoken.notes == ("There is no voice called nobody here, so the usual one speaks.",)
    assert voices.failures == ()
    neural = voices.speak(TEXT, Manner(voice="joe"))
    assert neural is not None
    assert "make neural-voice" in neural.notes[0]


def test_a_full_disk_means_text_and_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("simulator.voices.speaking.tempfile.TemporaryDirectory", full)
    voices = Voices([FakeVoice("one")], folder)
    assert voices.speak(TEXT, Manner()) is None
    assert voices.failures == ("one could not keep its sound (No space left on device)",)
