"""A virtual sound card: PulseAudio with a null sink as speaker and a pipe into the microphone.

Real parts for PortAudio, headless: what is played into ``voice`` arrives at the microphone, what
the program plays goes to ``speaker``. Used by the tests and by anyone who wants to hear the
program by numbers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEEDED = ("pulseaudio", "pactl", "paplay", "parec")


def missing() -> list[str]:
    """Commands the virtual card needs that this machine lacks."""
    lacking = [command for command in NEEDED if shutil.which(command) is None]
    plugins = Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so")
    return lacking if any(plugins) else [*lacking, "libasound2-plugins"]


class SoundCard:
    """A running virtual card.

    Parameters
    ----------
    environ : what a program needs in its environment to use this card as its default.
    server : the sound server behind it.
    """

    def __init__(self, environ: dict[str, str], server: subprocess.Popen[bytes]) -> None:
        self.environ = environ
        self._server = server

    def speak(self, wav: Path) -> subprocess.Popen[bytes]:
        """Play a sound file into the microphone."""
        return subprocess.Popen(["paplay", "--device=voice", str(wav)], env=self.environ)

    def record_speaker(self, into: Path) -> subprocess.Popen[bytes]:
        """Record what the program plays, until the process is ended."""
        return subprocess.Popen(
            ["parec", "--device=speaker.monitor", "--file-format=wav", str(into)], env=self.environ
        )

    def unplug(self) -> None:
        """The whole card is gone from one moment to the next.

        Taking only the microphone away would not do: PulseAudio moves its listeners elsewhere.
        """
        self._server.kill()
        self._server.wait(timeout=10)

    def _pactl(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words], env=self.environ, check=True, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def virtual_sound_card() -> Iterator[SoundCard]:
    """Start a card of one's own and end it; leaves a running sound server alone."""
    with tempfile.TemporaryDirectory(prefix="sound-card-") as folder:
        socket = f"{folder}/native"
        config = Path(folder) / "asound.conf"
        config.write_text(
            "pcm.!default { type pulse }\nctl.!default { type pulse }\n", encoding="ascii"
        )
        environ = {
            **os.environ,
            "PULSE_SERVER": f"unix:{socket}",
            "PULSE_RUNTIME_PATH": folder,
            "XDG_RUNTIME_DIR": folder,
            "HOME": folder,
            "ALSA_CONFIG_PATH": "/usr/share/alsa/alsa.conf",
        }
        shutil.copy(config, Path(folder) / ".asoundrc")
        server = subprocess.Popen(
            [
                "pulseaudio",
                "-n",
                "--daemonize=no",
                "--exit-idle-time=-1",
                "--disallow-exit",
                "--log-target=stderr",
                "--log-level=error",
                f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
                "--load=module-null-sink sink_name=speaker rate=48000",
                "--load=module-null-sink sink_name=voice rate=48000",
                "--load=module-remap-source master=voice.monitor source_name=microphone",
            ],
            env=environ,
            stderr=subprocess.DEVNULL,
        )
        try:
            card = SoundCard(environ, server)
            _wait_for(card)
            card._pactl("set-default-sink", "speaker")
            card._pactl("set-default-source", "microphone")
            yield card
        finally:
            server.terminate()
            server.wait(timeout=10)


def _wait_for(card: SoundCard) -> None:
    for _ in range(100):
        try:
            if "microphone" in card._pactl("list", "short", "sources"):
                return
        except subprocess.CalledProcessError:
            pass
        time.sleep(0.1)
    raise RuntimeError("the virtual sound card did not start")
