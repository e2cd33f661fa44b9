"""What PortAudio can hear and play with."""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from simulator.audio.microphone import load_sounddevice


@dataclass(frozen=True, slots=True)
class Device:
    """One sound device.

    Attributes
    ----------
    number : as PortAudio counts today; it moves when devices come and go, the name stays.
    name, host : the device and the system interface it is reached through.
    inputs, outputs : channels.
    sample_rate_hz : the device's own rate.
    is_default_input, is_default_output : the system's own choice.
    """

    number: int
    name: str
    host: str
    inputs: int
    outputs: int
    sample_rate_hz: int
    is_default_input: bool
    is_default_output: bool


def list_devices(sounddevice: ModuleType | Any | None = None) -> tuple[Device, ...]:
    """Every sound device.

    Raises
    ------
    SourceError : the PortAudio library is missing.
    """
    sd = load_sounddevice() if sounddevice is None else sounddevice
    default_in, default_out = sd.default.device
    hosts = sd.query_hostapis()
    return tuple(
        Device(
            number=number,
            name=str(info["name"]),
            host=str(hosts[info["hostapi"]]["name"]),
            inputs=int(info["max_input_channels"]),
            outputs=int(info["max_output_channels"]),
            sample_rate_hz=int(info["default_samplerate"]),
            is_default_input=number == default_in,
            is_default_output=number == default_out,
        )
        for number, info in enumerate(sd.query_devices())
    )
