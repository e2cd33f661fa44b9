"""Answers that were cut off: what a killed program left on disk becomes an attempt after all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from simulator.assessment import Assessment, Assessor
from simulator.audio.files import write_flac
from simulator.audio.recorder import Recording, Unfinished, unfinished
from simulator.errors import UsageError
from simulator.library.attempts import Attempt
from simulator.library.store import Library
from simulator.practice.keeping import Asked, attempt_from, keep
from simulator.practice.session import question_of

CUT_OFF = "cut_off"
"""Note on an attempt whose recording ended with the program."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """An answer that was cut off: what is left of it, and what had been asked."""

    left: Unfinished
    asked: Asked

    @property
    def duration_s(self) -> float:
        """How much was kept, in seconds."""
        return self.left.duration_s


@dataclass(frozen=True, slots=True, eq=False)
class Recovered:
    """An attempt made of it; ``assessment`` is None where only its sound had been missing."""

    attempt_id: str
    assessment: Assessment | None


def find_cut_off(folder: Path) -> tuple[CutOff, ...]:
    """The answers that wait to be finished, oldest first; none that is being recorded now."""
    return tuple(CutOff(left, _asked(left)) for left in unfinished(folder) if not left.being_made)


def finish_cut_off(cut: CutOff, library: Library, assessor: Callable[[], Assessor]) -> Recovered:
    """Judge what was kept of an answer and keep it as an attempt, then let go of the raw sound.

    Parameters
    ----------
    cut : as `find_cut_off` gave it.
    library : where attempts are kept.
    assessor : gives the loaded models.

    Raises
    ------
    OSError : the sound cannot be written; the raw file stays.
    """
    recording = cut.left.read()
    kept = _kept(library, cut.asked.attempt_id)
    if kept is not None:
        name = _write(library, kept.attempt_id, recording)
        whole = library.assessment_json(kept.attempt_id)
        library.add(replace(kept, audio_file=name), whole)
        cut.left.discard()
        return Recovered(kept.attempt_id, None)
    assessment = assessor().assess_recording(recording, question_of(cut.asked))
    name = _write(library, cut.asked.attempt_id, recording)
    keep(library, attempt_from(cut.asked, assessment, name, None, (CUT_OFF,)), assessment)
    cut.left.discard()
    return Recovered(cut.asked.attempt_id, assessment)


def _write(library: Library, attempt_id: str, recording: Recording) -> str:
    path = library.folder / f"{attempt_id}.flac"
    write_flac(path, recording.samples, recording.sample_rate_hz)
    return path.name


def _kept(library: Library, attempt_id: str) -> Attempt | None:
    try:
        return library.attempt(attempt_id)
    except UsageError:
        return None


def _asked(left: Unfinished) -> Asked:
    """What had been asked; where the facts do not say, an answer to nothing known."""
    try:
        return Asked.from_facts(left.attempt_id, left.facts)
    except (KeyError, ValueError, StopIteration):
        return Asked(
            attempt_id=left.attempt_id,
            kind="imported",
            started_at=datetime.fromtimestamp(left.pcm.stat().st_mtime, UTC),
            session_id=left.attempt_id,
            scenario_id=None,
            question_id=None,
            question_text=None,
            judged_text=None,
            criterion=None,
            interviewer=None,
        )
