"""Labelled clips as they lie on disk: a folder a set, one FLAC and one JSON a clip."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from simulator.speech.timeline import Span, Word

Situation = Literal["one_person", "meeting", "recall_only", "read", "unscored"]

NATURAL_SETS = ("mfa_monologue", "batchalign_test", "speecheditor")
"""One person talking, with verbatim words and their times."""

COMPOSED_SET = "composed"


@dataclass(frozen=True, slots=True)
class Label:
    """A sound that a person marked. ``span`` is None where only its presence is known."""

    label: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Clip:
    """One labelled recording.

    Attributes
    ----------
    id, set_name : its names.
    audio : file.
    duration_s : length.
    transcript : the words as said, filled pauses included, markup of the labellers too.
    words : with times; empty where none are known.
    filled_pauses : um, uh, er: what is scored.
    set_aside : hums and doubtful marks: finding one is neither right nor wrong.
    pauses : silent pauses between the first and the last word; None where nobody marked any.
    situation : who speaks, and what the labels can carry.
    """

    id: str
    set_name: str
    audio: Path
    duration_s: float
    transcript: str
    words: tuple[Word, ...]
    filled_pauses: tuple[Label, ...]
    set_aside: tuple[Label, ...]
    pauses: tuple[Span, ...] | None
    situation: Situation

    @property
    def has_plain_words(self) -> bool:
        """Whether the transcript can be compared word by word."""
        return self.situation in ("one_person", "read", "recall_only") and not any(
            mark in self.transcript for mark in "<["
        )


def read_clips(data: Path, sets: Iterable[str] | None = None) -> list[Clip]:
    """Read every clip of the folder, or of the named sets, in order of name.

    Raises
    ------
    SystemExit : the folder holds no clips; says what is looked for.
    """
    wanted = set(sets) if sets is not None else None
    found = [
        read_clip(file)
        for file in sorted(data.glob("*/*.json"))
        if file.with_suffix(".flac").is_file() and (wanted is None or file.parent.name in wanted)
    ]
    if not found:
        raise SystemExit(f"no labelled clips (SET/ID.flac with SET/ID.json) in {data}")
    return found


def read_clip(file: Path) -> Clip:
    """Read one clip's labels."""
    record = json.loads(file.read_text(encoding="utf-8"))
    marked = record.get("fillers") or []
    scored = [m for m in marked if m["kind"] == "filled_pause" and not m.get("doubtful")]
    aside = [m for m in marked if m["kind"] == "hum" or m.get("doubtful")]
    words = tuple(
        Word(w["start"], w["end"], w["word"], 1.0)
        for w in record.get("words") or []
        if w.get("start") is not None
    )
    set_name = file.parent.name
    has_pauses = set_name in (*NATURAL_SETS, COMPOSED_SET)
    return Clip(
        id=record["id"],
        set_name=set_name,
        audio=file.with_suffix(".flac"),
        duration_s=float(record["duration_s"]),
        transcript=record["transcript_verbatim"],
        words=words,
        filled_pauses=tuple(_label(m) for m in scored),
        set_aside=tuple(_label(m) for m in aside),
        pauses=tuple(Span(p["start"], p["end"]) for p in record.get("pauses") or [])
        if has_pauses
        else None,
        situation=_situation(record, set_name),
    )


def _label(mark: dict[str, Any]) -> Label:
    if mark.get("start") is None:
        return Label(mark["label"], None)
    return Label(mark["label"], Span(mark["start"], max(mark["end"], mark["start"])))


def _situation(record: dict[str, Any], set_name: str) -> Situation:
    if record.get("filler_labels_complete") is False:
        return "recall_only"
    if record.get("fillers") is None:
        return "unscored"
    if (record.get("n_speakers") or 1) > 1:
        return "meeting"
    read = "read" in str(record.get("style", "")).split() or set_name == COMPOSED_SET
    return "read" if read and not record["fillers"] else "one_person"
