"""Which 10 ms frames carry speech: the sound against its own noise floor, cross-checked by Silero.

Energy alone takes a breath or a passing car for speech and loses soft endings in noise; Silero
alone is late by up to 0.1 s at the edges and hears through short silences. Each frame is
described by both, in a form that does not depend on level or microphone, and weighed by a
logistic regression with a few named weights (``models/speech_frames.json``, rebuilt from
synthetic voices by ``python -m benchmarks.train_speech_frames``). A two-state path (Viterbi) then
keeps silences and speech from flickering.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.speech.activity import BANDS, Activity

Track = NDArray[np.float64]

SURELY_NO_SPEECH = 0.1
SURELY_SPEECH = 0.8
"""Silero's probabilities that pick the frames from which floor and speech level are taken."""

LEAST_VOICE = 0.1
_SURE_LOG_ODDS = 2.2
"""A 95th percentile under 0.1 is a recording without speech; 2.2 is a probability of 0.9."""

HEARABLE_RANGE_DB = 45.0
"""What lies this far below the speech counts as silence however quiet the room is: the softest
consonants lie some 40 dB below the loudest vowels (Fletcher 1953)."""

SWITCH_COST = 8.0
"""Log odds that a change between speech and silence has to earn; F1 is flat between 5 and 12."""

LEAST_SILENCE_FRAMES = 10
LEAST_SPEECH_FRAMES = 4
"""100 ms: stop consonants close for less. 40 ms: shorter speech is a click."""

_FRAMES_AT_ONCE = 512
"""A block fits the processor's cache: three times quicker than an answer of 180 s in one piece."""

FEATURES = (
    "excess",
    "excess_mean",
    "excess_max",
    "excess_min",
    "voice",
    "voice_30ms_on",
    "voice_30ms_ago",
    "voice_60ms_on",
    "voice_60ms_ago",
    "voice_max",
    "voice_min",
    "voice_mean",
    "voice_max_ahead",
    "voice_max_behind",
    "level",
    "level_mean",
    "snr",
    "excess_by_snr",
    "voice_by_snr",
    "excess_mean_by_snr",
)
"""``excess``: how far the frame stands out of the noise; ``voice``: Silero's log odds; ``level``:
re the speaker's own level; ``snr``: of the recording. All but the last clipped to a few units."""


@dataclass(frozen=True, slots=True)
class SpeechFrameWeights:
    """The logistic regression's weights, one a feature in the order of `FEATURES`."""

    weights: tuple[float, ...]
    bias: float


def voice_log_odds(activity: Activity) -> Track:
    """Silero's log odds of a voice in each frame [shape=(n,)], put right for unusual voices.

    Silero knows whispers, falsetto and creak poorly: at their clearest it gives them a tenth to
    two thirds, while silence stays under a hundredth. So where its 95th percentile is low, but
    not as low as without any speech, all is raised until that percentile is sure.
    """
    probability = activity.frame_probability.astype(np.float64)
    odds = np.log((probability + 1e-4) / (1 - probability + 1e-4))
    clearest = float(np.percentile(probability, 95))
    if clearest < LEAST_VOICE:
        return odds
    return odds + max(0.0, _SURE_LOG_ODDS - math.log(clearest / (1 - clearest + 1e-4)))


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """What a recording sounds like where nobody speaks, and where somebody does.

    Attributes
    ----------
    noise : np.ndarray [shape=(BANDS,), float64], mean square per band.
    noise_db, speech_db : levels in dB re full scale; ``speech_db`` None where nobody speaks.
    quiet : np.ndarray [shape=(n,), bool], the frames that the floor was taken from.
    """

    noise: Track
    noise_db: float
    speech_db: float | None
    quiet: NDArray[np.bool_]


def find_floor(activity: Activity) -> Floor:
    """The recording's own noise floor and speech level.

    The floor comes from the quieter frames of those that Silero is sure about, so that breaths
    and clicks stay out; where it is sure about none, from the quietest tenth. The speech level is
    the 80th percentile of the frames where it is sure of a voice.
    """
    probability = 1 / (1 + np.exp(-voice_log_odds(activity)))
    level = activity.level_db
    silent = probability < SURELY_NO_SPEECH
    if np.count_nonzero(silent) < 30:
        silent = level <= np.percentile(level, 10) + 3
    quiet = silent & (level <= np.percentile(level[silent], 40) + 4)
    noise = activity.band_power[quiet].mean(axis=0, dtype=np.float64)
    spoken = probability > SURELY_SPEECH
    speech_db = float(np.percentile(level[spoken], 80)) if np.count_nonzero(spoken) > 10 else None
    return Floor(noise, float(10 * np.log10(noise.sum())), speech_db, quiet)


def frame_features(activity: Activity) -> Track:
    """Describe each frame [shape=(n, len(FEATURES))]; see `FEATURES`."""
    odds = voice_log_odds(activity)
    floor = find_floor(activity)
    level = activity.level_db
    speech_db = floor.speech_db if floor.speech_db is not None else float(level.max())
    excess = _excess(activity, floor, speech_db, odds)
    voice = np.clip(odds, -5, 5)
    relative = np.clip((level - speech_db) / 10, -6, 1)
    snr = np.full(len(level), np.clip((speech_db - floor.noise_db) / 10, 0, 4.5))
    excess_mean = _mean(excess, 2)
    columns = {
        "excess": excess,
        "excess_mean": excess_mean,
        "excess_max": _highest(excess, 4, 4),
        "excess_min": -_highest(-excess, 4, 4),
        "voice": voice,
        "voice_30ms_on": _moved(voice, 3),
        "voice_30ms_ago": _moved(voice, -3),
        "voice_60ms_on": _moved(voice, 6),
        "voice_60ms_ago": _moved(voice, -6),
        "voice_max": _highest(voice, 10, 10),
        "voice_min": -_highest(-voice, 10, 10),
        "voice_mean": _mean(voice, 5),
        "voice_max_ahead": _highest(voice, 0, 20),
        "voice_max_behind": _highest(voice, 20, 0),
        "level": relative,
        "level_mean": _mean(relative, 2),
        "snr": snr,
        "excess_by_snr": excess * snr,
        "voice_by_snr": voice * snr,
        "excess_mean_by_snr": excess_mean * snr,
    }
    return np.stack([columns[name] for name in FEATURES], axis=1)


def speech_frames(activity: Activity, weights: SpeechFrameWeights) -> NDArray[np.bool_]:
    """Decide for every frame of 10 ms whether it carries speech, filled pauses included.

    Parameters
    ----------
    activity : the tracks of the recording.
    weights : of the logistic regression.

    Returns
    -------
    np.ndarray [shape=(n,), bool]; silences inside last 100 ms at least, speech 40 ms.
    """
    if not len(activity.band_power):
        return np.zeros(0, bool)
    odds = frame_features(activity) @ np.array(weights.weights) + weights.bias
    speech = _best_path(np.clip(odds, -7, 7), SWITCH_COST)
    for start, end in runs(speech):
        if end - start < LEAST_SPEECH_FRAMES:
            speech[start:end] = False
    for start, end in runs(~speech):
        inside = start > 0 and end < len(speech)
        if inside and end - start < LEAST_SILENCE_FRAMES:
            speech[start:end] = True
    return speech


def runs(mask: NDArray[np.bool_], least: int = 1) -> list[tuple[int, int]]:
    """First and one-past-last index of each run of at least so many true values, in order."""
    outside = np.zeros(1, bool)
    padded = np.concatenate([outside, np.asarray(mask, bool), outside])
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    pairs = edges.reshape(-1, 2)
    long_enough = pairs[pairs[:, 1] - pairs[:, 0] >= least]
    return [(start, end) for start, end in long_enough.tolist()]


@lru_cache(maxsize=4)
def load_speech_frame_weights(file: Path | None = None) -> SpeechFrameWeights:
    """Read the weights that ship with the program, or those of another file."""
    if file is None:
        from simulator.places import find_places

        file = find_places().models / "speech_frames.json"
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        weights = tuple(float(record["weights"][name]) for name in FEATURES)
        return SpeechFrameWeights(weights, float(record["bias"]))
    except (OSError, KeyError, ValueError) as error:
        raise SimulatorError(f"The weights in {file} cannot be read ({error}).") from error


def _excess(activity: Activity, floor: Floor, speech_db: float, odds: Track) -> Track:
    """How far each frame stands out of the noise: log of the mean likelihood ratio (Sohn 1999).

    Counted from what the noise itself reaches in most of its frames.
    """
    least = 10 ** ((speech_db - HEARABLE_RANGE_DB) / 10) / BANDS / 4
    noise = np.maximum(floor.noise, least)
    blocks = range(0, len(odds), _FRAMES_AT_ONCE)
    likelihood = np.concatenate(
        [_mean_likelihood(activity.band_power[at : at + _FRAMES_AT_ONCE] / noise) for at in blocks]
    )
    excess = np.log(likelihood + 1e-3)
    silent = odds < math.log(SURELY_NO_SPEECH / (1 - SURELY_NO_SPEECH))
    if np.count_nonzero(silent) <= 30:
        silent = floor.quiet
    usual = float(np.percentile(excess[silent], 60)) + 0.7
    return np.asarray(np.clip(excess - max(usual, -1.0), -2, 5))


def _mean_likelihood(ratio: Track) -> Track:
    """Mean over the bands [shape=(n,)] of how unlikely noise makes a power so far above it."""
    np.maximum(ratio, 1.0, out=ratio)
    likelihood = ratio - np.log(ratio)
    return np.asarray(likelihood.mean(axis=1) - 1)


def _moved(track: Track, frames: int) -> Track:
    """Each frame's value so many frames later (earlier where negative); the ends repeat."""
    last = len(track) - 1
    return track[np.clip(np.arange(len(track)) + frames, 0, last)]


def _mean(track: Track, reach: int) -> Track:
    """Mean over so many frames on either side; the ends repeat."""
    padded = np.pad(track, reach, mode="edge")
    width = 2 * reach + 1
    total = padded[: len(track)].copy()
    for offset in range(1, width):
        total += padded[offset : offset + len(track)]
    return np.asarray(total / width)


def _highest(track: Track, before: int, after: int) -> Track:
    """Highest over each frame's neighbourhood; the ends repeat.

    Stretches that double in length, then two of them that overlap, instead of all frames anew.
    """
    width = before + 1 + after
    highest, covered = np.pad(track, (before, after), mode="edge"), 1
    while 2 * covered <= width:
        highest = np.maximum(highest[:-covered], highest[covered:])
        covered *= 2
    rest = width - covered
    return np.maximum(highest[: len(track)], highest[rest : rest + len(track)])


def _best_path(odds: Track, switch_cost: float) -> NDArray[np.bool_]:
    """The likeliest sequence of two states, each change paid for (Viterbi).

    Only the difference counts: how far the best path into speech leads the best one into silence.
    A lead beyond the cost of a change says that both best paths come from the leader.
    """
    lead, leads = 0.0, []
    for odd in odds.tolist():
        leads.append(lead)
        kept = lead if lead < switch_cost else switch_cost
        lead = (kept if kept > -switch_cost else -switch_cost) + odd
    before = np.array(leads)
    forced = (before > switch_cost).astype(np.int8) - (before < -switch_cost)
    # Going back from the last frame, its state holds until a lead decides the frame before.
    decided = np.append(forced[1:], 1 if lead > 0 else -1)
    places = np.where(decided != 0, np.arange(len(decided)), len(decided) - 1)
    return np.asarray(decided[np.minimum.accumulate(places[::-1])[::-1]] > 0)
