"""What the rest of the program may ask of a local text model.

Few questions, no more. An engine answers those it can; one small protocol keeps the runtime
(ONNX Runtime, transformers) out of every other room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class States:
    """Hidden states of a text, token by token.

    Parameters
    ----------
    layers : dict of layer number to np.ndarray [shape=(n_tokens, d), float32]
        Layer k is the output of the k-th block; the last one stands after the final norm.
    offsets : tuple of (start, end)
        Characters of the text each token covers.
    """

    layers: dict[int, NDArray[np.float32]]
    offsets: tuple[tuple[int, int], ...]


class Embedder(Protocol):
    """Turns sentences into unit vectors whose dot product is their likeness."""

    name: str

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embed texts.

        Returns
        -------
        np.ndarray [shape=(len(texts), d), float32] : rows of length 1.
        """
        ...


class CausalModel(Protocol):
    """A causal language model.

    ``name`` is the model's; ``runtime`` says what runs it (``onnx``, ``torch``).
    """

    name: str
    runtime: str

    def states(self, text: str, layers: Sequence[int]) -> States:
        """Hidden states of every token of the text.

        An engine may remember the last text and read only what is new in the next one, so a text
        that grows while a person speaks is cheap to read again.

        Raises
        ------
        ValueError : for a layer the engine does not keep.
        """
        ...

    def surprisal(self, text: str) -> NDArray[np.float32]:
        """Surprisal of every token after the first, in nats [shape=(n_tokens - 1,)]."""
        ...

    def score_options(self, prompts: Sequence[str], options: Sequence[str]) -> NDArray[np.float32]:
        """Mean log-likelihood per token of each option after each prompt.

        Returns
        -------
        np.ndarray [shape=(len(prompts), len(options)), float32]
        """
        ...

    def generate(self, prompt: str, max_tokens: int) -> str:
        """Greedy continuation. Nothing it says may reach a person unverified."""
        ...
