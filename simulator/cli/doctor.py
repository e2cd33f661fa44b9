"""``simulator doctor``: everything a sitting needs, each with a verdict and the mend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.errors import SimulatorError, SourceError
from simulator.places import Places, find_places

if TYPE_CHECKING:
    from simulator.practice.checks import Check

LISTEN_S = 3.0
MARKS = {"good": "ok  ", "poor": "poor", "broken": "NO  "}


def doctor(
    *,
    microphone: Annotated[str | None, typer.Option("--microphone", help="Name or number.")] = None,
    speaker: Annotated[str | None, typer.Option("--speaker", help="Name or number.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not listen and do not play.")] = False,
) -> None:
    """Check microphone, speaker, voices, weights and disk; say what to mend."""
    places = find_places()
    broken = 0
    checks: list[Iterator[Check]] = [_weights(places), _disk(places), _voices()]
    if not quiet:
        checks += [_speaker(speaker, places), _microphone(microphone)]
    for check in (check for group in checks for check in group):
        broken += check.verdict == "broken"
        typer.echo(f"{MARKS[check.verdict]}  {check.name}: {check.found}")
        if check.mend:
            typer.echo(f"      {check.mend}")
    if broken:
        raise typer.Exit(SimulatorError.exit_status)


def _microphone(name: str | None) -> Iterator[Check]:
    import time

    import numpy as np

    from simulator.audio.microphone import Microphone
    from simulator.practice.checks import Check, check_level, check_rate

    try:
        source = Microphone(int(name) if name is not None and name.isdigit() else name)
        typer.echo(f"      Say something for {LISTEN_S:.0f} seconds ...")
        heard = []
        with source:
            began = time.monotonic()
            for block in source.blocks(0.1):
                if block is not None:
                    heard.append(block.samples)
                if time.monotonic() - began >= LISTEN_S:
                    break
    except SourceError as error:
        yield Check("microphone", "broken", str(error), "plug one in, or use --input FILE")
        return
    yield Check("microphone", "good", source.label)
    yield check_rate(source.sample_rate_hz)
    yield check_level(np.concatenate(heard) if heard else np.zeros(0, np.int16))


def _speaker(name: str | None, places: Places) -> Iterator[Check]:
    from simulator.audio.speaker import Speaker
    from simulator.practice.checks import Check
    from simulator.voices.manner import Manner
    from simulator.voices.speaking import find_voices

    try:
        speaker = Speaker(int(name) if name is not None and name.isdigit() else name)
        spoken = find_voices(places).speak("This is how questions will sound.", Manner())
        if spoken is not None:
            typer.echo("      You should hear a sentence now.")
            speaker.play_file(spoken.path)
    except SourceError as error:
        yield Check("speaker", "poor", str(error), "without one, questions are shown as text")
        return
    yield Check("speaker", "good", speaker.label)


def _voices() -> Iterator[Check]:
    from simulator.practice.checks import Check
    from simulator.voices.manner import VoiceError
    from simulator.voices.system import Pyttsx3Voice

    mend = "install eSpeak NG (Debian: espeak-ng); until then questions are shown as text"
    try:
        installed = Pyttsx3Voice().installed()
    except VoiceError as error:
        yield Check("voices", "poor", f"none can be listed ({error})", mend)
        return
    english = [voice for voice in installed if voice.language.lower().startswith("en")]
    if not english:
        yield Check("voices", "poor", "no English voice", mend)
        return
    yield Check("voices", "good", f"{len(english)} in English, {english[0].name} among them")


def _weights(places: Places) -> Iterator[Check]:
    from simulator.practice.checks import Check
    from simulator.weights.manifest import read_manifest
    from simulator.weights.verify import missing_files

    for weights in read_manifest(places.models / "manifest.toml").weights:
        if weights.optional:
            continue
        missing = missing_files(weights, places.weights / weights.name)
        if missing:
            yield Check(
                weights.name,
                "broken",
                f"missing {', '.join(missing)}",
                f"simulator models pull {weights.name}",
            )
        else:
            yield Check(weights.name, "good", "all files are here")


def _disk(places: Places) -> Iterator[Check]:
    from simulator.practice.checks import check_disk

    folder = places.recordings
    while not folder.exists():
        folder = folder.parent
    yield check_disk(shutil.disk_usage(folder).free)
