from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from simulator.places import find_places
from simulator.weights.manifest import read_manifest
from simulator.weights.pull import pull
from simulator.weights.verify import RECEIPT, FileState, check_files, missing_files
from tests.weights.small_world import Quiet, SmallWorld


def states(world: SmallWorld, *, trust_receipt: bool = False) -> list[FileState]:
    checked = check_files(world.weights, world.folder, trust_receipt=trust_receipt)
    return [item.state for item in checked]


@pytest.fixture
def pulled(world: SmallWorld) -> SmallWorld:
    pull(world.weights, world.root, progress=Quiet(), fetch=world.fetch)
    return world


def test_right_files_are_right(pulled: SmallWorld) -> None:
    assert states(pulled) == [FileState.RIGHT, FileState.RIGHT]
    assert missing_files(pulled.weights, pulled.folder) == ()


def test_nothing_there_is_missing(world: SmallWorld) -> None:
    assert states(world) == [FileState.MISSING, FileState.MISSING]
    assert not world.folder.exists()


def test_missing_short_and_changed_files_are_told_apart(pulled: SmallWorld) -> None:
    model = pulled.folder / "model.bin"
    data = model.read_bytes()
    model.write_bytes(data[:-1])
    (pulled.folder / "inner" / "config.json").unlink()
    assert states(pulled) == [FileState.MISSING, FileState.WRONG_SIZE]
    assert missing_files(pulled.weights, pulled.folder) == ("inner/config.json", "model.bin")
    model.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    assert states(pulled)[1] is FileState.WRONG_HASH


def test_the_receipt_saves_hashing_until_a_file_changes(pulled: SmallWorld) -> None:
    hashed: list[int] = []
    check_files(pulled.weights, pulled.folder, trust_receipt=True, on_bytes=hashed.append)
    assert hashed == []
    model = pulled.folder / "model.bin"
    data = model.read_bytes()
    model.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(model, ns=(1, 1))
    assert states(pulled, trust_receipt=True)[1] is FileState.WRONG_HASH


def test_the_receipt_is_not_trusted_by_a_full_check(pulled: SmallWorld) -> None:
    model = pulled.folder / "model.bin"
    data, times = model.read_bytes(), model.stat()
    model.write_bytes(bytes([data[0] ^ 1]) + data[1:])
    os.utime(model, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert states(pulled, trust_receipt=True)[1] is FileState.RIGHT
    assert states(pulled)[1] is FileState.WRONG_HASH
    # The full check has taken the wrong file off the receipt.
    assert states(pulled, trust_receipt=True)[1] is FileState.WRONG_HASH


def test_a_damaged_receipt_only_costs_time(pulled: SmallWorld) -> None:
    (pulled.folder / RECEIPT).write_text("{half", encoding="utf-8")
    assert states(pulled, trust_receipt=True) == [FileState.RIGHT, FileState.RIGHT]


@pytest.mark.models
@pytest.mark.parametrize(
    "name", ["whisper-tiny.en", "whisper-base", "smollm2-135m-instruct", "all-minilm-l6-v2"]
)
def test_pulled_weights_match_the_manifest(weights: Callable[[str], Path], name: str) -> None:
    folder = weights(name)
    entry = read_manifest(find_places().models / "manifest.toml").get(name)
    checked = check_files(entry, folder, trust_receipt=True)
    assert {item.state for item in checked} == {FileState.RIGHT}
