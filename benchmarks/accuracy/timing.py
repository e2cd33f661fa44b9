"""How long it takes to analyse a minute, against two plain transcription passes.

The two take turns in one process, so that a busy machine slows both.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from benchmarks.accuracy.clips import Clip
from benchmarks.accuracy.systems import Ours, Whisper, recording_of
from simulator.audio.recorder import Recording
from simulator.audio.resampling import resample

MINUTE_S = 60.0
MOST_RATIO = 1.3
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds for a minute of speech, medians over rounds.

    Attributes
    ----------
    ours_s : the whole assessment: hearing, delivery, clarity.
    two_plain_s : two plain passes, text only.
    ratio : median over rounds of the one over the other.
    """

    ours_s: float
    two_plain_s: float
    ratio: float


def minute_of_speech(clips: Sequence[Clip]) -> Recording:
    """A minute from the longest clip, or from several put together."""
    parts, rate, length = [], 16_000, 0
    for clip in sorted(clips, key=lambda clip: -clip.duration_s):
        recording = recording_of(clip)
        parts.append(recording.samples)
        rate, length = recording.sample_rate_hz, length + len(recording.samples)
        if length >= MINUTE_S * rate:
            break
    samples = np.concatenate(parts)[: round(MINUTE_S * rate)]
    return Recording(samples, rate, ())


def time_a_minute(ours: Ours, plain: Whisper, recording: Recording) -> Timed:
    """Time both, in turns; a first round that warms up does not count."""
    samples = resample(recording.samples, recording.sample_rate_hz)
    rounds = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        ours.assessor.assess_recording(recording, None)
        ours_s = time.perf_counter() - begun
        two_s = plain.seconds_of_plain_pass(samples) + plain.seconds_of_plain_pass(samples)
        rounds.append((ours_s, two_s))
    counted = rounds[1:]
    return Timed(
        median(one for one, _ in counted),
        median(two for _, two in counted),
        median(one / two for one, two in counted),
    )
