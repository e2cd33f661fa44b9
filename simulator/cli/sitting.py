"""A sitting at the terminal: devices found, models loading, keys read, reports shown."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.audio.blocks import Source
from simulator.errors import SourceError, UsageError
from simulator.library.attempts import AttemptKind
from simulator.places import Places, find_places
from simulator.practice.events import Announce, Notice
from simulator.practice.interviewers import find_interviewer
from simulator.practice.names import attempt_id
from simulator.practice.scenario import Question, Scenario
from simulator.practice.scenario_file import find_scenario

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.audio.speaker import Speaker
    from simulator.cli.keys import Keys
    from simulator.library.store import Library

NO_MICROPHONE = (
    "{problem}. So that you can see the whole thing, here is a demonstration: an example answer, "
    "spoken by a synthetic voice. It is kept apart from your own attempts."
)
DEMONSTRATION = (
    "This is a demonstration: the answer is an example spoken by a synthetic voice, not yours."
)


@dataclass(frozen=True, slots=True)
class SittingOptions:
    """What was asked for on the command line."""

    scenario: str
    kind: AttemptKind
    began_s: float
    question: str | None = None
    input_file: Path | None = None
    events: bool = False
    interviewer: str | None = None
    speech_model: str = "base"
    language_model: str | None = None
    end_silence_s: float | None = 4.0
    time_limit_s: float | None = None
    microphone: str | None = None
    speaker: str | None = None
    mute: bool = False
    coach: bool = False
    show_words: bool = False


def hold_sitting(options: SittingOptions) -> None:
    """Hold a sitting as the command line asks for it."""
    from rich.console import Console

    from simulator.cli.keys import listen_for_keys
    from simulator.library.store import Library

    places = find_places()
    scenario = find_scenario(options.scenario, places)
    questions = _questions(scenario, options)
    if options.input_file is not None and not options.input_file.is_file():
        raise UsageError(f"no such recording: {options.input_file}")
    with ExitStack() as stack:
        library = stack.enter_context(Library(places.recordings))
        keys = stack.enter_context(listen_for_keys())
        console = Console(stderr=options.events, markup=False)
        announce = _announcer(options, console, library, stack)
        options = _with_sound(options, announce)
        _hold(options, places, scenario, questions, library, keys, console, announce)


def _hold(
    options: SittingOptions,
    places: Places,
    scenario: Scenario,
    questions: tuple[Question, ...],
    library: Library,
    keys: Keys,
    console: Console,
    announce: Announce,
) -> None:
    from simulator.assessment import Wanted, load_assessor
    from simulator.cli.person import NobodyThere, TerminalPerson
    from simulator.practice.loading import Loading
    from simulator.practice.session import Studio
    from simulator.practice.sitting import SittingPlan, hold
    from simulator.voices.speaking import find_voices

    wanted = Wanted(options.speech_model, options.language_model)
    assessor = Loading(lambda: load_assessor(wanted, places))
    alone = options.input_file is not None or not sys.stdin.isatty()
    person = NobodyThere() if alone else TerminalPerson(console, keys)
    studio = Studio(
        open_source=_Sources(options),
        speaker=_speaker(options, announce),
        voice=find_voices(places),
        assessor=assessor,
        library=library,
        announce=announce,
        stop_asked=lambda: keys.take() == "enter",
        ask_rating=person.rate,
        coach="nudges" if options.coach else "silent",
    )
    if not options.events and options.kind == "practice":
        console.print(f"{scenario.title}\n", style="bold")
        console.print(f"{scenario.situation} {scenario.stakes}", highlight=False)
    plan = SittingPlan(
        session_id=attempt_id(_now()),
        scenario=scenario,
        questions=questions,
        interviewer=find_interviewer(options.interviewer or scenario.interviewer),
        kind=options.kind,
        end_silence_s=options.end_silence_s,
        time_limit_s=options.time_limit_s,
        follow_ups="left_out" if alone else "asked",
    )
    hold(plan, studio, person, _now, attempt_id)


def _questions(scenario: Scenario, options: SittingOptions) -> tuple[Question, ...]:
    if options.question is None:
        return scenario.questions if options.kind != "pitch" else scenario.questions[:1]
    question = scenario.question(options.question)
    if question is None:
        known = ", ".join(q.question_id for q in scenario.questions)
        raise UsageError(
            f"the scenario '{scenario.scenario_id}' has no question '{options.question}'; "
            f"it has {known}"
        )
    return (question,)


def _announcer(
    options: SittingOptions, console: Console, library: Library, stack: ExitStack
) -> Announce:
    if options.events:
        from simulator.cli.events import print_events

        return print_events(options.began_s)
    from simulator.cli.display import Display

    earlier = [a.measures for a in library.attempts() if a.kind in ("practice", "pitch")]
    return stack.enter_context(Display(console, earlier, partial=options.show_words)).announce


def _with_sound(options: SittingOptions, announce: Announce) -> SittingOptions:
    """The options with something to hear: a demonstration where there is no microphone."""
    if options.kind == "demo":
        announce(Notice(DEMONSTRATION))
        return options
    if options.input_file is not None:
        return options
    from simulator.practice.demo import example_answer

    try:
        _open_source(options)
    except SourceError as error:
        announce(Notice(NO_MICROPHONE.format(problem=error)))
        return replace(options, input_file=example_answer(), kind="demo", time_limit_s=None)
    return options


class _Sources:
    """A fresh source for each answer; from the second on the device list is a fresh one too."""

    def __init__(self, options: SittingOptions) -> None:
        self._options = options
        self._opened = 0

    def __call__(self) -> Source:
        if self._opened and self._options.input_file is None:
            from simulator.audio.microphone import load_sounddevice, refresh_devices

            refresh_devices(load_sounddevice())
        self._opened += 1
        return _open_source(self._options)


def _open_source(options: SittingOptions) -> Source:
    if options.input_file is not None:
        from simulator.audio.files import FileSource

        return FileSource(options.input_file)
    from simulator.audio.microphone import Microphone

    return Microphone(_device(options.microphone))


def _speaker(options: SittingOptions, announce: Announce) -> Speaker | None:
    if options.mute:
        return None
    from simulator.audio.speaker import Speaker

    try:
        return Speaker(_device(options.speaker))
    except SourceError as error:
        announce(Notice(f"{error}. Questions are shown as text."))
        return None


def _device(name: str | None) -> str | int | None:
    return int(name) if name is not None and name.isdigit() else name


def _now() -> datetime:
    return datetime.now(UTC)
