"""What the report says when there is something to say, and when there is not."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from simulator.clarity.findings import Clarity
from simulator.cli.report import NOTHING_STOOD_OUT, show_clarity


@pytest.mark.parametrize(("score", "told"), [(0.7, True), (None, False)])
def test_who_gets_no_finding_is_told_so_but_only_where_the_answer_was_judged(
    score: float | None, told: bool
) -> None:
    clarity = Clarity(
        score=score,
        findings=(),
        strength=None,
        follow_up=None,
        cannot_judge=() if score is not None else ("No words were heard.",),
        clean_text="",
        left_out=(),
    )
    shown = io.StringIO()
    show_clarity(Console(file=shown, width=100), clarity)
    assert (NOTHING_STOOD_OUT in shown.getvalue()) == told
    assert ("To try next time" in shown.getvalue()) == told
