"""From an assessed answer to an attempt in the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from simulator.assessment import Assessment
from simulator.assessment_json import to_json
from simulator.delivery.measures import Delivery
from simulator.library.attempts import Attempt, AttemptFinding, AttemptKind
from simulator.library.store import Library


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, by whom, when: everything about an attempt but the answer itself.

    ``question_text`` is as it was said aloud, lead-in and all; ``judged_text`` the question alone,
    which the answer is judged by.
    """

    attempt_id: str
    kind: AttemptKind
    started_at: datetime
    session_id: str
    scenario_id: str | None
    question_id: str | None
    question_text: str | None
    judged_text: str | None
    criterion: str | None
    interviewer: str | None
    expected_points: tuple[str, ...] = ()
    time_limit_s: float | None = None

    def facts(self) -> dict[str, str]:
        """As plain text, kept beside a recording so that a later start can finish the attempt."""
        found = {
            "kind": self.kind,
            "started_at": self.started_at.isoformat(),
            "session_id": self.session_id,
            "scenario_id": self.scenario_id,
            "question_id": self.question_id,
            "question_text": self.question_text,
            "judged_text": self.judged_text,
            "criterion": self.criterion,
            "interviewer": self.interviewer,
            "expected_points": "\n".join(self.expected_points) or None,
            "time_limit_s": None if self.time_limit_s is None else str(self.time_limit_s),
        }
        return {name: value for name, value in found.items() if value is not None}

    @classmethod
    def from_facts(cls, attempt_id: str, facts: Mapping[str, str]) -> Asked:
        """Undo `facts`."""
        return cls(
            attempt_id=attempt_id,
            kind=_kind(facts["kind"]),
            started_at=datetime.fromisoformat(facts["started_at"]),
            session_id=facts["session_id"],
            scenario_id=facts.get("scenario_id"),
            question_id=facts.get("question_id"),
            question_text=facts.get("question_text"),
            judged_text=facts.get("judged_text"),
            criterion=facts.get("criterion"),
            interviewer=facts.get("interviewer"),
            expected_points=tuple(facts.get("expected_points", "").splitlines()),
            time_limit_s=float(facts["time_limit_s"]) if "time_limit_s" in facts else None,
        )


def attempt_from(
    asked: Asked,
    assessment: Assessment,
    audio_file: str | None,
    self_rating: int | None,
    notes: tuple[str, ...] = (),
) -> Attempt:
    """Put what was asked and what was measured together."""
    speech = assessment.speech
    return Attempt(
        attempt_id=asked.attempt_id,
        kind=asked.kind,
        started_at=asked.started_at,
        session_id=asked.session_id,
        scenario_id=asked.scenario_id,
        question_id=asked.question_id,
        question_text=asked.question_text,
        criterion=asked.criterion,
        interviewer=asked.interviewer,
        time_limit_s=asked.time_limit_s,
        duration_s=0.0 if speech is None else round(speech.duration_s, 3),
        transcript=assessment.transcript,
        measures=measures_of(assessment),
        findings=tuple(
            AttemptFinding(finding.kind, finding.quote, finding.start_s, finding.end_s)
            for finding in assessment.clarity.findings
        ),
        analyser=assessment.provenance.analyser,
        models=assessment.provenance.models,
        self_rating=self_rating,
        audio_file=audio_file,
        usable=speech is None or (speech.quality.usable and speech.trusted),
        notes=notes,
    )


def measures_of(assessment: Assessment) -> dict[str, float | None]:
    """Every measure that is one number, by name; None where it is undefined."""
    found: dict[str, float | None] = {"clarity_score": assessment.clarity.score}
    if assessment.delivery is not None:
        found |= numbers_of(assessment.delivery)
    return found


def numbers_of(delivery: Delivery) -> dict[str, float | None]:
    """The delivery measures that are one number, by name; None where undefined."""
    found: dict[str, float | None] = {}
    for item in fields(delivery):
        value = getattr(delivery, item.name)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            found[item.name] = value
    return found


def keep(library: Library, attempt: Attempt, assessment: Assessment) -> None:
    """Keep an attempt with its whole assessment."""
    library.add(attempt, to_json(assessment))


def _kind(name: str) -> AttemptKind:
    kinds: tuple[AttemptKind, ...] = ("practice", "pitch", "demo", "imported")
    return next(kind for kind in kinds if kind == name)
