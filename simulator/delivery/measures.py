"""Delivery: how an answer was said, in the field's own measures.

Pure functions on the speech timeline. Undefined is None, never zero, and what a poor recording
spoils is None too, with the reason in ``cannot_judge``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import mean

from simulator.delivery.hesitation import (
    Cluster,
    PlacedFilledPause,
    Trigger,
    find_clusters,
    place_filled_pauses,
    usual_trigger,
)
from simulator.delivery.markers import Marker, find_markers
from simulator.delivery.melody import Melody, measure_melody
from simulator.delivery.pace import PaceWindow, pace_windows
from simulator.delivery.signal_rate import count_signal_syllables
from simulator.delivery.spoiled import find_spoiled, length_problem
from simulator.delivery.syllables import count_syllables
from simulator.delivery.timing import Timing, measure_timing
from simulator.speech.timeline import Span, Speech

RATES_DISAGREE_SHARE = 0.25
"""How far the two syllable rates may lie apart, as a share of the larger. Measured on 24 clips of
20 s and more with words by people: counted in the sound over said, median 1.08, nine in ten
between 0.85 and 1.21, none below 0.83 or above 1.32, where two people speak. What lies farther
off has words missing or invented."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it was said. Every number is None where it is undefined or cannot be judged.

    Attributes
    ----------
    words_per_minute : words over the time from the first to the last speech.
    speech_rate_syllables_per_s : syllables over the same time.
    articulation_rate_syllables_per_s : syllables over that time without silent and filled pauses.
    phonation_time_ratio : share of that time with a voice.
    mean_length_of_run_syllables : syllables between silent pauses.
    filled_pauses_per_minute, filled_pauses_per_100_words : um, uh, hmm; nothing else.
    silent_pauses_per_minute : of 250 ms and more, after the first word.
    silent_pauses_within_clause_per_minute : those that break a clause.
    mean_pause_s, longest_pause_s : of those pauses.
    repairs_per_100_words : repetitions and false starts.
    discourse_markers_per_100_words, hedges_per_100_words : the two other tiers.
    response_latency_s : from the start of the recording (the question's end) to the first sound.
    pitch_range_semitones : 5th to 95th percentile of pitch.
    pitch_median_hz, loudness_db, loudness_range_db : of speech; decibels re full scale.
    monotone_share : share of the answer in monotone stretches.
    faded_ends_share, rising_ends_share : of the sentences' ends.
    pace_change_share : fastest window over slowest, minus one.
    signal_articulation_rate_syllables_per_s : syllables heard in the sound, filled pauses
        included, over phonation time; made without the transcript.
    rates_agree : whether it fits the transcript's own rate; None where either is undefined.
    syllables, word_count : counted in the words.
    spoken_s : from the first to the last speech.
    pace : windows of 10 s.
    discourse_markers, hedges : with their moments.
    placed_filled_pauses, clusters, usual_trigger : where filled pauses fall.
    monotone_stretches, faded_ends, rising_ends : moments.
    cannot_judge : short names of what turned measures off.
    """

    words_per_minute: float | None = None
    speech_rate_syllables_per_s: float | None = None
    articulation_rate_syllables_per_s: float | None = None
    phonation_time_ratio: float | None = None
    mean_length_of_run_syllables: float | None = None
    filled_pauses_per_minute: float | None = None
    filled_pauses_per_100_words: float | None = None
    silent_pauses_per_minute: float | None = None
    silent_pauses_within_clause_per_minute: float | None = None
    mean_pause_s: float | None = None
    longest_pause_s: float | None = None
    repairs_per_100_words: float | None = None
    discourse_markers_per_100_words: float | None = None
    hedges_per_100_words: float | None = None
    response_latency_s: float | None = None
    pitch_range_semitones: float | None = None
    pitch_median_hz: float | None = None
    loudness_db: float | None = None
    loudness_range_db: float | None = None
    monotone_share: float | None = None
    faded_ends_share: float | None = None
    rising_ends_share: float | None = None
    pace_change_share: float | None = None
    signal_articulation_rate_syllables_per_s: float | None = None
    rates_agree: bool | None = None
    syllables: int | None = None
    word_count: int = 0
    spoken_s: float | None = None
    pace: tuple[PaceWindow, ...] = ()
    discourse_markers: tuple[Marker, ...] = ()
    hedges: tuple[Marker, ...] = ()
    placed_filled_pauses: tuple[PlacedFilledPause, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    usual_trigger: Trigger | None = None
    monotone_stretches: tuple[Span, ...] = ()
    faded_ends: tuple[Span, ...] = ()
    rising_ends: tuple[Span, ...] = ()
    cannot_judge: tuple[str, ...] = ()


def measure_delivery(speech: Speech) -> Delivery:
    """Measure how an answer was said.

    Parameters
    ----------
    speech : as heard.

    Returns
    -------
    Delivery : with None for what is undefined and for what the recording spoils.
    """
    problems = [*speech.quality.problems, *speech.doubts]
    timing = measure_timing(speech)
    if timing is None or timing.total_s <= 0:
        nothing = ["silent"] if "silent" in problems else ["no_speech"]
        return Delivery(cannot_judge=find_spoiled(nothing).reasons)
    length = length_problem(timing.total_s, len(speech.words))
    if length is not None:
        problems.append(length)
    spoiled = find_spoiled(problems)
    whole = _measure(speech, timing)
    kept = replace(
        whole,
        cannot_judge=spoiled.reasons,
        **dict.fromkeys(spoiled.measures),  # type: ignore[arg-type]
    )
    if kept.articulation_rate_syllables_per_s is None:
        return replace(kept, rates_agree=None)
    return kept


def _measure(speech: Speech, timing: Timing) -> Delivery:
    words = speech.words
    syllables = sum(count_syllables(word.text) for word in words)
    markers = find_markers(words, speech.filled_pauses)
    discourse = tuple(marker for marker in markers if marker.tier == "marker")
    hedges = tuple(marker for marker in markers if marker.tier == "hedge")
    placed = place_filled_pauses(speech.filled_pauses, words)
    melody = measure_melody(speech.prosody, words, speech.speech_spans)
    pace = pace_windows(words, timing)
    minutes, hundreds = timing.total_s / 60, len(words) / 100
    within = [pause for pause in timing.pauses if pause.position == "within_clause"]
    pauses_s = [pause.duration_s for pause in timing.pauses]
    articulation = _ratio(syllables, timing.articulation_s) if syllables else None
    signal = _ratio(count_signal_syllables(speech.prosody, speech.speech_spans), timing.phonation_s)
    return Delivery(
        words_per_minute=_ratio(len(words), minutes) if words else None,
        speech_rate_syllables_per_s=_ratio(syllables, timing.total_s) if words else None,
        articulation_rate_syllables_per_s=articulation,
        phonation_time_ratio=_ratio(timing.phonation_s, timing.total_s),
        mean_length_of_run_syllables=_ratio(syllables, timing.runs) if words else None,
        filled_pauses_per_minute=_ratio(len(placed), minutes),
        filled_pauses_per_100_words=_ratio(len(placed), hundreds),
        silent_pauses_per_minute=_ratio(len(timing.pauses), minutes),
        silent_pauses_within_clause_per_minute=_ratio(len(within), minutes),
        mean_pause_s=round(mean(pauses_s), 3) if pauses_s else None,
        longest_pause_s=round(max(pauses_s), 3) if pauses_s else None,
        repairs_per_100_words=_ratio(len(speech.repairs), hundreds),
        discourse_markers_per_100_words=_ratio(len(discourse), hundreds),
        hedges_per_100_words=_ratio(len(hedges), hundreds),
        response_latency_s=round(timing.start_s, 3),
        pitch_range_semitones=melody.pitch_range_semitones,
        pitch_median_hz=melody.pitch_median_hz,
        loudness_db=melody.loudness_db,
        loudness_range_db=melody.loudness_range_db,
        monotone_share=_monotone_share(melody, timing),
        faded_ends_share=_ratio(len(melody.faded_ends), melody.sentence_ends),
        rising_ends_share=_ratio(len(melody.rising_ends), melody.sentence_ends),
        pace_change_share=_pace_change(pace),
        signal_articulation_rate_syllables_per_s=signal,
        rates_agree=_agree(signal, _ratio(syllables + len(placed), timing.phonation_s)),
        syllables=syllables if words else None,
        word_count=len(words),
        spoken_s=round(timing.total_s, 3),
        pace=pace,
        discourse_markers=discourse,
        hedges=hedges,
        placed_filled_pauses=placed,
        clusters=find_clusters(placed),
        usual_trigger=usual_trigger(placed),
        monotone_stretches=melody.monotone_stretches,
        faded_ends=melody.faded_ends,
        rising_ends=melody.rising_ends,
    )


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole > 0 else None


def _monotone_share(melody: Melody, timing: Timing) -> float | None:
    if melody.pitch_range_semitones is None:
        return None
    flat_s = sum(stretch.duration_s for stretch in melody.monotone_stretches)
    return round(min(1.0, flat_s / timing.total_s), 3)


def _pace_change(pace: tuple[PaceWindow, ...]) -> float | None:
    rates = [window.articulation_rate_syllables_per_s for window in pace]
    known = [rate for rate in rates if rate]
    return round(max(known) / min(known) - 1, 3) if len(known) >= 2 else None


def _agree(one: float | None, other: float | None) -> bool | None:
    if not one or not other:
        return None
    return abs(one - other) <= RATES_DISAGREE_SHARE * max(one, other)
