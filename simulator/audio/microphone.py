"""The microphone, through PortAudio.

The callback only copies into a queue: PortAudio swallows whatever it raises and throws samples
away while it runs. Everything else happens where the blocks are taken out.
"""

from __future__ import annotations

import queue
from collections.abc import Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.audio.blocks import Block
from simulator.errors import SourceError

STOPPED_AFTER_S = 1.0
"""A stream that hands over nothing for this long has stopped: unplugged, or its driver died."""

NEVER_STARTED_AFTER_S = 5.0
"""Before its first block a device may still be waking: up to two seconds are reported."""


@dataclass(frozen=True, slots=True, eq=False)
class _Arrival:
    """A block as the callback got it.

    ``lost_before`` samples were thrown away before it, ``first`` counts its first sample from the
    start with those included, ``captured_at_s`` is when the device took that one.
    """

    samples: NDArray[np.int16]
    lost_before: int
    first: int
    captured_at_s: float


class Microphone:
    """A live source.

    Parameters
    ----------
    device : name or number of the input, None for the system's own choice.
    sounddevice : the PortAudio binding; a stand-in in tests.

    Raises
    ------
    SourceError : on entering, when the device cannot be opened.
    """

    live = True

    def __init__(
        self, device: str | int | None = None, sounddevice: ModuleType | Any | None = None
    ) -> None:
        if sounddevice is None:
            sounddevice = load_sounddevice()
        self._sd = sounddevice
        self._device = device
        self._arrivals: queue.SimpleQueue[_Arrival] = queue.SimpleQueue()
        self._callback_error: BaseException | None = None
        self._stream: Any = None
        self._latest: _Arrival | None = None
        self.overflows = 0
        info = self._device_info()
        self.label = str(info["name"])
        self.sample_rate_hz = int(info["default_samplerate"])

    def __enter__(self) -> Microphone:
        try:
            self._stream = self._sd.InputStream(
                device=self._device,
                channels=1,
                samplerate=self.sample_rate_hz,
                dtype="int16",
                blocksize=0,
                latency="high",
                callback=self._arrived,
            )
            self._stream.start()
        except self._sd.PortAudioError as error:
            raise SourceError(
                f"the microphone '{self.label}' cannot be opened ({_reason(error)}); "
                "'simulator doctor' shows what to mend"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            try:
                stream.abort(ignore_errors=True)
            finally:
                stream.close(ignore_errors=True)

    def position(self) -> int:
        """Number of the sample that the device is taking just now, counted from the first.

        Reckoned from the latest block: the first one's time is off by up to 0.7 s while a sound
        server wakes the device; with the latest, a tone's end was placed within 10 ms.
        """
        latest, stream = self._latest, self._stream
        if latest is None:
            return 0
        if stream is None:
            return latest.first + len(latest.samples)
        since_s = float(stream.time) - latest.captured_at_s
        return max(0, latest.first + round(since_s * self.sample_rate_hz))

    def blocks(self, timeout_s: float) -> Iterator[Block | None]:
        """Blocks as they come; see `Source.blocks`.

        Raises
        ------
        SourceError : the callback failed, or nothing came for too long.
        """
        waited_s = 0.0
        while self._stream is not None:
            try:
                arrival = self._arrivals.get(timeout=timeout_s)
            except queue.Empty:
                if self._callback_error is not None:
                    raise SourceError(
                        f"recording from '{self.label}' failed: {self._callback_error}"
                    ) from self._callback_error
                waited_s += timeout_s
                if waited_s >= (STOPPED_AFTER_S if self._latest else NEVER_STARTED_AFTER_S):
                    raise SourceError(
                        f"the microphone '{self.label}' stopped sending sound"
                    ) from None
                yield None
                continue
            waited_s = 0.0
            yield Block(arrival.samples, lost_before=arrival.lost_before)

    def _arrived(self, indata: Any, frames: int, time: Any, status: Any) -> None:
        try:
            captured_at_s = float(time.inputBufferAdcTime)
            lost, first = 0, 0
            if (before := self._latest) is not None:
                first = before.first + len(before.samples)
                if status.input_overflow:
                    self.overflows += 1
                    due = (captured_at_s - before.captured_at_s) * self.sample_rate_hz
                    lost = max(0, round(due) - len(before.samples))
            arrival = _Arrival(indata[:, 0].copy(), lost, first + lost, captured_at_s)
            self._latest = arrival
            self._arrivals.put(arrival)
        except Exception as error:  # PortAudio would swallow it; told in blocks()
            self._callback_error = error
            raise

    def _device_info(self) -> Any:
        try:
            info = self._sd.query_devices(self._device, "input")
        except (ValueError, self._sd.PortAudioError) as error:
            wanted = (
                "no microphone was found"
                if self._device is None
                else (f"there is no microphone called '{self._device}'")
            )
            raise SourceError(f"{wanted}; 'simulator devices' lists what there is") from error
        return info


def load_sounddevice() -> ModuleType:
    """Import the PortAudio binding.

    Raises
    ------
    SourceError : the PortAudio library is missing.
    """
    try:
        import sounddevice
    except OSError as error:
        raise SourceError(
            "the PortAudio library is missing; install it (Debian: libportaudio2, "
            "Fedora: portaudio, macOS: brew install portaudio)"
        ) from error
    return sounddevice  # type: ignore[no-any-return]


def refresh_devices(sounddevice: ModuleType | Any) -> None:
    """Look for devices anew: PortAudio lists them once and would miss what was plugged in.

    Ends every open stream, so it belongs between attempts.
    """
    sounddevice._terminate()
    sounddevice._initialize()


def _reason(error: Exception) -> str:
    text = str(error.args[0]) if error.args else str(error)
    return text.removeprefix("Error opening InputStream: ").split("[")[0].strip()
