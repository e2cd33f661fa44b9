"""The report on one attempt, in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from simulator.clarity.findings import Clarity, Finding
from simulator.delivery.words import delivery_notes
from simulator.practice.keeping import numbers_of
from simulator.practice.measures import facts_of
from simulator.practice.noise import amount_of, compare, estimate_noise
from simulator.practice.wording_time import clock
from simulator.speech.marking import Piece, marked_transcript

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from simulator.assessment import Assessment

SHOWN_MEASURES = (
    "words_per_minute",
    "filled_pauses_per_minute",
    "silent_pauses_within_clause_per_minute",
    "response_latency_s",
    "pitch_range_semitones",
    "repairs_per_100_words",
)
"""Few, and each one a person can act on; the rest are in ``--json``."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One line of the table: this attempt, the person's own usual, and what the change is worth."""

    label: str
    now: str
    usual: str
    change: str


def measure_rows(
    measures: Mapping[str, float | None], earlier: Sequence[Mapping[str, float | None]]
) -> tuple[MeasureRow, ...]:
    """The measures against the speaker's own earlier attempts.

    Parameters
    ----------
    measures : of this attempt.
    earlier : of the person's own earlier attempts, oldest first.
    """
    rows = []
    for name in SHOWN_MEASURES:
        facts = facts_of(name)
        now = measures.get(name)
        values = [value for past in earlier if (value := past.get(name)) is not None]
        usual = facts.shown(median(values)) if values else ""
        change = ""
        if now is not None and values:
            noise = estimate_noise([values], facts.usual_noise)
            difference = compare(values, [now], noise)
            change = {"higher": "higher", "lower": "lower", "none": "as usual"}[difference.change]
        rows.append(MeasureRow(facts.label, facts.shown(now), usual, change))
    return tuple(rows)


def show_assessment(
    console: Console,
    assessment: Assessment,
    earlier: Sequence[Mapping[str, float | None]] | None = None,
) -> None:
    """The whole report on one answer.

    Parameters
    ----------
    console : where to print.
    assessment : of the answer.
    earlier : measures of the person's own earlier attempts; None compares with nothing.
    """
    if assessment.speech is not None and assessment.delivery is not None:
        show_transcript(console, marked_transcript(assessment.speech))
        show_measures(console, numbers_of(assessment.delivery), earlier)
        show_notes(console, delivery_notes(assessment.delivery))
    show_clarity(console, assessment.clarity)
    show_more(console, assessment.clarity)


def show_transcript(console: Console, pieces: Sequence[Piece]) -> None:
    """What was said, with what was heard between the words."""
    if not pieces:
        return
    console.print("\nWhat you said", style="bold")
    console.print(_marked(pieces))
    if any(piece.kind != "word" for piece in pieces):
        console.print(
            "[um] a sound while thinking, (1.2 s) a silence, -word- taken back",
            style="dim",
        )


def show_measures(
    console: Console,
    measures: Mapping[str, float | None],
    earlier: Sequence[Mapping[str, float | None]] | None,
) -> None:
    """How it was said, against the person's own earlier attempts; None compares with nothing."""
    console.print("\nHow you said it", style="bold")
    if all(measures.get(name) is None for name in SHOWN_MEASURES):
        return
    console.print(measure_table(measures, earlier or ()))
    if earlier is not None and amount_of(len(earlier) + 1) == "baseline":
        console.print("This is your first attempt: your own baseline from now on.", style="dim")


def measure_table(
    measures: Mapping[str, float | None], earlier: Sequence[Mapping[str, float | None]]
) -> Table:
    """Few measures, each beside what is usual for this speaker."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=bool(earlier))
    table.add_column("")
    table.add_column("now", justify="right")
    if earlier:
        table.add_column(f"usually ({len(earlier)} before)", justify="right")
        table.add_column("")
    for row in measure_rows(measures, earlier):
        cells = (row.label, row.now, row.usual, row.change)
        table.add_row(*(cells if earlier else cells[:2]))
    return table


def show_notes(console: Console, notes: Sequence[str]) -> None:
    """What is worth saying beside the numbers, and why some are missing."""
    for note in notes:
        console.print(note, highlight=False)


NOTHING_STOOD_OUT = "Nothing in what you said stood out as unclear."


def show_clarity(console: Console, clarity: Clarity) -> None:
    """What was said: what worked, at most three things to try, what may be asked next."""
    for reason in clarity.cannot_judge:
        console.print(f"\nNot judged: {reason}")
    if clarity.strength is not None:
        console.print("\nWhat worked", style="bold")
        console.print(_quoted(clarity.strength.quote, clarity.strength.start_s))
        console.print(f"  {clarity.strength.why}")
    if clarity.findings or clarity.score is not None:
        console.print("\nTo try next time", style="bold")
    if not clarity.findings and clarity.score is not None:
        console.print(f"  {NOTHING_STOOD_OUT}")
    for place, finding in enumerate(clarity.findings, start=1):
        _show_finding(console, place, finding)
    if clarity.follow_up:
        console.print("\nThey might ask next", style="bold")
        console.print(f"  {clarity.follow_up}", highlight=False)


def show_more(console: Console, clarity: Clarity) -> None:
    """What a second look may want: where to begin, the clean version, what it gives evidence of."""
    if clarity.start_with:
        console.print("\nYou could begin with", style="bold")
        console.print(f"  {clarity.start_with}", highlight=False)
    if clarity.left_out:
        console.print("\nThe same, without ums and restarts", style="bold")
        console.print(f"  {clarity.clean_text}", highlight=False)
    if clarity.rewritten:
        show_rewrite(console, clarity.rewritten)
    if clarity.evidence:
        console.print("\nWhat it gives evidence of", style="bold")
    for item in clarity.evidence:
        label = item.criterion.replace("_", " ").replace(" vs ", " against ")
        shown = "nothing yet" if item.quote is None else f"“{item.quote}”"
        console.print(f"  {label}: {shown}", highlight=False)


def show_rewrite(console: Console, text: str) -> None:
    """The answer as a larger model tidied it; nothing in it that was not said."""
    console.print(
        "\nTidied by the model you chose; nothing in it that you did not say", style="bold"
    )
    console.print(f"  {text}", highlight=False)


def _show_finding(console: Console, place: int, finding: Finding) -> None:
    console.print(f"{place}. {finding.why}", highlight=False)
    console.print(_quoted(finding.quote, finding.start_s))
    console.print(f"   Try: {finding.suggestion}", highlight=False)


def _quoted(quote: str, start_s: float | None) -> Text:
    from rich.text import Text

    moment = "" if start_s is None else f"  ({clock(start_s)})"
    return Text(f'   "{quote}"{moment}', style="italic")


def _marked(pieces: Sequence[Piece]) -> Text:
    from rich.text import Text

    text = Text()
    for piece in pieces:
        if piece.kind == "word":
            text.append(piece.text + " ")
        elif piece.kind == "given_up":
            text.append(f"-{piece.text}- ", style="strike dim")
        elif piece.kind == "filled_pause":
            text.append(f"[{piece.text}] ", style="bold yellow")
        else:
            text.append(f"({piece.text}) ", style="cyan")
    text.rstrip()
    return text
