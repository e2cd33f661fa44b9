"""What a poor recording spoils: each problem turns off only the measures it makes wrong.

A measure that is turned off is None, and the report says why. A number that cannot be trusted
is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WORDS = frozenset(
    {
        "words_per_minute", "speech_rate_syllables_per_s", "articulation_rate_syllables_per_s",
        "mean_length_of_run_syllables", "filled_pauses_per_100_words", "repairs_per_100_words",
        "discourse_markers_per_100_words", "hedges_per_100_words",
        "silent_pauses_within_clause_per_minute", "pace_change_share",
    }
)  # fmt: skip
"""Measures that count words or their places."""

SILENCE = frozenset(
    {
        "phonation_time_ratio", "articulation_rate_syllables_per_s", "mean_length_of_run_syllables",
        "silent_pauses_per_minute", "silent_pauses_within_clause_per_minute", "mean_pause_s",
        "longest_pause_s", "response_latency_s", "signal_articulation_rate_syllables_per_s",
    }
)  # fmt: skip
"""Measures that need the edge between speech and silence."""

PITCH = frozenset({"pitch_range_semitones", "pitch_median_hz", "rising_ends_share",
                   "monotone_share"})  # fmt: skip
LOUDNESS = frozenset({"loudness_db", "loudness_range_db", "faded_ends_share"})

COUNTS = frozenset(
    {
        "filled_pauses_per_minute", "filled_pauses_per_100_words", "silent_pauses_per_minute",
        "silent_pauses_within_clause_per_minute", "repairs_per_100_words",
        "discourse_markers_per_100_words", "hedges_per_100_words", "mean_length_of_run_syllables",
        "faded_ends_share", "rising_ends_share", "monotone_share", "pace_change_share",
    }
)  # fmt: skip
"""Measures that rest on few events each: one more or less in 10 s is six a minute."""

EVERYTHING = WORDS | SILENCE | PITCH | LOUDNESS | COUNTS

LEAST_SPEECH_S = 20.0
LEAST_WORDS = 40
"""Under 20 s or 40 words an answer is too short to count events in [judgement]."""

LEAST_RATE_S = 4.0
LEAST_RATE_WORDS = 8
"""A rate settles sooner than a count: about 25 syllables [judgement]."""

RATES = frozenset(
    {
        "words_per_minute", "speech_rate_syllables_per_s", "articulation_rate_syllables_per_s",
        "phonation_time_ratio", "signal_articulation_rate_syllables_per_s",
    }
)  # fmt: skip

SPOILS: dict[str, frozenset[str]] = {
    "silent": EVERYTHING,
    "no_speech": EVERYTHING,
    "too_short": COUNTS,
    "far_too_short": COUNTS | RATES | PITCH,
    "clipped": LOUDNESS,
    "noisy": SILENCE | PITCH | LOUDNESS,
    "too_quiet": LOUDNESS,
    # A headset in telephone mode cuts the fundamental off: what is left is a guess.
    "narrowband": PITCH,
    # A gap in the sound looks like a pause, and what was said in it is gone.
    "dropouts": (SILENCE | {"words_per_minute", "speech_rate_syllables_per_s"})
    - {"response_latency_s"},
    "not_english": WORDS,
    "hallucination": WORDS,
    "low_confidence": WORDS,
}
"""What each problem of the sound, doubt about the words, or lack of length turns off."""


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Which measures are turned off, and the short names of the reasons."""

    measures: frozenset[str]
    reasons: tuple[str, ...]


def find_spoiled(names: Iterable[str]) -> Spoiled:
    """Which measures the named problems turn off.

    Raises
    ------
    KeyError : a problem that this table does not know.
    """
    reasons = tuple(dict.fromkeys(names))
    measures: frozenset[str] = frozenset().union(*(SPOILS[name] for name in reasons))
    return Spoiled(measures, reasons)


def length_problem(spoken_s: float, words: int) -> str | None:
    """``too_short``, ``far_too_short`` or None."""
    if spoken_s < LEAST_RATE_S or words < LEAST_RATE_WORDS:
        return "far_too_short"
    if spoken_s < LEAST_SPEECH_S or words < LEAST_WORDS:
        return "too_short"
    return None
