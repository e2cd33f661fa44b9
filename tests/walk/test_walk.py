"""The documented walk: a rejected final round is debriefed, replayed aloud and worked on.

Two answers go through a sound card into the real program, with somebody at the keyboard; the others
are heard by the same loop faster than they are spoken. Later days are simulated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import soundfile
from typer.testing import CliRunner

from simulator.assessment import Assessor, Wanted, load_assessor
from simulator.audio.files import FileSource, read_audio
from simulator.cli import plan as plan_command
from simulator.cli.app import app
from simulator.library.sittings import Sittings
from simulator.library.store import Library
from simulator.places import Places, find_places
from simulator.practice.events import Event
from simulator.practice.interviewers import find_interviewer
from simulator.practice.names import attempt_id
from simulator.practice.scenario import Question, Scenario
from simulator.practice.scenario_file import find_scenario
from simulator.practice.session import Finished, Studio
from simulator.practice.sitting import Choice, SittingPlan, hold
from simulator.voices.speaking import find_voices
from tests.sound_card import SoundCard
from tests.walk.answers import recording
from tests.walk.at_terminal import REPOSITORY, AtTerminal

DOCUMENT = REPOSITORY / "docs" / "walk.md"

DEBRIEF = """\
Night supervisor
Harbour Logistics
Final round, panel of three
yesterday
Tell us about yourself.
Tell us about a project that went wrong.
What would you do in your first month?
How did you settle the trade-off between speed and quality?
What salary do you have in mind?

2 4
I lost the thread in the middle of the depot story.
I forgot to say how it ended.
They probably wanted something more strategic.
I stayed vague, and could not think of a number.
They extended the meeting by twenty minutes.

Culture fit, so I am not good enough.

Enter
no
Another person had run a depot before.
"""
QUESTIONS: Mapping[str, str] = {
    "tell-us-about-a-project-that": "wrong",
    "how-did-you-settle-the-trade-off": "trade-off",
    "tell-us-about-yourself": "yourself",
    "what-would-you-do-in-your": "first-month",
    "what-salary-do-you-have-in": "salary",
}
FILLERS = "filled_pauses_per_minute"
SPEAK = "Speak when you are ready."


class AnswersAndGoesOn:
    """A person who answers each question once."""

    def before_question(self, place: int, count: int) -> Choice:
        return "next"

    def after_answer(self, finished: Finished, *, last: bool) -> Choice:
        return "next"


class Walk:
    """What has been shown on the way, and the commands that showed it."""

    def __init__(self) -> None:
        self.shown = ""
        self.commands: list[tuple[str, ...]] = []

    def run(self, *words: str, typed: str | None = None) -> str:
        """Run a command in this process."""
        result = CliRunner().invoke(app, list(words), input=typed, env={"COLUMNS": "160"})
        assert result.exception is None, result.output
        self.commands.append(words)
        self.shown += result.output
        return result.output


@pytest.mark.sound
@pytest.mark.models
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_walk(
    card: SoundCard, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = Walk()

    # A rejected final round, written down; conclusions are kept apart from what happened.
    told = walk.run("debrief", typed=DEBRIEF.replace("Enter\n", "\n"))
    assert "'Culture fit' is about the people who were already there" in told
    assert "You were in the running" in told
    scenario = find_scenario(next(places.own_scenarios.glob("*.toml")).stem, places)
    assert [question.question_id for question in scenario.questions] == list(QUESTIONS)

    # Replayed aloud: two answers, then the rest another time.
    _two_answers_at_the_terminal(walk, card, scenario, tmp_path)
    with Library(places.recordings) as library:
        waiting = Sittings(library.db).latest()
        spoken = library.attempts()
    assert waiting is not None
    assert waiting.next_place == 2
    assert [attempt.self_rating for attempt in spoken] == [2, 3]
    # It begins with the question's last words, and they are the answer's all the same.
    assert "speed and quality" in spoken[1].transcript.lower()[:40]
    assessor = load_assessor(Wanted(), find_places())
    base = _plan(scenario, scenario.questions, waiting.session_id)
    _answer(places, assessor, replace(base, first=2), day=0)
    walk.commands.append(("practice", "--resume"))

    # Two weak spots recur, and the moments that show them are there.
    spots = walk.run("plan", "spots")
    assert "[vague]" in spots
    assert f"[{FILLERS}]" in spots
    assert "Um and uh, often. Showed in 5 of your last 5 answers." in spots
    assert re.search(
        r"Examples stay general\. Showed in [345] of your last 5 answers and in", spots
    )
    assert len(re.findall(r"    at 0:\d\d: ", spots)) >= 2
    proposed = walk.run("plan")
    assert proposed.index("simulator plan focus vague") < proposed.index(f"plan focus {FILLERS}")
    assert "too early to say" in walk.run("plan", "focus", "vague")
    assert "too early to say" in walk.run("plan", "focus", FILLERS)

    # Two later days on the two questions that went worst.
    weaker = scenario.questions[:2]
    for day in (1, 2):
        session = f"day-{day}"
        _answer(places, assessor, _plan(scenario, weaker, session), day)
        evening = datetime.now().astimezone() + timedelta(days=day, hours=1)
        monkeypatch.setattr(plan_command, "_now", lambda evening=evening: evening)
        shown = walk.run("plan")
    assert re.search(r"Um and uh, often: (improving|reached)\. It was 1\d\.\d a minute", shown)
    assert "and is 0.0 a minute now" in shown
    assert re.search(r"Examples stay general: (improving|reached)\.", shown)
    walk.run("history")
    with Library(places.recordings) as library:
        latest = library.attempts(newest=1)[0].attempt_id
    assert "um and uh" in walk.run("compare", latest)

    # The request asks about the two answers that felt weaker, with evidence of why.
    letter = walk.run("debrief", "request", "--to", "Ms Adler", "--from", "Kim")
    assert 'When you asked me "Tell us about a project that went wrong"' in letter
    assert 'When you asked me "How did you settle the trade-off' in letter
    assert letter.count("When you asked me") == 2
    assert "Nothing has been sent." in letter
    _as_documented(walk)


def _two_answers_at_the_terminal(
    walk: Walk, card: SoundCard, scenario: Scenario, tmp_path: Path
) -> None:
    """Answer two questions through the sound card; a key ends the first, a silence the second."""
    program = AtTerminal(["practice", scenario.scenario_id], card.environ)
    program.wait_for("Question 1 of 5", 60)
    program.wait_for(SPEAK, 60)
    card.speak(_wav(recording("wrong"), tmp_path)).wait(60)
    program.press("\n")
    program.wait_for("How did that feel", 30)
    program.press("2")
    program.wait_for("What you said", 120)
    program.wait_for("Kept as", 120)
    program.wait_for("Enter to go on", 10)
    program.press("s")  # the follow-up is left out
    program.wait_for("Question 2 of 5", 10)
    program.wait_for(SPEAK, 60)
    card.speak(_wav(recording("trade-off"), tmp_path)).wait(60)
    program.wait_for("You stopped speaking", 30)
    program.wait_for("How did that feel", 10)
    program.press("3")
    program.wait_for("Kept as", 120)
    program.wait_for("Enter to go on", 10)
    program.press("q")
    program.wait_for("Your sitting: 2 answers", 20)
    program.wait_for("Um and uh, often. Showed in 2 of your last 2 answers.", 10)
    program.wait_for("Stopped before question 3 of 5", 10)
    assert program.finish(30) == 0
    walk.shown += program.screen
    walk.commands.append(("practice", scenario.scenario_id))


def _plan(scenario: Scenario, questions: tuple[Question, ...], session_id: str) -> SittingPlan:
    return SittingPlan(
        session_id=session_id,
        scenario=scenario,
        questions=questions,
        interviewer=find_interviewer("neutral"),
        reactions="left_out",
    )


def _answer(places: Places, assessor: Assessor, plan: SittingPlan, day: int) -> None:
    """Answer what is left of a sitting on a simulated day, faster than it is spoken."""
    left = [question.question_id for question in plan.questions[plan.first :]]
    coming = iter(left)
    began = datetime.now(UTC)
    events: list[Event] = []

    def open_source() -> FileSource:
        path = recording(QUESTIONS[next(coming)], day)
        return FileSource(path, sleep=lambda seconds: None)

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(days=day)

    with Library(places.recordings) as library:
        studio = Studio(
            open_source=open_source,
            speaker=None,
            voice=find_voices(places),
            assessor=lambda: assessor,
            library=library,
            announce=events.append,
            stop_asked=lambda: False,
            ask_rating=lambda: 4 if day else 2,
        )
        end = hold(plan, studio, AnswersAndGoesOn(), now, attempt_id)
        assert [finished.asked.question_id for finished in end.finished] == left
        kept = library.attempts(newest=len(left))
    assert all(attempt.started_at >= began + timedelta(days=day) for attempt in kept)
    assert all(attempt.usable for attempt in kept)


def _as_documented(walk: Walk) -> None:
    """Every command of the document was walked, and what it shows was shown."""
    blocks = re.findall(r"```console\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.strip()]
    shown = _flat(walk.shown)
    run = {command[:2] for command in walk.commands}
    for line in lines:
        if line.startswith("$ simulator "):
            words = line.removeprefix("$ simulator ").split()
            known = tuple(word for word in words[:2] if word != "NAME" and word != "ATTEMPT")
            assert any(command[: len(known)] == known for command in run), line
        else:
            for piece in line.split("…"):
                assert _flat(piece) in shown, line
    assert sum(line.startswith("$ ") for line in lines) >= 8


def _flat(text: str) -> str:
    """On one line, any number as good as another: what is measured may differ a little."""
    return re.sub(r"\d+(\.\d+)?", "#", re.sub(r"\s+", " ", text)).strip()


def _wav(recorded: Path, folder: Path) -> Path:
    path = folder / f"{recorded.stem}.wav"
    samples, rate = read_audio(recorded)
    soundfile.write(path, samples, rate)
    return path
