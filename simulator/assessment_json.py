"""The assessment as other programs read it: schema 1, one object an answer.

Add fields freely; never rename or drop one without raising `SCHEMA`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from simulator.assessment import Assessment
from simulator.delivery.words import delivery_notes
from simulator.speech.contour import melody_of
from simulator.speech.timeline import Span

SCHEMA = 1


def to_json(assessment: Assessment) -> str:
    """One line of JSON; undefined numbers are null, never NaN."""
    return json.dumps(to_record(assessment), ensure_ascii=False, allow_nan=False)


def to_record(assessment: Assessment) -> dict[str, Any]:
    """The assessment as plain values."""
    speech = assessment.speech
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "audio": _audio(assessment),
        "transcript": assessment.transcript,
        "words": [] if speech is None else _rows(speech.words),
        "filled_pauses": [] if speech is None else _rows(speech.filled_pauses),
        "silent_pauses": [] if speech is None else _rows(speech.silent_pauses),
        "repairs": [] if speech is None else _rows(speech.repairs),
        "delivery": None if assessment.delivery is None else _plain(assessment.delivery),
        "delivery_notes": []
        if assessment.delivery is None
        else list(delivery_notes(assessment.delivery)),
        "clarity": _plain(assessment.clarity),
        "provenance": _plain(assessment.provenance),
    }
    if speech is not None:
        record["language"] = speech.language
        record["doubts"] = list(speech.doubts)
        record["melody"] = _plain(melody_of(speech.prosody.f0_hz))
    return record


def _audio(assessment: Assessment) -> dict[str, Any] | None:
    speech = assessment.speech
    if speech is None:
        return None
    return {
        "duration_s": round(speech.duration_s, 3),
        "sample_rate_hz": assessment.sample_rate_hz,
        "quality": _plain(speech.quality),
    }


def _rows(items: Sequence[Span]) -> list[dict[str, Any]]:
    return [_plain(item) for item in items]


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, float):
        return round(value, 4) if math.isfinite(value) else None
    if hasattr(value, "tolist"):  # NumPy scalars and arrays
        return _plain(value.tolist())
    return value
