"""Attempts as tests need them: only what matters is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.library.attempts import Attempt, AttemptFinding

START = datetime(2025, 3, 1, 18, 0, tzinfo=UTC)


def attempt(
    day: float = 0,
    *findings: str,
    measures: dict[str, float | None] | None = None,
    scenario: str | None = "final-round-panel",
    question: str | None = "what-you-take-on",
    quote: str = "as it was said",
    **other: Any,
) -> Attempt:
    """An attempt so many days after the start, with these kinds of finding."""
    started_at = START + timedelta(days=day)
    values: dict[str, Any] = {
        "attempt_id": f"{started_at:%Y%m%d-%H%M%S}",
        "kind": "practice",
        "started_at": started_at,
        "session_id": f"{started_at:%Y%m%d}",
        "scenario_id": scenario,
        "question_id": question,
        "question_text": "Why you?",
        "criterion": "role_strengths",
        "duration_s": 60.0,
        "transcript": "I have done it before.",
        "measures": {"clarity_score": 0.6, **(measures or {})},
        "findings": tuple(AttemptFinding(kind, quote, 1.0, 2.0) for kind in findings),
        "analyser": "1",
        "models": {},
        **other,
    }
    return Attempt(**values)
