"""What set-up promises: all pinned, no address of a registry, one line where it may not."""

from __future__ import annotations

import itertools
import os
import re
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parents[2]
TOOLS = REPOSITORY / "tools"

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="looks for Linux libraries")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_pinned_within_what_the_project_allows() -> None:
    lines = (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if line and not line.startswith("#")]
    pinned = {normal(pin.name): str(pin.specifier).removeprefix("==") for pin in pins}
    assert len(pinned) == len(pins), "a package is pinned twice"
    assert all(str(pin.specifier).startswith("==") for pin in pins)
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *itertools.chain(*project["optional-dependencies"].values()),
    ]
    for line in wanted:
        requirement = Requirement(line)
        assert pinned[normal(requirement.name)] in requirement.specifier, line
    assert pinned["torch"] == "2.13.0"


def test_no_address_of_a_registry_stands_in_the_set_up() -> None:
    files = [
        REPOSITORY / "Makefile",
        REPOSITORY / "constraints.txt",
        REPOSITORY / "models" / "manifest.toml",
        REPOSITORY / ".ci" / "run",
        *TOOLS.iterdir(),
        *(REPOSITORY / "simulator" / "weights").glob("*.py"),
    ]
    for path in files:
        assert not re.search(r"https?://", path.read_text(encoding="utf-8")), path


def test_the_scripts_can_be_run() -> None:
    for path in (REPOSITORY / ".ci" / "run", *TOOLS.iterdir()):
        assert path.stat().st_mode & stat.S_IXUSR, path


def run_tool(name: str, path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOOLS / name],
        env={"PATH": f"{path}:{os.defpath}", **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def command(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def test_a_python_that_will_not_do_is_named(tmp_path: Path) -> None:
    command(tmp_path, "old-python", "exit 1")
    found = run_tool("find-python", tmp_path, PYTHON="old-python")
    assert found.returncode == 1
    assert found.stderr.splitlines() == [
        "old-python is not a Python 3.11 or newer with venv: name another one."
    ]
    assert run_tool("find-python", tmp_path, PYTHON=sys.executable).stdout.strip() == sys.executable


@pytest.fixture
def bare_machine(tmp_path: Path) -> Path:
    """A search path on which no library is installed and apt-get is what the test makes of it."""
    command(tmp_path, "ldconfig", "exit 0")
    command(tmp_path, "apt-get", f'echo "apt-get $*" >> {tmp_path}/calls; echo done')
    command(tmp_path, "sudo", "exit 1")
    command(tmp_path, "id", "echo 0")
    return tmp_path


@linux_only
def test_missing_libraries_are_installed_where_that_is_allowed(bare_machine: Path) -> None:
    done = run_tool("system-packages", bare_machine, PYTHON=sys.executable)
    assert done.returncode == 0
    assert done.stdout == "Installing libportaudio2 espeak-ng ...\n"
    (call,) = (bare_machine / "calls").read_text().splitlines()
    assert call.startswith("apt-get install")
    assert call.endswith("libportaudio2 espeak-ng")


@linux_only
def test_without_the_right_one_line_says_what_to_install(bare_machine: Path) -> None:
    command(bare_machine, "id", "echo 1000")
    done = run_tool("system-packages", bare_machine, PYTHON=sys.executable)
    assert done.returncode == 0, "set-up goes on without"
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Please install with your package manager: libportaudio2 espeak-ng")
    assert not (bare_machine / "calls").exists()


@linux_only
def test_a_package_manager_that_fails_is_asked_once_more_with_fresh_lists(
    bare_machine: Path,
) -> None:
    body = f'echo "$1" >> {bare_machine}/calls; echo "E: no network"; [ "$1" = update ]'
    command(bare_machine, "apt-get", body)
    done = run_tool("system-packages", bare_machine, PYTHON=sys.executable)
    assert done.returncode == 0
    assert (bare_machine / "calls").read_text().split() == ["install", "update", "install"]
    (line,) = done.stderr.splitlines()
    assert line.endswith("It said: E: no network")


@linux_only
def test_nothing_is_asked_where_all_is_there(bare_machine: Path) -> None:
    command(bare_machine, "ldconfig", "echo libportaudio.so.2; echo libespeak-ng.so.1")
    command(bare_machine, "espeak-ng", "exit 0")
    done = run_tool("system-packages", bare_machine, PYTHON=sys.executable)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_wheel_carries_the_weights_made_here() -> None:
    pyproject = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    carried = pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    made = {f"models/{path.name}" for path in (REPOSITORY / "models").iterdir()}
    assert made - {"models/weights"} == {name for name in carried if name.startswith("models/")}
