"""Numbers are written one way, however they were heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clarity.numbers import with_digits


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("forty thousand documents", "40000 documents"),
        ("zero point six percent", "0.6%"),
        ("twenty-one people", "21 people"),
        ("twenty one people", "21 people"),
        ("a hundred and twenty", "a hundred and 20"),
        ("one hundred and one", "101"),
        ("one of them", "one of them"),
        ("nine out of twenty-six", "9 out of 26"),
        ("18,000 boxes", "18000 boxes"),
        ("2 percent", "2%"),
        ("often tended to phone", "often tended to phone"),
        ("", ""),
    ],
)
def test_number_words_become_digits(heard: str, written: str) -> None:
    assert with_digits(heard) == written


@given(st.text(max_size=60))
def test_any_text_is_taken_and_settles(text: str) -> None:
    assert with_digits(with_digits(text)) == with_digits(text)
