"""The speaker: a sound played to its end, so that the end is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import to_float32
from simulator.audio.files import read_audio
from simulator.audio.microphone import load_sounddevice
from simulator.errors import SourceError

LATENCY_S = 0.4
"""Sound handed over ahead of time. Models load while a question is spoken: with the device's own
latency, some hundredths of a second, a busy machine stuttered."""


class Speaker:
    """Plays sounds through PortAudio.

    Parameters
    ----------
    device : name or number of the output, None for the system's own choice.
    sounddevice : the PortAudio binding; a stand-in in tests.
    """

    def __init__(
        self, device: str | int | None = None, sounddevice: ModuleType | Any | None = None
    ) -> None:
        self._sd = sounddevice if sounddevice is not None else load_sounddevice()
        self._device = device
        try:
            info = self._sd.query_devices(device, "output")
        except (ValueError, self._sd.PortAudioError) as error:
            raise SourceError(
                "no speaker was found; 'simulator devices' lists what there is"
            ) from error
        self.label = str(info["name"])
        self._rate = int(info["default_samplerate"])

    def play_file(self, path: Path, stop: Callable[[], bool] = lambda: False) -> bool:
        """Play a sound file to its end; see `play`."""
        samples, rate = read_audio(path)
        return self.play(samples, rate, stop)

    def play(
        self,
        samples: NDArray[np.int16],
        sample_rate_hz: int,
        stop: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Play samples; returns when the last one has left the speaker.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), int16], mono.
        sample_rate_hz : their rate; converted to the device's own.
        stop : asked ten times a second; true ends the sound at once.

        Returns
        -------
        bool : whether it was heard to the end.

        Raises
        ------
        SourceError : the speaker cannot be opened or gave up.
        """
        sound = to_float32(samples)
        if sample_rate_hz != self._rate:
            import soxr

            sound = soxr.resample(sound, sample_rate_hz, self._rate)
        try:
            with self._sd.OutputStream(
                device=self._device,
                channels=1,
                samplerate=self._rate,
                dtype="float32",
                latency=LATENCY_S,
            ) as stream:
                size = max(1, self._rate // 10)
                for start in range(0, len(sound), size):
                    if stop():
                        stream.abort()
                        return False
                    stream.write(np.ascontiguousarray(sound[start : start + size, None]))
                # Waits until what was written has left the device: then the end is known.
                stream.stop()
        except self._sd.PortAudioError as error:
            raise SourceError(f"the speaker '{self.label}' failed: {error}") from error
        return True
