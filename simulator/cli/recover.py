"""``simulator recover``: answers that were cut off by a crash become attempts after all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.keys import someone_there
from simulator.errors import SimulatorError, UsageError
from simulator.places import find_places
from simulator.practice import wording_sitting as say

if TYPE_CHECKING:
    from rich.console import Console

    from simulator.assessment import Assessor
    from simulator.cli.keys import Keys
    from simulator.library.store import Library
    from simulator.practice.recovery import CutOff


def recover(
    *,
    finish: Annotated[
        bool, typer.Option("--finish", help="Judge and keep all of them, without asking.")
    ] = False,
    discard: Annotated[
        bool, typer.Option("--discard", help="Discard all of them, without asking.")
    ] = False,
    speech_model: Annotated[
        str, typer.Option("--speech-model", help="Short name, folder or hub name of a Whisper.")
    ] = "base",
) -> None:
    """Finish answers that were cut off when the program or the machine stopped."""
    from rich.console import Console

    from simulator.assessment import Wanted, load_assessor
    from simulator.cli.keys import listen_for_keys
    from simulator.library.store import Library
    from simulator.practice.loading import Loading
    from simulator.practice.recovery import find_cut_off

    if finish and discard:
        raise UsageError("say --finish or --discard, not both")
    places, console = find_places(), Console(markup=False)
    with Library(places.recordings) as library:
        waiting = find_cut_off(library.folder)
        if not waiting:
            console.print(say.NOTHING_CUT_OFF)
        elif discard:
            _discard(waiting, console)
        elif finish or someone_there():
            wanted = Wanted(speech_model)
            assessor = Loading(lambda: load_assessor(wanted, places))
            if finish:
                for cut in waiting:
                    console.print(say.CUT_OFF_ASK.format(what=_what(cut)), highlight=False)
                    _finish(cut, library, assessor, console)
                return
            with listen_for_keys() as keys:
                offer(waiting, library, assessor, console, keys)
        else:
            for cut in waiting:
                console.print(f"{cut.asked.attempt_id}  {_what(cut)}", highlight=False)
            raise UsageError("say what to do with them: --finish or --discard")


def notice_of(waiting: Sequence[CutOff]) -> str:
    """One line that says that answers wait, where nobody can be asked."""
    if len(waiting) == 1:
        return say.CUT_OFF_ONE.format(what=_what(waiting[0]))
    return say.CUT_OFF_MANY.format(count=len(waiting), what=_what(waiting[-1]))


def offer(
    waiting: Sequence[CutOff],
    library: Library,
    assessor: Callable[[], Assessor],
    console: Console,
    keys: Keys,
) -> None:
    """Ask for each answer whether to finish it, discard it, or leave it for later."""
    for cut in waiting:
        console.print(say.CUT_OFF_ASK.format(what=_what(cut)), style="yellow", highlight=False)
        console.print(say.CUT_OFF_CHOICES, style="dim")
        keys.clear()
        while (key := keys.wait()) not in ("enter", "d", "l", None):
            pass
        if key == "enter":
            _finish(cut, library, assessor, console)
        elif key == "d":
            _discard([cut], console)


def _finish(
    cut: CutOff, library: Library, assessor: Callable[[], Assessor], console: Console
) -> None:
    from simulator.cli.report import show_assessment
    from simulator.practice.recovery import finish_cut_off

    earlier = [each.measures for each in library.attempts() if each.kind in ("practice", "pitch")]
    try:
        done = finish_cut_off(cut, library, assessor)
    except OSError as error:
        raise SimulatorError(
            f"the sound cannot be written ({error}); it stays as it is: {cut.left.pcm}"
        ) from error
    if done.assessment is None:
        console.print(say.RECOVERED_BEFORE.format(name=done.attempt_id), highlight=False)
        return
    show_assessment(console, done.assessment, earlier)
    console.print(f"\n{say.RECOVERED.format(name=done.attempt_id)}", style="dim", highlight=False)


def _discard(waiting: Sequence[CutOff], console: Console) -> None:
    for cut in waiting:
        text = say.DISCARDED.format(what=_what(cut))
        cut.left.discard()
        console.print(text, highlight=False)


def _what(cut: CutOff) -> str:
    return say.cut_off_line(cut.asked.question_text, cut.asked.started_at, cut.duration_s)
