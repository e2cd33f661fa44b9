"""Answers of given lengths, made of recorded speech.

Whole sentences of one recording in order, said again as often as needed, then half a second of the
recording's own quiet: a person's stop comes that long after the last word. Or they break off in
the middle of a phrase, which leaves the most to do.

Answers of different lengths with the same ``end_share`` and ``last_s`` end with the same words
after the same pause for thought. That pause ends a chunk, so the last chunk is the same too, and
their waits compare.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
import soundfile
from numpy.typing import NDArray

from simulator.audio.files import read_audio
from simulator.audio.resampling import resample

RATE_HZ = 16_000
AFTER_LAST_WORD_S = 0.5
BREAKS_OFF_S = 0.7
THINKING_S = 2.0
"""Longer than any silence that `simulator.speech.chunking` bridges."""

_LEAST_QUIET_S = 0.3
_QUIET_BELOW_DB = -38.0

Ending = Literal["pause", "mid_phrase"]


def make_answer(
    recording: Path,
    length_s: float,
    end_share: float,
    last_s: float,
    into: Path,
    ending: Ending = "pause",
) -> Path:
    """Write an answer of about that length.

    Parameters
    ----------
    recording : any speech.
    length_s : up to the last word; the nearest pause decides where it begins.
    end_share : where in the recording it ends, 0 to 1.
    last_s : about how much is said after the pause for thought.
    into : the WAV file to write.
    ending : half a second after the last word, or `BREAKS_OFF_S` before its phrase would end.
    """
    samples, rate = read_audio(recording)
    speech = resample(samples, rate)
    thinking, needed = _samples(THINKING_S), _samples(length_s - THINKING_S)
    count = needed // len(speech) + 2
    places = np.asarray(_quiet_places(speech))
    quiet = np.concatenate([places + turn * len(speech) for turn in range(count)])
    end = int(places[int(end_share * (len(places) - 1))]) + (count - 1) * len(speech)
    start = _nearest(quiet, end - needed)
    pause = _nearest(quiet, end - _samples(last_s))
    stop = end - _samples(BREAKS_OFF_S) if ending == "mid_phrase" else end
    rounds = np.concatenate([speech] * count)
    tone = _room_tone(speech, _samples(AFTER_LAST_WORD_S))
    parts = [rounds[start:pause], np.resize(np.concatenate([tone, tone[::-1]]), thinking)]
    parts.append(rounds[pause:stop])
    if ending == "pause":
        parts.append(tone)
    soundfile.write(into, np.concatenate(parts), RATE_HZ, subtype="PCM_16")
    return into


def _samples(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def _nearest(places: NDArray[np.intp], wanted: int) -> int:
    return int(places[np.argmin(np.abs(places - wanted))])


def _quiet_places(speech: NDArray[np.float32]) -> list[int]:
    """Sample numbers just after the voice has stopped for `_LEAST_QUIET_S`."""
    frame = RATE_HZ // 100
    power = np.square(speech[: len(speech) // frame * frame]).reshape(-1, frame).mean(axis=1)
    loud_db = 10 * np.log10(np.percentile(power, 95) + 1e-12)
    quiet = 10 * np.log10(power + 1e-12) < loud_db + _QUIET_BELOW_DB + 8
    least = round(_LEAST_QUIET_S * 100)
    places, run = [], 0
    for index, is_quiet in enumerate(quiet):
        run = run + 1 if is_quiet else 0
        if run == least:
            places.append((index - least + 4) * frame)
    return places or [0, len(speech)]


def _room_tone(speech: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The quietest stretch of that length."""
    hop = RATE_HZ // 20
    starts = range(0, max(1, len(speech) - count), hop)
    quietest = min(starts, key=lambda at: float(np.square(speech[at : at + count]).sum()))
    return speech[quietest : quietest + count]
