"""What a person reads about spots and focus areas.

Plain, warm, short; no verdict on a person, and never a word on being hired. The plan's
and progress's texts stand in `wording_plan`, the debrief's in `wording_debrief`.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.practice.measures import facts_of
from simulator.practice.spots import Spot

FINDING_LABELS: dict[str, str] = {
    "off_topic": "answering a different question",
    "buried_point": "the point comes late",
    "no_result": "the result is left out",
    "vague": "examples stay general",
    "hedged": "playing it down",
    "rambling": "answers run on",
    "repetitive": "saying the same thing again",
    "jargon": "words that need explaining",
    "no_ownership": "your own part stays hidden",
    "unstructured": "the story jumps",
}

MEASURE_SPOTS: dict[str, str] = {
    "filled_pauses_per_minute": "um and uh, often",
    "filled_pauses_per_100_words": "um and uh, often",
    "words_per_minute": "a pace that is hard to follow",
    "articulation_rate_syllables_per_s": "syllables that come very fast or very slowly",
    "silent_pauses_within_clause_per_minute": "pauses in the middle of a thought",
    "response_latency_s": "a long wait before the first word",
    "pitch_range_semitones": "a flat melody",
    "repairs_per_100_words": "starting sentences again",
    "clarity_score": "clarity",
}

SPOT_TIPS: dict[str, str] = {
    "off_topic": "Say the question's own key word in your first sentence.",
    "buried_point": "Say the point first, in one sentence; then tell how it came about.",
    "no_result": "Decide on the last sentence before you begin: what was different afterwards?",
    "vague": "Put one number, one name or one date into every story.",
    "hedged": "Say it once without 'I think' or 'kind of', and stop.",
    "rambling": "Stop after the result. Silence is the interviewer's turn.",
    "repetitive": "When you hear yourself say it again, end the answer.",
    "jargon": "Explain one word for every answer, as you would to a neighbour.",
    "no_ownership": "Use 'I' for the step that was yours.",
    "unstructured": "Before, what I did, after: three sentences first, then the details.",
    "filled_pauses_per_minute": "Let a sentence end before you look for the next one.",
    "filled_pauses_per_100_words": "Let a sentence end before you look for the next one.",
    "words_per_minute": "Take one breath between two sentences.",
    "articulation_rate_syllables_per_s": "Take one breath between two sentences.",
    "silent_pauses_within_clause_per_minute": "Pause where a full stop would be, not before.",
    "response_latency_s": "Begin with the point you are sure of; the rest will come.",
    "pitch_range_semitones": "Lean on the one word in each sentence that matters most.",
    "repairs_per_100_words": "Think of the first half of the sentence, then speak.",
    "clarity_score": "Say the point first, then one example, then the result.",
}

AMOUNT_WORDS: dict[str, str] = {
    "nothing": "nothing to go by yet",
    "baseline": "one attempt: a baseline, no more",
    "direction": "two or three attempts: a direction, not a trend",
    "trend": "four attempts or more: a trend",
}

STATUS_WORDS: dict[str, str] = {
    "open": "too early to say",
    "improving": "improving",
    "stalled": "stalled",
    "reached": "reached",
    "slipped": "slipped",
}

NO_ATTEMPTS = "There is no attempt of your own yet. Begin with: simulator practice first-warm-up"
NO_SPOTS = (
    "Nothing recurs yet. A weak spot needs to show in at least two answers or debriefs; single "
    "slips do not count, and interviewers rarely dwell on them."
)
TWO_AT_MOST = "Two at a time is plenty, and you have two. Drop one first: simulator plan drop SPOT"
NOISE_NOTE = "A difference smaller than what your own attempts differ by anyway is shown as none."
NOTHING_TODAY = "Nothing is due today. A day off is part of it."
CALM_NOTE = (
    "One imperfect answer, a small gap in skills, nerves: interviewers rarely dwell on these. "
    "What recurs is worth your time."
)


def spot_label(spot: Spot) -> str:
    """A spot in a few words."""
    if spot.kind == "finding":
        return FINDING_LABELS.get(spot.name, spot.name.replace("_", " "))
    return MEASURE_SPOTS.get(spot.name, facts_of(spot.name).label)


def spot_tip(spot: Spot) -> str:
    """One thing to try."""
    return SPOT_TIPS.get(spot.name, "")


def spot_evidence(attempts: int, of: int, debriefs: int) -> str:
    """How often a spot showed, as a sentence."""
    parts = []
    if attempts:
        parts.append(f"in {attempts} of your last {of} answers")
    if debriefs:
        parts.append("in one debrief" if debriefs == 1 else f"in {debriefs} debriefs")
    return "Showed " + " and ".join(parts) + "."


def attempts_noun(count: int) -> str:
    """A number of attempts in words."""
    return "1 attempt" if count == 1 else f"{count} attempts"


def joined(parts: Sequence[str]) -> str:
    """A list in words: one, two and three."""
    if len(parts) <= 1:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]
