"""The screen while a person speaks: time left, that it hears them, and nothing to distract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from types import TracebackType
from typing import TYPE_CHECKING

from simulator.cli.report import (
    show_clarity,
    show_measures,
    show_notes,
    show_rewrite,
    show_transcript,
)
from simulator.delivery.words import delivery_notes
from simulator.practice.events import (
    AnswerEnded,
    AttemptSaved,
    Bell,
    DeliveryReady,
    Event,
    FeedbackReady,
    Level,
    Listening,
    Notice,
    Nudge,
    PartialTranscript,
    Paused,
    PitchTimed,
    QuestionAsked,
    Resumed,
    RewriteReady,
    Speaking,
)
from simulator.practice.keeping import numbers_of
from simulator.practice.wording_time import clock

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live

QUIETEST_DB, LOUDEST_DB = -60.0, -6.0
"""Ends of the level bar, in decibels relative to full scale."""

BAR_WIDTH = 12

SPEAK = "Speak when you are ready. Enter ends your answer, p pauses, r has the question said again."
PLAYING = "A recording plays in the microphone's place."
TIME_OVER = "the bell has rung"

ENDINGS = {
    "key": "",
    "time_limit": "Time.",
    "silence": "You stopped speaking, so the answer ends here.",
    "input_ended": "The recording has ended.",
    "source_failed": "The microphone stopped; what you said until then is kept.",
    "no_signal": "",
    "left_out": "Left out.",
    "stopped": "",
}


class Display:
    """Draws a sitting's events. Sparse by default: dense live screens make speakers worse.

    Parameters
    ----------
    console : where to draw.
    earlier : measures of the person's own earlier attempts, oldest first; None compares with
        nothing.
    prompt : what stands where an answer begins.
    partial : whether to show what has been read while the person speaks.
    """

    def __init__(
        self,
        console: Console,
        earlier: Sequence[Mapping[str, float | None]] | None = (),
        *,
        partial: bool = False,
        prompt: str = SPEAK,
    ) -> None:
        self._prompt = prompt
        self._console = console
        self._earlier = None if earlier is None else list(earlier)
        self._partial = partial
        self._limit_s: float | None = None
        self._live: Live | None = None
        self._nudge = ""

    def __enter__(self) -> Display:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def announce(self, event: Event) -> None:
        """Draw one event."""
        if isinstance(event, Level):
            self._level(event)
        elif isinstance(event, Speaking):
            self._said(event)
        elif isinstance(event, QuestionAsked) and not event.spoken:
            self._console.print(f"\n{event.text}\n", style="bold", highlight=False)
        elif isinstance(event, Listening):
            self._begin(event)
        elif isinstance(event, Paused):
            self._stop()
        elif isinstance(event, Resumed):
            self._go_live()
        elif isinstance(event, Bell) and event.moment == "time":
            self._nudge = TIME_OVER
        elif isinstance(event, AnswerEnded):
            self._stop()
            if ENDINGS[event.reason]:
                self._console.print(ENDINGS[event.reason])
        elif isinstance(event, Notice):
            self._console.print(event.text, style="yellow", highlight=False)
        elif isinstance(event, Nudge):
            self._nudge = event.text
        elif isinstance(event, PartialTranscript) and self._partial:
            self._console.print(event.text, style="dim", highlight=False)
        elif isinstance(event, DeliveryReady):
            measures = numbers_of(event.delivery)
            show_transcript(self._console, event.marked)
            show_measures(self._console, measures, self._earlier)
            show_notes(self._console, delivery_notes(event.delivery))
            if self._earlier is not None:
                self._earlier.append(measures)
        elif isinstance(event, FeedbackReady):
            show_clarity(self._console, event.clarity)
        elif isinstance(event, RewriteReady):
            show_rewrite(self._console, event.text)
        elif isinstance(event, PitchTimed):
            self._pitch(event)
        elif isinstance(event, AttemptSaved):
            self._console.print(f"\nKept as {event.attempt_id}.", style="dim", highlight=False)

    def _said(self, event: Speaking) -> None:
        """A thank-you is only heard: it would stand in the middle of the report."""
        if event.kind == "question":
            self._console.print(f"\n{event.text}\n", style="bold", highlight=False)
        elif event.kind == "interruption":
            self._console.print(f"“{event.text}”", style="italic", highlight=False)

    def _begin(self, event: Listening) -> None:
        self._limit_s = event.time_limit_s
        self._nudge = ""
        self._console.print(self._prompt, style="dim")
        self._go_live()

    def _pitch(self, event: PitchTimed) -> None:
        from simulator.practice.wording_plan import pitch_lines
        from simulator.practice.wording_sitting import PITCH_HEADING

        self._console.print(f"\n{PITCH_HEADING}", style="bold")
        for line in pitch_lines(event.timing):
            self._console.print(line, highlight=False)

    def _go_live(self) -> None:
        from rich.live import Live

        if self._console.is_terminal:
            self._live = Live(console=self._console, refresh_per_second=10, transient=True)
            self._live.start()

    def _level(self, event: Level) -> None:
        if self._live is None:
            return
        from rich.text import Text

        self._live.update(Text(level_line(event, self._limit_s, self._nudge)))

    def _stop(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None


def level_line(event: Level, limit_s: float | None, nudge: str = "") -> str:
    """The one line that is shown while someone speaks; a hint stands at its end."""
    left = "" if limit_s is None else f" of {clock(limit_s)}"
    share = (event.loudness_db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)
    filled = round(BAR_WIDTH * min(1.0, max(0.0, share)))
    bar = "|" * filled + "." * (BAR_WIDTH - filled)
    heard = "hearing you" if event.speaking else "listening"
    if event.silence_left_s is not None:
        left_s = max(1, ceil(event.silence_left_s))
        heard = f"still there? ends in {left_s} s, speak to go on"
    hint = f"  ({nudge})" if nudge else ""
    return f"{clock(event.answer_s)}{left}  {bar}  {heard}{hint}"
