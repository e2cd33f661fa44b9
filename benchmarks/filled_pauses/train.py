"""Train the frame networks and write them as plain NumPy arrays.

    python -m benchmarks.filled_pauses.train --states STATES/base --out NETS/base.npz

``--without VOICE ...`` leaves voices (and human speakers) out, for honest tests; ``--human``
weighs human speech up. Same data and seed, same weights (up to the order of sums on threads).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.hear import CLASSES, Heard, load_heard
from simulator.speech.filled_pause_net import DILATIONS

if TYPE_CHECKING:
    import torch

TAPS = 5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a network is trained.

    Briefly, and slowly: what longer training gains on composed speech it loses on people (average
    precision of candidates in speech by strangers, base: 0.94 after 120 steps, 0.78 after 320;
    three networks voting 0.96, at a third of the rate 0.97; composed speech 0.96 and 0.98).
    """

    channels: int = 48
    crop: int = 400
    batch: int = 24
    steps: int = 120
    rate: float = 1e-3
    decay: float = 0.05
    drop: float = 0.25
    noise: float = 0.25
    class_weights: tuple[float, ...] = (1.0, 1.5, 1.5, 1.5, 1.5)


def make_net(width: int, recipe: Recipe) -> torch.nn.Module:
    """The network of `simulator.speech.filled_pause_net`, to be trained."""
    import torch
    from torch import nn

    class Net(nn.Module):  # type: ignore[misc, unused-ignore]
        def __init__(self) -> None:
            super().__init__()
            c = recipe.channels
            self.project = nn.Linear(width, c)
            self.blocks = nn.ModuleList(
                nn.Conv1d(c, c, TAPS, padding=TAPS // 2 * d, dilation=d) for d in DILATIONS
            )
            self.decide = nn.Linear(c, len(CLASSES))
            self.drop = nn.Dropout(recipe.drop)

        def forward(self, states: torch.Tensor) -> torch.Tensor:
            x = self.drop(torch.relu(self.project(states))).transpose(1, 2)
            for block in self.blocks:
                x = x + self.drop(torch.relu(block(x)))
            out: torch.Tensor = self.decide(x.transpose(1, 2))
            return out

    return Net()


def statistics(heard: Iterable[Heard]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and scale of every state value."""
    count, total, squares = 0, 0.0, 0.0
    for clip in heard:
        states = clip.states.astype(np.float64)
        count += len(states)
        total, squares = total + states.sum(0), squares + (states**2).sum(0)
    mean = np.asarray(total / count)
    scale = np.sqrt(np.asarray(squares / count) - mean**2) + 1e-3
    return mean.astype(np.float32), scale.astype(np.float32)


class Crops:
    """Random crops of clips; longer clips are drawn more often."""

    def __init__(
        self,
        heard: list[Heard],
        weights: NDArray[np.float64],
        recipe: Recipe,
        rng: np.random.Generator,
    ) -> None:
        self.heard, self.recipe, self.rng = heard, recipe, rng
        chances = weights * np.array([len(h.targets) for h in heard])
        self.chances = chances / chances.sum()

    def batch(self) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """States [b, t, d] and targets [b, t]; what lies outside a clip is ignored."""
        size, width = self.recipe.crop, self.heard[0].states.shape[1]
        states = np.zeros((self.recipe.batch, size, width), np.float32)
        targets = np.full((self.recipe.batch, size), -1, np.int64)
        for row, i in enumerate(
            self.rng.choice(len(self.heard), self.recipe.batch, p=self.chances)
        ):
            clip = self.heard[int(i)]
            start = int(self.rng.integers(max(1, len(clip.targets) - size + 1)))
            piece = slice(start, start + size)
            n = len(clip.targets[piece])
            states[row, :n], targets[row, :n] = clip.states[piece], clip.targets[piece]
        return states, targets


def train(
    heard: list[Heard],
    weights: NDArray[np.float64],
    recipe: Recipe,
    seed: int,
    scale: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> dict[str, NDArray[np.float32]]:
    """Train one network; returns its arrays by the names the product reads."""
    import torch

    torch.manual_seed(seed)
    torch.set_num_threads(1)
    crops = Crops(heard, weights, recipe, np.random.default_rng(seed))
    net = make_net(heard[0].states.shape[1], recipe)
    steps = recipe.steps
    optimiser = torch.optim.AdamW(net.parameters(), recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    loss_of = torch.nn.CrossEntropyLoss(
        torch.tensor(recipe.class_weights), ignore_index=-1, label_smoothing=0.03
    )
    mean, deviation = (torch.from_numpy(s) for s in scale)
    # drawing fresh noise costs as much as a convolution: a pool is drawn once, its start each step
    size = recipe.crop * recipe.batch * heard[0].states.shape[1]
    noise = recipe.noise * torch.randn(size * 5 // 4, generator=torch.Generator().manual_seed(seed))
    shown = 0.0
    for step in range(steps):
        states, targets = crops.batch()
        x = (torch.from_numpy(states) - mean) / deviation
        start = int(crops.rng.integers(len(noise) - size))
        x = x + noise[start : start + size].view(x.shape)
        loss = loss_of(net(x).flatten(0, 1), torch.from_numpy(targets).flatten())
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        shown = 0.98 * shown + 0.02 * float(loss) if step else float(loss)
        if step % 200 == 0:
            print(f"seed {seed} step {step}/{steps} loss {shown:.4f}", file=sys.stderr, flush=True)
    return arrays_of(net)


def arrays_of(net: Any) -> dict[str, NDArray[np.float32]]:
    """A network's weights in the product's layout."""
    arrays = {
        "project": net.project.weight.T, "project_bias": net.project.bias,
        "decide": net.decide.weight.T, "decide_bias": net.decide.bias,
    }  # fmt: skip
    for i, block in enumerate(net.blocks):
        arrays[f"taps{i}"] = block.weight.permute(2, 1, 0)
        arrays[f"bias{i}"] = block.bias
    return {name: value.detach().numpy().astype(np.float32) for name, value in arrays.items()}


def save_ensemble(
    path: Path,
    nets: list[dict[str, NDArray[np.float32]]],
    scale: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> None:
    """Write networks as half-precision arrays."""
    arrays: dict[str, Any] = {"nets": np.array(len(nets)), "mean": scale[0], "scale": scale[1]}
    for i, net in enumerate(nets):
        arrays |= {f"{i}_{name}": value.astype(np.float16) for name, value in net.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, **arrays)


def read_states(folder: Path, without: Iterable[str]) -> list[Heard]:
    """All heard clips of a folder but those of some voices."""
    left_out = set(without)
    return [
        h for p in sorted(folder.glob("*.npz")) for h in load_heard(p) if h.voice not in left_out
    ]


def main() -> None:
    """Train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[])
    parser.add_argument(
        "--human", type=float, default=1.0, help="weight of human clips (voice human:*)"
    )
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    asked = parser.parse_args()
    heard = read_states(asked.states, asked.without)
    weights = np.array([asked.human if h.voice.startswith("human") else 1.0 for h in heard])
    scale = statistics(heard)
    nets = [
        train(heard, weights, Recipe(steps=asked.steps), seed, scale) for seed in range(asked.seeds)
    ]
    save_ensemble(asked.out, nets, scale)


if __name__ == "__main__":
    main()
