"""The questions remembered from a real interview, as a scenario to replay by voice."""

from __future__ import annotations

import re
from pathlib import Path

from simulator.library.debriefs import Debrief
from simulator.practice.scenario import Criterion, Question, QuestionKind, Scenario
from simulator.practice.scenario_fields import LONGEST_SPOKEN, MOST_QUESTIONS

_CRITERION_CUES: tuple[tuple[Criterion, str], ...] = (
    (
        "communication_under_pressure",
        r"wrong|fail|mistake|conflict|disagree|pressure|difficult|stress|criticis|deadline"
        r"|bad news",
    ),
    ("team_complement", r"team|colleague|work with|people|culture|together|manag"),
    (
        "growth_vs_impact",
        r"first (?:\w+ )?(?:day|week|month|year|ninety|hundred)|learn|grow|develop|years|future"
        r"|where do you see|next step|90 days|100 days",
    ),
    ("confidence_and_clarity", r"yourself|why (?:should|you|us|this)|salary|weakness|pitch|bring"),
)
_TRADE_OFF = re.compile(r"trade-?off|choose between|give up|prioriti|either .* or|sacrific", re.I)
_PITCH = re.compile(
    r"tell (?:me|us) (?:something |a bit )?about yourself|introduce yourself|why should we (?:hire"
    r"|choose|take) you|sum (?:up|yourself)|in (?:a|one|two|sixty) (?:minutes?|seconds?)|pitch",
    re.IGNORECASE,
)
TIME_LIMIT_S = 120.0
PITCH_LIMIT_S = 60.0

POINTS: tuple[str, ...] = (
    "My main point, said first and in one sentence.",
    "One example from my own work, with a name, a number or a date.",
    "What I did myself, step by step.",
    "The result was measurably better: fewer errors, less time, lower cost.",
)
FOLLOW_UPS: tuple[str, ...] = (
    "What came of it in the end?",
    "Which part of that was yours?",
)


def scenario_of(debrief: Debrief, folder: Path) -> Scenario | None:
    """Make a scenario of the questions remembered.

    Parameters
    ----------
    debrief : its weaker questions come first, so that a short sitting meets them.
    folder : where own scenarios live.

    Returns
    -------
    Scenario or None : None where no question was remembered. The questions keep the person's
        words; criterion and kind are read from them by cues.
    """
    if not debrief.questions:
        return None
    name = f"debrief-{_slug(debrief.debrief_id)}"
    ordered = sorted(debrief.questions, key=lambda question: not question.weaker)
    questions: list[Question] = []
    for remembered in ordered[:MOST_QUESTIONS]:
        taken = {question.question_id for question in questions}
        questions.append(_question(remembered.text, taken))
    at = f" at {debrief.company}" if debrief.company else ""
    round_name = debrief.round_name or "the interview"
    return Scenario(
        scenario_id=name,
        title=f"{debrief.role}{at}, as remembered",
        situation=_speakable(f"{round_name} for {debrief.role}{at}, replayed from your notes."),
        stakes="It is over; now the questions are yours to practise.",
        interviewer="neutral",
        difficulty="steady",
        questions=tuple(questions),
        file=folder / f"{name}.toml",
    )


def _question(text: str, taken: set[str]) -> Question:
    spoken = _speakable(text)
    kind: QuestionKind = "question"
    if _PITCH.search(spoken):
        kind = "pitch"
    elif _TRADE_OFF.search(spoken):
        kind = "trade_off"
    return Question(
        question_id=_fresh(_slug(" ".join(spoken.split()[:6])), taken),
        text=spoken,
        criterion=_criterion(spoken),
        time_limit_s=PITCH_LIMIT_S if kind == "pitch" else TIME_LIMIT_S,
        expected_points=POINTS,
        follow_ups=FOLLOW_UPS,
        kind=kind,
    )


def _criterion(text: str) -> Criterion:
    for criterion, cues in _CRITERION_CUES:
        if re.search(cues, text, re.IGNORECASE):
            return criterion
    return "role_strengths"


def _speakable(text: str) -> str:
    """A person's note as something a voice can say, and that no slot is read into."""
    text = " ".join(text.replace("{", "(").replace("}", ")").split())[:LONGEST_SPOKEN]
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else f"{text}?" if _asks(text) else f"{text}."


def _asks(text: str) -> bool:
    first = text.split()[0].lower().rstrip(",")
    return first in {
        *("what", "why", "how", "when", "where", "who", "whom", "which", "whose"),
        *("do", "did", "does", "are", "is", "was", "were", "have", "has", "had"),
        *("can", "could", "would", "will", "should", "may", "if"),
    }


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "question"


def _fresh(name: str, taken: set[str]) -> str:
    """The name, or the name with the first number that makes it new."""
    number = 2
    fresh = name
    while fresh in taken:
        fresh, number = f"{name}-{number}", number + 1
    return fresh
