"""eSpeak NG's own scales for pace and pitch."""

from __future__ import annotations

from simulator.voices.manner import Manner

REAL_WORDS = 1.33
"""Real words a minute for each of eSpeak NG's: measured on 33 interview questions, the same from
110 to 240 of its words a minute (1.32 to 1.34)."""

PITCH = {"low": 32, "middle": 50, "high": 66}
"""Its scale runs from 0 to 99; 50 is the voice's own pitch."""


def espeak_rate(manner: Manner) -> int:
    """The pace in eSpeak NG's own words a minute; it knows 80 to 450."""
    return max(80, min(450, round(manner.words_per_minute / REAL_WORDS)))


def espeak_pitch(manner: Manner) -> int:
    """The pitch on eSpeak NG's scale."""
    return PITCH[manner.pitch]
