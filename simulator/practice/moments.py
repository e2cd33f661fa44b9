"""The moments behind a measure: where in a recording the events lie that it counts.

A weak spot that is a finding has its own moment; one that is a measure is shown by its events,
read from the assessment that was kept with the attempt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.speech.timeline import Span

LEAST_PAUSE_S = 0.5
"""Within a clause; the shorter ones are hard to hear as pauses [judgement]."""


def events_behind(measure: str, assessment: Mapping[str, Any]) -> tuple[Span, ...]:
    """Where the events lie that a measure counts.

    Parameters
    ----------
    measure : a measure's name.
    assessment : as kept with an attempt, schema 1.

    Returns
    -------
    tuple of Span : in order of time; empty for measures of the whole answer, such as its pace.
    """
    if measure.startswith("filled_pauses"):
        return _spans(assessment.get("filled_pauses", []))
    if measure.startswith("repairs"):
        return _spans(assessment.get("repairs", []))
    pauses = assessment.get("silent_pauses", [])
    if measure == "response_latency_s":
        return _spans([row for row in pauses if row["position"] == "before_answer"])
    if measure == "silent_pauses_within_clause_per_minute":
        inside = [row for row in pauses if row["position"] == "within_clause"]
        return tuple(span for span in _spans(inside) if span.duration_s >= LEAST_PAUSE_S)
    return ()


def quote_around(assessment: Mapping[str, Any], span: Span, words: int = 4) -> str:
    """The words spoken just before and after a moment, copied from the transcript."""
    spoken: Sequence[Mapping[str, Any]] = assessment.get("words", [])
    before = [str(word["text"]) for word in spoken if word["end_s"] <= span.start_s + 0.05]
    after = [str(word["text"]) for word in spoken if word["start_s"] >= span.end_s - 0.05]
    return " ".join([*before[-words:], "…", *after[:words]])


def _spans(rows: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(float(row["start_s"]), float(row["end_s"])) for row in rows)
