"""Evidence or assumption: worked examples, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.practice.sorting import sort_note, split_conclusion
from simulator.practice.spots import Spot, read_spot, spots_in_words
from tests.practice.sorting_examples import ASSUMPTION, EVIDENCE, KEPT_BACK, WORKED, WRITTEN_AFTER


@pytest.mark.parametrize(("text", "expected"), WORKED)
def test_worked_examples(text: str, expected: str) -> None:
    assert sort_note(text).sort == expected


def test_examples_kept_back_are_nearly_all_right_and_wrong_on_the_safe_side() -> None:
    kept_back = KEPT_BACK + WRITTEN_AFTER
    right = sum(sort_note(text).sort == expected for text, expected in kept_back)
    harmful = sum(
        sort_note(text).sort == EVIDENCE for text, expected in kept_back if expected == ASSUMPTION
    )
    assert right / len(kept_back) >= 0.9
    assert harmful <= 2


@given(st.text(max_size=200))
def test_any_text_is_sorted_with_a_reason(text: str) -> None:
    sorting = sort_note(text)
    assert sorting.sort in (EVIDENCE, ASSUMPTION)
    assert sorting.reason
    assert sorting.cue in text


@given(st.sampled_from([text for text, sort in WORKED if sort == EVIDENCE]))
def test_a_guess_in_front_makes_an_assumption_of_anything(text: str) -> None:
    assert sort_note(f"I guess {text[0].lower()}{text[1:]}").sort == ASSUMPTION


def test_the_half_that_happened_can_be_kept_on_its_own() -> None:
    text = "He asked me twice, so he obviously did not believe me."
    head, tail = split_conclusion(text)
    assert (head, tail) == ("He asked me twice", "he obviously did not believe me")
    assert sort_note(head).sort == EVIDENCE
    assert split_conclusion("He asked me twice.") == ("", "")


@pytest.mark.parametrize(
    ("text", "spot"),
    [
        ("I lost the thread in the middle.", "rambling"),
        ("I took ages to get to the point on question three.", "buried_point"),
        ("I did not mention the result of the project.", "no_result"),
        ("I forgot to say how it ended.", "no_result"),
        ("I could not think of a number.", "vague"),
        ("I talked for about five minutes on the first one.", "rambling"),
        ("My answer was too long.", "rambling"),
        ("I kept saying 'I think'.", "hedged"),
        ("My example stayed general.", "vague"),
        ("I kept saying we, he asked which part was mine.", "no_ownership"),
        ("I used a lot of acronyms.", "jargon"),
        ("I gave the same example twice.", "repetitive"),
        ("I kept apologising for my English.", "hedged"),
        ("I didn't really answer the question.", "off_topic"),
        ("I jumped around between two projects.", "unstructured"),
        ("I said um a lot.", "filled_pauses_per_minute"),
        ("Went blank when they asked for a number.", "response_latency_s"),
        ("I spoke too fast.", "words_per_minute"),
        ("My voice was flat and monotone.", "pitch_range_semitones"),
    ],
)
def test_own_words_are_read_as_spots(text: str, spot: str) -> None:
    assert spot in [found.name for found in spots_in_words(text)]


@pytest.mark.parametrize(
    "text",
    [
        "They showed me the desk where I would sit.",
        "The manager took notes when I talked about the audit.",
        "She nodded when I described the handover.",
        "I like the summer there.",
        "Herman was late.",
        "They extended the meeting by ten minutes.",
        "The test took too long to load.",
        "It was some kind of online test.",
    ],
)
def test_words_that_speak_of_no_spot(text: str) -> None:
    assert spots_in_words(text) == ()


def test_spots_have_keys_that_read_back() -> None:
    for spot in (Spot("finding", "no_result"), Spot("measure", "words_per_minute")):
        assert read_spot(spot.key) == spot
        assert read_spot(spot.name) == spot
    assert read_spot("finding:words_per_minute") is None
    assert read_spot("nonsense") is None
