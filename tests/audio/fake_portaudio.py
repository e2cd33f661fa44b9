"""A stand-in for the PortAudio binding: a device that does what a test tells it to.

Stands in for devices, streams and their clock; says nothing about real drivers' timing. The
virtual sound card is where the real binding is tried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray


class PortAudioError(Exception):
    """As the binding raises it."""


@dataclass
class FakeStream:
    """An open input stream; the test hands it what the device captured."""

    callback: Callable[..., None]
    samplerate: int
    time: float = 0.0
    started: bool = False

    def start(self) -> None:
        self.started = True

    def abort(self, ignore_errors: bool = True) -> None:
        self.started = False

    def close(self, ignore_errors: bool = True) -> None:
        self.started = False

    def capture(self, samples: NDArray[np.int16], at_s: float, *, overflow: bool = False) -> None:
        """Call back with a block, as PortAudio does."""
        status = SimpleNamespace(input_overflow=overflow)
        moment = SimpleNamespace(inputBufferAdcTime=at_s)
        self.callback(samples[:, None], len(samples), moment, status)


@dataclass
class FakePortAudio:
    """The binding's module, as far as the program uses it."""

    rate: int = 48_000
    refuses_rate: bool = False
    present: bool = True
    streams: list[FakeStream] = field(default_factory=list)
    PortAudioError: type[Exception] = PortAudioError

    def query_devices(self, device: Any = None, kind: str | None = None) -> dict[str, Any]:
        if not self.present:
            raise PortAudioError("Error querying device -1")
        return {"name": "fake microphone", "default_samplerate": float(self.rate)}

    def InputStream(self, **wanted: Any) -> FakeStream:
        if self.refuses_rate or wanted["samplerate"] != self.rate:
            raise PortAudioError(
                "Error opening InputStream: Invalid sample rate [PaErrorCode -9997]"
            )
        stream = FakeStream(wanted["callback"], wanted["samplerate"])
        self.streams.append(stream)
        return stream
