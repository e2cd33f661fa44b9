"""A finished debrief is kept, and its questions become a scenario in the person's own folder."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from simulator.library.debriefs import Debrief, Debriefs, Note
from simulator.practice.debrief_flow import Flow, to_debrief
from simulator.practice.debrief_scenario import scenario_of
from simulator.practice.scenario import Scenario
from simulator.practice.scenario_writing import scenario_text
from simulator.practice.thoughts import AnsweredThought, answer_thoughts

SCENARIO_NOTE = "Questions remembered from a real interview. Change them as you like."


@dataclass(frozen=True, slots=True)
class KeptDebrief:
    """What came of a debrief: the record, the scenario (None without questions), answers."""

    debrief: Debrief
    scenario: Scenario | None
    thoughts: tuple[AnsweredThought, ...]


def keep_debrief(
    flow: Flow, debrief_id: str, now: datetime, debriefs: Debriefs, own_scenarios: Path
) -> KeptDebrief:
    """Keep a complete flow.

    Parameters
    ----------
    flow : with nothing left to ask.
    debrief_id : short, unique, sorts by time.
    now : timezone-aware, UTC.
    debriefs : where it is kept.
    own_scenarios : the folder its questions are written to, as a scenario of their own.
    """
    debrief = to_debrief(flow, debrief_id, now)
    debriefs.keep(debrief)
    scenario = scenario_of(debrief, own_scenarios)
    if scenario is not None:
        own_scenarios.mkdir(parents=True, exist_ok=True)
        scenario.file.write_text(scenario_text(scenario, note=SCENARIO_NOTE), encoding="utf-8")
    words = [note.text for note in debrief.notes]
    return KeptDebrief(debrief, scenario, answer_thoughts(words))


def add_feedback(debrief: Debrief, text: str) -> Debrief:
    """The debrief with feedback that was received: what they said is evidence."""
    note = Note(" ".join(text.split()), "feedback", "evidence", "they said it", "person")
    return replace(debrief, notes=(*debrief.notes, note))
