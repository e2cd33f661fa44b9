"""The value types the library keeps: attempts, and what the rules over many of them need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

AttemptKind = Literal["practice", "pitch", "demo", "imported"]


@dataclass(frozen=True, slots=True)
class AttemptFinding:
    """A clarity finding as it was kept with an attempt."""

    kind: str
    quote: str
    start_s: float | None
    end_s: float | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One recorded answer to one question, with everything measured from it.

    Attributes
    ----------
    attempt_id : short, unique, sorts by time.
    kind : ``demo`` attempts are example answers, not the person's own: never in any trend.
    started_at : when the answer began, timezone-aware, UTC.
    session_id : the sitting it belongs to.
    scenario_id, question_id : None for imported recordings that name no question.
    question_text : as it was asked, word for word.
    criterion : what the question is after, one of the scenario's criteria.
    interviewer : the persona that asked (``warm``, ``neutral``, ...).
    duration_s : length of the recording.
    transcript : verbatim text.
    measures : delivery measures and ``clarity_score``, by name; None is undefined.
    findings : clarity findings, the most important first.
    self_rating : the person's own, 1 to 5, given before the report was shown; None if skipped.
    analyser : version of the analyser that made the numbers.
    models : the models' names, by purpose.
    audio_file : file name inside the recordings folder, None for text only.
    usable : whether the recording can carry a judgement; others count for nothing.
    notes : short names of what was special, such as ``cut_off``.
    time_limit_s : what the answer was given; None where it was not limited or is not known.
    """

    attempt_id: str
    kind: AttemptKind
    started_at: datetime
    session_id: str
    scenario_id: str | None
    question_id: str | None
    question_text: str | None
    criterion: str | None
    duration_s: float
    transcript: str
    measures: Mapping[str, float | None]
    findings: tuple[AttemptFinding, ...]
    analyser: str
    models: Mapping[str, str]
    interviewer: str | None = None
    self_rating: int | None = None
    audio_file: str | None = None
    usable: bool = True
    notes: tuple[str, ...] = field(default=())
    time_limit_s: float | None = None
