"""What the prompted decoding says about filled pauses, beyond the ones that it wrote down.

While Whisper writes, it weighs at every word whether a filled pause comes next. Even where it
leaves the pause out, the weight it gave rises a hundredfold over its usual one (measured on a
monologue: 0.07 to 0.45 where an unwritten "uh" was said, under 0.005 elsewhere). The weights come
with the decoding for nothing: CTranslate2 returns them when asked for its logits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.speech.timeline import FilledPauseLabel, Span

WRITTEN_FORMS = (" um", " uh", " Um", " Uh", "Um", "Uh", " er", " erm", " uhm", " Uhm", " hmm",
                 " Hmm", " mm", " Mm", " ah", " Ah")  # fmt: skip
"""How Whisper's vocabulary begins a filled pause; those that are one token count."""

_UM = re.compile(r"^(u+h*m+|e+r+h*m+|a+h+m+)$")
_UH = re.compile(r"^(u+h+|e+r+|e+h+|a+h+)$")
_HUM = re.compile(r"^(h+m+|m+)$")


@dataclass(frozen=True, slots=True)
class Hesitation(Span):
    """The place between two prompted words, and how much the decoder wanted a filled pause there.

    ``probability`` is the largest weight that it gave to all filled pauses together, 0 to 1.
    """

    probability: float


@dataclass(frozen=True, slots=True)
class AlignedWord(Span):
    """A prompted word with the number of its tokens."""

    tokens: int


def label_of(text: str) -> FilledPauseLabel | None:
    """The label of a written filled pause; None for any other word.

    >>> label_of("Um,"), label_of("uhh"), label_of("mm"), label_of("am"), label_of("uh-huh")
    ('um', 'uh', 'hmm', None, None)
    """
    plain = re.sub(r"[^a-z-]", "", text.lower()).strip("-")
    if _HUM.match(plain):
        return "hmm" if plain != "m" else None
    if _UM.match(plain):
        return "um"
    if _UH.match(plain):
        return "uh"
    return None


def filler_tokens(encode: Callable[[str], Sequence[int]]) -> tuple[int, ...]:
    """Tokens that begin a filled pause in a tokenizer's vocabulary."""
    tokens = (encode(form) for form in WRITTEN_FORMS)
    return tuple(sorted({t[0] for t in tokens if len(t) == 1}))


def filler_probabilities(logits: NDArray[np.float32], tokens: Sequence[int]) -> NDArray[np.float32]:
    """Weight on a filled pause at every step of a decoding.

    Parameters
    ----------
    logits : np.ndarray [shape=(n_steps, n_vocabulary), float32]
        As CTranslate2's ``generate(..., return_logits_vocab=True)`` gives them.
    tokens : of `filler_tokens`.

    Returns
    -------
    np.ndarray [shape=(n_steps,), float32]
    """
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised[:, list(tokens)].sum(axis=1) / raised.sum(axis=1), np.float32)


def hesitations(
    words: Sequence[AlignedWord], probabilities: NDArray[np.float32], end_s: float
) -> tuple[Hesitation, ...]:
    """The weights by place: one before each prompted word, one after the last.

    Parameters
    ----------
    words : in order, with the times and token counts of their alignment, punctuation included.
    probabilities : of `filler_probabilities`, a step a token, then the step that ended it.
    end_s : end of the chunk, in the words' time.

    Returns
    -------
    tuple of Hesitation
        Each reaches from the middle of the word before to the middle of the word after: a pause
        that was not written down is swallowed by one of the two.
    """
    found: list[Hesitation] = []
    step = 0
    before_s = words[0].start_s if words else 0.0
    for word in words:
        weight = float(probabilities[step : step + word.tokens].max(initial=0.0))
        middle_s = (word.start_s + word.end_s) / 2
        found.append(Hesitation(before_s, max(before_s, middle_s), weight))
        before_s, step = middle_s, step + word.tokens
    if step < len(probabilities):
        found.append(Hesitation(before_s, max(before_s, end_s), float(probabilities[step:].max())))
    return tuple(found)
