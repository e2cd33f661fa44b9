"""Are the files on disk the ones the manifest names?

Hashing everything takes a second or two, so a small receipt beside the files remembers size and
time of change of what was hashed and right; `models verify` does not trust it and hashes again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from simulator.weights.manifest import Weights, WeightsFile

RECEIPT = ".verified.json"
_BLOCK_BYTES = 1 << 20

OnBytes = Callable[[int], None]
"""Told how many bytes more are done."""


class FileState(Enum):
    """How a file on disk compares with the manifest."""

    RIGHT = "right"
    MISSING = "missing"
    WRONG_SIZE = "wrong size"
    WRONG_HASH = "wrong hash"


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of the manifest and what was found on disk."""

    file: WeightsFile
    state: FileState


def sha256_of(path: Path, on_bytes: OnBytes | None = None) -> str:
    """SHA-256 of a file in hexadecimal, read block by block."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
            if on_bytes is not None:
                on_bytes(len(block))
    return digest.hexdigest()


def missing_files(weights: Weights, folder: Path) -> tuple[str, ...]:
    """Names of files that are absent or of another size: a look at the folder, no hashing."""
    return tuple(
        file.name for file in weights.files if _state_by_size(file, folder) is not FileState.RIGHT
    )


def check_files(
    weights: Weights, folder: Path, *, trust_receipt: bool, on_bytes: OnBytes | None = None
) -> tuple[CheckedFile, ...]:
    """Compare every file with the manifest.

    Parameters
    ----------
    weights : the manifest's entry.
    folder : where its files lie.
    trust_receipt : skip hashing a file that was right before and has not changed since.
    on_bytes : told of the bytes hashed, for a progress bar.

    Returns
    -------
    tuple of CheckedFile : one a file, in the manifest's order.
    """
    receipt = _read_receipt(folder) if trust_receipt else {}
    checked: list[CheckedFile] = []
    for file in weights.files:
        state = _state_by_size(file, folder)
        path = folder / file.name
        if (
            state is FileState.RIGHT
            and receipt.get(file.name) != _seal(path, file.sha256)
            and sha256_of(path, on_bytes) != file.sha256
        ):
            state = FileState.WRONG_HASH
        checked.append(CheckedFile(file, state))
    _write_receipt(folder, checked)
    return tuple(checked)


def _state_by_size(file: WeightsFile, folder: Path) -> FileState:
    path = folder / file.name
    if not path.is_file():
        return FileState.MISSING
    if path.stat().st_size != file.size_bytes:
        return FileState.WRONG_SIZE
    return FileState.RIGHT


def _seal(path: Path, sha256: str) -> list[object]:
    """What must not have changed since the file was hashed."""
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, sha256]


def _read_receipt(folder: Path) -> dict[str, object]:
    try:
        receipt = json.loads((folder / RECEIPT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # No receipt, or one cut short: everything is hashed again.
        return {}
    return receipt if isinstance(receipt, dict) else {}


def _write_receipt(folder: Path, checked: list[CheckedFile]) -> None:
    receipt = {
        item.file.name: _seal(folder / item.file.name, item.file.sha256)
        for item in checked
        if item.state is FileState.RIGHT
    }
    if not receipt or receipt == _read_receipt(folder):
        return
    temporary = folder / f"{RECEIPT}.{os.getpid()}"
    try:
        temporary.write_text(json.dumps(receipt, indent=1), encoding="utf-8")
        temporary.replace(folder / RECEIPT)
    except OSError:
        # A folder that cannot be written to costs a second of hashing next time, nothing more.
        temporary.unlink(missing_ok=True)
