from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.speech.filled_pause_net import (
    CLASSES,
    DILATIONS,
    Block,
    FrameEnsemble,
    FrameNet,
    load_ensemble,
)

Floats = NDArray[np.float32]
WIDTH, CHANNELS, TAPS = 6, 4, 5


def a_net(seed: int) -> FrameNet:
    rng = np.random.default_rng(seed)

    def some(*shape: int) -> Floats:
        return (0.4 * rng.standard_normal(shape)).astype(np.float32)

    blocks = tuple(Block(some(TAPS, CHANNELS, CHANNELS), some(CHANNELS)) for _ in DILATIONS)
    decide, decide_bias = some(CHANNELS, len(CLASSES)), some(len(CLASSES))
    return FrameNet(some(WIDTH, CHANNELS), some(CHANNELS), blocks, decide, decide_bias)


def an_ensemble() -> FrameEnsemble:
    mean = np.arange(WIDTH, dtype=np.float32)
    return FrameEnsemble(mean, np.full(WIDTH, 2.0, np.float32), (a_net(1), a_net(2)))


def some_states(frames: int) -> Floats:
    return np.random.default_rng(3).standard_normal((frames, WIDTH)).astype(np.float32)


def test_the_arithmetic_is_that_of_the_network_it_was_trained_as() -> None:
    torch = pytest.importorskip("torch")
    net, states = a_net(1), some_states(40)
    x = torch.relu(torch.from_numpy(states @ net.project + net.project_bias)).T[None]
    for block, dilation in zip(net.blocks, DILATIONS, strict=True):
        kernel = torch.from_numpy(block.taps).permute(2, 1, 0)
        bias = torch.from_numpy(block.bias)
        padding = TAPS // 2 * dilation
        x = x + torch.relu(
            torch.nn.functional.conv1d(x, kernel, bias, padding=padding, dilation=dilation)
        )
    expected = x[0].T.numpy() @ net.decide + net.decide_bias
    np.testing.assert_allclose(net.logits(states), expected, atol=1e-5)


def test_each_frame_has_a_probability_for_every_class() -> None:
    found = an_ensemble().probabilities(some_states(30))
    assert found.shape == (30, len(CLASSES))
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-5)
    assert found.min() >= 0


def test_networks_vote_by_the_mean_of_their_logits_on_standardised_states() -> None:
    ensemble, states = an_ensemble(), some_states(20)
    standard = (states - ensemble.mean) / ensemble.scale
    mean = (ensemble.nets[0].logits(standard) + ensemble.nets[1].logits(standard)) / 2
    expected = np.exp(mean) / np.exp(mean).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(ensemble.probabilities(states), expected, rtol=1e-4)


def test_a_frame_hears_no_further_than_its_surroundings() -> None:
    reach = TAPS // 2 * sum(DILATIONS)
    net, states = a_net(1), some_states(100)
    changed = states.copy()
    changed[0] += 10
    differs = np.abs(net.logits(changed) - net.logits(states)).max(axis=1) > 0
    assert differs[0]
    assert not differs[reach + 1 :].any()


def test_no_frames_give_no_probabilities() -> None:
    assert an_ensemble().probabilities(some_states(0)).shape == (0, len(CLASSES))


def test_networks_come_back_from_disk_as_they_were(tmp_path: Path) -> None:
    ensemble = an_ensemble()
    arrays = {"nets": np.array(2), "mean": ensemble.mean, "scale": ensemble.scale}
    for i, net in enumerate(ensemble.nets):
        arrays |= {f"{i}_project": net.project, f"{i}_project_bias": net.project_bias}
        arrays |= {f"{i}_decide": net.decide, f"{i}_decide_bias": net.decide_bias}
        for k, block in enumerate(net.blocks):
            arrays |= {f"{i}_taps{k}": block.taps, f"{i}_bias{k}": block.bias}
    np.savez(tmp_path / "nets.npz", **arrays)
    back = load_ensemble(tmp_path / "nets.npz")
    states = some_states(25)
    assert back.width == WIDTH
    np.testing.assert_allclose(back.probabilities(states), ensemble.probabilities(states))
