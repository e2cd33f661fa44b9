"""Fillers, repeats and words broken off go; nothing that was not said comes in."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import clean_tokens, join, left_out
from simulator.clarity.fillers import is_filler

PLAIN = (
    "I ran the night shift for four years. When I took over we were losing two percent. "
    "So I had the bays renumbered, and by Christmas it was half a percent."
)


def _clean(text: str) -> str:
    return join(clean_tokens(Answer.from_text(text)))


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("I, um, I chose on time.", "I chose on time."),
        ("In the, um, in the first year we won.", "In the first year we won."),
        ("The seal would wear, uh, would wear out.", "The seal would wear out."),
        ("to the to the boss", "To the boss"),
        ("We won, um. Then we went home.", "We won. Then we went home."),
        ("Um. So we went.", "So we went."),
        ("the ra- the rate fell", "The rate fell"),
        ("it was very very cold", "It was very very cold"),
        ("He knew. He knew it all.", "He knew. He knew it all."),
        ("the plan that that man made", "The plan that that man made"),
    ],
)
def test_only_what_carries_nothing_goes(said: str, clean: str) -> None:
    assert _clean(said) == clean


@pytest.mark.parametrize("word", ["um", "Umm,", "uh", "er", "erm", "hmm", "mm", "Uhm", "ah"])
def test_fillers_are_known(word: str) -> None:
    assert is_filler(word)


@pytest.mark.parametrize("word", ["her", "I", "a", "m", "hum", "arm", "am", "the", "mum", "us"])
def test_words_are_no_fillers(word: str) -> None:
    assert not is_filler(word)


@given(st.integers(0, 1_000_000), st.integers(1, 8))
@settings(max_examples=80, deadline=None)
def test_added_ums_leave_the_text_as_it_was(seed: int, n: int) -> None:
    chance = random.Random(seed)
    words = PLAIN.split()
    for _ in range(n):
        words.insert(chance.randrange(1, len(words)), chance.choice(["um", "uh", "er", "erm"]))
    assert _clean(" ".join(words)) == PLAIN


@given(st.text(alphabet="ab um,. I'-", max_size=80))
@settings(max_examples=200, deadline=None)
def test_only_deletion(text: str) -> None:
    answer = Answer.from_text(text)
    tokens = clean_tokens(answer)
    starts = [token.start_char for token in tokens]
    assert starts == sorted(set(starts))
    for token in tokens:
        verbatim = text[token.start_char : token.end_char]
        assert token.word == verbatim.strip(".,;:!?…\"'“”‘’()[]–—-").lower() or verbatim
    dropped = left_out(answer, tokens)
    assert len(dropped) + len(tokens) == len(text.split())


def test_what_the_ear_gave_up_goes() -> None:
    text = "I went I drove there"
    answer = Answer(text=text, left_out=((0, 1), (2, 6)))
    assert join(clean_tokens(answer)) == "I drove there"
