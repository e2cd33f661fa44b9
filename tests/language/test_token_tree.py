from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.language.token_tree import TokenTree

texts = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=6), min_size=1, max_size=6)


def test_what_two_texts_share_is_one_path() -> None:
    tree = TokenTree()
    first, second = tree.add(None, [7, 8, 9]), tree.add(None, [7, 8, 5])
    assert first[:2] == second[:2]
    assert len(tree) == 4
    np.testing.assert_array_equal(tree.depths(), [0, 1, 2, 2])


def test_the_same_word_after_other_words_is_another_node() -> None:
    tree = TokenTree()
    assert tree.add(None, [1, 2])[-1] != tree.add(None, [3, 2])[-1]


@given(texts=texts)
def test_a_path_spells_its_text_and_sees_itself_alone(texts: list[list[int]]) -> None:
    tree = TokenTree()
    paths = [tree.add(None, text) for text in texts]
    sees, depths = tree.looks_at(), tree.depths()
    for text, path in zip(texts, paths, strict=True):
        assert [tree.tokens[node] for node in path] == text
        np.testing.assert_array_equal(depths[path], np.arange(len(text)))
        for place, node in enumerate(path):
            np.testing.assert_array_equal(np.flatnonzero(sees[node]), sorted(path[: place + 1]))
