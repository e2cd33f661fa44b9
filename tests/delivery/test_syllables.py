from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.spoken_numbers import cardinal, ordinal, say_number
from simulator.delivery.syllables import count_syllables, load_exceptions, rule_syllables


@pytest.mark.parametrize(
    ("text", "syllables"),
    [
        ("cat", 1),
        ("time", 1),
        ("timed", 1),
        ("wanted", 2),
        ("handle", 2),
        ("handled", 2),
        ("boxes", 2),
        ("Nation,", 2),
        ("radio", 3),
        ("rhythm", 2),
        ("didn't", 2),
        ("I've", 1),
        ("colonel", 2),
        ("people", 2),
        ("customer's", 3),
        ("well-known", 2),
        ("SQL", 3),
        ("NASA", 2),
        ("AT&T", 4),
        ("CEO", 3),
        ("Q3", 2),
        ("don't", 1),
        ("", 0),
        ("—", 0),
    ],
)
def test_known_words(text: str, syllables: int) -> None:
    assert count_syllables(text) == syllables


@pytest.mark.parametrize(
    ("token", "said"),
    [
        ("2014", "twenty fourteen"),
        ("2005", "two thousand five"),
        ("1900", "nineteen hundred"),
        ("1907", "nineteen oh seven"),
        ("32", "thirty two"),
        ("0.6%", "zero point six percent"),
        ("$40k", "forty thousand dollars"),
        ("$1,200", "one thousand two hundred dollars"),
        ("1,999", "one thousand nine hundred ninety nine"),
        ("3rd", "third"),
        ("21st", "twenty first"),
        ("1990s", "nineteen ninety"),
        ("9:05am", "nine oh five a m"),
        ("10x", "ten times"),
        ("2.5m", "two point five million"),
        ("hello", None),
        ("a1", None),
    ],
)
def test_numbers_are_read_out(token: str, said: str | None) -> None:
    assert say_number(token) == said


def test_numbers_count_as_they_are_said() -> None:
    assert count_syllables("2014") == 4
    assert count_syllables("32") == 3
    assert count_syllables("0.6%") == 6
    assert count_syllables("$40k") == 6
    assert count_syllables("$40k.") == 6


@given(st.integers(0, 10**12 - 1))
def test_every_number_has_words_and_an_ordinal(value: int) -> None:
    assert all(word.isalpha() for word in cardinal(value).split())
    assert ordinal(value).endswith(("st", "nd", "rd", "th"))


@given(st.text(max_size=30))
def test_any_text_can_be_counted(text: str) -> None:
    assert count_syllables(text) >= 0


@given(st.from_regex(r"[a-z]{1,15}", fullmatch=True))
def test_every_word_has_a_syllable(word: str) -> None:
    assert rule_syllables(word) >= 1


def test_the_list_holds_only_what_the_rules_get_wrong() -> None:
    known = load_exceptions()
    assert len(known) > 5000
    assert all(rule_syllables(word) != count for word, count in known.items())
