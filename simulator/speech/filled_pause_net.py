"""The small network that hears filled pauses in Whisper's encoder states, in plain NumPy.

Each frame's states are projected to a few channels; four blocks of dilated convolution look up to
0.6 s to either side; the last layer tells nothing, um, uh, hum and affirmation ("mm-hm") apart.
Several networks trained from other seeds are averaged, which steadies what a single one doubts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CLASSES = ("none", "um", "uh", "hmm", "affirm")
"""What a frame may be, in the order of the network's outputs."""

DILATIONS = (1, 2, 4, 8)
"""Frames between a convolution's taps, block by block."""

FRAME_S = 0.02
"""Whisper's encoder gives 50 states a second (Radford et al. 2022)."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """One residual convolution.

    Attributes
    ----------
    taps : np.ndarray [shape=(k, c, c), float32]
        Weights per tap; the middle one is the frame itself.
    bias : np.ndarray [shape=(c,), float32]
    """

    taps: Floats
    bias: Floats


@dataclass(frozen=True, slots=True, eq=False)
class FrameNet:
    """One trained network.

    Attributes
    ----------
    project, project_bias : [shape=(d, c)], [shape=(c,)], float32
        From standardised states to channels.
    blocks : as many as `DILATIONS`.
    decide, decide_bias : [shape=(c, 5)], [shape=(5,)], float32
        From channels to `CLASSES`.
    """

    project: Floats
    project_bias: Floats
    blocks: tuple[Block, ...]
    decide: Floats
    decide_bias: Floats

    def logits(self, states: Floats) -> Floats:
        """Unnormalised log-probabilities [n, 5] of standardised states [n, d]."""
        channels = _relu(states @ self.project + self.project_bias)
        for block, dilation in zip(self.blocks, DILATIONS, strict=True):
            channels = channels + _relu(_convolved(channels, block, dilation))
        return np.asarray(channels @ self.decide + self.decide_bias, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class FrameEnsemble:
    """Networks that vote, and the scale of the states they were trained on.

    Attributes
    ----------
    mean, scale : np.ndarray [shape=(d,), float32]
        Of the encoder's states in the training speech.
    nets : the networks.
    """

    mean: Floats
    scale: Floats
    nets: tuple[FrameNet, ...]

    @property
    def width(self) -> int:
        """How many values a state must have."""
        return int(self.mean.size)

    def probabilities(self, states: Floats) -> Floats:
        """Probability of each of `CLASSES` per frame.

        Parameters
        ----------
        states : np.ndarray [shape=(n, d), float32]
            Encoder output at 50 frames a second.

        Returns
        -------
        np.ndarray [shape=(n, 5), float32]
            Rows sum to 1.
        """
        if not len(states):
            return np.zeros((0, len(CLASSES)), np.float32)
        standard = ((states - self.mean) / self.scale).astype(np.float32)
        votes = np.mean([net.logits(standard) for net in self.nets], axis=0)
        raised = np.exp(votes - votes.max(axis=1, keepdims=True))
        return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


def load_ensemble(path: Path) -> FrameEnsemble:
    """Read networks from an ``.npz`` of plain arrays (no pickle is ever read).

    Raises
    ------
    OSError, ValueError, KeyError : the file is missing or not of this kind.
    """
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: np.asarray(stored[name], np.float32) for name in stored.files}
    count = int(arrays["nets"])
    nets = tuple(
        _net({k[2:]: v for k, v in arrays.items() if k.startswith(f"{i}_")}) for i in range(count)
    )
    return FrameEnsemble(arrays["mean"], arrays["scale"], nets)


def _net(arrays: dict[str, Floats]) -> FrameNet:
    blocks = tuple(Block(arrays[f"taps{i}"], arrays[f"bias{i}"]) for i in range(len(DILATIONS)))
    return FrameNet(
        arrays["project"], arrays["project_bias"], blocks, arrays["decide"], arrays["decide_bias"]
    )


def _relu(values: Floats) -> Floats:
    return np.maximum(values, 0)


def _convolved(channels: Floats, block: Block, dilation: int) -> Floats:
    taps = len(block.taps)
    reach = taps // 2 * dilation
    padded = np.pad(channels, ((reach, reach), (0, 0)))
    total = np.broadcast_to(block.bias, channels.shape).copy()
    for k in range(taps):
        total += padded[k * dilation : k * dilation + len(channels)] @ block.taps[k]
    return total
