"""``simulator scenarios`` on the command line."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from simulator.cli.scenarios import app
from simulator.errors import UsageError
from simulator.places import Places

runner = CliRunner()


def test_the_list_names_every_scenario(places: Places) -> None:
    result = runner.invoke(app, [])
    assert result.exit_code == 0
    names = {path.stem for path in places.scenarios.glob("*.toml")}
    assert {line.split()[0] for line in result.stdout.splitlines()} == names
    objects = [json.loads(line) for line in runner.invoke(app, ["--json"]).stdout.splitlines()]
    assert {record["scenario"] for record in objects} == names


def test_show_reads_out_the_questions() -> None:
    result = runner.invoke(app, ["show", "trade-offs"])
    assert "1. Tell me about a time" in result.stdout
    assert "speed-or-quality; role strengths; 150 s" in result.stdout
    record = json.loads(runner.invoke(app, ["show", "trade-offs", "--json"]).stdout)
    assert record["questions"][0]["kind"] == "trade_off"
    wrong = runner.invoke(app, ["show", "trade-off"])
    assert isinstance(wrong.exception, UsageError)


def test_new_writes_a_scenario_that_check_finds_fine(places: Places) -> None:
    assert runner.invoke(app, ["new", "my-talk"]).exit_code == 0
    assert (places.own_scenarios / "my-talk.toml").is_file()
    result = runner.invoke(app, ["check", "my-talk"])
    assert result.exit_code == 0
    assert result.stdout == "1 scenario is fine.\n"
    assert isinstance(runner.invoke(app, ["new", "my-talk"]).exception, UsageError)
    assert isinstance(runner.invoke(app, ["new", "../x"]).exception, UsageError)


def test_check_tells_every_mistake_and_leaves_with_two(places: Places) -> None:
    places.own_scenarios.mkdir(parents=True)
    path = places.own_scenarios / "bad.toml"
    path.write_text('title = 3\nstakes = ""\n')
    result = runner.invoke(app, ["check", str(path)])
    assert result.exit_code == 2
    assert f"{path}:1: title: must be a text in quotes, is 3" in result.stderr
    assert f"{path}:2: stakes: is empty" in result.stderr
    everything = runner.invoke(app, ["check"])
    assert everything.exit_code == 2
    listed = runner.invoke(app, [])
    assert listed.exit_code == 0
    assert "final-round-panel" in listed.stdout
    assert "title: must be" in listed.stderr
