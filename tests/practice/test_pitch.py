"""The pitch against the clock, and its versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clarity.findings import Sentence
from simulator.practice.pitch import EXAMPLES, PARTS, PitchTiming, likeness_by, time_pitch
from simulator.practice.pitch_versions import PitchVersion, best_version, change_between
from simulator.speech.timeline import Word
from tests.practice.people import START

WHOLE = (
    "You'd be getting someone who gets your night shift out on time.",
    "I've run nights in a depot for four years.",
    "Wrong parcels went from two percent to zero point six.",
    "You told me that nights are your weak spot.",
    "That is why I would like to do this with you.",
)


def spoken(
    sentences: Sequence[str], seconds_a_word: float = 0.5
) -> tuple[list[Sentence], list[Word]]:
    """Said at a steady pace, without pauses."""
    at, timed, words = 0.0, [], []
    for text in sentences:
        start = at
        for word in text.split():
            words.append(Word(at, at + seconds_a_word, word, 1.0))
            at += seconds_a_word
        timed.append(Sentence(text, 0, len(text), start, at))
    return timed, words


def timing(sentences: Sequence[str], length_s: float = 60.0, **other: Any) -> PitchTiming:
    return time_pitch(*spoken(sentences), length_s, **other)


def test_what_was_said_by_when() -> None:
    whole = timing(WHOLE)
    assert whole.missing() == ()
    assert {heard.part: heard.by_s for heard in whole.parts} == {
        "hook": 6.0,
        "who": 10.5,
        "evidence": 15.5,
        "value": 6.0,  # The opening speaks to the listener already.
        "close": 25.5,
    }
    assert whole.parts[2].quote == WHOLE[2]
    assert (whole.words, whole.spoken_s, whole.after_bell.words) == (51, 25.5, 0)


def test_what_fell_after_the_bell() -> None:
    late = timing(WHOLE, 20.0)
    # The bell rings after forty words: eleven are left.
    assert late.after_bell.words == 11
    assert late.after_bell.text == WHOLE[4]
    assert late.after_bell.seconds == pytest.approx(5.5)
    assert late.in_time() == ("hook", "who", "evidence", "value")
    assert late.missing() == ()


@pytest.mark.parametrize(
    ("opening", "is_hook"),
    [
        ("What I bring is a calm night shift.", True),
        ("Because I finish things.", True),
        ("Fewer features, and happier customers.", True),
        ("So, um, thank you. You need someone for the nights.", True),
        ("My name is Kim Weber.", False),
        ("I'm Kim.", False),
        ("I came into warehousing more or less by accident.", False),
        ("So the depot, to give you a picture, is one of the older ones.", False),
        ("Let me start with some background.", False),
        ("In Cardiff there were three of us.", False),
        ("I was nineteen, and my uncle was driving for a parcel firm.", False),
    ],
)
def test_an_opening_is_a_hook_unless_it_is_a_run_up(opening: str, is_hook: bool) -> None:
    heard = timing((opening, *WHOLE[1:])).parts[0]
    assert (heard.quote == opening) == is_hook
    assert (heard.by_s is None) == (not is_hook)


def test_a_hook_that_comes_late_is_none() -> None:
    sentences, words = spoken(WHOLE)
    late = [
        Sentence(each.text, 0, 1, (each.start_s or 0) + 15, (each.end_s or 0) + 15)
        for each in sentences
    ]
    assert "hook" in time_pitch(late, words, 60.0).missing()


@pytest.mark.parametrize(
    ("left_out", "part"), [(1, "who"), (2, "evidence"), (4, "close"), (0, "hook")]
)
def test_a_part_left_out_is_missed(left_out: int, part: str) -> None:
    rest = [text for place, text in enumerate(WHOLE) if place != left_out]
    if part == "hook":
        rest.insert(0, "I came to this by accident.")
    assert part in timing(rest).missing()


def test_likeness_finds_what_no_cue_does() -> None:
    sentences = ("You need calm nights.", "Depots are home to me.", "Mistakes fell sharply.")

    def likeness(texts: Sequence[str], examples: Sequence[str]) -> np.ndarray:
        table = np.zeros((len(texts), len(examples)), np.float32)
        table[1, examples.index(EXAMPLES["who"][0])] = 0.7
        table[2, examples.index(EXAMPLES["evidence"][1])] = 0.7
        table[2, examples.index(EXAMPLES["close"][0])] = 0.4
        return table

    assert set(timing(sentences).missing()) == {"who", "evidence", "close"}
    found = timing(sentences, likeness=likeness)
    assert found.missing() == ("close",)
    assert [heard.by for heard in found.parts[1:3]] == ["likeness", "likeness"]


def test_likeness_is_the_dot_product_of_embeddings() -> None:
    class Letters:
        name = "letters"

        def embed(self, texts: Sequence[str]) -> np.ndarray:
            rows = [[float("a" in text), float("b" in text)] for text in texts]
            return np.array(rows, np.float32)

    table = likeness_by(Letters())(["a", "b", "c"], ["a", "b"])
    assert table.tolist() == [[1, 0], [0, 1], [0, 0]]


def test_silence_is_a_pitch_with_nothing_in_it() -> None:
    nothing = time_pitch([], [], 60.0)
    assert nothing.missing() == PARTS
    assert (nothing.words, nothing.after_bell.seconds) == (0, 0.0)


@given(
    st.lists(st.sampled_from(WHOLE), max_size=10),
    st.floats(5, 120),
    st.floats(0.1, 1.0),
)
def test_every_part_is_told_once_and_quoted_from_what_was_said(
    sentences: list[str], length_s: float, pace: float
) -> None:
    told = time_pitch(*spoken(sentences, pace), length_s)
    assert tuple(heard.part for heard in told.parts) == PARTS
    for heard in told.parts:
        assert (heard.quote is None) == (heard.by_s is None)
        assert heard.quote is None or heard.quote in sentences
    assert 0 <= told.after_bell.words <= told.words
    assert (told.after_bell.seconds > 0) == (told.after_bell.words > 0)


def version(
    name: str,
    sentences: Sequence[str],
    day: float,
    clarity: float | None = 0.5,
    length_s: float = 60.0,
) -> PitchVersion:
    return PitchVersion(
        name, START + timedelta(days=day), " ".join(sentences), timing(sentences, length_s), clarity
    )


def test_the_best_has_the_most_in_time_then_least_after_it_then_clarity_then_the_latest() -> None:
    three = version("three", WHOLE[:3], 0, 0.9)
    whole = version("whole", WHOLE, 1, 0.5)
    clearer = version("clearer", WHOLE, 2, 0.6)
    later = version("later", WHOLE, 3, 0.6)
    unjudged = version("unjudged", WHOLE, 4, None)
    versions = [three, whole, clearer, later, unjudged]
    assert best_version(versions[:2]) == whole
    assert best_version(versions[:3]) == clearer
    assert best_version(versions) == later
    assert best_version(versions, kept="three") == three
    assert best_version(versions, kept="gone") == later
    assert best_version([]) is None
    short = [
        version("over", WHOLE + WHOLE[1:3], 1, 0.9, 26.0),
        version("fits", WHOLE, 0, 0.1, 26.0),
    ]
    assert best_version(short) == short[1]


def test_what_changed_between_two_versions() -> None:
    change = change_between(version("a", WHOLE[:3], 0), version("b", WHOLE, 1))
    assert change.won == ("close",)
    assert change.lost == ()
    back = change_between(version("b", WHOLE, 1, length_s=20.0), version("a", WHOLE[1:3], 0))
    assert back.lost == ("value",)
    assert back.words_after_bell == -11
