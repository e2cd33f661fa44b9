"""``simulator plan``: what to re-answer today, focus areas, weak spots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.errors import UsageError
from simulator.places import find_places

if TYPE_CHECKING:
    from simulator.library.store import Library
    from simulator.practice.overview import Overview
    from simulator.practice.spots import Spot
    from simulator.practice.weak_spots import WeakSpot

app = typer.Typer(
    invoke_without_command=True,
    help="What to re-answer today and when again; your focus areas and what recurs.",
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object.")]
SpotName = Annotated[str, typer.Argument(help="As 'plan spots' names it, such as no_result.")]


@app.callback()
def plan(
    context: typer.Context,
    *,
    size: Annotated[int, typer.Option(help="Questions a day.", min=1, max=20)] = 5,
    as_json: AsJson = False,
) -> None:
    """Plan the day."""
    if context.invoked_subcommand is not None:
        return
    from simulator.library.store import Library
    from simulator.practice.overview import overview
    from simulator.practice.scenario_file import list_scenarios

    places = find_places()
    scenarios = list_scenarios(places).scenarios
    with Library(places.recordings) as library:
        found = overview(library, scenarios, _now(), size)
    if as_json:
        from simulator.cli.as_json import to_line

        typer.echo(to_line(found))
        return
    _show(found)


@app.command()
def spots(*, as_json: AsJson = False) -> None:
    """Show what recurs, with the moments that show it."""
    from simulator.library.store import Library
    from simulator.practice.overview import weak_spots
    from simulator.practice.wording import CALM_NOTE, NO_SPOTS

    with Library(find_places().recordings) as library:
        found = weak_spots(library, _now())
        if as_json:
            from simulator.cli.as_json import to_line

            typer.echo(to_line(found))
            return
        if not found:
            typer.echo(NO_SPOTS)
            return
        for weak in found:
            _show_spot(library, weak)
    typer.echo(f"\n{CALM_NOTE}")


@app.command()
def focus(
    spot: SpotName,
    target: Annotated[float | None, typer.Option(help="Your own target.")] = None,
) -> None:
    """Choose something that recurs to work on; two at most."""
    from simulator.library.store import Library
    from simulator.practice.focus import verify
    from simulator.practice.names import attempt_id
    from simulator.practice.overview import choose_focus, weak_spots
    from simulator.practice.wording import NO_SPOTS
    from simulator.practice.wording_plan import focus_lines

    wanted, now = _spot(spot), _now()
    with Library(find_places().recordings) as library:
        recurring = {weak.spot for weak in weak_spots(library, now)}
        if wanted not in recurring:
            names = ", ".join(sorted(each.name for each in recurring))
            hint = f"What recurs: {names}." if names else NO_SPOTS
            raise UsageError(
                f"{wanted.name} has not recurred, so there is nothing to go by. {hint}"
            )
        chosen = choose_focus(library, wanted, attempt_id(now), now, target)
        typer.echo(focus_lines(verify(chosen, library.attempts(newest=80))))


@app.command()
def drop(spot: SpotName) -> None:
    """Stop working on a focus; what was measured stays."""
    from dataclasses import replace
    from datetime import UTC

    from simulator.library.focuses import Focuses
    from simulator.library.store import Library

    wanted = _spot(spot)
    with Library(find_places().recordings) as library:
        focuses = Focuses(library.db)
        for each in focuses.active():
            if each.spot == wanted.key:
                focuses.keep(replace(each, dropped_at=_now().astimezone(UTC)))
                typer.echo(f"Dropped: {wanted.name}")
                return
    raise UsageError(f"{wanted.name} is not one of your focus areas.")


def _show(found: Overview) -> None:
    from simulator.practice import wording_plan as say

    typer.echo(say.plan_heading(found.plan))
    for place, item in enumerate(found.plan.items, start=1):
        typer.echo(f"\n{say.plan_item_line(place, item)}\n   {say.plan_command(item)}")
    for (scenario, question), recital in found.plan.recitals:
        typer.echo(f"\n{scenario}, {question}: {say.recital_line(recital)}")
    if found.focuses:
        typer.echo("\nYour focus:")
        for state in found.focuses:
            typer.echo(say.focus_lines(state))
    elif found.proposed:
        typer.echo("\nWhat recurs most; choose at most two to work on:")
        for weak in found.proposed:
            typer.echo(f"{say.weak_spot_lines(weak)}\n  simulator plan focus {weak.spot.name}")
    if found.plan.avoided is not None:
        typer.echo(f"\n{say.avoided_lines(found.plan.avoided)}")
    if coming := say.coming_line(found.plan.coming):
        typer.echo(f"\n{coming}")


def _show_spot(library: Library, weak: WeakSpot) -> None:
    """A weak spot with its moments; a measure's by the events that it counts."""
    import json

    from simulator.practice import wording_plan as say
    from simulator.practice.moments import events_behind, quote_around
    from simulator.practice.wording import spot_tip
    from simulator.practice.wording_time import clock

    typer.echo(f"\n{say.weak_spot_lines(weak)}  [{weak.spot.name}]")
    for moment in weak.moments:
        typer.echo(f"  {say.moment_line(weak, moment)}")
        if weak.spot.kind == "measure" and moment.attempt_id is not None:
            assessment: dict[str, Any] = json.loads(library.assessment_json(moment.attempt_id))
            for span in events_behind(weak.spot.name, assessment)[:3]:
                quote = quote_around(assessment, span)
                typer.echo(f"    at {clock(span.start_s)}: {quote}")
    typer.echo(f"  Try: {spot_tip(weak.spot)}")


def _spot(name: str) -> Spot:
    from difflib import get_close_matches

    from simulator.practice.spots import read_spot
    from simulator.practice.weak_spots import ALL_SPOTS

    found = read_spot(name)
    if found is None:
        near = get_close_matches(name, [spot.name for spot in ALL_SPOTS], n=1)
        hint = f"Did you mean {near[0]}?" if near else "See: simulator plan spots"
        raise UsageError(f"There is no spot called {name!r}. {hint}")
    return found


def _now() -> datetime:
    """Now, in the time zone of the machine."""
    return datetime.now().astimezone()
