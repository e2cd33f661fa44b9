"""The end of a sitting at the terminal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from simulator.practice import wording_sitting as say
from simulator.practice.sitting_report import SittingReport, report_on

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.library.store import Library

RECENT = 80
"""Attempts that are read: more than any rule looks back on."""

MOST_STRENGTHS = 2


def show_sitting(console: Console, library: Library, session_id: str) -> None:
    """Look back on a whole sitting; of a single answer only where a focus stands."""
    from simulator.library.focuses import Focuses

    recent = library.attempts(newest=RECENT)
    report = report_on(session_id, recent, Focuses(library.db).active())
    if len(report.answers) > 1:
        _show_answers(console, library, report)
    if report.answers and report.focuses:
        from simulator.practice.wording_plan import focus_lines

        console.print(f"\n{say.FOCUS_HEADING}", style="bold")
        for state in report.focuses:
            console.print(focus_lines(state), highlight=False)
    if len(report.answers) > 1:
        console.print(f"\n{say.WHAT_NEXT}", style="dim", highlight=False)


def _show_answers(console: Console, library: Library, report: SittingReport) -> None:
    from simulator.cli.report import measure_table
    from simulator.practice.wording_plan import moment_line, weak_spot_lines

    heading = say.SITTING_HEADING.format(
        answers=say.answers_noun(len(report.answers)), spoken=say.spoken_for(report.spoken_s)
    )
    console.print()
    console.rule(style="dim")
    console.print(heading, style="bold")
    for place, attempt in enumerate(report.answers, start=1):
        console.print(say.answer_line(place, attempt), highlight=False)
    _show_strengths(console, library, report)
    console.print(f"\n{say.AGAIN_HEADING}", style="bold")
    if not report.again:
        console.print(say.NOTHING_AGAIN)
    for weak in report.again:
        console.print(weak_spot_lines(weak), highlight=False)
        for moment in weak.moments[:2]:
            console.print(f"  {moment_line(weak, moment)}", highlight=False)
    console.print(f"\n{say.MEASURES_HEADING}", style="bold")
    console.print(measure_table(report.measures, report.earlier))


def _show_strengths(console: Console, library: Library, report: SittingReport) -> None:
    """Quotes of what worked, as they were kept with the answers."""
    from simulator.assessment_reading import clarity_from

    kept = [
        clarity_from(json.loads(library.assessment_json(attempt.attempt_id))).strength
        for attempt in report.answers
    ]
    strengths = [strength for strength in kept if strength is not None]
    if strengths:
        console.print(f"\n{say.WORKED_HEADING}", style="bold")
    for strength in strengths[:MOST_STRENGTHS]:
        console.print(f"“{strength.quote}”", highlight=False, style="italic")
        console.print(f"  {strength.why}", highlight=False)
