"""A rewritten version is shown only where all of it was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.feedback.rewriting import not_said, rewritten
from tests.clarity.stand_ins import StandInCausal

SAID = (
    "I ran the night shift for four years. When I took over we were losing two percent. "
    "So I had the bays renumbered, and by Christmas it was half a percent. "
    "I didn't change the rota. Terry helped me with the labels."
)


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "I ran the night shift for 4 years. We were losing 2 percent, so I had the bays "
        "renumbered, and by Christmas it was half a percent.",
    ],
)
def test_what_was_said_may_be_shown(text: str) -> None:
    assert not_said(text, SAID) == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (SAID.replace("four", "five"), "5"),
        (SAID.replace("Terry", "Sandra"), "sandra"),
        (SAID.replace("ran", "transformed"), "transformed"),
        (SAID.replace("I didn't change", "I did change"), "I did change the rota."),
        ("I ran it.", "of the transcript's length"),
        (SAID + " " + SAID, "of the transcript's length"),
        (
            "Terry ran the night shift and by Christmas he was losing half of it. "
            "I ran the night shift for four years.",
            "Terry ran the night shift",
        ),
    ],
)
def test_what_was_not_said_may_not(text: str, why: str) -> None:
    assert why in " ".join(not_said(text, SAID))


@given(st.integers(0, len(SAID.split()) - 1), st.from_regex(r"[b-z]{4,9}zq", fullmatch=True))
def test_no_foreign_word_gets_through(place: int, foreign: str) -> None:
    words = SAID.split()
    words[place] = foreign
    assert foreign in not_said(" ".join(words), SAID)


def test_the_model_is_believed_in_nothing() -> None:
    assert rewritten(StandInCausal(says=f" {SAID}\nMore."), None, SAID) == SAID
    assert rewritten(StandInCausal(says=" I saved 3 million."), None, SAID) is None
    assert rewritten(StandInCausal(says=""), None, SAID) is None
