"""The debrief by voice: what was heard is shown, corrected, asked again, or typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from simulator.audio.files import FileSource
from simulator.cli.debrief import hold_debrief
from simulator.cli.debrief_aloud import AskAloud
from simulator.errors import UsageError
from simulator.places import Places, find_places
from simulator.practice.debrief_flow import Step
from tests.walk.answers import beginning

TODAY = date(2025, 3, 14)

SAID = {
    "Which role was it?": "Night shift lead.",
    "At which company?": "Northline.",
    "Which round was it, and who was there?": "The final round.",
    "On which day was it?": "Yesterday.",
    "Which questions do you remember?": "Why should we choose you? Tell us about a mistake.",
    "Which of your answers felt weaker?": "The second.",
    "Where did it become unclear": "I talked for five minutes.",
    "What did your example lack": "I left out how it ended.",
    "What showed that": "They stayed twenty minutes longer.",
    "What else stays": "They probably wanted someone younger.",
    "Which notes belong": "None.",
    "how did it end?": "They said no.",
    "what did they say": "Nothing.",
}


def said(prompt: str) -> str:
    return next(answer for asked, answer in SAID.items() if asked in prompt)


def never(step: Step) -> str:
    raise AssertionError(f"typed: {step.key}")


def test_a_whole_debrief_by_voice(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    kept = hold_debrief(AskAloud(said, never, TODAY, None)).debrief
    told = capsys.readouterr().out
    assert (kept.role, kept.company) == ("Night shift lead", "Northline")
    assert [question.text for question in kept.questions] == [
        "Why should we choose you?",
        "Tell us about a mistake.",
    ]
    assert [question.weaker for question in kept.questions] == [False, True]
    assert kept.outcome is not None
    assert kept.outcome.result == "no"
    assert "Heard: “Night shift lead”" in told
    assert "You were in the running" in told
    assert [note.text for note in kept.evidence() if note.question == 1] == [
        "I talked for five minutes.",
        "I left out how it ended.",
    ]


ROLE = Step("role", "Which role was it?", "line", needed=True)
DAY = Step("day", "On which day? (such as today)", "day")


def test_what_was_heard_wrongly_is_said_again_or_typed() -> None:
    takes = ["Light ship deed.", "Night shift lead."]
    asked: list[str] = []

    def correct(step: Step, heard: str) -> str | None:
        asked.append(heard)
        return None if heard == "Light ship deed" else f"{heard} (permanent)"

    ask = AskAloud(lambda prompt: takes.pop(0), never, TODAY, correct)
    assert ask(ROLE) == "Night shift lead (permanent)"
    assert asked == ["Light ship deed", "Night shift lead"]


def test_after_two_answers_that_do_not_fit_the_keyboard_is_asked() -> None:
    ask = AskAloud(
        lambda prompt: "Some time ago.", lambda step: "2025-03-01", TODAY, lambda step, text: text
    )
    assert [ask(DAY) for _ in range(3)] == ["Some time ago.", "Some time ago.", "2025-03-01"]


def test_with_no_keyboard_it_is_left_out_or_the_debrief_ends() -> None:
    ask = AskAloud(lambda prompt: "Some time ago.", never, TODAY, None)
    assert [ask(DAY) for _ in range(3)][2] == ""
    ask = AskAloud(lambda prompt: "", never, TODAY, None)
    assert [ask(ROLE) for _ in range(2)] == ["", ""]
    with pytest.raises(UsageError, match="could not be understood"):
        ask(ROLE)


@pytest.mark.models
def test_a_spoken_note_becomes_text_without_its_fillers(
    weights: Callable[[str], Path], tmp_path: Path
) -> None:
    from simulator.practice.dictation import Dictation
    from simulator.speech.ear import load_ear

    weights("whisper-base")
    wav = beginning("wrong", 5.5, 0, tmp_path)  # "Um, there was a project at the depot ..."
    prompts: list[str] = []
    dictation = Dictation(
        open_source=partial(FileSource, wav, sleep=lambda seconds: None),
        say=prompts.append,
        ear=lambda: load_ear("base", find_places(), 1),
        announce=lambda event: None,
        stop_asked=lambda: False,
    )
    text = dictation.ask("Where did it become unclear?")
    assert prompts == ["Where did it become unclear?"]
    assert text.startswith("There was a project")
