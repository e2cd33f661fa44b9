"""Filled pauses (um, uh, hmm) in a chunk of speech.

Whisper was trained to leave them out, yet its encoder hears them: a small network reads them off
the encoder's states, the prompted transcript is the second witness, and a calibrated judge weighs
both with the words, the silences and the loudness around. Without weights that fit the encoder
the prompted transcript alone decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from simulator.errors import SimulatorError
from simulator.speech.filled_pause_evidence import (
    FEATURES,
    Candidate,
    ChunkEvidence,
    candidates,
)
from simulator.speech.filled_pause_judge import Judge
from simulator.speech.filled_pause_net import FrameEnsemble, load_ensemble
from simulator.speech.filled_pause_witness import label_of
from simulator.speech.timeline import FilledPause, FilledPauseSource, Span, Word

__all__ = ["ChunkEvidence", "FilledPauseModel", "hear_filled_pauses", "load_filled_pause_model"]

_HEARD_LOGIT = 0.0
"""The network heard it by itself: its peak passed one half."""

_WANTED = 4.0 - 2.9
"""The prompted decoder meant it without writing it: its weight passed 5 % (log-odds -2.9)."""

_TRANSCRIPT_ALONE = 0.6
"""Confidence in a filled pause that only the prompted transcript can vouch for: measured
precision of prompted decoding without a fitting network, 0.56 to 0.75."""

_SOUNDALIKE = frozenset({"a", "i", "i'm", "the", "er", "or", "ah", "oh", "am", "an", "eh", "her"})
_UNSURE_WORD = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class FilledPauseModel:
    """Trained weights for one encoder.

    Attributes
    ----------
    ensemble : hears filled pauses frame by frame.
    judge : weighs the evidence on each candidate.
    """

    ensemble: FrameEnsemble
    judge: Judge


def load_filled_pause_model(folder: Path, speech_model: str) -> FilledPauseModel | None:
    """The weights made for a speech model's encoder.

    Parameters
    ----------
    folder : holds ``NAME.npz`` a speech model.
    speech_model : short name ("base"), a name with a prefix ("whisper-base") or a folder's path.

    Returns
    -------
    FilledPauseModel or None
        None where there are none: the prompted transcript then decides alone.

    Raises
    ------
    SimulatorError : a file is there, but it is damaged or of another kind.
    """
    name = Path(speech_model).name
    for prefix in ("faster-whisper-", "whisper-"):
        name = name.removeprefix(prefix)
    path = folder / f"{name}.npz"
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as stored:
            judge = Judge(
                np.asarray(stored["judge_weights"], np.float32),
                float(stored["judge_bias"]),
                float(stored["judge_threshold"]),
            )
        if judge.weights.shape != (len(FEATURES),):
            raise ValueError(f"its judge weighs {judge.weights.size} things, not {len(FEATURES)}")
        return FilledPauseModel(load_ensemble(path), judge)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise SimulatorError(
            f"{path} is damaged or no filled-pause model: fetch it anew with the program, or "
            "remove it to go on without it."
        ) from error


def hear_filled_pauses(
    evidence: ChunkEvidence, model: FilledPauseModel | None
) -> tuple[tuple[FilledPause, ...], tuple[int, ...]]:
    """Filled pauses in a chunk, and the words that were really one.

    Parameters
    ----------
    evidence : of the chunk.
    model : for the encoder that made ``evidence.states``; None where there is none.

    Returns
    -------
    pauses : tuple of FilledPause
        In order of time, times counted from the start of the recording.
    disguised : tuple of int
        Indices of ``evidence.words`` that are filled pauses (a plain decoding writes "a" or
        "I'm" for "uh" and "um"): to be left out of the content.
    """
    if model is None or evidence.states.shape[-1] != model.ensemble.width:
        pauses = _from_transcript(evidence)
    else:
        probabilities = model.ensemble.probabilities(evidence.states)
        found = candidates(evidence, probabilities) if len(probabilities) else ()
        pauses = tuple(
            _as_pause(candidate, sure, evidence.start_s)
            for candidate, sure in model.judge.accepted(found)
        )
    return pauses, _disguised(evidence.words, evidence.prompted_words, pauses)


def _as_pause(candidate: Candidate, confidence: float, offset_s: float) -> FilledPause:
    heard = candidate.feature("sound_peak") > _HEARD_LOGIT
    read = candidate.feature("written") > 0 or candidate.feature("wanted") > _WANTED
    source: FilledPauseSource = "both" if heard and read else "sound" if heard else "transcript"
    return FilledPause(
        start_s=round(candidate.start_s + offset_s, 3),
        end_s=round(candidate.end_s + offset_s, 3),
        label=candidate.label,
        confidence=round(confidence, 4),
        source=source,
    )


def _from_transcript(evidence: ChunkEvidence) -> tuple[FilledPause, ...]:
    pauses: list[FilledPause] = []
    for word in (*evidence.prompted_words, *evidence.words):
        label = label_of(word.text)
        if label is None or word.duration_s <= 0 or any(word.overlap_s(p) > 0 for p in pauses):
            continue
        sure = round(_TRANSCRIPT_ALONE * word.probability, 4)
        pauses.append(FilledPause(word.start_s, word.end_s, label, sure, "transcript"))
    return tuple(sorted(pauses, key=lambda p: p.start_s))


def _disguised(
    words: Sequence[Word], prompted: Sequence[Word], pauses: Sequence[FilledPause]
) -> tuple[int, ...]:
    """Words spelled as filled pauses, and sound-alikes under one that the prompted pass lacks."""
    missing = _missing_from(words, prompted)
    found = []
    for index, word in enumerate(words):
        if label_of(word.text):
            found.append(index)
            continue
        if _bare(word.text) not in _SOUNDALIKE:
            continue
        doubtful = word.probability < _UNSURE_WORD or index in missing
        if doubtful and any(_under(word, pause) for pause in pauses):
            found.append(index)
    return tuple(found)


def _missing_from(words: Sequence[Word], prompted: Sequence[Word]) -> frozenset[int]:
    """Indices of words for which the prompted pass has none or another."""
    if not prompted:
        return frozenset()
    kept: set[int] = set()
    matcher = SequenceMatcher(
        None, [_bare(w.text) for w in words], [_bare(w.text) for w in prompted], autojunk=False
    )
    for block in matcher.get_matching_blocks():
        kept.update(range(block.a, block.a + block.size))
    return frozenset(range(len(words))) - kept


def _under(word: Span, pause: Span) -> bool:
    """Whether a filled pause takes up most of a word (or most of it lies in the word)."""
    shorter_s = min(word.duration_s, pause.duration_s)
    return shorter_s > 0 and word.overlap_s(pause) > 0.6 * shorter_s


def _bare(text: str) -> str:
    return text.lower().strip(' .,?!;:"-…')
