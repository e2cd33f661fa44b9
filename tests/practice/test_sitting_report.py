"""The report on a whole sitting: patterns, not slips."""

from __future__ import annotations

from datetime import timedelta

from simulator.library.focuses import Focus
from simulator.practice import wording_sitting
from simulator.practice.sitting_report import report_on
from tests.practice.people import START, attempt

FILLERS = "filled_pauses_per_minute"


def test_what_shows_twice_is_told_and_what_shows_once_is_not() -> None:
    answers = [
        attempt(0, "vague", "hedged", session_id="s", measures={FILLERS: 2.0}),
        attempt(0.01, "vague", session_id="s", measures={FILLERS: 4.0}),
        attempt(0.02, session_id="s", measures={FILLERS: None}),
    ]
    report = report_on("s", answers, ())
    assert [weak.spot.name for weak in report.again] == ["vague"]
    assert [moment.attempt_id for moment in report.again[0].moments] == [
        answers[1].attempt_id,
        answers[0].attempt_id,
    ]
    assert report.measures[FILLERS] == 3.0
    assert report.spoken_s == 180.0
    assert report.earlier == ()


def test_a_sitting_on_two_days_is_one_and_others_are_what_was_usual_before() -> None:
    before = attempt(-3, "vague", session_id="earlier", measures={FILLERS: 9.0})
    demo = attempt(-2, "vague", kind="demo", session_id="demo")
    first = attempt(0, "vague", session_id="s")
    second = attempt(1, session_id="s")
    report = report_on("s", [second, demo, before, first], ())
    assert report.answers == (first, second)
    assert report.again == ()
    assert [past.get(FILLERS) for past in report.earlier] == [9.0]


def test_an_answer_that_could_not_be_used_counts_for_nothing() -> None:
    answers = [
        attempt(0, "vague", session_id="s", measures={FILLERS: 2.0}),
        attempt(0.01, "vague", session_id="s", usable=False, measures={FILLERS: 50.0}),
    ]
    report = report_on("s", answers, ())
    assert len(report.answers) == 2
    assert report.again == ()
    assert report.measures[FILLERS] == 2.0


def test_each_focus_is_verified_with_the_sitting() -> None:
    focus = Focus("f", "finding:vague", START - timedelta(days=1), (1.0, 1.0, 1.0), 0.25)
    answers = [attempt(day / 100, session_id="s") for day in range(2)]
    (state,) = report_on("s", answers, (focus,)).focuses
    assert (state.status, state.latest) == ("improving", 0.0)


def test_lengths_and_beginnings_in_words() -> None:
    say = wording_sitting
    assert [say.spoken_for(seconds) for seconds in (57.4, 119, 150, 185)] == [
        "57 s",
        "119 s",
        "2 and a half minutes",
        "3 minutes",
    ]
    assert say.answers_noun(1) == "1 answer"
    assert say.shortened("Short?") == "Short?"
    long = "Pick one piece of work from the last two years, that is closest to what we do here."
    assert say.shortened(long) == "Pick one piece of work from the last two years, that is …"
    line = say.answer_line(2, attempt(0, self_rating=3))
    assert line == "2. Why you?  1:00, felt 3 of 5"
