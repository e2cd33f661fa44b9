"""Texts that begin alike, laid together as a tree, so that a model reads what they share once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class TokenTree:
    """Nodes are tokens; a path from a root is a text.

    Attributes
    ----------
    tokens : of each node, in the order they were added: parents before children.
    parents : of each node, None for a root.
    """

    def __init__(self) -> None:
        self.tokens: list[int] = []
        self.parents: list[int | None] = []
        self._children: dict[tuple[int | None, int], int] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def add(self, after: int | None, tokens: Sequence[int]) -> list[int]:
        """Add a text that follows a node (None: from the root); the nodes of its tokens."""
        path = []
        for token in tokens:
            node = self._children.setdefault((after, token), len(self.tokens))
            if node == len(self.tokens):
                self.tokens.append(token)
                self.parents.append(after)
            path.append(node)
            after = node
        return path

    def depths(self) -> NDArray[np.int64]:
        """How many tokens come before each node on its path [shape=(n,), int64]."""
        depths = np.zeros(len(self), dtype=np.int64)
        for node, parent in enumerate(self.parents):
            depths[node] = 0 if parent is None else depths[parent] + 1
        return depths

    def looks_at(self) -> NDArray[np.bool_]:
        """Which nodes each node may look at: itself and its path [shape=(n, n), bool]."""
        sees = np.eye(len(self), dtype=bool)
        for node, parent in enumerate(self.parents):
            if parent is not None:
                sees[node] |= sees[parent]
        return sees
