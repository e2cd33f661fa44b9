"""Models that need no weights: the same text always gets the same numbers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.judge import Judge
from simulator.clarity.measures import MEASURE_NAMES
from simulator.clarity.observing import Observer
from simulator.clarity.reading import LAYERS
from simulator.clarity.weights import CLASSES, LEARNED, ClarityWeights
from simulator.language.protocol import States

WIDTH = 8


def numbers_of(text: str, n: int) -> NDArray[np.float32]:
    """Numbers between -1 and 1 that belong to a text."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).uniform(-1, 1, n).astype(np.float32)


class StandInCausal:
    """States are numbers of the words; options are likelier the more words they share."""

    name = "stand-in"
    runtime = "none"

    def __init__(self, says: str = "") -> None:
        self.says = says
        self.read: list[str] = []

    def states(self, text: str, layers: Sequence[int]) -> States:
        self.read.append(text)
        found = list(re.finditer(r"\S+", text))
        rows = np.stack([numbers_of(m.group(), WIDTH) for m in found])
        return States(
            layers=dict.fromkeys(layers, rows), offsets=tuple((m.start(), m.end()) for m in found)
        )

    def surprisal(self, text: str) -> NDArray[np.float32]:
        return np.ones(max(len(text.split()) - 1, 0), dtype=np.float32)

    def score_options(self, prompts: Sequence[str], options: Sequence[str]) -> NDArray[np.float32]:
        shared = [
            [len(set(prompt.lower().split()) & set(option.lower().split())) for option in options]
            for prompt in prompts
        ]
        return np.asarray(shared, dtype=np.float32)

    def generate(self, prompt: str, max_tokens: int) -> str:
        return self.says


class StandInEmbedder:
    """A bag of words."""

    name = "stand-in"

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = []
        for text in texts:
            words = re.findall(r"\w+", text.lower()) or ["nothing"]
            vector = np.sum([numbers_of(word, 64) for word in words], axis=0)
            rows.append(vector / np.linalg.norm(vector))
        return np.asarray(rows, dtype=np.float32)


def stand_in_weights(*, clear_bias: float = 0.0) -> ClarityWeights:
    """Weights of chance, the same each time."""
    n = len(LEARNED)
    states = numbers_of("states", n * 4 * len(LAYERS) * WIDTH).reshape(n, -1)
    bias = np.zeros(n, dtype=np.float32)
    bias[0] = clear_bias
    return ClarityWeights(
        model="stand-in",
        states=states,
        surface=0.01 * numbers_of("surface", n * len(MEASURE_NAMES)).reshape(n, -1),
        bias=bias,
        sentence_states=numbers_of("sentences", len(CLASSES) * len(LAYERS) * WIDTH).reshape(
            len(CLASSES), -1
        ),
        version="stand-in",
    )


def stand_in_judge(*, clear_bias: float = 0.0) -> Judge:
    """A judge without models; a high bias finds everything clear, a low one everything wanting."""
    return Judge(
        Observer(StandInCausal(), StandInEmbedder()), stand_in_weights(clear_bias=clear_bias)
    )
