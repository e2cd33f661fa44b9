"""Every command, in one place. Nothing heavy is imported until a command needs it."""

from __future__ import annotations

from typing import Annotated

import typer

from simulator.cli import debrief, history, models, plan, scenarios
from simulator.cli.analyze import analyze
from simulator.cli.devices import devices
from simulator.cli.doctor import doctor
from simulator.cli.library import delete, export
from simulator.cli.practice import demo, pitch, practice
from simulator.cli.recover import recover
from simulator.cli.review import review

app = typer.Typer(
    name="simulator",
    help="Speaking practice for interviews, wholly on your own machine.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(*, wanted: bool) -> None:
    if wanted:
        from simulator import __version__

        typer.echo(f"interview-simulator {__version__}")
        raise typer.Exit


@app.callback()
def simulator(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True)
    ] = False,
) -> None:
    """Speaking practice for interviews, wholly on your own machine."""
    _print_version(wanted=version)


for practising in (practice, pitch, demo, analyze, review):
    app.command()(practising)
history.register(app)
app.add_typer(plan.app, name="plan")
app.add_typer(debrief.app, name="debrief")
app.add_typer(scenarios.app, name="scenarios")
app.add_typer(models.app, name="models")
for keeping_house in (devices, doctor, recover, export, delete):
    app.command()(keeping_house)
