import pytest

from simulator.speech.reading_rules import (
    diverges,
    goes_on_oddly,
    is_suspicious,
    longest_adjacent_repeat,
    plain_words,
)


def test_plain_words_leave_filled_pauses_out() -> None:
    assert plain_words("So, um, I've- uh - DONE it.") == ["so", "i've", "done", "it"]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("we shipped it", 0),
        ("we we shipped it", 1),
        ("I was going to I was going to leave", 4),
        ("even I get the blues even I get the blues", 5),
    ],
)
def test_longest_adjacent_repeat(text: str, length: int) -> None:
    assert longest_adjacent_repeat(plain_words(text)) == length


def test_a_sentence_said_twice_is_suspicious_and_a_restart_is_not() -> None:
    twice = "Even I occasionally get the Monday blues. " * 2
    assert is_suspicious(twice, -0.2, 7.0)
    assert not is_suspicious("I was going to, I was going to leave early.", -0.2, 7.0)


def test_more_words_than_anyone_can_say_are_suspicious() -> None:
    assert is_suspicious(" ".join(f"word{n}" for n in range(40)), -0.2, 4.0)


def test_a_guess_is_suspicious_and_silence_is_not() -> None:
    assert is_suspicious("The", -5.0, 0.8)
    assert not is_suspicious("", -5.0, 0.8)


def test_added_fillers_do_not_diverge_but_changed_words_do() -> None:
    plain = "So I moved the team to weekly planning and it worked out for everyone"
    assert not diverges(
        plain, "So, um, I moved the, uh, team to weekly planning and it worked out for everyone."
    )
    assert diverges(plain, "So, um, I moved the team and")
    assert not diverges("", "")


def test_going_on_with_the_words_just_said_is_odd_and_a_restart_is_not() -> None:
    before = "So I moved the whole team to a weekly release."
    assert goes_on_oddly(before, "I moved the whole team to a weekly release. It held.")
    assert not goes_on_oddly(before, "A weekly release, um, to a weekly release of everything.")
    assert not goes_on_oddly("", "Nothing was said before.")
