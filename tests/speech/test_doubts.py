from __future__ import annotations

import pytest

from simulator.speech.doubts import HeardLanguage, find_doubts, main_language, unheard_words
from simulator.speech.timeline import Span, Word


def words(count: int, start_s: float = 0.0, probability: float = 0.9) -> list[Word]:
    return [
        Word(start_s + i * 0.4, start_s + i * 0.4 + 0.3, f"w{i}", probability) for i in range(count)
    ]


SPEECH = [Span(0.0, 10.0)]


def test_a_good_transcript_has_no_doubts() -> None:
    assert find_doubts(words(20), SPEECH) == ()


def test_words_far_from_any_speech_were_not_said() -> None:
    said = [*words(5), *words(3, start_s=14.0)]
    assert unheard_words(said, SPEECH) == (5, 6, 7)
    assert unheard_words(words(3, start_s=10.1), SPEECH) == (1, 2)


def test_invented_words_are_a_hallucination_only_where_they_are_many() -> None:
    assert find_doubts(words(20), SPEECH, unheard=3) == ("hallucination",)
    assert find_doubts(words(40), SPEECH, unheard=3) == ()
    assert find_doubts(words(4), SPEECH, unheard=2) == ()


def test_an_unsure_recogniser_is_a_doubt() -> None:
    assert find_doubts([*words(5), *words(5, 3.0, 0.2)], SPEECH) == ("low_confidence",)
    assert find_doubts([*words(8), *words(2, 4.0, 0.2)], SPEECH) == ()


def test_nothing_said_is_its_own_doubt() -> None:
    assert find_doubts((), ()) == ("no_speech",)
    assert find_doubts((), SPEECH) == ("no_speech",)


@pytest.mark.parametrize(
    ("heard", "language", "doubts"),
    [
        ([], None, ()),
        ([HeardLanguage(None, None, 5.0)], None, ()),
        ([HeardLanguage("en", 0.9, 5.0)], "en", ()),
        ([HeardLanguage("de", 0.9, 8.0), HeardLanguage("en", 0.9, 5.0)], "de", ("not_english",)),
        ([HeardLanguage("de", 0.4, 8.0), HeardLanguage("en", 0.9, 5.0)], "de", ()),
        ([HeardLanguage("cy", 0.9, 2.0), HeardLanguage("en", 0.9, 9.0)], "en", ()),
    ],
)
def test_the_language_is_what_most_of_the_time_was_taken_for(
    heard: list[HeardLanguage], language: str | None, doubts: tuple[str, ...]
) -> None:
    assert main_language(heard) == language
    assert find_doubts(words(20), SPEECH, heard) == doubts
