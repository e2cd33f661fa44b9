"""``simulator export`` and ``delete``: the person's data is the person's."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from simulator.errors import UsageError
from simulator.places import find_places


def export(
    into: Annotated[Path, typer.Argument(help="A folder; made if it is not there.")],
) -> None:
    """Copy every attempt out: sound as FLAC, numbers and words as JSON."""
    from simulator.library.exporting import export_library
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        count = export_library(library, into)
    typer.echo("1 attempt exported." if count == 1 else f"{count} attempts exported to {into}.")


def delete(
    attempt: Annotated[
        str | None, typer.Argument(help="An attempt's name, or how it begins.")
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="Every attempt.")] = False,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove an attempt, its sound and every number made from it."""
    from simulator.library.store import Library

    if (attempt is None) != everything:
        raise UsageError("name one attempt, or say --all")
    with Library(find_places().recordings) as library:
        chosen = library.attempts() if attempt is None else (library.attempt(attempt),)
        what = f"{len(chosen)} attempts" if everything else f"the attempt {chosen[0].attempt_id}"
        if not chosen:
            typer.echo("There is nothing to delete.")
            return
        if not sure and not typer.confirm(f"Delete {what} for good?"):
            typer.echo("Nothing was deleted.")
            return
        for each in chosen:
            library.delete(each.attempt_id)
    typer.echo(f"Deleted {what}.")
