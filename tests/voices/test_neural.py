from __future__ import annotations

import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.places import Places
from simulator.voices import neural
from simulator.voices.manner import Manner, UnknownVoiceError, VoiceError
from simulator.voices.neural import PiperVoice, environment, find_neural_voice, length_scale

TEXT = "Tell me\nabout a trade-off."


def command(path: Path, body: str) -> Path:
    """An executable that runs a Python body."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\nimport sys\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def pulled(places: Places, tmp_path: Path) -> Places:
    """Places with the voice's files."""
    folder = tmp_path / "weights" / neural.WEIGHTS
    folder.mkdir(parents=True)
    (folder / neural.MODEL_FILE).touch()
    (folder / f"{neural.MODEL_FILE}.json").touch()
    return replace(places, weights=tmp_path / "weights")


def found(places: Places, environ: dict[str, str]) -> PiperVoice | None:
    """Look as from a Python that has no Piper beside it."""
    return find_neural_voice(places, environ, places.cache / "python" / "bin" / "python")


SPEAKS = "print('usage: piper [--output_file FILE]')"


def test_without_the_voice_or_without_piper_there_is_none(places: Places, pulled: Places) -> None:
    assert found(pulled, {"PATH": ""}) is None
    missing = replace(pulled, weights=places.cache)
    assert found(missing, {"SIMULATOR_PIPER": "/bin/piper"}) is None


def test_piper_is_found_in_its_own_environment_and_where_it_is_named(pulled: Places) -> None:
    command(environment(pulled) / "bin" / "piper", SPEAKS)
    assert found(pulled, {"PATH": ""}) is not None
    assert found(pulled, {"PATH": "", "SIMULATOR_PIPER": "/x/piper"}) is not None


def test_the_mouse_program_of_that_name_is_not_taken_for_a_voice(
    pulled: Places, tmp_path: Path
) -> None:
    path = command(tmp_path / "path" / "piper", "print('configure gaming mice')")
    assert found(pulled, {"PATH": str(path.parent)}) is None
    command(path, SPEAKS)
    assert found(pulled, {"PATH": str(path.parent)}) is not None


def test_piper_gets_one_line_and_the_pace(tmp_path: Path) -> None:
    body = "open(sys.argv[sys.argv.index('--output_file') + 1], 'w').write("
    body += "repr((sys.stdin.read(), sys.argv[-1])))"
    piper = command(tmp_path / "piper", body)
    voice = PiperVoice((str(piper),), tmp_path / "joe.onnx")
    written = voice.speak(TEXT, Manner(words_per_minute=150), tmp_path / "a.wav")
    assert written.read_text() == repr(("Tell me about a trade-off.\n", "1.886"))


def test_piper_that_fails_says_why(tmp_path: Path) -> None:
    piper = command(tmp_path / "piper", "sys.exit('bad model')")
    with pytest.raises(VoiceError, match="bad model"):
        PiperVoice((str(piper),), tmp_path / "joe.onnx").speak(TEXT, Manner(), tmp_path / "a.wav")


def test_another_voice_is_not_the_neural_one(tmp_path: Path) -> None:
    with pytest.raises(UnknownVoiceError):
        PiperVoice(("piper",), tmp_path).speak(TEXT, Manner(voice="en-us"), tmp_path / "a.wav")


@pytest.mark.parametrize(("scale", "measured"), [(1.0, 247), (1.3, 208), (1.6, 172), (2.0, 143)])
def test_the_length_scale_meets_the_measured_paces(scale: float, measured: float) -> None:
    assert length_scale(measured) == pytest.approx(scale, rel=0.06)


def test_piper_is_never_imported() -> None:
    assert "piper" not in sys.modules
    folder = Path(neural.__file__).parent
    assert not any("import piper" in path.read_text() for path in folder.glob("*.py"))
