"""Scenario files: read, checked, and every mistake named with its file, line and field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from simulator.errors import UsageError
from simulator.places import Places
from simulator.practice.scenario import SLOTS, Scenario, fill_slots
from simulator.practice.scenario_fields import Reader, read_scenario
from simulator.practice.scenario_lines import FieldPath, field_lines, field_name, line_of

_NAME = re.compile(r"^[a-z0-9][a-z0-9\-]*$")
_TOML_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a scenario file; ``field`` is empty where it is not about a field."""

    file: Path
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}: "
        return where + (f"{self.field}: {self.message}" if self.field else self.message)


class ScenarioError(UsageError):
    """A scenario file cannot be used. `problems` holds every mistake found in it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        more = len(problems) - 1
        tail = f" (and {more} more: simulator scenarios check {problems[0].file})" if more else ""
        super().__init__(f"{problems[0]}{tail}")


@dataclass(frozen=True, slots=True)
class ScenarioList:
    """Every scenario that can be used, by name, and the mistakes in those that cannot."""

    scenarios: tuple[Scenario, ...]
    problems: tuple[Problem, ...]


def check_scenario(path: Path) -> tuple[Problem, ...]:
    """Find every mistake in a scenario file; none is an empty tuple."""
    try:
        load_scenario(path)
    except ScenarioError as error:
        return error.problems
    return ()


def load_scenario(path: Path, slots: Mapping[str, str] | None = None) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path : a TOML file; its name without the ending becomes the scenario's.
    slots : what to say for ``{role}`` and ``{company}``; the file's own words, then general
        ones, where missing.

    Returns
    -------
    Scenario : ready to be spoken.

    Raises
    ------
    ScenarioError : with every mistake found, each with its line and field.
    """
    document, lines = _parse(path)
    reader = Reader()
    scenario = read_scenario(document, path, reader)
    mistakes = [
        Problem(path, line_of(lines, mistake.path), field_name(mistake.path), mistake.message)
        for mistake in reader.mistakes
    ]
    if not is_scenario_name(path.stem):
        message = "name the file in small letters, digits and hyphens, such as final-round.toml"
        mistakes.append(Problem(path, 1, "", message))
    if mistakes or scenario is None:
        raise ScenarioError(tuple(sorted(mistakes, key=lambda problem: problem.line)))
    own = {slot: str(document[slot]) for slot in SLOTS if slot in document}
    return fill_slots(scenario, {**own, **(slots or {})})


def find_scenario(name: str, places: Places, slots: Mapping[str, str] | None = None) -> Scenario:
    """Find a scenario by name or by file.

    Parameters
    ----------
    name : a scenario's name, or the path of a TOML file.
    places : the person's own scenarios win over those that come with the program.

    Raises
    ------
    UsageError : where there is no such scenario, with the nearest names.
    ScenarioError : where its file has mistakes.
    """
    return load_scenario(scenario_path(name, places), slots)


def scenario_path(name: str, places: Places) -> Path:
    """The file of a scenario given by name or by path.

    Raises
    ------
    UsageError : where there is no such scenario, with the nearest name.
    """
    if name.endswith(".toml") or "/" in name:
        return Path(name).expanduser()
    for folder in (places.own_scenarios, places.scenarios):
        path = folder / f"{name}.toml"
        if path.is_file():
            return path
    names = [path.stem for path in scenario_files(places)]
    near = get_close_matches(name, names, n=1)
    hint = f" Did you mean {near[0]}?" if near else " See: simulator scenarios"
    raise UsageError(f"There is no scenario called {name!r}.{hint}")


def is_scenario_name(name: str) -> bool:
    """Whether a file of that name can be a scenario: small letters, digits and hyphens."""
    return _NAME.match(name) is not None


def list_scenarios(places: Places, slots: Mapping[str, str] | None = None) -> ScenarioList:
    """Read every scenario; one broken file does not hide the others."""
    scenarios: list[Scenario] = []
    problems: list[Problem] = []
    for path in scenario_files(places):
        try:
            scenarios.append(load_scenario(path, slots))
        except ScenarioError as error:
            problems += error.problems
    return ScenarioList(tuple(scenarios), tuple(problems))


def scenario_files(places: Places) -> tuple[Path, ...]:
    """The scenario files in use, by name; an own file takes the place of one of the same name."""
    found: dict[str, Path] = {}
    for folder in (places.scenarios, places.own_scenarios):
        if folder.is_dir():
            found |= {path.stem: path for path in folder.glob("*.toml")}
    return tuple(found[name] for name in sorted(found))


def _parse(path: Path) -> tuple[dict[str, Any], dict[FieldPath, int]]:
    """The parsed file and its lines."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(f"There is no file {path}.") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(f"Cannot read {path}: {reason}.") from error
    except UnicodeDecodeError:
        message = "this is not text in UTF-8; save the file as UTF-8"
        raise ScenarioError((Problem(path, 1, "", message),)) from None
    try:
        return tomllib.loads(text), field_lines(text)
    except tomllib.TOMLDecodeError as error:
        place = _TOML_PLACE.search(str(error))
        line = int(place.group(1)) if place else max(1, len(text.splitlines()))
        message = f"not valid TOML: {_plain_reason(error)}"
        raise ScenarioError((Problem(path, line, "", message),)) from None


def _plain_reason(error: tomllib.TOMLDecodeError) -> str:
    """The parser's reason, the commonest one in plainer words."""
    reason = _TOML_PLACE.sub("", str(error)).replace(" (at end of document)", " before the end")
    if reason == r"Illegal character '\n'":
        return "a quotation mark is not closed on this line"
    return reason[0].lower() + reason[1:]
