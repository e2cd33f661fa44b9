"""Every text around a sitting that a person reads: its start, its report, what was cut off."""

from __future__ import annotations

from datetime import datetime

from simulator.library.attempts import Attempt
from simulator.practice.wording_time import clock, day_and_time

GOING_ON = "Going on with {title}, question {place} of {count}."
WAITING = "A sitting waits for you at question {place} ({scenario}): simulator practice --resume"
NOTHING_WAITS = "No sitting waits to be taken up; begin one with: simulator practice"
SHORTER_NOW = "The scenario {scenario} has no question {place} any more, so there is nothing left."
STOPPED = "Stopped before question {place} of {count}. Go on any day: simulator practice --resume"

SITTING_HEADING = "Your sitting: {answers}, {spoken} of speaking"
WORKED_HEADING = "What worked"
AGAIN_HEADING = "What showed in more than one answer"
NOTHING_AGAIN = "Nothing showed in more than one answer. Single slips are just that."
MEASURES_HEADING = "How you said it, over the whole sitting"
FOCUS_HEADING = "Your focus"
WHAT_NEXT = "When to answer what again: simulator plan"
PITCH_HEADING = "Your time"
PITCHES_HINT = "All versions side by side, the best kept: simulator pitches {question}"

CUT_OFF_ONE = "An answer was cut off ({what}). Finish or discard it: simulator recover"
CUT_OFF_MANY = "{count} answers were cut off ({what}). Finish or discard them: simulator recover"
INTERRUPTED = "Stopped. What you had said is on disk; finish or discard it: simulator recover"
CUT_OFF_ASK = "An answer was cut off: {what}."
CUT_OFF_CHOICES = (
    "Enter to have it judged and kept, d to discard it, l to leave it for later. [Enter/d/l]"
)
RECOVERED_BEFORE = "Its numbers had been kept already; its sound is now too: {name}"
RECOVERED = "Kept as {name}."
DISCARDED = "Discarded: {what}."
NOTHING_CUT_OFF = "No answer was cut off; nothing waits to be finished."
NO_QUESTION = "an answer to no known question"


def cut_off_line(question: str | None, started_at: datetime | None, duration_s: float) -> str:
    """An answer that was cut off, in a few words: what was asked, when, how much there is."""
    asked = f"to “{shortened(question)}”" if question else NO_QUESTION
    when = "" if started_at is None else f", {day_and_time(started_at.astimezone())}"
    return f"{asked}{when}, {clock(duration_s)} min kept"


def answer_line(place: int, attempt: Attempt) -> str:
    """One answer of a sitting in a line."""
    felt = "" if attempt.self_rating is None else f", felt {attempt.self_rating} of 5"
    asked = shortened(attempt.question_text) if attempt.question_text else attempt.question_id or ""
    return f"{place}. {asked}  {clock(attempt.duration_s)}{felt}"


def answers_noun(count: int) -> str:
    """So many answers."""
    return "1 answer" if count == 1 else f"{count} answers"


def spoken_for(seconds: float) -> str:
    """A length of speaking in words, to the nearest half minute from two minutes on."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    halves = round(seconds / 30)
    return f"{halves // 2}{' and a half' if halves % 2 else ''} minutes"


def shortened(text: str | None, most: int = 60) -> str:
    """The beginning of a text, cut between words."""
    whole = " ".join((text or "").split())
    if len(whole) <= most:
        return whole
    return whole[: most + 1].rsplit(" ", 1)[0].rstrip(".,;:") + " …"
