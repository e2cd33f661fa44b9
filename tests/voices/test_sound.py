from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from simulator.voices.manner import VoiceError
from simulator.voices.sound import EDGE_S, read_sound, whole_utterance, write_wav

RATE_HZ = 1000


def tone(before: int, length: int, after: int) -> np.ndarray:
    sound = np.full(length, 0.5, dtype=np.float32)
    return np.concatenate([np.zeros(before), sound, np.zeros(after)]).astype(np.float32)


@given(before=st.integers(0, 400), length=st.integers(200, 900), after=st.integers(0, 400))
def test_silence_around_speech_is_cut_to_the_edge(before: int, length: int, after: int) -> None:
    edge = round(EDGE_S * RATE_HZ)
    kept = whole_utterance(tone(before, length, after), RATE_HZ, n_words=1)
    assert len(kept) == min(before, edge) + length + min(after, edge)
    assert np.count_nonzero(kept) == length


def test_pauses_inside_are_kept() -> None:
    sound = np.concatenate([tone(0, 300, 500), tone(0, 300, 0)])
    assert len(whole_utterance(sound, RATE_HZ, n_words=2)) == 1100


@pytest.mark.parametrize("samples", [np.zeros(0), np.zeros(5000), np.full(5000, 0.0009)])
def test_silence_is_refused(samples: np.ndarray) -> None:
    with pytest.raises(VoiceError, match="only silence"):
        whole_utterance(samples.astype(np.float32), RATE_HZ, n_words=1)


def test_a_sound_too_short_for_its_words_is_refused() -> None:
    whole_utterance(tone(0, 1000, 0), RATE_HZ, n_words=12)
    with pytest.raises(VoiceError, match="before the end"):
        whole_utterance(tone(0, 1000, 0), RATE_HZ, n_words=13)


def test_aiff_under_a_wav_name_and_stereo_are_read(tmp_path: Path) -> None:
    path = tmp_path / "sound.wav"
    stereo = np.stack([tone(0, 900, 0), np.zeros(900, dtype=np.float32)], axis=1)
    soundfile.write(path, stereo, RATE_HZ, format="AIFF", subtype="PCM_16")
    samples, rate = read_sound(path)
    assert rate == RATE_HZ
    np.testing.assert_allclose(samples, 0.25, atol=1e-3)
    write_wav(path, samples, rate)
    info = soundfile.info(path)
    assert (info.format, info.subtype, info.channels, info.frames) == ("WAV", "PCM_16", 1, 900)


def test_no_sound_file_is_a_voice_error(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("hello")
    for name in ("text.wav", "none.wav"):
        with pytest.raises(VoiceError, match="no readable sound"):
            read_sound(tmp_path / name)
