"""What every test may lean on: a home of its own, and data and weights found or skipped by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from simulator.places import Places, find_places
from tests.sound_card import SoundCard, missing, virtual_sound_card

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point everything that is written at a fresh folder, so that no test touches real attempts."""
    home = tmp_path / "home"
    monkeypatch.setenv("SIMULATOR_HOME", str(home))
    monkeypatch.setenv("SIMULATOR_RECORDINGS", str(home / "recordings"))
    return home


@pytest.fixture
def places(own_home: Path) -> Places:
    """The program's folders, with what is written inside the test's own home."""
    return find_places()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The labelled speech and answers beside the checkout; skips where they are not there."""
    folder = REPOSITORY.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("shared_data: no ../shared/data beside the checkout")
    return folder


@pytest.fixture(scope="session")
def weights() -> Callable[[str], Path]:
    """Find pulled weights by name: ``weights("whisper-tiny.en")``; skips where they are missing."""
    from simulator.weights.manifest import read_manifest
    from simulator.weights.verify import missing_files

    found = find_places()
    manifest = read_manifest(found.models / "manifest.toml")

    def find(name: str) -> Path:
        entry = manifest.get(name)
        folder = found.weights / entry.name
        if missing_files(entry, folder):
            pytest.skip(f"models: {entry.name} is not pulled (simulator models pull {entry.name})")
        return folder

    return find


@pytest.fixture
def card(weights: Callable[[str], Path]) -> Iterator[SoundCard]:
    """A virtual sound card of the test's own; skips where the machine lacks what it needs."""
    if missing():
        pytest.skip(f"sound: a virtual sound card needs {', '.join(missing())}")
    weights("whisper-base")
    with virtual_sound_card() as started:
        yield started
