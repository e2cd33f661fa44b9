"""Single keys: what they mean during an answer, and what happens when no more will come."""

from __future__ import annotations

import os
import pty
import time

from simulator.cli.keys import END, Keys, listen_for_keys
from simulator.cli.keys_in_answer import KeysInAnswer
from simulator.cli.person import TerminalPerson


def pressed(*keys: str) -> Keys:
    made = Keys()
    for key in keys:
        made.press(key)
    return made


def test_during_an_answer_enter_stops_p_pauses_and_r_repeats() -> None:
    keys = KeysInAnswer(pressed("x", "p"))
    assert not keys.stop_asked()
    assert keys.pause_asked() == "pause"
    assert keys.pause_asked() is None
    keys = KeysInAnswer(pressed("r", "enter"))
    assert keys.pause_asked() == "repeat"
    assert keys.stop_asked()
    assert not keys.stop_asked()


def test_where_no_more_will_come_nobody_waits() -> None:
    keys = pressed("a", END)
    assert keys.wait() == "a"
    assert [keys.wait(), keys.wait(), keys.take()] == [None, None, None]
    keys.clear()
    assert keys.wait() is None


def test_a_person_who_is_gone_stops_the_sitting_and_rates_nothing() -> None:
    from rich.console import Console

    person = TerminalPerson(Console(quiet=True), pressed(END))
    assert person.during_pause() == "stop"
    assert person.rate() is None


def test_who_answers_at_once_is_heard_and_what_was_pressed_before_is_not() -> None:
    from rich.console import Console

    class Prompt(Console):
        """Somebody presses a key in the moment in which the question appears."""

        def print(self, *objects: object, **options: object) -> None:
            del objects, options
            keys.press("4")

    keys = pressed("2", "enter")
    assert TerminalPerson(Prompt(), keys).rate() == 4


def test_a_terminal_gives_keys_without_enter_and_is_put_back() -> None:
    import termios

    master, slave = pty.openpty()
    stream = os.fdopen(slave, "r")
    before = termios.tcgetattr(stream)
    with listen_for_keys(stream) as keys:
        for _ in range(200):
            if not termios.tcgetattr(stream)[3] & termios.ICANON:
                break
            time.sleep(0.01)
        os.write(master, b"Q\n")
        assert [keys.wait(5), keys.wait(5)] == ["q", "enter"]
    assert termios.tcgetattr(stream) == before
    os.close(master)  # the terminal is gone: the reading thread ends
    assert keys.wait(5) is None
    stream.close()


def test_what_is_piped_in_is_no_keyboard() -> None:
    read, write = os.pipe()
    os.write(write, b"q\n")
    with os.fdopen(read, "r") as stream, listen_for_keys(stream) as keys:
        assert keys.wait(0.2) is None
    os.close(write)
