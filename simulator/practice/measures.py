"""What is known about each measure: its words, which way is better, and how much it wavers.

Bounds are where listeners may begin to notice, not targets, and a person's own earlier attempts
come first. Sources stand beside each; those marked "judgement" are the program's own and are
meant to be generous.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Better = Literal["lower", "higher", "band", "none"]


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """One measure.

    Attributes
    ----------
    name : as in `Attempt.measures`.
    label : in words, for tables.
    unit : after the number; "" for none.
    decimals : how many are worth showing.
    better : which way is better; ``band`` is between two bounds, ``none`` says nothing.
    usual_noise : standard deviation from one answer to the next that is assumed while the person
        has too few attempts to measure their own; in the measure's unit.
    notice_above, notice_below : beyond these a listener may notice; None where there is none.
    """

    name: str
    label: str
    unit: str
    decimals: int
    better: Better
    usual_noise: float
    notice_above: float | None = None
    notice_below: float | None = None

    def noticeable(self, value: float) -> bool:
        """Whether a value lies where a listener may begin to notice."""
        above = self.notice_above is not None and value > self.notice_above
        below = self.notice_below is not None and value < self.notice_below
        return above or below

    def excess(self, value: float) -> float:
        """How far a value lies from where it would be best, never negative.

        For ``band`` the distance to the nearer bound, 0 inside; for ``lower`` and ``higher`` it
        only orders values.
        """
        if self.better == "band":
            low = self.notice_below if self.notice_below is not None else value
            high = self.notice_above if self.notice_above is not None else value
            return max(0.0, low - value, value - high)
        return value if self.better == "lower" else -value

    def shown(self, value: float | None) -> str:
        """A value with its unit, as a person reads it."""
        if value is None:
            return "-"
        return f"{value:.{self.decimals}f} {self.unit}".rstrip()


MEASURES: dict[str, MeasureFacts] = {
    facts.name: facts
    for facts in (
        # 0 to 1; mishearing alone moves a clear answer by 0.03 in the median, 0.16 at most
        # (python -m benchmarks.clarity); the bound is a judgement.
        MeasureFacts("clarity_score", "clarity", "", 2, "higher", 0.05, notice_below=0.35),
        # Corpora of conversation: 4.0-4.5 a minute (PodcastFillers, AMI); twice that stands out
        # [judgement]. A minute with four has a counting noise of two (Poisson).
        MeasureFacts(
            "filled_pauses_per_minute", "um and uh", "a minute", 1, "lower", 2.0, notice_above=8.0
        ),
        # All disfluencies run at about 6 per 100 words (Bortfeld 2001, from memory).
        MeasureFacts(
            "filled_pauses_per_100_words",
            "um and uh",
            "in 100 words",
            1,
            "lower",
            1.4,
            notice_above=6.0,
        ),
        # Ten popular talks: 155-214; conversation about 150 (NCVS); band and bounds [judgement].
        MeasureFacts(
            "words_per_minute",
            "pace",
            "words a minute",
            0,
            "band",
            10.0,
            notice_above=200.0,
            notice_below=110.0,
        ),
        MeasureFacts(
            "speech_rate_syllables_per_s", "speech rate", "syllables a second", 1, "none", 0.25
        ),
        # English runs at about 4-6 syllables a second (from memory); bounds [judgement].
        MeasureFacts(
            "articulation_rate_syllables_per_s",
            "articulation rate",
            "syllables a second",
            1,
            "band",
            0.25,
            notice_above=6.5,
            notice_below=3.2,
        ),
        MeasureFacts("phonation_time_ratio", "share of time speaking", "", 2, "higher", 0.05),
        MeasureFacts(
            "mean_length_of_run_syllables", "run between pauses", "syllables", 1, "higher", 1.5
        ),
        MeasureFacts("silent_pauses_per_minute", "silent pauses", "a minute", 1, "none", 3.0),
        # Pauses inside a clause go with lower fluency ratings (Kahng 2018); bound [judgement].
        MeasureFacts(
            "silent_pauses_within_clause_per_minute",
            "pauses inside a clause",
            "a minute",
            1,
            "lower",
            2.0,
            notice_above=8.0,
        ),
        # Delays from 2 s can cost sincerity, less so when thought is plausible (Ziano & Wang);
        # past-behaviour questions trade delay for a better story (Bangerter): 4.5 s [judgement].
        MeasureFacts("response_latency_s", "time before the first word", "s", 1, "lower", 0.7, 4.5),
        # Under about 2 semitones of standard deviation counts as monotone in tools of this kind;
        # the range used here spans the 5th to 95th percentile, about 3.3 standard deviations.
        MeasureFacts(
            "pitch_range_semitones", "pitch range", "semitones", 1, "higher", 1.2, notice_below=4.0
        ),
        MeasureFacts("repairs_per_100_words", "restarts", "in 100 words", 1, "lower", 1.0, 6.0),
        MeasureFacts("duration_s", "length", "s", 0, "none", 12.0),
    )
}

UNKNOWN_NOISE_SHARE = 0.15
"""Of a value's size: assumed noise of a measure this table does not know [judgement]."""


def facts_of(name: str) -> MeasureFacts:
    """What is known of a measure; a plain entry with no better side where nothing is."""
    known = MEASURES.get(name)
    if known is not None:
        return known
    return MeasureFacts(name, name.replace("_", " "), "", 2, "none", 0.0)
