"""Everything heard of a recording, put together into one `Speech`.

In two halves, so that little is left to do at the stop: what the sound alone says is measured while
the last chunk is still being read; where the words lie in it takes a few milliseconds then. The
second half also runs on all that is certain so far, whenever one more chunk is: what is read ahead
of an answer is then what the finished one will say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulator.speech.activity import Activity
from simulator.speech.doubts import HeardLanguage, find_doubts, main_language, unheard_words
from simulator.speech.echo import after_echo, find_echo_end_s
from simulator.speech.quality import measure_quality
from simulator.speech.repairs import find_repairs
from simulator.speech.silence import find_silent_pauses, speech_spans
from simulator.speech.speech_frames import (
    SpeechFrameWeights,
    load_speech_frame_weights,
    speech_frames,
)
from simulator.speech.timeline import (
    SAMPLE_RATE_HZ,
    AudioQuality,
    FilledPause,
    Prosody,
    Repair,
    SilentPause,
    Span,
    Speech,
    Word,
)
from simulator.speech.word_edges import snap_word_edges

if TYPE_CHECKING:
    from simulator.speech.ear import HeardChunk


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """What the sound alone says of a recording, before any word of it is known.

    Attributes
    ----------
    duration_s : length of the recording in seconds.
    frames : np.ndarray [shape=(n,), bool], which frames of 10 ms carry speech.
    prosody, quality : of the recording.
    """

    duration_s: float
    frames: NDArray[np.bool_]
    prosody: Prosody
    quality: AudioQuality


@dataclass(frozen=True, slots=True)
class Placed:
    """Words and other events, laid against the sound they were heard in.

    Attributes
    ----------
    words, filled_pauses, silent_pauses, repairs, speech_spans : as in `Speech`.
    unheard : how many words were written where nothing was said, and dropped.
    """

    words: tuple[Word, ...]
    filled_pauses: tuple[FilledPause, ...]
    silent_pauses: tuple[SilentPause, ...]
    repairs: tuple[Repair, ...]
    speech_spans: tuple[Span, ...]
    unheard: int


def measure_sound(
    samples: NDArray[np.float32],
    activity: Activity,
    prosody: Prosody,
    gaps: Sequence[Span] = (),
    weights: SpeechFrameWeights | None = None,
) -> Sound:
    """Measure what needs no words.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), float32, 16 kHz], the whole recording.
    activity, prosody : its tracks.
    gaps : where the device lost sound.
    weights : that tell speech from silence; None for those that ship.
    """
    frames = speech_frames(activity, weights or load_speech_frame_weights())
    return Sound(
        duration_s=len(samples) / SAMPLE_RATE_HZ,
        frames=frames,
        prosody=prosody,
        quality=measure_quality(samples, activity, frames, gaps),
    )


def place_words(
    frames: NDArray[np.bool_], chunks: Sequence[HeardChunk], echo_of: str | None = None
) -> Placed:
    """Lay what was read against the sound.

    Parameters
    ----------
    frames : np.ndarray [shape=(n,), bool], which frames of 10 ms carry speech.
    chunks : what was read, in order of time.
    echo_of : what a loudspeaker said just before; its last words are left out.
    """
    written = [word for chunk in chunks for word in chunk.words]
    everything = tuple(pause for chunk in chunks for pause in chunk.filled_pauses)
    echo_end_s = find_echo_end_s(written, echo_of, speech_spans(frames, everything))
    written = [word for word in written if word.start_s >= echo_end_s]
    filled_pauses = tuple(pause for pause in everything if pause.start_s >= echo_end_s)
    spans = after_echo(speech_spans(frames, filled_pauses), echo_end_s)
    unheard = set(unheard_words(written, spans))
    said = [word for index, word in enumerate(written) if index not in unheard]
    words = snap_word_edges(said, spans, filled_pauses)
    silent_pauses = find_silent_pauses(spans, words)
    return Placed(
        words=words,
        filled_pauses=filled_pauses,
        silent_pauses=silent_pauses,
        repairs=find_repairs(words, filled_pauses, silent_pauses),
        speech_spans=spans,
        unheard=len(unheard),
    )


def assemble(sound: Sound, chunks: Sequence[HeardChunk], echo_of: str | None = None) -> Speech:
    """Put together what was heard.

    Parameters
    ----------
    sound : what the whole recording's sound says.
    chunks : what was read of it, in order of time.
    echo_of : as for `place_words`.
    """
    placed = place_words(sound.frames, chunks, echo_of)
    heard = [
        HeardLanguage(
            chunk.reading.language,
            chunk.reading.language_probability,
            chunk.reading.span.duration_s,
        )
        for chunk in chunks
    ]
    return Speech(
        duration_s=sound.duration_s,
        words=placed.words,
        filled_pauses=placed.filled_pauses,
        silent_pauses=placed.silent_pauses,
        repairs=placed.repairs,
        speech_spans=placed.speech_spans,
        prosody=sound.prosody,
        quality=sound.quality,
        language=main_language(heard),
        doubts=find_doubts(placed.words, placed.speech_spans, heard, placed.unheard),
    )
