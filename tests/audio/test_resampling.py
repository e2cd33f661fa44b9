import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.audio.blocks import to_float32, to_int16
from simulator.audio.resampling import Resampler, resample


def tone(rate: int, hz: float = 440.0, seconds: float = 1.0) -> np.ndarray:
    return to_int16(0.5 * np.sin(2 * np.pi * hz * np.arange(int(rate * seconds)) / rate))


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
def test_length_and_pitch_are_kept(rate: int) -> None:
    heard = resample(tone(rate), rate)
    assert abs(len(heard) - 16_000) <= 2
    spectrum = np.abs(np.fft.rfft(heard[2000:14000]))
    assert abs(np.argmax(spectrum) * 16_000 / 12_000 - 440) < 2


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 9000), min_size=1, max_size=12))
def test_the_result_does_not_depend_on_the_blocks(sizes: list[int]) -> None:
    samples = tone(48_000, seconds=0.5)
    resampler, parts, at = Resampler(48_000), [], 0
    for size in sizes:
        parts.append(resampler.feed(samples[at : at + size]))
        at += size
    parts += [resampler.feed(samples[at:]), resampler.finish()]
    assert np.array_equal(np.concatenate(parts), resample(samples, 48_000))


def test_sixteen_bits_there_and_back() -> None:
    samples = np.array([-32768, -1, 0, 1, 32767], np.int16)
    assert to_int16(to_float32(samples).astype(np.float64) * 32768 / 32767).tolist() == [
        -32768,
        -1,
        0,
        1,
        32767,
    ]


def test_two_channels_become_their_mean_and_loud_ones_are_clipped() -> None:
    assert to_int16(np.array([[1.0, 0.0], [2.0, 2.0]])).tolist() == [16384, 32767]
