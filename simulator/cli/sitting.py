"""A sitting at the terminal: devices found, models loading, keys read, reports shown."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from simulator.cli.keys import someone_there
from simulator.cli.sound import SoundOptions, Sources, find_speaker, open_source, ringing
from simulator.errors import SourceError, UsageError
from simulator.library.attempts import AttemptKind
from simulator.places import Places, find_places
from simulator.practice import wording_sitting as say
from simulator.practice.events import Announce, Notice
from simulator.practice.interviewers import find_interviewer
from simulator.practice.names import attempt_id
from simulator.practice.scenario import Question, Scenario
from simulator.practice.scenario_file import ScenarioError, find_scenario

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.assessment import Assessor
    from simulator.cli.keys import Keys
    from simulator.library.store import Library
    from simulator.practice.loading import Loading
    from simulator.practice.sitting import SittingPlan

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
    sound: SoundOptions
    question: str | None = None
    events: bool = False
    interviewer: str | None = None
    speech_model: str = "base"
    language_model: str | None = None
    end_silence_s: float | None = 4.0
    time_limit_s: float | None = None
    coach: bool = False
    show_words: bool = False
    resume: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Room:
    """What a sitting at the terminal is held in."""

    places: Places
    library: Library
    keys: Keys
    console: Console
    announce: Announce


def hold_sitting(options: SittingOptions) -> None:
    """Hold a sitting as the command line asks for it."""
    from rich.console import Console

    from simulator.cli.keys import listen_for_keys
    from simulator.library.store import Library

    places = find_places()
    file = options.sound.input_file
    if file is not None and not file.is_file():
        raise UsageError(f"no such recording: {file}")
    if not options.resume:
        # A mistake in the scenario or the question's name is told before anything starts.
        _questions(find_scenario(options.scenario, places), options)
    with ExitStack() as stack:
        library = stack.enter_context(Library(places.recordings))
        keys = stack.enter_context(listen_for_keys())
        console = Console(stderr=options.events, markup=False)
        options, notice = _with_sound(options)
        announce = _announcer(options, console, library, stack)
        if notice is not None:
            announce(Notice(notice))
        room = _Room(places, library, keys, console, announce)
        try:
            _hold(options, room)
        except KeyboardInterrupt:
            from simulator.audio.recorder import unfinished

            if unfinished(library.folder):
                console.print(f"\n{say.INTERRUPTED}", highlight=False)
            raise


def _hold(options: SittingOptions, room: _Room) -> None:
    from simulator.assessment import Wanted, check_models, load_assessor
    from simulator.cli.keys_in_answer import KeysInAnswer
    from simulator.cli.person import NobodyThere, TerminalPerson
    from simulator.practice.loading import Loading
    from simulator.practice.session import Studio
    from simulator.practice.sitting import hold
    from simulator.voices.speaking import find_voices

    alone = options.sound.input_file is not None or not someone_there()
    plan, name = _plan(options, room, alone=alone)
    wanted = Wanted(options.speech_model, options.language_model)
    check_models(wanted, room.places)
    assessor = Loading(lambda: load_assessor(wanted, room.places))
    _offer_cut_off(room, assessor, alone=alone or options.events)
    _introduce(options, plan, room, alone=alone)
    person = NobodyThere() if alone else TerminalPerson(room.console, room.keys)
    speaker = find_speaker(options.sound, room.announce)
    in_answer = KeysInAnswer(room.keys)
    studio = Studio(
        open_source=Sources(options.sound),
        speaker=speaker,
        voice=find_voices(room.places),
        assessor=assessor,
        library=room.library,
        announce=ringing(speaker, room.announce),
        stop_asked=in_answer.stop_asked,
        ask_rating=person.rate,
        coach="nudges" if options.coach else "silent",
        pause_asked=in_answer.pause_asked,
        during_pause=person.during_pause,
    )
    # With nobody there only one question is answered, which leaves nothing to take up again.
    can_wait = options.kind == "practice" and len(plan.questions) > 1 and not alone

    def remember(place: int) -> None:
        if can_wait and place:
            _keep_open(room.library, plan, name, place)

    end = hold(plan, studio, person, _now, attempt_id, remember)
    if can_wait:
        _close_or_keep(room, plan, name, end.resume_at)
    if end.finished and not options.events and options.kind != "demo":
        from simulator.cli.sitting_report import show_sitting

        show_sitting(room.console, room.library, plan.session_id)
    if options.kind == "pitch" and end.finished and not options.events:
        hint = say.PITCHES_HINT.format(question=plan.questions[0].question_id)
        room.console.print(f"\n{hint}", style="dim", highlight=False)
    if can_wait and end.resume_at is not None:
        place, count = end.resume_at + 1, len(plan.questions)
        room.console.print(f"\n{say.STOPPED.format(place=place, count=count)}", highlight=False)


def _plan(options: SittingOptions, room: _Room, *, alone: bool) -> tuple[SittingPlan, str]:
    """What the sitting is to be, and the scenario's name as it can be found again."""
    from simulator.library.sittings import Sittings
    from simulator.practice.sitting import SittingPlan

    session_id, first, interviewer = attempt_id(_now()), 0, options.interviewer
    name = options.scenario
    if options.resume:
        waiting = Sittings(room.library.db).latest()
        if waiting is None:
            raise UsageError(say.NOTHING_WAITS)
        session_id, name, first = waiting.session_id, waiting.scenario, waiting.next_place
        interviewer = interviewer or waiting.interviewer
    try:
        scenario = find_scenario(name, room.places)
    except ScenarioError:
        raise  # a mistake in the file can be mended
    except UsageError:
        Sittings(room.library.db).close(session_id)  # gone: nothing to go on with
        raise
    questions = _questions(scenario, options)
    if first >= len(questions):
        Sittings(room.library.db).close(session_id)
        raise UsageError(say.SHORTER_NOW.format(scenario=name, place=first + 1))
    plan = SittingPlan(
        session_id=session_id,
        scenario=scenario,
        questions=questions,
        interviewer=find_interviewer(interviewer or scenario.interviewer),
        kind=options.kind,
        end_silence_s=options.end_silence_s,
        time_limit_s=options.time_limit_s,
        reactions="left_out" if alone else "shown",
        first=first,
    )
    return plan, str(scenario.file.resolve()) if name.endswith(".toml") else name


def _questions(scenario: Scenario, options: SittingOptions) -> tuple[Question, ...]:
    if options.question is None:
        if options.kind == "pitch":
            return (_pitch_of(scenario, options.time_limit_s),)
        return scenario.questions
    question = scenario.question(options.question)
    if question is None:
        known = ", ".join(q.question_id for q in scenario.questions)
        raise UsageError(
            f"the scenario '{scenario.scenario_id}' has no question '{options.question}'; "
            f"it has {known}"
        )
    return (question,)


def _pitch_of(scenario: Scenario, seconds: float | None) -> Question:
    """The pitch written for this length; the first one where none is."""
    for question in scenario.questions:
        if question.time_limit_s == seconds:
            return question
    return scenario.questions[0]


def _offer_cut_off(room: _Room, assessor: Loading[Assessor], *, alone: bool) -> None:
    """Answers that a crash cut off are offered first; with nobody to ask they are only told of."""
    from simulator.cli.recover import notice_of, offer
    from simulator.practice.recovery import find_cut_off

    waiting = find_cut_off(room.library.folder)
    if waiting and alone:
        room.announce(Notice(notice_of(waiting)))
    elif waiting:
        offer(waiting, room.library, assessor, room.console, room.keys)


def _introduce(options: SittingOptions, plan: SittingPlan, room: _Room, *, alone: bool) -> None:
    """The situation, before the first question; nothing where events are printed."""
    from simulator.library.sittings import Sittings

    if options.events or options.kind != "practice":
        return
    scenario, console = plan.scenario, room.console
    waiting = None if alone or options.resume else Sittings(room.library.db).latest()
    if waiting is not None:
        place, name = waiting.next_place + 1, waiting.scenario
        console.print(say.WAITING.format(place=place, scenario=name), style="dim", highlight=False)
    console.print(f"{scenario.title}\n", style="bold")
    console.print(f"{scenario.situation} {scenario.stakes}", highlight=False)
    if plan.first:
        place, count = plan.first + 1, len(plan.questions)
        text = say.GOING_ON.format(title=scenario.title, place=place, count=count)
        console.print(f"\n{text}", highlight=False)


def _keep_open(library: Library, plan: SittingPlan, name: str, place: int) -> None:
    from simulator.library.sittings import OpenSitting, Sittings

    waiting = OpenSitting(plan.session_id, name, plan.interviewer.name, place, _now())
    Sittings(library.db).keep(waiting)


def _close_or_keep(room: _Room, plan: SittingPlan, name: str, resume_at: int | None) -> None:
    """A sitting that is through is forgotten; one that was stopped waits."""
    from simulator.library.sittings import Sittings

    if resume_at is None:
        Sittings(room.library.db).close(plan.session_id)
    else:
        _keep_open(room.library, plan, name, resume_at)


def _announcer(
    options: SittingOptions, console: Console, library: Library, stack: ExitStack
) -> Announce:
    if options.events:
        from simulator.cli.events import print_events

        return print_events(options.began_s)
    from simulator.cli.display import PLAYING, SPEAK, Display

    earlier = [a.measures for a in library.attempts() if a.kind in ("practice", "pitch")]
    display = Display(
        console,
        # The example is nobody's attempt: it is compared with nothing.
        None if options.kind == "demo" else earlier,
        partial=options.show_words,
        prompt=SPEAK if options.sound.input_file is None else PLAYING,
    )
    return stack.enter_context(display).announce


def _with_sound(options: SittingOptions) -> tuple[SittingOptions, str | None]:
    """The options with something to hear, and what to tell of it.

    Without a microphone that is a demonstration.
    """
    if options.kind == "demo":
        return options, DEMONSTRATION
    if options.sound.input_file is not None:
        return options, None
    from simulator.practice.demo import example_answer

    try:
        open_source(options.sound)
    except SourceError as error:
        problem = str(error)
        notice = NO_MICROPHONE.format(problem=problem[:1].upper() + problem[1:])
        sound = replace(options.sound, input_file=example_answer())
        demo = replace(options, sound=sound, kind="demo", time_limit_s=None, resume=False)
        return demo, notice
    return options, None


def _now() -> datetime:
    return datetime.now(UTC)
