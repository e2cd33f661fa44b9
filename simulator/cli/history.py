"""``simulator history`` and ``simulator compare``: before and after, against one's own noise."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.errors import UsageError
from simulator.places import find_places

if TYPE_CHECKING:
    from simulator.library.attempts import Attempt
    from simulator.practice.progress import Comparison

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]

SHOWN = ("clarity_score", "filled_pauses_per_minute", "words_per_minute", "pitch_range_semitones")
TREND_READ = 400
"""Attempts read for trends: eight weeks at seven a day."""


def register(app: typer.Typer) -> None:
    """Add the commands to the program's."""
    app.command("history")(history)
    app.command("compare")(compare)
    app.command("pitches")(pitches)


def history(
    *,
    limit: Annotated[int, typer.Option(help="How many attempts.", min=1)] = 20,
    question: Annotated[str | None, typer.Option(help="Only this question.")] = None,
    trends: Annotated[bool, typer.Option("--trends", help="Where the measures go.")] = False,
    pressure: Annotated[
        bool, typer.Option("--pressure", help="Asked kindly against pressingly.")
    ] = False,
    weeks: Annotated[int, typer.Option(help="How far trends look back.", min=1)] = 8,
    as_json: AsJson = False,
) -> None:
    """Show your attempts, and where your measures are going."""
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        if trends or pressure:
            found = library.attempts(question_id=question, newest=TREND_READ)
            if trends:
                _show_trends(found, weeks, as_json=as_json)
            if pressure:
                _show_pressure(found, as_json=as_json)
            return
        found = library.attempts(question_id=question, newest=limit)
    if as_json:
        from simulator.cli.as_json import to_line

        for attempt in found:
            typer.echo(to_line(attempt))
        return
    _show_table(found)


def compare(
    before: Annotated[str, typer.Argument(help="An attempt; its predecessor, if it stands alone.")],
    after: Annotated[str | None, typer.Argument(help="The later attempt.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Compare two attempts measure by measure, and side by side in words."""
    from simulator.library.store import Library
    from simulator.practice.progress import compare_attempts, previous_attempt
    from simulator.practice.side_by_side import side_by_side

    with Library(find_places().recordings) as library:
        everything = library.attempts(newest=TREND_READ)
        first = library.attempt(before)
        if after is None:
            earlier = previous_attempt(first, everything)
            if earlier is None:
                raise UsageError(
                    f"{first.attempt_id} is your first answer to its question; name two attempts."
                )
            first, second = earlier, first
        else:
            second = library.attempt(after)
    found = compare_attempts(first, second, everything)
    words = side_by_side(first.transcript, second.transcript)
    if as_json:
        from simulator.cli.as_json import to_line

        typer.echo(to_line({"comparison": found, "words": words}))
        return
    _show_comparison(found)
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    typer.echo("\n" + " ".join(marks[each.fate].format(each.text) for each in words))


def pitches(
    question: Annotated[str, typer.Argument(help="Which pitch.")] = "sixty-seconds",
    scenario: Annotated[str, typer.Option(help="Of which scenario.")] = "value-pitch",
    seconds: Annotated[float | None, typer.Option(help="Its length; as written without.")] = None,
    keep: Annotated[str | None, typer.Option(help="Keep this attempt as the best.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Show the versions of a pitch side by side; the best is kept."""
    from simulator.library.kept_pitches import KeptPitches
    from simulator.library.store import Library
    from simulator.practice.pitch_attempts import pitch_versions
    from simulator.practice.pitch_versions import best_version, change_between
    from simulator.practice.scenario_file import find_scenario
    from simulator.practice.wording_plan import pitch_change_line, pitch_lines
    from simulator.practice.wording_time import day_and_time

    places = find_places()
    asked = find_scenario(scenario, places).question(question)
    if asked is None:
        raise UsageError(f"The scenario {scenario} has no question called {question!r}.")
    with Library(places.recordings) as library:
        if keep is not None:
            KeptPitches(library.db).keep(scenario, question, library.attempt(keep).attempt_id)
        attempts = library.attempts(scenario_id=scenario, question_id=question)
        versions = pitch_versions(library, attempts, seconds or asked.time_limit_s)
        best = best_version(versions, KeptPitches(library.db).kept(scenario, question))
    if as_json:
        from simulator.cli.as_json import to_line

        typer.echo(to_line({"best": best.attempt_id if best else None, "versions": versions}))
        return
    if best is None:
        typer.echo("No version yet. Begin with: simulator pitch")
        return
    for place, version in enumerate(versions):
        star = "  (kept as the best)" if version.attempt_id == best.attempt_id else ""
        typer.echo(f"\n{version.attempt_id}, {day_and_time(version.said_at.astimezone())}{star}")
        typer.echo("\n".join(pitch_lines(version.timing)))
        if place:
            change = change_between(versions[place - 1], version)
            typer.echo(f"Against the one before: {pitch_change_line(change)}.")


def _show_table(attempts: tuple[Attempt, ...]) -> None:
    from simulator.practice.measures import facts_of
    from simulator.practice.wording import NO_ATTEMPTS
    from simulator.practice.wording_time import day_and_time

    if not attempts:
        typer.echo(NO_ATTEMPTS)
        return
    head = ["when", "attempt", "question", *(facts_of(name).label for name in SHOWN), "own"]
    rows = [
        [
            day_and_time(attempt.started_at.astimezone()),
            attempt.attempt_id,
            _question(attempt),
            *(_bare(attempt.measures.get(name), facts_of(name).decimals) for name in SHOWN),
            "-" if attempt.self_rating is None else str(attempt.self_rating),
        ]
        for attempt in attempts
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        typer.echo("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)))


def _show_trends(attempts: tuple[Attempt, ...], weeks: int, *, as_json: bool) -> None:
    from simulator.practice.calibration import calibrate
    from simulator.practice.progress import trends
    from simulator.practice.wording import NO_ATTEMPTS, NOISE_NOTE
    from simulator.practice.wording_plan import calibration_lines, trend_line

    found = trends(attempts, _now(), weeks=weeks)
    calibration = calibrate(attempts)
    if as_json:
        from simulator.cli.as_json import to_line

        typer.echo(to_line({"trends": found, "calibration": calibration}))
        return
    if not found:
        typer.echo(NO_ATTEMPTS)
        return
    for each in found:
        typer.echo(trend_line(each))
    typer.echo(f"\n{NOISE_NOTE}")
    typer.echo("\n".join(calibration_lines(calibration)))


def _show_pressure(attempts: tuple[Attempt, ...], *, as_json: bool) -> None:
    from simulator.practice.progress import under_pressure
    from simulator.practice.wording_plan import NO_PRESSURE_YET, pressure_line

    found = under_pressure(attempts)
    if as_json:
        from simulator.cli.as_json import to_line

        typer.echo(to_line({"pressure": found}))
        return
    for each in found:
        typer.echo(pressure_line(each))
    if not found:
        typer.echo(NO_PRESSURE_YET)


def _show_comparison(found: Comparison) -> None:
    from simulator.practice.wording import NOISE_NOTE
    from simulator.practice.wording_plan import OTHER_QUESTION, change_line, finding_words

    typer.echo(f"{found.before.attempt_id} and {found.after.attempt_id}")
    if not found.same_question:
        typer.echo(OTHER_QUESTION)
    rows = [change_line(change) for change in found.changes]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = zip(row, widths, strict=True)
        typer.echo("  ".join(f"{cell:<{width}}" for cell, width in cells).rstrip())
    typer.echo(NOISE_NOTE)
    if found.gone:
        typer.echo(f"No longer noted: {finding_words(found.gone)}.")
    if found.new:
        typer.echo(f"Noted now: {finding_words(found.new)}.")


def _question(attempt: Attempt) -> str:
    if attempt.kind == "demo":
        return "(an example answer)"
    return attempt.question_id or "-"


def _bare(value: float | None, decimals: int) -> str:
    return "-" if value is None else f"{value:.{decimals}f}"


def _now() -> datetime:
    return datetime.now().astimezone()
