"""The debrief by voice: questions asked aloud, answers spoken, each shown before it counts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import typer

from simulator.cli.sound import SoundOptions, Sources, find_speaker, open_source
from simulator.errors import SourceError, UsageError
from simulator.practice import wording_debrief as say
from simulator.practice.debrief_flow import Step
from simulator.practice.events import Announce, Event, Listening, Notice
from simulator.practice.spoken_answers import answer_from_speech

if TYPE_CHECKING:
    from simulator.practice.dictation import Dictation

Ask = Callable[[Step], str]

MOST_TRIES = 2
"""After so many spoken answers that do not fit, the keyboard is the shorter way [judgement]."""


class AskAloud:
    """Puts each step of a debrief aloud.

    Parameters
    ----------
    listen : says a prompt and gives the words of the answer.
    typed : asks at the keyboard instead.
    today : the day of the debrief.
    correct : shows the person what was heard and gives it back as it should be, None to say it
        again; without a person everything stays as it was heard.
    """

    def __init__(
        self,
        listen: Callable[[str], str],
        typed: Ask,
        today: date,
        correct: Callable[[Step, str], str | None] | None,
    ) -> None:
        self._listen = listen
        self._typed = typed
        self._today = today
        self._correct = correct
        self._tries: dict[str, int] = {}

    def __call__(self, step: Step) -> str:
        """Ask a step; see `Ask`."""
        tries = self._tries[step.key] = self._tries.get(step.key, 0) + 1
        if tries > MOST_TRIES:
            if self._correct is not None:
                return self._typed(step)
            if step.needed:
                raise UsageError(say.NOT_UNDERSTOOD.format(prompt=step.prompt))
            return ""
        typer.echo(f"\n{step.prompt}")
        for number, choice in enumerate(step.choices if step.kind == "numbers" else (), start=1):
            typer.echo(f"  {number}. {choice}")
        while True:
            heard = answer_from_speech(
                step, self._listen(say.aloud(step.key, step.prompt)), self._today
            )
            typer.echo(say.HEARD.format(text=heard) if heard else say.HEARD_NOTHING)
            if self._correct is None:
                return heard
            corrected = self._correct(step, heard)
            if corrected is not None:
                return corrected


def ask_aloud(options: SoundOptions, speech_model: str, typed: Ask) -> Ask:
    """An asker with this machine's microphone, speaker, voice and models.

    Where there is no microphone that is said, and the keyboard takes its place.

    Parameters
    ----------
    options : which devices.
    speech_model : which Whisper.
    typed : asks at the keyboard.
    """
    announce = _notices()
    try:
        open_source(options)
    except SourceError as error:
        typer.echo(say.TYPED_INSTEAD.format(problem=error))
        return typed
    dictation = _dictation(options, speech_model, announce)
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    today = datetime.now().astimezone().date()
    return AskAloud(dictation.ask, typed, today, _correct_at_terminal if at_terminal else None)


def _dictation(options: SoundOptions, speech_model: str, announce: Announce) -> Dictation:
    from simulator.assessment import THREADS
    from simulator.places import find_places
    from simulator.practice.dictation import Dictation
    from simulator.practice.loading import Loading
    from simulator.speech.ear import load_ear
    from simulator.voices.manner import Manner
    from simulator.voices.speaking import find_voices

    places = find_places()
    speaker, voices = find_speaker(options, announce), find_voices(places)

    def speak(text: str) -> None:
        spoken = None if speaker is None else voices.speak(text, Manner())
        if speaker is None or spoken is None:
            return
        try:
            speaker.play_file(spoken.path)
        except SourceError as error:
            announce(Notice(str(error)))

    return Dictation(
        open_source=Sources(options),
        say=speak,
        ear=Loading(lambda: load_ear(speech_model, places, THREADS)),
        announce=announce,
        stop_asked=_line_waits,
    )


def _notices() -> Announce:
    """Tells only what needs mending: a debrief has no levels to draw."""

    def announce(event: Event) -> None:
        if isinstance(event, Notice):
            typer.echo(event.text)
        elif isinstance(event, Listening):
            typer.echo(say.SPEAK_NOW)

    return announce


def _line_waits() -> bool:
    """Whether Enter has been pressed at the terminal; takes the line."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    try:
        import select

        ready, _, _ = select.select([sys.stdin], [], [], 0)
    except (OSError, ValueError):  # Windows cannot select on a console: the silence ends it
        return False
    if ready:
        sys.stdin.readline()
    return bool(ready)


def _correct_at_terminal(step: Step, heard: str) -> str | None:
    """Enter keeps what was heard, ``r`` says it again, anything else takes its place."""
    typer.echo(say.CORRECT_LINES if step.kind == "lines" else say.CORRECT)
    typer.echo("> ", nl=False)
    line = sys.stdin.readline().strip()
    if not line:
        return heard
    if line.lower() == "r":
        return None
    lines = [line]
    while step.kind == "lines" and (more := sys.stdin.readline().strip()):
        lines.append(more)
    return "\n".join(lines)
