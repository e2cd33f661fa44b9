from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.repairs import find_repairs
from simulator.speech.timeline import FilledPause, Repair, SilentPause, Word


def heard(
    text: str,
) -> tuple[tuple[Word, ...], tuple[FilledPause, ...], tuple[SilentPause, ...]]:
    """Words half a second apart; ``<um>`` is a filled pause, ``<>`` a silent one."""
    words: list[Word] = []
    filled: list[FilledPause] = []
    silent: list[SilentPause] = []
    for index, piece in enumerate(text.split()):
        start = index / 2
        if piece == "<um>":
            filled.append(FilledPause(start, start + 0.4, "um", 0.9, "both"))
        elif piece == "<>":
            silent.append(SilentPause(start, start + 0.4, "within_clause"))
        else:
            words.append(Word(start, start + 0.4, piece, 0.9))
    return tuple(words), tuple(filled), tuple(silent)


def repairs(text: str) -> list[tuple[str, str]]:
    return [(r.kind, r.text) for r in find_repairs(*heard(text))]


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        ("we we decided to go", "we"),
        ("I, I think so", "I,"),
        ("we went to the to the house", "to the"),
        ("and then I was <um> I was late", "I was"),
        ("I was, you know, I was late", "I was,"),
        ("the the plan", "the"),
        ("very <um> very late", "very"),
        ("it was it was it was fine", "it was"),
    ],
)
def test_repetitions(text: str, given_up: str) -> None:
    found = repairs(text)
    assert found[0] == ("repetition", given_up)
    assert all(kind == "repetition" for kind, _ in found)


@pytest.mark.parametrize(
    ("text", "given_up"),
    [
        ("so the proj- the product failed", "the proj-"),
        ("I w- went home", "w-"),
        ("we were going to <> I asked him first", "we were going to"),
        ("we were, I mean, they were late", "we were,"),
        ("I went to the <um> we drove there", "I went to the"),
        ("I would, I will do it", "I would,"),
    ],
)
def test_false_starts(text: str, given_up: str) -> None:
    assert repairs(text) == [("false_start", given_up)]


@pytest.mark.parametrize(
    "text",
    [
        "it was very very good",
        "he had had enough",
        "I know that that is true",
        "no no that is fine",
        "call five five two",
        "again and again and again",
        "I came, I saw, I conquered",
        "I think I can do it",
        "I know what I was and who I am",
        "when I was I could",
        "We won. We celebrated.",
        "that is what we did. We left.",
        "I said I would and I did",
        "yes, I did, I really did it",
        "she knew we were ready",
        "the better you plan the less you fix",
        "it was hard, but we managed",
        "I asked what did he want",
        "it is more and more and more",
        "that is how it was, I think, in May",
        "I do what I do because I like it",
    ],
)
def test_emphasis_and_grammar_are_no_repairs(text: str) -> None:
    assert repairs(text) == []


def test_places_are_word_indices_and_times_those_of_the_words() -> None:
    words, filled, silent = heard("so we went to the to the house")
    (repair,) = find_repairs(words, filled, silent)
    assert (repair.first_word, repair.last_word) == (3, 4)
    assert (repair.start_s, repair.end_s) == (words[3].start_s, words[4].end_s)


VOCABULARY = (
    *("i", "we", "the", "a", "to", "was", "went", "had", "very", "that", "product", "proj-"),
    *("I,", "well", "no", "and", "house.", "it's"),
)


@given(st.lists(st.sampled_from([*VOCABULARY, "<um>", "<>"]), max_size=40))
def test_repairs_are_in_order_apart_and_within_the_words(pieces: list[str]) -> None:
    words, filled, silent = heard(" ".join(pieces))
    found: tuple[Repair, ...] = find_repairs(words, filled, silent)
    for repair in found:
        assert 0 <= repair.first_word <= repair.last_word < len(words) - 1
        given_up = words[repair.first_word : repair.last_word + 1]
        assert repair.text == " ".join(word.text for word in given_up)
    for before, after in pairwise(found):
        assert before.last_word < after.first_word


@given(st.lists(st.sampled_from(VOCABULARY), max_size=20), st.sampled_from(["we", "to the", "I"]))
def test_a_repeat_put_into_any_speech_is_found(pieces: list[str], repeat: str) -> None:
    text = " ".join(["start", *pieces, "stop", repeat, repeat, "zebra"])
    assert ("repetition", repeat) in repairs(text)
