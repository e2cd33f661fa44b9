"""Back from a kept assessment to what a report shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.clarity.findings import (
    FINDING_KINDS,
    Clarity,
    CriterionEvidence,
    Finding,
    Strength,
)
from simulator.speech.marking import Piece, mark
from simulator.speech.timeline import FilledPause, Repair, SilentPause, Word


def pieces_from(record: Mapping[str, Any]) -> tuple[Piece, ...]:
    """The marked transcript of a kept assessment; empty where only text was given."""
    return mark(
        [Word(**item) for item in record["words"]],
        [FilledPause(**item) for item in record["filled_pauses"]],
        [SilentPause(**item) for item in record["silent_pauses"]],
        [Repair(**item) for item in record["repairs"]],
    )


def clarity_from(record: Mapping[str, Any]) -> Clarity:
    """What was judged of the answer, as far as a report shows it."""
    kept = record["clarity"]
    kinds = {kind: kind for kind in FINDING_KINDS}
    return Clarity(
        score=kept["score"],
        findings=tuple(
            Finding(**{**item, "kind": kinds[item["kind"]]}) for item in kept["findings"]
        ),
        strength=None if kept["strength"] is None else Strength(**kept["strength"]),
        follow_up=kept["follow_up"],
        cannot_judge=tuple(kept["cannot_judge"]),
        clean_text=kept.get("clean_text", ""),
        start_with=kept.get("start_with"),
        evidence=tuple(CriterionEvidence(**item) for item in kept.get("evidence", ())),
        left_out=tuple((start, end) for start, end in kept.get("left_out", ())),
        rewritten=kept.get("rewritten"),
    )
