from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.accuracy.wording import (
    Compared,
    Ends,
    comparable,
    edit_distance,
    sentence_ends,
    word_errors,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Hello, World!", ["hello", "world"]),
        ("well-known", ["well", "known"]),
        ("I'm OK.", ["i'm", "okay"]),
        ("in 2014", ["in", "twenty", "fourteen"]),
        ("0.6%", ["zero", "point", "six", "percent"]),
        ("gonna go", ["going", "to", "go"]),
        ("“quoted”", ["quoted"]),
        ("", []),
        ("- ... -", []),
    ],
)
def test_one_spelling(text: str, words: list[str]) -> None:
    assert comparable(text, keep_filled_pauses=False) == words


def test_filled_pauses_are_kept_or_left_out_but_never_the_words_like_them() -> None:
    text = "Um, so I was uhh thinking, erm, her arm."
    assert comparable(text, keep_filled_pauses=False) == [
        "so",
        "i",
        "was",
        "thinking",
        "her",
        "arm",
    ]
    kept = comparable(text, keep_filled_pauses=True)
    assert kept == ["um", "so", "i", "was", "uh", "thinking", "um", "her", "arm"]


def test_numbers_do_not_depend_on_how_they_are_written() -> None:
    assert word_errors("thirty two people", "32 people", keep_filled_pauses=False).errors == 0


def test_word_errors_count_each_kind_once() -> None:
    said = "we moved the whole team"
    assert word_errors(said, "we moved a whole team", keep_filled_pauses=False) == Compared(1, 5)
    assert word_errors(said, "we moved whole team", keep_filled_pauses=False) == Compared(1, 5)
    assert word_errors(said, said + " twice", keep_filled_pauses=False) == Compared(1, 5)
    assert word_errors(said, "", keep_filled_pauses=False).rate == 1
    assert word_errors("", "thank you", keep_filled_pauses=False).rate is None


def test_two_words_written_as_one_are_right_either_way() -> None:
    said = "in greasy wash water all year"
    assert word_errors(said, "in greasy washwater all year", keep_filled_pauses=False).errors == 0
    assert word_errors("a coeducational school", "a co-educational school",
                       keep_filled_pauses=False).errors == 0  # fmt: skip
    assert word_errors(said, "in greasy dishwater all year", keep_filled_pauses=False).errors == 2


def test_an_apostrophe_that_nobody_hears_is_no_error() -> None:
    assert word_errors("the Smiths' dog", "the Smith's dog", keep_filled_pauses=False).errors == 0
    assert word_errors("we'll go", "well go", keep_filled_pauses=False).errors == 1


def test_a_lost_um_is_a_verbatim_error_and_no_content_error() -> None:
    assert word_errors("um yes", "yes", keep_filled_pauses=True) == Compared(1, 2)
    assert word_errors("um yes", "yes", keep_filled_pauses=False) == Compared(0, 1)


words = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=12)


@given(words, words)
def test_edit_distance_is_a_distance(one: list[str], other: list[str]) -> None:
    away = edit_distance(one, other)
    assert away == edit_distance(other, one)
    assert away > 0 or one == other
    assert abs(len(one) - len(other)) <= away <= max(len(one), len(other))


def test_sentence_ends_are_compared_at_the_same_word() -> None:
    said = "We had a plan. It failed. We changed it."
    assert sentence_ends(said, "We had a plan. It failed. We changed it.") == Ends(2, 0, 0)
    assert sentence_ends(said, "We had a plan it failed. We changed it.") == Ends(1, 1, 0)
    assert sentence_ends(said, "We had. A plan. It failed we changed it.") == Ends(1, 1, 1)


def test_sentence_ends_survive_wrong_words() -> None:
    said = "We had a plan. It failed. We changed it."
    assert sentence_ends(said, "He had a new plan. Failed. We changed it.") == Ends(2, 0, 0)
    assert Ends(0, 0, 0).f1 is None
