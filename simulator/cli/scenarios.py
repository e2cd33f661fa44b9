"""``simulator scenarios``: list, show, write and check the situations to practise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.errors import UsageError
from simulator.places import find_places

if TYPE_CHECKING:
    from simulator.practice.scenario import Question, Scenario

app = typer.Typer(
    invoke_without_command=True,
    help="The situations to practise: list them, read one, write your own, check it.",
)

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]


@app.callback()
def scenarios(context: typer.Context, *, as_json: AsJson = False) -> None:
    """List the scenarios where no command is given."""
    if context.invoked_subcommand is None:
        list_scenarios(as_json=as_json)


@app.command("list")
def list_scenarios(*, as_json: AsJson = False) -> None:
    """List every scenario: its name, what it is, who asks, how many questions."""
    from simulator.practice.scenario_file import list_scenarios as read_all

    places = find_places()
    found = read_all(places)
    width = max((len(scenario.scenario_id) for scenario in found.scenarios), default=0)
    for scenario in found.scenarios:
        if as_json:
            typer.echo(json.dumps(_record(scenario), ensure_ascii=False))
            continue
        own = ", your own" if scenario.file.parent == places.own_scenarios else ""
        typer.echo(
            f"{scenario.scenario_id:<{width}}  {scenario.title} "
            f"({len(scenario.questions)} questions, {scenario.interviewer}, "
            f"{scenario.difficulty}{own})"
        )
    for problem in found.problems:
        typer.echo(str(problem), err=True)


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="A scenario's name, or a file.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Read a scenario: the situation, what hangs on it, and its questions."""
    from simulator.practice.scenario_file import find_scenario

    scenario = find_scenario(name, find_places())
    if as_json:
        typer.echo(json.dumps(_record(scenario), ensure_ascii=False))
        return
    typer.echo(f"{scenario.title}\n\n{scenario.situation}\n{scenario.stakes}")
    typer.echo(f"\nAsked by the {scenario.interviewer} interviewer; {scenario.difficulty}.")
    for place, question in enumerate(scenario.questions, start=1):
        typer.echo("\n" + "\n".join(_shown(place, question)))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Small letters, digits and hyphens.")],
    title: Annotated[str, typer.Option(help="A few words for lists.")] = "",
) -> None:
    """Write a commented scenario into your own folder, ready to be changed."""
    from simulator.practice.scenario_file import is_scenario_name
    from simulator.practice.scenario_writing import new_scenario_text, write_new

    if not is_scenario_name(name):
        raise UsageError(
            f"{name!r} cannot name a scenario; use small letters, digits and hyphens, such as "
            "my-final-round."
        )
    path = find_places().own_scenarios / f"{name}.toml"
    write_new(path, new_scenario_text(name, title or name.replace("-", " ").capitalize()))
    typer.echo(f"Written: {path}")
    typer.echo(f"Change it in any editor, then: simulator scenarios check {name}")


@app.command()
def check(
    files: Annotated[
        list[str] | None, typer.Argument(help="Files or names; all of them where none is given.")
    ] = None,
) -> None:
    """Check scenarios; every mistake is named with its file, line and field."""
    from simulator.practice.scenario_file import check_scenario, scenario_files, scenario_path

    places = find_places()
    paths = [scenario_path(name, places) for name in files] if files else [*scenario_files(places)]
    problems = [problem for path in paths for problem in check_scenario(path)]
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(UsageError.exit_status)
    typer.echo("1 scenario is fine." if len(paths) == 1 else f"{len(paths)} scenarios are fine.")


def _shown(place: int, question: Question) -> list[str]:
    lines = [
        f"{place}. {question.text}",
        f"   {question.question_id}; {question.criterion.replace('_', ' ')}; "
        f"{question.time_limit_s:g} s",
    ]
    lines += [f"   - {point}" for point in question.expected_points]
    lines += [f"   > {follow_up}" for follow_up in question.follow_ups]
    return lines


def _record(scenario: Scenario) -> dict[str, Any]:
    return {
        "scenario": scenario.scenario_id,
        "title": scenario.title,
        "situation": scenario.situation,
        "stakes": scenario.stakes,
        "interviewer": scenario.interviewer,
        "difficulty": scenario.difficulty,
        "file": str(Path(scenario.file)),
        "questions": [
            {
                "id": question.question_id,
                "text": question.text,
                "criterion": question.criterion,
                "time_limit_s": question.time_limit_s,
                "kind": question.kind,
                "expected_points": list(question.expected_points),
                "follow_ups": list(question.follow_ups),
                "wordings": dict(question.wordings),
            }
            for question in scenario.questions
        ],
    }
