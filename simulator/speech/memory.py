"""What the reader remembers while it reads on: the sound just before a chunk, and its words.

A chunk cut out at its pauses is harder to read than the same words in their surroundings: the
encoder hears a voice for the first time, the decoder begins in mid-thought. So a chunk is read
together with the sound before it, and what was read there is put into the decoder's mouth. Word
errors of base in 2489 words of composed answers, natural speech and interviews: 138 and 148 chunk
by chunk (two runs), 120 and 121 with ten seconds of memory; plain faster-whisper 125 and 128.

Every second of it costs time at the stop, though: more for the encoder to hear, and the decoder
takes a step for each token in its mouth. With base, twelve seconds at once, memory and chunk
together, make 117 errors where ten on top of the chunk make 115 (cut at the same places), in two
thirds of the time. The tiny models need more to go by and are quicker: tiny.en makes 159 errors
with twelve seconds at once and 141 with fourteen on top of the chunk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from simulator.speech.timeline import SAMPLE_RATE_HZ, Span

LONGEST_HEARD_S = 29.0
"""What fits Whisper's 30 s."""

MOST_TOKENS = 150
"""Of what is put into the decoder's mouth: Whisper has room for 448, prompt and answer too."""

MOST_EARLIER_TOKENS = 100
"""Of the words before that, which the decoder is shown as text alone."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of what came before is heard again with a chunk; all in seconds.

    Attributes
    ----------
    at_once_s : memory and chunk together.
    least_s : a long chunk still needs to know how it began.
    most_s : before a short one, more changes nothing.
    """

    at_once_s: float
    least_s: float
    most_s: float

    def before_s(self, chunk_s: float) -> float:
        """How long before a chunk of that length the memory may begin."""
        reach_s = max(self.least_s, min(self.most_s, self.at_once_s - chunk_s))
        return max(0.0, min(reach_s, LONGEST_HEARD_S - chunk_s))


SHORT_REACH = Reach(at_once_s=12.0, least_s=4.0, most_s=10.0)
"""Keeps the wait at the stop short."""

LONG_REACH = Reach(at_once_s=LONGEST_HEARD_S, least_s=4.0, most_s=14.0)
"""For the tiny models."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A chunk that has been read.

    Attributes
    ----------
    span : its place in the recording.
    tokens, verbatim_tokens : what the two decodings wrote.
    trusted : false where the reading looked wrong: nothing is built on it.
    """

    span: Span
    tokens: tuple[int, ...]
    verbatim_tokens: tuple[int, ...]
    trusted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What was heard up to the first sample of a chunk; false where it is nothing.

    Attributes
    ----------
    samples : np.ndarray [shape=(n,), float32], sound that ends where the chunk begins.
    tokens, verbatim_tokens : what was read in that sound.
    earlier : what was read before it, the last tokens.
    """

    samples: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    tokens: tuple[int, ...] = ()
    verbatim_tokens: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(len(self.samples) or self.earlier)


NOTHING_BEFORE = Before()


def remember(
    chunk: Span,
    read: Sequence[Remembered],
    sound: NDArray[np.float32],
    reach: Reach = SHORT_REACH,
) -> Before:
    """What to remember for a chunk.

    Parameters
    ----------
    chunk : the chunk's place in the recording.
    read : the chunks before it, in order of time.
    sound : np.ndarray [shape=(n,), float32, 16 kHz], what was recorded up to the chunk's first
        sample; at least as much as is in reach, or all there is.
    reach : how much of it is heard again.

    Returns
    -------
    Before
        Reaches back over whole chunks, never past one that is not trusted.
    """
    heard: list[Remembered] = []
    told: list[Remembered] = []
    tokens = 0
    for one in reversed(read):
        if not one.trusted:
            break
        tokens += max(len(one.tokens), len(one.verbatim_tokens))
        near = chunk.start_s - one.span.start_s <= reach.before_s(chunk.duration_s)
        if near and tokens <= MOST_TOKENS and not told:
            heard.insert(0, one)
        else:
            told.insert(0, one)
        if tokens >= MOST_TOKENS + MOST_EARLIER_TOKENS:
            break
    count = round((chunk.start_s - heard[0].span.start_s) * SAMPLE_RATE_HZ) if heard else 0
    earlier = tuple(token for one in told for token in one.tokens)
    return Before(
        samples=sound[len(sound) - min(count, len(sound)) :],
        tokens=tuple(token for one in heard for token in one.tokens),
        verbatim_tokens=tuple(token for one in heard for token in one.verbatim_tokens),
        earlier=earlier[-MOST_EARLIER_TOKENS:],
    )
