"""A copy of the library that other programs can read."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from simulator.library.attempts import Attempt
from simulator.library.store import Library


def export_library(library: Library, into: Path) -> int:
    """Write each attempt as ``ID.json`` and its sound as ``ID.flac``; returns how many.

    Raises
    ------
    OSError : the disk refuses.
    """
    into.mkdir(parents=True, exist_ok=True)
    attempts = library.attempts()
    for attempt in attempts:
        record = _record(attempt)
        record["assessment"] = json.loads(library.assessment_json(attempt.attempt_id))
        path = into / f"{attempt.attempt_id}.json"
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8")
        audio = library.audio_path(attempt)
        if audio is not None:
            shutil.copyfile(audio, into / audio.name)
    return len(attempts)


def _record(attempt: Attempt) -> dict[str, object]:
    record: dict[str, object] = asdict(attempt)
    record["started_at"] = attempt.started_at.isoformat()
    return record
