"""``simulator debrief``: write down a real interview, and close the loop."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.errors import SimulatorError, UsageError
from simulator.places import find_places

if TYPE_CHECKING:
    from simulator.library.debriefs import Debrief
    from simulator.practice.debrief_flow import Flow, Step
    from simulator.practice.debrief_keeping import KeptDebrief

app = typer.Typer(
    invoke_without_command=True,
    help="Write down a real interview while it is fresh; its questions become yours to practise.",
)

Name = Annotated[str | None, typer.Argument(help="A debrief's name; the latest without one.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Ask = Callable[["Step"], str]
"""Puts a question and gives the words of the answer: typed, or spoken and transcribed."""


@app.callback()
def debrief(
    context: typer.Context,
    *,
    spoken: Annotated[
        bool, typer.Option("--spoken", help="Ask aloud, and listen to your answers.")
    ] = False,
    speech_model: Annotated[
        str, typer.Option("--speech-model", help="Short name, folder or hub name of a Whisper.")
    ] = "base",
    microphone: Annotated[
        str | None, typer.Option("--microphone", help="Name or number, as 'devices' lists it.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", help="Name or number, as 'devices' lists it.")
    ] = None,
) -> None:
    """Take notes on a real interview, step by step; nothing spoken here is kept as sound."""
    if context.invoked_subcommand is not None:
        return
    if not spoken:
        hold_debrief(ask_by_keyboard)
        return
    from simulator.cli.debrief_aloud import ask_aloud
    from simulator.cli.sound import SoundOptions

    sound = SoundOptions(microphone=microphone, speaker=speaker)
    hold_debrief(ask_aloud(sound, speech_model, ask_by_keyboard))


@app.command("list")
def list_debriefs(*, as_json: AsJson = False) -> None:
    """List the debriefs, the latest last."""
    from simulator.cli.as_json import to_line

    for each in _all():
        if as_json:
            typer.echo(to_line(each))
            continue
        at = f" at {each.company}" if each.company else ""
        day = each.held_on or each.noted_at.date()
        typer.echo(
            f"{each.debrief_id}  {day}  {each.role}{at} "
            f"({len(each.questions)} questions, {len(each.evidence())} notes of evidence)"
        )


@app.command()
def show(name: Name = None, *, as_json: AsJson = False) -> None:
    """Read a debrief: evidence, assumptions, and apart from both the outcome."""
    from simulator.cli.as_json import to_line

    found = _find(name)
    if as_json:
        typer.echo(to_line(found))
        return
    at = f" at {found.company}" if found.company else ""
    typer.echo(f"{found.role}{at}\n{found.round_name}".rstrip())
    for place, question in enumerate(found.questions, start=1):
        typer.echo(f"{place}. {question.text}" + (" (felt weaker)" if question.weaker else ""))
    _show_sorted(found)
    if found.outcome is not None:
        words = f": “{found.outcome.their_words}”" if found.outcome.their_words else ""
        typer.echo(f"\nApart from all this, the outcome: {found.outcome.result}{words}")


@app.command()
def move(
    numbers: Annotated[list[int], typer.Argument(help="The notes' numbers, as 'show' gives them.")],
    name: Annotated[str | None, typer.Option("--debrief", help="The latest without it.")] = None,
) -> None:
    """Move notes to the other side, between evidence and assumption: your word is final."""
    found = _find(name)
    for number in numbers:
        if not 1 <= number <= len(found.notes):
            raise UsageError(f"There is no note {number}; there are {len(found.notes)}.")
        note = found.notes[number - 1]
        found = found.overrule(number - 1, "assumption" if note.sort == "evidence" else "evidence")
    _keep(found)
    _show_sorted(found)


@app.command()
def feedback(
    text: Annotated[str, typer.Argument(help="What they wrote or said, in their words.")],
    name: Annotated[str | None, typer.Option("--debrief", help="The latest without it.")] = None,
) -> None:
    """Add feedback that you were given: what they said is evidence."""
    from simulator.practice.debrief_keeping import add_feedback

    _keep(add_feedback(_find(name), text))
    typer.echo("Kept, as evidence.")


@app.command()
def outcome(
    result: Annotated[str, typer.Argument(help="offer, no, waiting or withdrew.")],
    words: Annotated[str, typer.Option(help="Their reason, word for word.")] = "",
    name: Annotated[str | None, typer.Option("--debrief", help="The latest without it.")] = None,
) -> None:
    """Note how it ended. It stays apart, and changes nothing in your plan."""
    from dataclasses import replace

    from simulator.library.debriefs import Outcome
    from simulator.practice.debrief_flow import RESULTS

    for known in RESULTS:
        if known == result:
            _keep(replace(_find(name), outcome=Outcome(known, words)))
            typer.echo("Noted, apart from the rest.")
            return
    raise UsageError(f"The outcome is one of {', '.join(RESULTS)}; not {result!r}.")


@app.command()
def request(
    name: Name = None,
    to: Annotated[str, typer.Option(help="Whom it is to, such as 'Ms Adler'.")] = "",
    sender: Annotated[str, typer.Option("--from", help="Your name.")] = "",
    save: Annotated[Path | None, typer.Option(help="Write it to this file.")] = None,
    *,
    copy: Annotated[bool, typer.Option("--copy", help="Put it on the clipboard.")] = False,
) -> None:
    """Write a short request for feedback. It is never sent."""
    from simulator.practice import wording_debrief as say
    from simulator.practice.feedback_request import feedback_request

    letter = feedback_request(_find(name), to, sender)
    text = f"{letter.subject}\n\n{letter.body}\n"
    if save is not None:
        try:
            save.write_text(text, encoding="utf-8")
        except OSError as error:
            raise SimulatorError(f"Cannot write {save}: {error.strerror or error}.") from error
        typer.echo(f"Written: {save}")
    copied = copy and _to_clipboard(text)
    if copy:
        typer.echo(say.COPIED if copied else say.NO_CLIPBOARD)
    if save is None and not copied:
        typer.echo(text)
    typer.echo(say.NEVER_SENT)


@app.command()
def delete(name: Annotated[str, typer.Argument(help="A debrief's name.")]) -> None:
    """Remove a debrief. The scenario made of its questions stays in your own folder."""
    from simulator.library.debriefs import Debriefs
    from simulator.library.store import Library

    found = _find(name)
    with Library(find_places().recordings) as library:
        Debriefs(library.db).delete(found.debrief_id)
    typer.echo(f"Removed: {found.debrief_id}")


def hold_debrief(ask: Ask) -> KeptDebrief:
    """Hold a whole debrief and keep it.

    Parameters
    ----------
    ask : puts each step and gives the answer's words; an answer that does not fit is asked for
        again, with the reason.
    """
    from simulator.library.debriefs import Debriefs
    from simulator.library.store import Library
    from simulator.practice import wording_debrief as say
    from simulator.practice.debrief_flow import AnswerRefusedError, Flow, give, next_step
    from simulator.practice.debrief_keeping import keep_debrief
    from simulator.practice.names import attempt_id

    places = find_places()
    typer.echo(say.OPENING)
    flow = Flow(datetime.now().astimezone().date())
    while (step := next_step(flow)) is not None:
        _show_before(step, flow)
        try:
            flow = give(flow, ask(step))
        except AnswerRefusedError as refused:
            typer.echo(str(refused))
    now = datetime.now(UTC)
    with Library(places.recordings) as library:
        kept = keep_debrief(flow, attempt_id(now), now, Debriefs(library.db), places.own_scenarios)
    _show_kept(kept)
    return kept


def ask_by_keyboard(step: Step) -> str:
    """Put a step at the terminal and read its answer; the end of the input is an empty answer."""
    typer.echo(f"\n{step.prompt}")
    if step.kind == "numbers":
        for number, choice in enumerate(step.choices, start=1):
            typer.echo(f"  {number}. {choice}")
    lines: list[str] = []
    while line := _read_line():
        lines.append(line)
        if step.kind != "lines":
            break
    if line is None and step.needed:
        raise UsageError("The debrief was not finished, so nothing was kept.")
    return "\n".join(lines)


def _read_line() -> str | None:
    """A line without its end; None where the input has come to its end."""
    typer.echo("> ", nl=False)
    line = sys.stdin.readline()
    return line.strip() if line else None


def _show_before(step: Step, flow: Flow) -> None:
    """Before notes are moved, show how they were sorted, and why."""
    from simulator.practice import wording_debrief as say
    from simulator.practice.debrief_flow import notes_so_far
    from simulator.practice.sorting import sort_note, split_conclusion

    if step.kind != "move":
        return
    typer.echo(f"\n{say.SORTED_HEADING}")
    for number, note in enumerate(notes_so_far(flow.answers), start=1):
        typer.echo(f"  {number}. [{note.sort}] {note.text} ({note.reason})")
        head, _ = split_conclusion(note.text)
        if note.sort == "assumption" and head and sort_note(head).sort == "evidence":
            typer.echo(f"     {say.SPLIT_HINT.format(head=head)}")


def _show_sorted(found: Debrief) -> None:
    from simulator.practice import wording_debrief as say

    for heading, sort in (
        (say.EVIDENCE_HEADING, "evidence"),
        (say.ASSUMPTION_HEADING, "assumption"),
    ):
        typer.echo(f"\n{heading}")
        for number, note in enumerate(found.notes, start=1):
            if note.sort == sort:
                typer.echo(f"  {number}. {note.text}")


def _show_kept(kept: KeptDebrief) -> None:
    from simulator.practice import wording_debrief as say

    signals = [note.text for note in kept.debrief.evidence() if note.topic == "signal"]
    if signals:
        typer.echo(f"\n{say.SIGNALS_HEADING}")
        for text in signals:
            typer.echo(f"  {text}")
    for thought in kept.thoughts:
        typer.echo(f"\n“{thought.words}”\n{thought.answer}")
    if kept.scenario is None:
        typer.echo(f"\n{say.NO_QUESTIONS_KEPT}")
    else:
        typer.echo(f"\n{say.KEPT.format(scenario=kept.scenario.scenario_id)}")
    typer.echo(say.REQUEST_HINT)


def _all() -> tuple[Debrief, ...]:
    from simulator.library.debriefs import Debriefs
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        return Debriefs(library.db).all()


def _find(name: str | None) -> Debrief:
    from simulator.library.debriefs import Debriefs
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        return Debriefs(library.db).find(name)


def _keep(found: Debrief) -> None:
    from simulator.library.debriefs import Debriefs
    from simulator.library.store import Library

    with Library(find_places().recordings) as library:
        Debriefs(library.db).keep(found)


def _to_clipboard(text: str) -> bool:
    """Hand text to the system's own clipboard command; false where there is none."""
    import shutil
    import subprocess

    commands = (
        ("wl-copy",),
        ("xclip", "-selection", "clipboard"),
        ("xsel", "--clipboard", "--input"),
        ("pbcopy",),
        ("clip",),
    )
    for command in commands:
        if shutil.which(command[0]) is None:
            continue
        try:
            subprocess.run(
                command,
                input=text.encode(),
                check=True,
                timeout=5,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        except (OSError, subprocess.SubprocessError):
            continue  # Installed, but without a display to talk to: try the next.
        return True
    return False
