"""The devices of a sitting, as the command line names them."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.audio.blocks import Source
from simulator.errors import SourceError
from simulator.practice.events import Announce, Bell, Event, Notice

if TYPE_CHECKING:
    from simulator.audio.speaker import Speaker


@dataclass(frozen=True, slots=True)
class SoundOptions:
    """What to hear and to speak through; None is the system's own choice."""

    input_file: Path | None = None
    microphone: str | None = None
    speaker: str | None = None
    mute: bool = False


class Sources:
    """A fresh source for each answer; from the second on the device list is a fresh one too."""

    def __init__(self, options: SoundOptions) -> None:
        self._options = options
        self._opened = 0

    def __call__(self) -> Source:
        """Find a source; see `open_source`."""
        if self._opened and self._options.input_file is None:
            from simulator.audio.microphone import load_sounddevice, refresh_devices

            refresh_devices(load_sounddevice())
        self._opened += 1
        return open_source(self._options)


def open_source(options: SoundOptions) -> Source:
    """The recording or the microphone that was asked for.

    Raises
    ------
    SourceError : there is none.
    """
    if options.input_file is not None:
        from simulator.audio.files import FileSource

        return FileSource(options.input_file)
    from simulator.audio.microphone import Microphone

    return Microphone(device(options.microphone))


def find_speaker(options: SoundOptions, announce: Announce) -> Speaker | None:
    """The speaker that was asked for; None where there is none, and that is told."""
    if options.mute:
        return None
    from simulator.audio.speaker import Speaker

    try:
        return Speaker(device(options.speaker))
    except SourceError as error:
        problem = str(error)
        announce(Notice(f"{problem[:1].upper()}{problem[1:]}. Questions are shown as text."))
        return None


def ringing(speaker: Speaker | None, announce: Announce) -> Announce:
    """An announcer that also rings the bell of a pitch."""
    if speaker is None:
        return announce
    from simulator.audio.bell import RATE_HZ, bell

    def ring(event: Bell) -> None:
        try:
            speaker.play(bell(event.moment), RATE_HZ)
        except SourceError as error:
            announce(Notice(f"{error}; the bell is not heard"))

    def announce_and_ring(event: Event) -> None:
        announce(event)
        if isinstance(event, Bell):
            # On a thread of its own: recording must not wait for it.
            threading.Thread(target=ring, args=(event,), name="bell").start()

    return announce_and_ring


def device(name: str | None) -> str | int | None:
    """A device by number where a number was given."""
    return int(name) if name is not None and name.isdigit() else name
