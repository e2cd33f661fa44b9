"""What is written can be read again, and says the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import UsageError
from simulator.practice.scenario import INTERVIEWER_NAMES, InterviewerName, Question, Scenario
from simulator.practice.scenario_file import check_scenario, load_scenario
from simulator.practice.scenario_writing import new_scenario_text, scenario_text, write_new

said = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="{}"), max_size=80)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)
questions = st.builds(
    Question,
    question_id=st.just("q"),
    text=said,
    criterion=st.just("role_strengths"),
    time_limit_s=st.floats(10, 600).map(lambda seconds: float(f"{seconds:g}")),
    expected_points=st.tuples(said),
    follow_ups=st.tuples(said, said),
    wordings=st.dictionaries(st.sampled_from(INTERVIEWER_NAMES), said, max_size=2),
    kind=st.sampled_from(("question", "pitch", "trade_off")),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said, said, st.lists(questions, min_size=1, max_size=3), st.sampled_from(INTERVIEWER_NAMES))
def test_a_written_scenario_reads_back_the_same(
    tmp_path: Path, title: str, situation: str, asked: list[Question], interviewer: InterviewerName
) -> None:
    path = tmp_path / "written.toml"
    scenario = Scenario(
        scenario_id="written",
        title=title,
        situation=situation,
        stakes="Little.",
        interviewer=interviewer,
        difficulty="hard",
        questions=tuple(
            replace(question, question_id=f"q-{place}") for place, question in enumerate(asked)
        ),
        file=path,
    )
    path.write_text(scenario_text(scenario, note="One note\nof two lines"), encoding="utf-8")
    assert load_scenario(path) == scenario


def test_the_commented_scenario_passes_the_check_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    write_new(path, new_scenario_text("mine", 'A "quoted" title'))
    assert check_scenario(path) == ()
    assert load_scenario(path).title == 'A "quoted" title'
    assert load_scenario(path).questions[0].text.endswith("for this role?")


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("kept")
    with pytest.raises(UsageError, match="there already"):
        write_new(path, "new")
    assert path.read_text() == "kept"
