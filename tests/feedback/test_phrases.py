from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.feedback.phrases import phrase_from


@pytest.mark.parametrize(
    ("quote", "phrase"),
    [
        ("By Christmas, we were at 0.6% and I guess that is it.", "we were at 0.6%"),
        ("It began at 9:30 in the morning.", "It began at 9:30 in the morning"),
        ("Well, I moved the brakes.", "I moved the brakes"),
        ("Yes.", None),
    ],
)
def test_a_phrase_stands_by_itself(quote: str, phrase: str | None) -> None:
    assert phrase_from(quote) == phrase


@given(st.text(alphabet="ab I,.we 0123 and because", max_size=120))
def test_a_phrase_is_always_copied(quote: str) -> None:
    phrase = phrase_from(quote)
    assert phrase is None or phrase in quote
