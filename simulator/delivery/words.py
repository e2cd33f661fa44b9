"""What the report says of delivery beside the numbers: few lines, each with its reason."""

from __future__ import annotations

from simulator.delivery.hesitation import Trigger
from simulator.delivery.measures import Delivery

MOST_NOTES = 3

CANNOT_JUDGE: dict[str, str] = {
    "silent": "The recording is silent, so nothing can be measured.",
    "no_speech": "No speech was found, so nothing can be measured.",
    "far_too_short": "Too short to measure pace or pauses: a few sentences are needed.",
    "too_short": "Too short to count fillers and pauses: 20 seconds and 40 words are needed.",
    "clipped": "The sound is cut off at its peaks, so loudness is not measured. Turn the microphone"
    " down.",
    "noisy": "There is too much noise behind the voice to measure pauses, pitch and loudness.",
    "too_quiet": "The voice is very quiet, so loudness is not measured. Move closer to the"
    " microphone.",
    "narrowband": "This sounds like a headset in its telephone mode, so pitch is not measured.",
    "dropouts": "The device lost some sound, so pauses and pace are not measured.",
    "not_english": "This does not sound like English, so nothing that counts words is measured.",
    "hallucination": "The transcript has words where nothing was said, so nothing that counts words"
    " is measured.",
    "low_confidence": "The words were hard to make out, so nothing that counts words is measured.",
}
"""Why measures are turned off, by the reason's short name."""

TRIGGERS: dict[Trigger, str] = {
    "start": "Most of your ums come before your first words. Take a silent breath, then begin.",
    "before_number": "Most of your ums come before figures. Have the two or three you need ready.",
    "before_point": "Most of your ums come just before your point. Know its first words by heart.",
    "between_clauses": "Most of your ums come between two thoughts. A silent pause does the same.",
    "within_clause": "Most of your ums come in the middle of a thought. Slower helps.",
}

RATES_DISAGREE = (
    "The sound has clearly more or fewer syllables than the words that were made out, so take the"
    " pace with care."
)
MONOTONE_SHARE = 0.3
MONOTONE = "Your voice stays on one note for long stretches (from {at})."
FADED_SHARE = 0.5
FEWEST_ENDS = 4
FADED = "Many of your sentences sink away at the end (first at {at})."
RISING_SHARE = 0.5
RISING = "Many of your statements rise at the end like questions (first at {at})."
CLUSTER = "{count} ums close together at {at}."


def delivery_notes(delivery: Delivery) -> tuple[str, ...]:
    """What is worth saying beside the numbers, in plain words.

    Parameters
    ----------
    delivery : as measured.

    Returns
    -------
    tuple of str : why measures are turned off, all of it; then at most `MOST_NOTES` observations.
    """
    reasons = [CANNOT_JUDGE[name] for name in delivery.cannot_judge]
    notes = []
    if delivery.rates_agree is False:
        notes.append(RATES_DISAGREE)
    if delivery.usual_trigger is not None:
        notes.append(TRIGGERS[delivery.usual_trigger])
    elif delivery.clusters:
        largest = max(delivery.clusters, key=lambda cluster: cluster.count)
        notes.append(CLUSTER.format(count=largest.count, at=_clock(largest.start_s)))
    if (delivery.monotone_share or 0.0) >= MONOTONE_SHARE:
        notes.append(MONOTONE.format(at=_clock(delivery.monotone_stretches[0].start_s)))
    if _many(delivery.faded_ends_share, FADED_SHARE, len(delivery.faded_ends)):
        notes.append(FADED.format(at=_clock(delivery.faded_ends[0].start_s)))
    if _many(delivery.rising_ends_share, RISING_SHARE, len(delivery.rising_ends)):
        notes.append(RISING.format(at=_clock(delivery.rising_ends[0].start_s)))
    return (*reasons, *notes[:MOST_NOTES])


def _many(share: float | None, least_share: float, count: int) -> bool:
    """A pattern, not a slip: often enough, and more than a few."""
    return share is not None and share >= least_share and count >= FEWEST_ENDS


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"
