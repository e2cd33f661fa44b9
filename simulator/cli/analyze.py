"""``simulator analyze``: recorded answers in, the assessment out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.errors import SimulatorError, UsageError

if TYPE_CHECKING:
    from simulator.assessment import Assessment, Assessor


def analyze(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Recorded answers, in any usual format.")
    ] = None,
    *,
    question: Annotated[
        str | None, typer.Option("--question", help="What was asked, word for word.")
    ] = None,
    transcript: Annotated[
        Path | None,
        typer.Option(
            "--transcript",
            help="Text in place of sound: a .txt, or a .jsonl of {question, text} objects.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line for each answer.")
    ] = False,
    speech_model: Annotated[
        str, typer.Option("--speech-model", help="Short name, folder or hub name of a Whisper.")
    ] = "base",
    language_model: Annotated[
        str | None, typer.Option("--language-model", help="Folder or hub name of a causal model.")
    ] = None,
) -> None:
    """Assess recorded answers; nothing is kept in the library."""
    from simulator.assessment import Wanted, load_assessor
    from simulator.places import find_places

    if bool(files) == (transcript is not None):
        raise UsageError("give recordings, or a text with --transcript")
    wanted = Wanted(speech_model, language_model)
    if transcript is not None:
        texts = list(_texts(transcript, question))
        assessor = load_assessor(wanted, find_places(), sound=False)
        for asked, text in texts:
            _show(assessor.assess_text(text, _question(asked)), as_json=as_json)
        return
    _analyze_recordings(files or [], question, wanted, as_json=as_json)


def _analyze_recordings(
    files: list[Path], question: str | None, wanted: Any, *, as_json: bool
) -> None:
    """Assess each file; one that cannot be read does not keep the others from being heard."""
    from simulator.assessment import load_assessor
    from simulator.audio.files import AudioFileError, read_audio
    from simulator.audio.recorder import Recording
    from simulator.places import find_places

    assessor: Assessor | None = None
    failures = 0
    for path in files:
        try:
            samples, rate = read_audio(path)
        except AudioFileError as error:
            failures += 1
            if len(files) == 1:
                raise
            typer.echo(f"simulator: {error}", err=True)
            continue
        if assessor is None:
            assessor = load_assessor(wanted, find_places())
        assessment = assessor.assess_recording(Recording(samples, rate, ()), _question(question))
        if not as_json and len(files) > 1:
            typer.echo(f"\n== {path}")
        _show(assessment, as_json=as_json)
    if failures:
        raise SimulatorError(f"{failures} of {len(files)} recordings could not be read")


def _texts(path: Path, question: str | None) -> Iterator[tuple[str | None, str]]:
    """(question, text) pairs from a text file or from a file of JSON lines."""
    if not path.is_file():
        raise UsageError(f"no such transcript: {path}")
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise SimulatorError(f"the transcript is not UTF-8 text: {path}") from error
    if path.suffix != ".jsonl":
        yield question, content.strip()
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except json.JSONDecodeError as error:
            raise UsageError(f"{path}:{number}: not a JSON object ({error.msg})") from error
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise UsageError(f'{path}:{number}: give {{"question": ..., "text": ...}}')
        asked = item.get("question", question)
        if asked is not None and not isinstance(asked, str):
            raise UsageError(f"{path}:{number}: question: give text or null")
        yield asked, item["text"]


def _question(text: str | None) -> Any:
    from simulator.clarity.judge import AskedQuestion

    return AskedQuestion(text) if text else None


def _show(assessment: Assessment, *, as_json: bool) -> None:
    if as_json:
        from simulator.assessment_json import to_json

        typer.echo(to_json(assessment))
        return
    from rich.console import Console

    from simulator.cli.report import show_assessment

    show_assessment(Console(markup=False), assessment)
