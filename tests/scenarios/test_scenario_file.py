"""Mistakes in a scenario file are named with file, line and field, all of them at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import UsageError
from simulator.places import Places
from simulator.practice.scenario_file import (
    ScenarioError,
    check_scenario,
    find_scenario,
    list_scenarios,
    load_scenario,
)

GOOD = '''title = "A talk"
situation = """
One person [friendly] across
the table, with "quotes" and = signs.
"""
stakes = "Little."
role = "night supervisor"

[[questions]]
id = "why-you"
text = "Why you for {role} at {company}?"
criterion = "role_strengths"
time_limit_s = 90
expected_points = [
  "I have done it.",  # a comment with ]
]
follow_ups = ["And?"]

[questions.wordings]
warm = "Tell me why you would enjoy being {role}."

[[questions]]
id = "why-us"
text = "Why us?"
criterion = "team_complement"
time_limit_s = 60
expected_points = ["I want this."]
follow_ups = ["And?"]
'''


@pytest.fixture
def places(tmp_path: Path) -> Places:
    folders = {name: tmp_path / name for name in Places.__slots__}
    for folder in folders.values():
        folder.mkdir()
    return Places(**folders)


def write(folder: Path, text: str, name: str = "talk.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    return [str(problem).removeprefix(str(path)) for problem in check_scenario(path)]


def test_a_good_file_is_read_and_its_slots_are_filled(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    scenario = load_scenario(path)
    assert scenario.scenario_id == "talk"
    assert scenario.situation == (
        'One person [friendly] across the table, with "quotes" and = signs.'
    )
    assert scenario.questions[0].text == "Why you for night supervisor at our company?"
    assert (
        scenario.questions[0].wording("warm")
        == "Tell me why you would enjoy being night supervisor."
    )
    assert scenario.questions[0].wording("hurried") == scenario.questions[0].text
    assert [question.question_id for question in scenario.questions] == ["why-you", "why-us"]
    assert scenario.interviewer == "neutral"
    other = load_scenario(path, {"role": "chef", "company": "the Crown"})
    assert other.questions[0].text == "Why you for chef at the Crown?"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('stakes = "Little."\n', "", ":1: stakes: is missing"),
        ('stakes = "Little."', "stakes = 3", ":6: stakes: must be a text in quotes, is 3"),
        ("time_limit_s = 60", "time_limit_s = 5", ":26: questions[2].time_limit_s: must lie"),
        ("time_limit_s = 60", "time_limit_s = true", ":26: questions[2].time_limit_s: must be a"),
        (
            "time_limit_s = 60",
            "timelimit_s = 60",
            ":26: questions[2].timelimit_s: unknown field; did you mean time_limit_s?",
        ),
        (
            '"team_complement"',
            '"team_compliment"',
            ":25: questions[2].criterion: 'team_compliment' is not known; did you mean team_c",
        ),
        (
            'warm = "Tell',
            'wram = "Tell',
            ":20: questions[1].wordings.wram: unknown field; did you mean warm?",
        ),
        (
            'id = "why-us"',
            'id = "why-you"',
            ":23: questions[2].id: 'why-you' is used by an earlier question",
        ),
        ('["I want this."]', "[]", ":27: questions[2].expected_points: needs at least one entry"),
        (
            '["I want this."]',
            '["I want this.", 4]',
            ":27: questions[2].expected_points[2]: must be a text",
        ),
        ("{company}", "{firm}", ":11: questions[1].text: unknown slot {firm}"),
        ('"Why us?"', '"  "', ":24: questions[2].text: is empty"),
        (
            'title = "A talk"',
            'title = "A talk"\ninterviewer = "grumpy"',
            ":2: interviewer: 'grumpy' is not known; one of warm",
        ),
    ],
)
def test_one_mistake_names_its_line_and_field(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(line.startswith(said) for line in found), found


def test_several_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    text = GOOD.replace('stakes = "Little."', "stakes = 3").replace("= 60", '= "an hour"')
    found = problems(tmp_path, text)
    assert [line.split(": ")[1] for line in found] == ["stakes", "questions[2].time_limit_s"]
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "talk.toml")
    assert "and 1 more" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    found = problems(tmp_path, GOOD.replace('text = "Why us?"', 'text = "Why us?'))
    assert len(found) == 1
    assert found[0].startswith(":24: not valid TOML: a quotation mark is not closed")


def test_no_questions_and_a_wrong_name(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.split("[[questions]]")[0], "My Talk.toml")
    messages = [problem.message for problem in check_scenario(path)]
    assert any("small letters" in message for message in messages)
    assert any("[[questions]]" in message for message in messages)


def test_missing_and_unreadable_files_are_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        load_scenario(tmp_path / "none.toml")
    path = tmp_path / "talk.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in check_scenario(path)[0].message
    with pytest.raises(UsageError, match="Cannot read"):
        load_scenario(tmp_path)


def test_own_scenarios_win_and_names_are_suggested(places: Places) -> None:
    write(places.scenarios, GOOD)
    write(places.scenarios, GOOD, "other.toml")
    write(places.own_scenarios, GOOD.replace("A talk", "My talk"))
    assert find_scenario("talk", places).title == "My talk"
    assert find_scenario("other", places).title == "A talk"
    with pytest.raises(UsageError, match="Did you mean other"):
        find_scenario("othr", places)
    with pytest.raises(UsageError, match="simulator scenarios"):
        find_scenario("zzz", places)


def test_one_broken_file_does_not_hide_the_others(places: Places) -> None:
    write(places.scenarios, GOOD)
    write(places.own_scenarios, "title = 3", "mine.toml")
    listed = list_scenarios(places)
    assert [scenario.scenario_id for scenario in listed.scenarios] == ["talk"]
    assert {problem.file.name for problem in listed.problems} == {"mine.toml"}


def test_no_folders_no_scenarios(tmp_path: Path) -> None:
    places = Places(**dict.fromkeys(Places.__slots__, tmp_path / "none"))
    assert list_scenarios(places).scenarios == ()
