from __future__ import annotations

from simulator.speech.echo import after_echo, find_echo_end_s
from simulator.speech.timeline import Span, Word

QUESTION = "In your own words, why you?"


def said(text: str, start_s: float, each_s: float = 0.3) -> list[Word]:
    return [
        Word(start_s + i * each_s, start_s + (i + 1) * each_s, word, 0.9)
        for i, word in enumerate(text.split())
    ]


def test_the_questions_last_words_are_an_echo() -> None:
    words = said("words, why you? I have run", 0.05)
    assert round(find_echo_end_s(words, QUESTION), 6) == 0.95


def test_an_answer_that_repeats_the_question_later_is_an_answer() -> None:
    assert find_echo_end_s(said("Why you? Because", 0.8), QUESTION) == 0.0


def test_words_timed_too_early_are_an_answer_where_the_sound_began_later() -> None:
    words = said("words, why you? I have run", 0.05)
    assert find_echo_end_s(words, QUESTION, [Span(0.6, 4.0)]) == 0.0
    assert find_echo_end_s(words, QUESTION, [Span(0.0, 4.0)]) > 0.0


def test_other_words_at_once_are_an_answer() -> None:
    assert find_echo_end_s(said("Well, I have run", 0.05), QUESTION) == 0.0


def test_one_word_alone_may_be_chance() -> None:
    assert find_echo_end_s(said("You asked me", 0.05), QUESTION) == 0.0


def test_nothing_was_said_before() -> None:
    assert find_echo_end_s(said("why you?", 0.0), None) == 0.0


def test_speech_is_cut_where_the_echo_ends() -> None:
    spans = [Span(0.0, 0.4), Span(0.6, 2.0), Span(3.0, 4.0)]
    assert after_echo(spans, 0.9) == (Span(0.9, 2.0), Span(3.0, 4.0))
    assert after_echo(spans, 0.0) == tuple(spans)
