"""Phrases of the candidate's own: copied, and sayable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.feedback.phrases import acronym_from, deed_from, phrase_from


@pytest.mark.parametrize(
    ("quote", "phrase"),
    [
        (
            "By Christmas it was half a percent, and I lost two people that year.",
            "I lost two people that year",
        ),
        (
            "It was in Porto, a Saturday in June, and Mr Teixeira was shouting at the desk.",
            "Mr Teixeira was shouting at the desk",
        ),
        ("That is the key thing, you stand up and own it.", "you stand up and own it"),
        (
            "I ran the night shift in Daventry for four years with thirty-two people.",
            "I ran the night shift in Daventry",
        ),
        ("I'm fine.", None),
        ("", None),
    ],
)
def test_the_clause_that_tells_most(quote: str, phrase: str | None) -> None:
    assert phrase_from(quote) == phrase


@given(
    st.lists(
        st.sampled_from(
            ["I", "and", "the", "rang,", "supplier", "maybe", "was.", "um", "at", "4%"]
        ),
        max_size=40,
    )
)
def test_a_phrase_is_a_stretch_of_the_quote(words: list[str]) -> None:
    quote = " ".join(words)
    phrase = phrase_from(quote)
    if phrase is not None:
        assert phrase in quote
        assert 3 <= len(phrase.split()) <= 9


def test_the_first_abbreviation() -> None:
    assert acronym_from("So I got the SSCC masks through the WMS.") == "SSCC"
    assert acronym_from("So I got the masks through.") is None


@pytest.mark.parametrize(
    ("quote", "deed"),
    [
        ("In the end, I rang the supplier myself.", "I rang the supplier myself"),
        ("My friend at work.", None),
        ("I've never formally managed anyone.", None),
        ("I'd ask all of them the same questions.", None),
        ("Then we'll try it again at the kiosk.", None),
    ],
)
def test_what_was_done_can_be_asked_about(quote: str, deed: str | None) -> None:
    assert deed_from(quote) == deed
