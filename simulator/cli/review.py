"""``simulator review``: an attempt again, and any moment of it through the speaker."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.errors import SimulatorError, UsageError
from simulator.places import find_places

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.library.attempts import Attempt
    from simulator.library.store import Library

AROUND_S = 0.4
"""Played before and after a moment, so that it is heard in its place."""

PLAYED_S = 5.0
"""Played from a moment that has no end of its own."""


def review(
    attempt: Annotated[
        str | None, typer.Argument(help="An attempt's name or how it begins; the latest if none.")
    ] = None,
    *,
    play: Annotated[
        str | None,
        typer.Option(
            "--play",
            help="Play a moment: seconds or m:ss, a range (0:31-0:38), a finding (1), or 'all'.",
        ),
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Name or number, as 'devices' lists it.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The whole assessment as JSON.")] = False,
) -> None:
    """See an attempt's report again, and hear any moment of it."""
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        chosen = library.attempt(attempt)
        text = library.assessment_json(chosen.attempt_id)
        if as_json:
            typer.echo(text)
            return
        if play is not None:
            _play(library, chosen, play, speaker)
            return
        _show(library, chosen, json.loads(text))


def moment(text: str, attempt: Attempt) -> tuple[float, float]:
    """What ``--play`` names, as seconds from and to.

    Raises
    ------
    UsageError : it names nothing of this attempt.
    """
    if text == "all":
        return 0.0, attempt.duration_s
    if text.isdigit() and 1 <= int(text) <= len(attempt.findings):
        finding = attempt.findings[int(text) - 1]
        if finding.start_s is None or finding.end_s is None:
            raise UsageError(f"finding {text} has no moment that could be played")
        return finding.start_s, finding.end_s
    start, dash, end = text.partition("-")
    try:
        start_s = _seconds(start)
        end_s = _seconds(end) if dash else start_s + PLAYED_S
    except ValueError:
        raise UsageError(
            f"'{text}' names no moment; give seconds, m:ss, a range such as 0:31-0:38, "
            "the number of a finding, or all"
        ) from None
    if not 0 <= start_s < end_s or start_s >= attempt.duration_s:
        raise UsageError(f"'{text}' lies outside this attempt of {attempt.duration_s:.0f} s")
    return start_s, end_s


def _seconds(text: str) -> float:
    minutes, colon, seconds = text.strip().partition(":")
    return 60 * int(minutes) + float(seconds) if colon else float(minutes)


def _play(library: Library, attempt: Attempt, wanted: str, speaker: str | None) -> None:
    from simulator.audio.files import read_audio
    from simulator.audio.speaker import Speaker

    start_s, end_s = moment(wanted, attempt)
    path = library.audio_path(attempt)
    if path is None:
        raise SimulatorError(f"the sound of {attempt.attempt_id} is not in the library any more")
    samples, rate = read_audio(path)
    first, last = round(max(0.0, start_s - AROUND_S) * rate), round((end_s + AROUND_S) * rate)
    device = int(speaker) if speaker is not None and speaker.isdigit() else speaker
    Speaker(device).play(samples[first:last], rate)


def _show(library: Library, attempt: Attempt, record: dict[str, Any]) -> None:
    from rich.console import Console

    from simulator.assessment_reading import clarity_from, pieces_from
    from simulator.cli.report import (
        show_clarity,
        show_measures,
        show_more,
        show_notes,
        show_transcript,
    )

    console = Console(markup=False)
    _heading(console, attempt)
    pieces = pieces_from(record)
    if pieces:
        show_transcript(console, pieces)
    else:
        console.print(attempt.transcript, highlight=False)
    earlier = [
        past.measures
        for past in library.attempts()
        if past.kind in ("practice", "pitch") and past.started_at < attempt.started_at
    ]
    show_measures(console, attempt.measures, None if attempt.kind == "demo" else earlier)
    show_notes(console, record.get("delivery_notes", ()))
    clarity = clarity_from(record)
    show_clarity(console, clarity)
    show_more(console, clarity)
    console.print(
        f"\nHear a moment: simulator review {attempt.attempt_id} --play 0:05", style="dim"
    )


def _heading(console: Console, attempt: Attempt) -> None:
    when = attempt.started_at.astimezone().strftime("%d %B %Y, %H:%M")
    what = "demonstration" if attempt.kind == "demo" else attempt.kind
    console.print(f"{attempt.attempt_id}  {when}, {what}, {attempt.duration_s:.0f} s", style="dim")
    if attempt.question_text:
        console.print(attempt.question_text, style="bold", highlight=False)
