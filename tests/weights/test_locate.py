from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import SimulatorError, UsageError
from simulator.places import Places
from simulator.weights import locate as locate_module
from simulator.weights.locate import fetch_from_hub, locate
from simulator.weights.manifest import read_manifest


@pytest.fixture
def empty(places: Places, tmp_path: Path) -> Places:
    """Places whose weights are not pulled."""
    return replace(places, weights=tmp_path / "no-weights")


def no_hub(repository: str, patterns: Sequence[str]) -> Path:
    raise AssertionError(f"the hub was asked for {repository}")


def test_short_names_mean_pulled_weights(empty: Places) -> None:
    entry = read_manifest(empty.models / "manifest.toml").get("tiny.en")
    folder = empty.weights / "whisper-tiny.en"
    folder.mkdir(parents=True)
    for file in entry.files:
        with (folder / file.name).open("wb") as stream:
            stream.truncate(file.size_bytes)
    for name in ("tiny.en", "whisper-tiny.en"):
        assert locate(name, empty, hub=no_hub) == folder


def test_weights_that_are_not_pulled_say_how_to_pull_them(empty: Places) -> None:
    with pytest.raises(SimulatorError, match="simulator models pull whisper-base") as caught:
        locate("base", empty, hub=no_hub)
    assert caught.value.exit_status == 1


def test_weights_of_another_kind_are_a_wrong_call(empty: Places) -> None:
    with pytest.raises(UsageError, match="is a language model"):
        locate("smollm2", empty, "speech", hub=no_hub)


def test_own_folder_and_file(empty: Places, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    with pytest.raises(UsageError, match=r"model\.bin"):
        locate(str(folder), empty, hub=no_hub)
    (folder / "model.bin").touch()
    assert locate(str(folder), empty, hub=no_hub) == folder
    gguf = tmp_path / "mine.gguf"
    gguf.touch()
    assert locate(str(gguf), empty, "language", hub=no_hub) == gguf
    with pytest.raises(UsageError, match="give the folder"):
        locate(str(gguf), empty, "speech", hub=no_hub)


def test_hub_names_and_published_sizes_go_to_the_hub(empty: Places, tmp_path: Path) -> None:
    asked: list[str] = []

    def hub(repository: str, patterns: Sequence[str]) -> Path:
        asked.append(repository)
        assert "model.bin" in patterns
        (tmp_path / "model.bin").touch()
        return tmp_path

    assert locate("small.en", empty, hub=hub) == tmp_path
    assert locate("someone/their-whisper", empty, hub=hub) == tmp_path
    assert asked == ["Systran/faster-whisper-small.en", "someone/their-whisper"]


def test_a_hub_model_of_another_kind_is_refused(empty: Places, tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="holds no CTranslate2 Whisper model"):
        locate("someone/bert", empty, hub=lambda repository, patterns: tmp_path)


@pytest.mark.parametrize("name", ["gigantic", "no/such/folder", "", "../elsewhere", "a b"])
def test_a_name_that_means_nothing_is_a_wrong_call(empty: Places, name: str) -> None:
    with pytest.raises(UsageError) as caught:
        locate(name, empty, hub=no_hub)
    assert caught.value.exit_status == 2
    assert "\n" not in str(caught.value)


class FakeHub:
    """The part of the hub's client that is used."""

    def __init__(self, error: Exception | None) -> None:
        self.error = error
        self.asked: list[bool] = []

    def __call__(
        self, repository: str, *, allow_patterns: object, local_files_only: bool = False
    ) -> str:
        from huggingface_hub.errors import LocalEntryNotFoundError

        self.asked.append(local_files_only)
        if local_files_only:
            raise LocalEntryNotFoundError("not here")
        if self.error is not None:
            raise self.error
        return "/fetched"


def test_a_copy_on_this_machine_is_used_without_asking_the_hub(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda *a, **k: "/cached")
    assert fetch_from_hub("a/b", ["x"]) == Path("/cached")


def test_the_hub_is_asked_where_there_is_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeHub(None)
    monkeypatch.setattr("huggingface_hub.snapshot_download", fake)
    assert fetch_from_hub("a/b", ["x"]) == Path("/fetched")
    assert fake.asked == [True, False]


def test_an_unreachable_hub_is_one_plain_line(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeHub(ConnectionError("Name or service not known\nsecond line"))
    monkeypatch.setattr("huggingface_hub.snapshot_download", fake)
    with pytest.raises(SimulatorError, match=r"a/b is not on this machine.*connect") as caught:
        locate_module.fetch_from_hub("a/b", ["x"])
    assert "\n" not in str(caught.value)
