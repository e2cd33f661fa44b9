import errno
from pathlib import Path

import numpy as np
import pytest
import soundfile

from simulator.audio.blocks import Block
from simulator.audio.recorder import Recorder, unfinished

RATE = 16_000


def block(value: int, n: int = 800, lost: int = 0) -> Block:
    return Block(np.full(n, value, np.int16), lost_before=lost)


def test_a_finished_recording_is_a_flac_and_nothing_else(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {})
    recorder.take(block(100))
    recorder.take(block(-100))
    path = recorder.write_flac(recorder.finish())
    recorder.discard()
    samples, rate = soundfile.read(path, dtype="int16")
    assert rate == RATE
    assert samples.tolist() == [100] * 800 + [-100] * 800
    assert [file.name for file in tmp_path.iterdir()] == ["a1.flac"]


def test_lost_sound_becomes_silence_of_the_same_length_and_is_marked(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {})
    recorder.take(block(5))
    recorder.take(block(7, lost=1600))
    recording = recorder.finish()
    assert len(recording.samples) == 800 + 1600 + 800
    assert not recording.samples[800:2400].any()
    (gap,) = recording.gaps
    assert (gap.start_s, round(gap.end_s, 6)) == (0.05, 0.15)


def test_what_was_taken_is_on_disk_before_the_recording_ends(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {"question_id": "why"})
    recorder.take(block(3))
    (left,) = unfinished(tmp_path)
    assert left.attempt_id == "a1"
    assert left.facts == {"question_id": "why"}
    assert left.read().samples.tolist() == [3] * 800
    left.discard()
    assert unfinished(tmp_path) == ()


def test_a_sample_cut_in_half_by_a_kill_is_left_out(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {})
    recorder.take(block(3))
    pcm = tmp_path / "a1.part.pcm"
    pcm.write_bytes(pcm.read_bytes()[:-1])
    (left,) = unfinished(tmp_path)
    assert len(left.read().samples) == 799


def test_a_full_disk_loses_nothing_that_was_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(tmp_path, "a1", RATE, {})

    class Full:
        def write(self, data: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            return None

    monkeypatch.setattr(recorder, "_file", Full())
    recorder.take(block(1))
    recorder.take(block(2))
    assert recorder.disk_error is not None
    assert recorder.finish().samples.tolist() == [1] * 800 + [2] * 800


def test_a_folder_that_cannot_be_made_loses_nothing_either(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    recorder = Recorder(tmp_path / "file", "a1", RATE, {})
    recorder.take(block(1))
    assert recorder.disk_error is not None
    assert len(recorder.finish().samples) == 800
