"""What `doctor` looks at: each check with a verdict and the mend. Pure rules on what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Verdict = Literal["good", "poor", "broken"]

CLIPPED_SHARE = 0.001
"""Share of samples at full scale from which speech sounds torn."""

QUIET_SPEECH_DB = -45.0
"""Below this, speech drowns in the converter's own noise on usual hardware."""

NARROW_RATE_HZ = 16_000
"""Bluetooth headsets drop to 8 or 16 kHz while their microphone is in use."""

LEAST_FREE_BYTES = 500_000_000

FULL_SCALE = 32_000


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at.

    Attributes
    ----------
    name : what.
    verdict : good, poor (works, but spoils some measures) or broken.
    found : what was found, in words.
    mend : what to do; empty where nothing is to do.
    """

    name: str
    verdict: Verdict
    found: str
    mend: str = ""


def check_level(samples: NDArray[np.int16]) -> Check:
    """Whether a few seconds of speech into the microphone are loud enough and not torn.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), int16], with the person speaking.
    """
    name = "microphone level"
    if not len(samples):
        return Check(name, "broken", "no sound came", "choose another one with --microphone")
    if not samples.any():
        return Check(
            name,
            "broken",
            "nothing but zeros",
            "allow this program to use the microphone (system settings, privacy) or unmute it",
        )
    values = samples.astype(np.float64)
    clipped = float(np.mean(np.abs(values) >= FULL_SCALE))
    if clipped > CLIPPED_SHARE:
        return Check(
            name,
            "poor",
            f"too loud: {clipped:.1%} of the samples are clipped",
            "turn the input level down or sit further away",
        )
    size = max(1, len(values) // 200)
    blocks = values[: len(values) // size * size].reshape(-1, size)
    loud = np.percentile(np.sqrt(np.mean(np.square(blocks), axis=1)), 90)
    level_db = 20 * float(np.log10(max(loud, 1e-3) / 32768))
    if level_db < QUIET_SPEECH_DB:
        return Check(
            name,
            "poor",
            f"very quiet: {level_db:.0f} dB",
            "turn the input level up or sit closer; if you said nothing, run this again and speak",
        )
    return Check(name, "good", f"{level_db:.0f} dB")


def check_rate(sample_rate_hz: int) -> Check:
    """Whether the microphone's rate carries what is measured."""
    name = "sample rate"
    if sample_rate_hz < NARROW_RATE_HZ:
        return Check(
            name,
            "poor",
            f"{sample_rate_hz} Hz, telephone quality",
            "use the computer's own microphone or a cable: Bluetooth headsets drop to this",
        )
    return Check(name, "good", f"{sample_rate_hz} Hz")


def check_disk(free_bytes: int) -> Check:
    """Whether recordings have room."""
    free = f"{free_bytes / 1e9:.1f} GB free"
    if free_bytes < LEAST_FREE_BYTES:
        return Check("disk", "poor", free, "make room: a minute of speech takes about 5 MB")
    return Check("disk", "good", free)
