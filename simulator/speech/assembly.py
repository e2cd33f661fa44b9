"""Everything heard of a recording, put together into one `Speech`.

Runs once, at the end: by then all sound has been followed and all chunks have been read, and what
is left to decide takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from simulator.speech.timeline import SAMPLE_RATE_HZ, Prosody, Span, Speech
from simulator.speech.word_edges import snap_word_edges

if TYPE_CHECKING:
    from simulator.speech.ear import HeardChunk


def assemble(
    samples: NDArray[np.float32],
    chunks: Sequence[HeardChunk],
    activity: Activity,
    prosody: Prosody,
    gaps: Sequence[Span] = (),
    echo_of: str | None = None,
    weights: SpeechFrameWeights | None = None,
) -> Speech:
    """Put together what was heard.

    Parameters
    ----------
    samples : np.ndarray [shape=(n,), float32, 16 kHz], the whole recording.
    chunks : what was read of it, in order of time.
    activity, prosody : its tracks.
    gaps : where the device lost sound.
    echo_of : what a loudspeaker said just before; its last words are left out.
    weights : that tell speech from silence; None for those that ship.
    """
    frames = speech_frames(activity, weights or load_speech_frame_weights())
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
    heard = [
        HeardLanguage(
            chunk.reading.language,
            chunk.reading.language_probability,
            chunk.reading.span.duration_s,
        )
        for chunk in chunks
    ]
    return Speech(
        duration_s=len(samples) / SAMPLE_RATE_HZ,
        words=words,
        filled_pauses=filled_pauses,
        silent_pauses=silent_pauses,
        repairs=find_repairs(words, filled_pauses, silent_pauses),
        speech_spans=spans,
        prosody=prosody,
        quality=measure_quality(samples, activity, frames, gaps),
        language=main_language(heard),
        doubts=find_doubts(words, spans, heard, len(unheard)),
    )
