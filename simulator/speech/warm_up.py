"""Compiles what librosa compiles, once, so that no one waits for it in their first report.

    python -m simulator.speech.warm_up

librosa's pitch tracker is compiled by numba at its first use: a minute on a slow machine. The
compiled code is kept in a folder of the program's own, where later starts find it.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import ModuleType

import numpy as np

from simulator.places import find_places


def compiled_code_folder() -> Path:
    """Where numba keeps what it compiled: its own setting, or a folder in the cache."""
    return Path(os.environ.get("NUMBA_CACHE_DIR") or find_places().cache / "numba")


def load_librosa() -> ModuleType:
    """Import librosa with its compiled code kept between starts.

    Importing takes seconds the first time in a process (scipy and numba come along): do it in the
    background while a question is spoken.
    """
    if "librosa" not in sys.modules:
        # numba reads its setting once, when it is imported.
        os.environ["NUMBA_CACHE_DIR"] = str(compiled_code_folder())
    import librosa

    return librosa


def warm_up() -> float:
    """Run everything that the program uses of librosa on half a second of sound.

    Returns
    -------
    float, the seconds it took.
    """
    from simulator.speech.prosody import ProsodyTracker

    began = time.perf_counter()
    tone = np.sin(2 * np.pi * 150 * np.arange(8000) / 16_000).astype(np.float32)
    tracker = ProsodyTracker()
    tracker.feed(tone)
    tracker.finish()
    return time.perf_counter() - began


def main() -> None:
    """Compile, and say what was done."""
    folder = compiled_code_folder()
    sys.stdout.write(f"Compiling the pitch tracker into {folder} (a minute at most) ... ")
    sys.stdout.flush()
    sys.stdout.write(f"done in {warm_up():.1f} s\n")


if __name__ == "__main__":
    main()
