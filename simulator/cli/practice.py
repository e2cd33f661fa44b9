"""``simulator practice``, ``pitch`` and ``demo``: the loop."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from simulator.errors import UsageError

DEFAULT_SCENARIO = "final-round-panel"
PITCH_SCENARIO = "value-pitch"

Question = Annotated[str | None, typer.Option("--question", help="Ask only this question.")]
Input = Annotated[
    Path | None, typer.Option("--input", help="Play this recording in the microphone's place.")
]
Events = Annotated[bool, typer.Option("--events", help="Print one JSON object an event.")]
SpeechModel = Annotated[
    str, typer.Option("--speech-model", help="Short name, folder or hub name of a Whisper.")
]
LanguageModel = Annotated[
    str | None, typer.Option("--language-model", help="Folder or hub name of a causal model.")
]
Interviewer = Annotated[
    str | None, typer.Option("--interviewer", help="warm, neutral, sceptical, hurried or silent.")
]
EndSilence = Annotated[
    float, typer.Option("--end-silence", help="Seconds of silence that end an answer.", min=0.5)
]
NoAutoStop = Annotated[bool, typer.Option("--no-auto-stop", help="Only a key ends an answer.")]
Microphone = Annotated[
    str | None, typer.Option("--microphone", help="Name or number, as 'devices' lists it.")
]
Loudspeaker = Annotated[
    str | None, typer.Option("--speaker", help="Name or number, as 'devices' lists it.")
]
Coach = Annotated[bool, typer.Option("--coach", help="Short hints on pace and fillers, live.")]
ShowWords = Annotated[bool, typer.Option("--show-words", help="Show what is heard, live.")]
Resume = Annotated[bool, typer.Option("--resume", help="Go on with the sitting stopped last.")]
Mute = Annotated[bool, typer.Option("--mute", help="Show questions as text only.")]


def practice(
    scenario: Annotated[
        str | None,
        typer.Argument(
            help="A scenario's name or file, as 'simulator scenarios' lists them; the final-round "
            "panel without one.",
            show_default=False,
        ),
    ] = None,
    *,
    resume: Resume = False,
    question: Question = None,
    input_file: Input = None,
    events: Events = False,
    interviewer: Interviewer = None,
    speech_model: SpeechModel = "base",
    language_model: LanguageModel = None,
    end_silence: EndSilence = 4.0,
    no_auto_stop: NoAutoStop = False,
    microphone: Microphone = None,
    speaker: Loudspeaker = None,
    mute: Mute = False,
    coach: Coach = False,
    show_words: ShowWords = False,
) -> None:
    """Answer questions aloud; the report is there when you stop.

    While you answer: Enter ends the answer, p pauses it, r has the question said again.
    """
    from simulator.cli.sitting import SittingOptions, hold_sitting
    from simulator.cli.sound import SoundOptions

    if resume and (scenario or question):
        raise UsageError("--resume goes on with the sitting stopped last; name no scenario with it")
    hold_sitting(
        SittingOptions(
            scenario=scenario or DEFAULT_SCENARIO,
            resume=resume,
            question=question,
            events=events,
            interviewer=interviewer,
            speech_model=speech_model,
            language_model=language_model,
            end_silence_s=None if no_auto_stop else end_silence,
            sound=SoundOptions(input_file, microphone, speaker, mute),
            coach=coach,
            show_words=show_words,
            kind="practice",
            began_s=time.monotonic(),
        )
    )


def pitch(
    *,
    seconds: Annotated[
        float, typer.Option("--seconds", help="When the bell rings: 10, 30, 60, 90 ...", min=5)
    ] = 60.0,
    question: Question = None,
    input_file: Input = None,
    events: Events = False,
    interviewer: Interviewer = None,
    speech_model: SpeechModel = "base",
    language_model: LanguageModel = None,
    microphone: Microphone = None,
    speaker: Loudspeaker = None,
    mute: Mute = False,
    coach: Coach = False,
    show_words: ShowWords = False,
) -> None:
    """Say your value in a minute, timed."""
    from simulator.cli.sitting import SittingOptions, hold_sitting
    from simulator.cli.sound import SoundOptions

    hold_sitting(
        SittingOptions(
            scenario=PITCH_SCENARIO,
            question=question,
            events=events,
            interviewer=interviewer,
            speech_model=speech_model,
            language_model=language_model,
            end_silence_s=4.0,
            sound=SoundOptions(input_file, microphone, speaker, mute),
            coach=coach,
            show_words=show_words,
            kind="pitch",
            time_limit_s=seconds,
            began_s=time.monotonic(),
        )
    )


def demo(
    *,
    events: Events = False,
    speech_model: SpeechModel = "base",
    speaker: Loudspeaker = None,
    mute: Mute = False,
) -> None:
    """See the whole loop with an example answer, spoken by a synthetic voice."""
    from simulator.cli.sitting import SittingOptions, hold_sitting
    from simulator.cli.sound import SoundOptions
    from simulator.practice.demo import example_answer

    example = example_answer()
    if not example.is_file():
        raise UsageError(f"the example answer is missing: {example}")
    hold_sitting(
        SittingOptions(
            scenario=DEFAULT_SCENARIO,
            events=events,
            speech_model=speech_model,
            sound=SoundOptions(input_file=example, speaker=speaker, mute=mute),
            kind="demo",
            began_s=time.monotonic(),
        )
    )
