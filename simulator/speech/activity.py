"""Where a voice is, followed while it speaks: Silero's probability and the spectrum's level.

Silero's network, which comes with faster-whisper, is stepped through its recurrent state window
by window, so that feeding in pieces equals feeding the whole. Beside it goes the power in
frequency bands every 10 ms, from which silence is told to about a frame.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ
from simulator.speech.windows import WindowCutter

VOICE_WINDOW = 512
"""Samples Silero hears at a time at 16 kHz (32 ms)."""

_VOICE_CONTEXT = 64
"""Samples before the window that Silero version 5 and later expects with it."""

_WINDOWS_AT_ONCE = 4
"""Four windows a call: 0.20 s a minute instead of 0.36 s one by one; waits 128 ms at most."""

FRAME = round(FRAME_S * SAMPLE_RATE_HZ)
_SPECTRUM = 320
"""Samples under the analysis window, centred on its frame: 20 ms, for edges near 10 ms."""

_TRANSFORM = 512
_FRAMES_AT_ONCE = 16
_MARGIN = (_SPECTRUM - FRAME) // 2

BANDS = 24
_LOWEST_HZ, _HIGHEST_HZ = 120.0, 7600.0
"""Below lie hum and rumble, above is what converters filter away."""

LEAST_POWER = 1e-12
"""-120 dB re full scale, well below what 16 bits can hold."""

RunVoiceModel = Callable[
    [NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
    tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]],
]
"""Windows [shape=(w, 576)] and the two states in; probabilities [shape=(w,)] and states out."""


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """The tracks of a recording.

    Attributes
    ----------
    speech_probability : np.ndarray [shape=(w,), float32], Silero's, one a `VOICE_WINDOW`.
    band_power : np.ndarray [shape=(n, BANDS), float32], mean square per band, one row a frame of
        10 ms; frame i covers i * 10 ms to (i + 1) * 10 ms.
    """

    speech_probability: NDArray[np.float32]
    band_power: NDArray[np.float32]

    @property
    def frame_probability(self) -> NDArray[np.float32]:
        """Silero's probability of the window that each frame's middle lies in [shape=(n,)]."""
        middles = np.arange(len(self.band_power)) * FRAME + FRAME // 2
        return self.speech_probability[middles // VOICE_WINDOW]

    @property
    def level_db(self) -> NDArray[np.float64]:
        """Level of each frame between 120 and 7600 Hz, dB re full scale [shape=(n,)]."""
        return np.asarray(10 * np.log10(self.band_power.sum(axis=1, dtype=np.float64)))


class ActivityTracker:
    """Takes samples as they come; the same tracks whatever the sizes of the pieces.

    Parameters
    ----------
    voice_model : Silero, or a stand-in; None loads the one bundled with faster-whisper.
    """

    def __init__(self, voice_model: RunVoiceModel | None = None) -> None:
        self._run = voice_model if voice_model is not None else bundled_voice_model()
        self._voice_windows = WindowCutter(_WINDOWS_AT_ONCE * VOICE_WINDOW, before=_VOICE_CONTEXT)
        self._frames = WindowCutter(_FRAMES_AT_ONCE * FRAME, before=_MARGIN, after=_MARGIN)
        self._state = (np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32))
        self._probabilities: list[NDArray[np.float32]] = []
        self._powers: list[NDArray[np.float32]] = []

    def feed(self, samples: NDArray[np.float32]) -> list[tuple[float, float]]:
        """Take samples [shape=(n,), float32, 16 kHz].

        Returns
        -------
        list of (speech probability, loudness in dB re full scale), one for each window of 32 ms
        that became known.
        """
        self._powers += [band_power(block) for block in self._frames.feed(samples)]
        return [pair for block in self._voice_windows.feed(samples) for pair in self._hear(block)]

    def finish(self) -> list[tuple[float, float]]:
        """The end of the recording; the windows that were still open, as from `feed`.

        A last window that is not full is filled up with zeros.
        """
        self._powers += [band_power(block) for block in self._frames.finish()]
        pairs = [pair for block in self._voice_windows.finish() for pair in self._hear(block)]
        windows = -(-self._voice_windows.fed // VOICE_WINDOW)
        surplus = sum(map(len, self._probabilities)) - windows
        return pairs[: len(pairs) - surplus]

    def track(self) -> Activity:
        """The tracks as far as they are known; the whole of them after `finish`."""
        windows = -(-self._voice_windows.fed // VOICE_WINDOW)
        probability = _joined(self._probabilities, ())[:windows]
        # A frame belongs to the window that its middle lies in.
        heard = -(-(len(probability) * VOICE_WINDOW - FRAME // 2) // FRAME)
        frames = max(0, min(self._frames.fed // FRAME, heard))
        return Activity(probability, _joined(self._powers, (BANDS,))[:frames])

    def _hear(self, block: NDArray[np.float32]) -> list[tuple[float, float]]:
        size = _VOICE_CONTEXT + VOICE_WINDOW
        windows = np.lib.stride_tricks.sliding_window_view(block, size)[::VOICE_WINDOW]
        probability, *state = self._run(np.ascontiguousarray(windows), *self._state)
        self._state = (state[0], state[1])
        self._probabilities.append(probability)
        power = np.mean(np.square(windows[:, _VOICE_CONTEXT:]), axis=1, dtype=np.float64)
        loudness_db = 10 * np.log10(power + LEAST_POWER)
        return list(zip(probability.tolist(), loudness_db.tolist(), strict=True))


def band_power(block: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power of each frame in `BANDS` bands of equal width in ERB (Glasberg and Moore 1990).

    Parameters
    ----------
    block : np.ndarray [shape=(FRAME * n + 160,), float32], n frames with 80 samples around them.

    Returns
    -------
    np.ndarray [shape=(n, BANDS), float32], mean square re full scale, never below `LEAST_POWER`.
    """
    window, edges, scale = _analysis()
    frames = np.lib.stride_tricks.sliding_window_view(block, _SPECTRUM)[::FRAME] * window
    spectrum = np.fft.rfft(frames, _TRANSFORM)
    power = np.square(spectrum.real) + np.square(spectrum.imag)
    banded = np.add.reduceat(power[:, : edges[-1]], edges[:-1], axis=1) * scale
    return np.asarray(np.maximum(banded, LEAST_POWER), dtype=np.float32)


@lru_cache(maxsize=1)
def _analysis() -> tuple[NDArray[np.float32], NDArray[np.intp], np.float32]:
    """The analysis window, the bands' first bins, and what turns bins into mean squares."""
    window = np.hanning(_SPECTRUM + 2)[1:-1].astype(np.float32)
    lowest, highest = (21.4 * math.log10(1 + 0.00437 * hz) for hz in (_LOWEST_HZ, _HIGHEST_HZ))
    edges_hz = (10 ** (np.linspace(lowest, highest, BANDS + 1) / 21.4) - 1) / 0.00437
    edges = np.round(edges_hz / (SAMPLE_RATE_HZ / _TRANSFORM)).astype(np.intp)
    scale = 2 / (np.sum(np.square(window)) * _TRANSFORM)
    return window, edges, np.float32(scale)


@lru_cache(maxsize=1)
def bundled_voice_model() -> RunVoiceModel:
    """Silero as it comes with faster-whisper, on one thread: more only spin on so small a net."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session: Any = onnxruntime.InferenceSession(
        _voice_model_file(), options, providers=["CPUExecutionProvider"]
    )

    def run(
        windows: NDArray[np.float32], h: NDArray[np.float32], c: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        probability, h, c = session.run(None, {"input": windows, "h": h, "c": c})
        return probability.reshape(-1), h, c

    return run


def _voice_model_file() -> str:
    # Found without importing faster-whisper, which would load its engine with it.
    package = find_spec("faster_whisper")
    folders = package.submodule_search_locations if package is not None else None
    files = [file for f in folders or () for file in Path(f).glob("assets/silero_vad*.onnx")]
    if not files:
        raise SimulatorError("faster-whisper came without its Silero voice model: reinstall it.")
    return str(max(files))


def _joined(parts: list[NDArray[np.float32]], row: tuple[int, ...]) -> NDArray[np.float32]:
    return np.concatenate(parts) if parts else np.zeros((0, *row), np.float32)
