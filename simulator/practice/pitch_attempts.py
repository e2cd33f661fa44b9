"""Pitches that were kept, read again from their assessments."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.clarity.findings import Sentence
from simulator.library.attempts import Attempt
from simulator.library.store import Library
from simulator.practice.pitch import Likeness, PitchTiming, time_pitch
from simulator.practice.pitch_versions import PitchVersion
from simulator.practice.weak_spots import own_attempts
from simulator.speech.timeline import Word

PAUSE_S = 0.7
"""A pause that ends a sentence where the recogniser set no full stop [judgement]."""
MOST_WORDS = 40


def pitch_timing(
    words: Sequence[Word], length_s: float, likeness: Likeness | None = None
) -> PitchTiming:
    """Lay spoken words against the clock; times count from the beginning of the answer."""
    return time_pitch(sentences_of_words(words), words, length_s, likeness)


def sentences_of_words(words: Sequence[Word]) -> tuple[Sentence, ...]:
    """Sentences from timed words: at full stops, at long pauses, and never endless."""
    sentences: list[Sentence] = []
    current: list[Word] = []
    at = 0
    for place, word in enumerate(words):
        current.append(word)
        following = words[place + 1] if place + 1 < len(words) else None
        paused = following is not None and following.start_s - word.end_s >= PAUSE_S
        ended = word.text.rstrip("\"'”’)")[-1:] in tuple(".!?…")
        if ended or paused or following is None or len(current) >= MOST_WORDS:
            text = " ".join(each.text for each in current)
            sentences.append(
                Sentence(text, at, at + len(text), current[0].start_s, current[-1].end_s)
            )
            at += len(text) + 1
            current = []
    return tuple(sentences)


def words_kept(assessment: Mapping[str, Any]) -> tuple[Word, ...]:
    """The timed words of a kept assessment, schema 1."""
    return tuple(
        Word(
            float(row["start_s"]),
            float(row["end_s"]),
            str(row["text"]),
            float(row["probability"] if row["probability"] is not None else 0.0),
        )
        for row in assessment.get("words", [])
    )


def pitch_versions(
    library: Library,
    attempts: Sequence[Attempt],
    length_s: float,
    likeness: Likeness | None = None,
) -> tuple[PitchVersion, ...]:
    """The versions among some attempts, all laid against the same clock in the same way.

    An attempt that was given another length is another pitch; one of unknown length counts.
    """
    found = []
    for attempt in own_attempts(attempts):
        if attempt.time_limit_s not in (None, length_s):
            continue
        record = json.loads(library.assessment_json(attempt.attempt_id))
        found.append(
            PitchVersion(
                attempt_id=attempt.attempt_id,
                said_at=attempt.started_at,
                transcript=attempt.transcript,
                timing=pitch_timing(words_kept(record), length_s, likeness),
                clarity=attempt.measures.get("clarity_score"),
            )
        )
    return tuple(found)
