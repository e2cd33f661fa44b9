"""A disk that is full: a real one, small enough to fill."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.audio.blocks import Block
from simulator.audio.recorder import Recorder
from simulator.practice.full_disk import keep_elsewhere

RATE = 16_000


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("full disk: no right to mount a small one here")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def noise_blocks() -> list[Block]:
    rng = np.random.default_rng(5)
    return [Block(rng.integers(-9000, 9000, 1600).astype(np.int16)) for _ in range(100)]


def test_an_answer_on_a_full_disk_is_kept_elsewhere(small_disk: Path, tmp_path: Path) -> None:
    recorder = Recorder(small_disk, "a1", RATE, {})
    blocks = noise_blocks()
    for block in blocks:
        recorder.take(block)
    recording = recorder.finish()
    said = np.concatenate([block.samples for block in blocks])
    assert recorder.disk_error is not None
    assert np.array_equal(recording.samples, said)
    with pytest.raises(OSError):  # noqa: PT011 - its words are the system's
        recorder.write_flac(recording)
    kept = keep_elsewhere(recording, "a1", [small_disk, tmp_path / "missing", tmp_path])
    assert kept == tmp_path / "a1.flac"
    assert np.array_equal(soundfile.read(kept, dtype="int16")[0], said)


def test_nowhere_left_is_said(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {})
    assert keep_elsewhere(recorder.finish(), "a1", [tmp_path / "missing"]) is None
