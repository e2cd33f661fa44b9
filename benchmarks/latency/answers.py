"""Answers of given lengths, made of recorded speech.

Whole sentences of one recording in order, said again as often as needed, then half a second of the
recording's own quiet: a person's stop comes that long after the last word. Answers of different
lengths with the same ``end_share`` end with the same words, so that their waits compare. Or they
break off in the middle of a phrase, which leaves the most to do.
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
_LEAST_QUIET_S = 0.3
_QUIET_BELOW_DB = -38.0


Ending = Literal["pause", "mid_phrase"]


def make_answer(
    recording: Path, length_s: float, end_share: float, into: Path, ending: Ending = "pause"
) -> Path:
    """Write an answer of about that length.

    Parameters
    ----------
    recording : any speech.
    length_s : up to the last word; the nearest pause decides where it begins.
    end_share : where in the recording it ends, 0 to 1.
    into : the WAV file to write.
    ending : half a second after the last word, or `BREAKS_OFF_S` before its phrase would end.
    """
    samples, rate = read_audio(recording)
    speech = resample(samples, rate)
    needed = round(length_s * RATE_HZ)
    count = needed // len(speech) + 2
    places = np.asarray(_quiet_places(speech))
    quiet = np.concatenate([places + turn * len(speech) for turn in range(count)])
    end = int(places[int(end_share * (len(places) - 1))]) + (count - 1) * len(speech)
    start = int(quiet[np.argmin(np.abs(quiet - (end - needed)))])
    rounds = np.concatenate([speech] * count)
    if ending == "mid_phrase":
        answer = rounds[start : end - round(BREAKS_OFF_S * RATE_HZ)]
    else:
        tail = _room_tone(speech, round(AFTER_LAST_WORD_S * RATE_HZ))
        answer = np.concatenate([rounds[start:end], tail])
    soundfile.write(into, answer, RATE_HZ, subtype="PCM_16")
    return into


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
