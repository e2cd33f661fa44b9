"""The small learned weights that turn a reading into probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from simulator.clarity.findings import FINDING_KINDS
from simulator.clarity.reading import Reading
from simulator.errors import SimulatorError

CLASSES = ("clear", *FINDING_KINDS)

LEARNED = (*CLASSES, "other_question")
"""What the weights tell apart: that an answer belongs to another question looks different from an
answer that wanders off by itself. Both are named off topic."""


@dataclass(frozen=True, slots=True, eq=False)
class ClarityWeights:
    """Linear weights on a reading and on the surface measures.

    Parameters
    ----------
    model : name of the causal model they were learned on; others' states mean other things.
    states : np.ndarray [shape=(n_learned, n_states), float32]
        A row for each of `LEARNED`.
    surface : np.ndarray [shape=(n_learned, n_measures), float32]
    bias : np.ndarray [shape=(n_learned,), float32]
    sentence_states : np.ndarray [shape=(n_classes, n_layers * d), float32]
        Of one sentence's states: how much it speaks for each class.
    version : of the weights, kept with every judgement.
    """

    model: str
    states: NDArray[np.float32]
    surface: NDArray[np.float32]
    bias: NDArray[np.float32]
    sentence_states: NDArray[np.float32]
    version: str

    @classmethod
    def load(cls, path: Path) -> ClarityWeights:
        """Read weights from an ``.npz`` file.

        Raises
        ------
        SimulatorError : when the file is missing or is no such file.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls(
                    model=str(file["model"]),
                    states=file["states"].astype(np.float32),
                    surface=file["surface"].astype(np.float32),
                    bias=file["bias"].astype(np.float32),
                    sentence_states=file["sentence_states"].astype(np.float32),
                    version=str(file["version"]),
                )
        except (OSError, ValueError, KeyError) as problem:
            raise SimulatorError(f"The clarity weights {path} cannot be read: {problem}") from None

    def probabilities(self, reading: Reading, measures: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of each of `CLASSES` [shape=(n_classes,)]."""
        logits = self.states @ reading.whole + self.surface @ measures + self.bias
        learned = _softmax(logits)
        probabilities = learned[: len(CLASSES)].copy()
        probabilities[CLASSES.index("off_topic")] += learned[LEARNED.index("other_question")]
        return probabilities

    def sentence_evidence(self, reading: Reading) -> NDArray[np.float32]:
        """How much each sentence speaks for each class [shape=(n_sentences, n_classes)]."""
        evidence: NDArray[np.float32] = reading.sentences @ self.sentence_states.T
        return evidence


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max())
    shares: NDArray[np.float32] = powers / powers.sum()
    return shares
