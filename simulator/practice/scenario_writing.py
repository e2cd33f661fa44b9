"""Scenario files, written: a commented one to start from, and one made of values."""

from __future__ import annotations

import json
from pathlib import Path

from simulator.errors import UsageError
from simulator.practice.scenario import Question, Scenario

TEMPLATE = """\
# A scenario of your own. Lines that begin with # are notes and can go.
# Check it with:    simulator scenarios check {name}
# Practise it with: simulator practice {name}

title = {title}

# Who sits opposite, and what has happened so far. You read this before the first question.
situation = \"\"\"
The manager I would report to, and a colleague. We have met once before.\"\"\"

# What hangs on it, in one sentence.
stakes = "They decide this week."

# Who asks: warm, neutral, sceptical, hurried or silent.
interviewer = "neutral"

# How it feels: gentle, steady or hard.
difficulty = "steady"

# What is said wherever a question has {{role}} or {{company}} in it.
role = "this role"
company = "our company"

# Each question is a block like this one; copy it for the next.
[[questions]]
# A short name, unique in this file: small letters, digits, hyphens.
id = "why-you"

# Said aloud, so write it the way people speak.
text = "What makes you the right person for {{role}}?"

# What the answer is weighed for: role_strengths, team_complement, growth_vs_impact,
# communication_under_pressure or confidence_and_clarity.
criterion = "role_strengths"

# Seconds, between 10 and 600.
time_limit_s = 120

# What a good answer tends to hold, each one short sentence as you might say it.
expected_points = [
  "My main strength for this work is something I have done before.",
  "The result was measurably better: fewer errors, less time, lower cost.",
]

# Asked next, the most telling first.
follow_ups = [
  "Which part of that was yours?",
]

# Optional: question, trade_off or pitch. The plan mixes in pitches and trade-offs.
kind = "question"

# Optional: the same question as one interviewer puts it.
[questions.wordings]
hurried = "Why you? In short."
"""


def new_scenario_text(name: str, title: str) -> str:
    """A commented scenario that passes the check as it is."""
    return TEMPLATE.format(name=name, title=_quoted(title))


def scenario_text(scenario: Scenario, *, note: str = "") -> str:
    """A scenario as the text of a file.

    Parameters
    ----------
    scenario : what to write; reading the text again gives the same values.
    note : put above everything as a comment.
    """
    lines = [f"# {line}" for line in note.splitlines()]
    lines += [
        f"title = {_quoted(scenario.title)}",
        f"situation = {_quoted(scenario.situation)}",
        f"stakes = {_quoted(scenario.stakes)}",
        f"interviewer = {_quoted(scenario.interviewer)}",
        f"difficulty = {_quoted(scenario.difficulty)}",
    ]
    for question in scenario.questions:
        lines += ["", *_question_lines(question)]
    return "\n".join(lines) + "\n"


def write_new(path: Path, text: str) -> None:
    """Write a scenario file that is not there yet.

    Raises
    ------
    UsageError : there is one of that name, or the folder refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already; choose another name.") from None
    except OSError as error:
        raise UsageError(f"Cannot write {path}: {error.strerror or error}.") from error


def _question_lines(question: Question) -> list[str]:
    lines = [
        "[[questions]]",
        f"id = {_quoted(question.question_id)}",
        f"text = {_quoted(question.text)}",
        f"criterion = {_quoted(question.criterion)}",
        f"time_limit_s = {question.time_limit_s:g}",
        f"expected_points = {_list(question.expected_points)}",
        f"follow_ups = {_list(question.follow_ups)}",
        f"kind = {_quoted(question.kind)}",
    ]
    if question.wordings:
        lines += ["", "[questions.wordings]"]
        lines += [f"{name} = {_quoted(text)}" for name, text in question.wordings.items()]
    return lines


def _list(texts: tuple[str, ...]) -> str:
    return "[\n" + "".join(f"  {_quoted(text)},\n" for text in texts) + "]"


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's too, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
