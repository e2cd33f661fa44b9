"""The benchmark's own checks can fail: invented quotes and facts are found, shares are counted."""

from __future__ import annotations

from benchmarks.clarity.invented import invented_facts, invented_quotes
from benchmarks.clarity.quoted import read_pointings
from benchmarks.clarity.ranking import Judged, count
from benchmarks.clarity.tellings import DATA, Telling, asked_otherwise, read_tellings
from simulator.clarity.findings import Clarity, Finding, Strength

SAID = "I rang Terry in Leeds at nine, and we saved forty pounds."


def _clarity(
    quote: str, suggestion: str = "Say how it ended.", follow_up: str = "And then?"
) -> Clarity:
    finding = Finding("vague", quote, None, None, "Listeners care.", suggestion, 0.9)
    return Clarity(0.4, (finding,), Strength("I rang Terry", None, None, "Plain."), follow_up, ())


def test_quotes_that_were_not_said_are_found() -> None:
    assert invented_quotes(_clarity("we saved forty pounds"), SAID) == []
    assert invented_quotes(_clarity("we saved fifty pounds"), SAID) == ["we saved fifty pounds"]
    asked = _clarity("I rang Terry", follow_up="You said “I drove to Leeds”. Why?")
    assert invented_quotes(asked, SAID) == ["I drove to Leeds"]


def test_numbers_and_names_that_were_not_said_are_found() -> None:
    assert invented_facts(_clarity("I rang Terry"), SAID, "Why?") == []
    assert invented_facts(_clarity("I rang Terry", "Say that it was 40 pounds."), SAID, "") == []
    assert invented_facts(_clarity("I rang Terry", "Say it in 60 seconds."), SAID, "") == ["60"]
    assert invented_facts(_clarity("I rang Terry", "Say what Sandra did."), SAID, "") == ["Sandra"]


def _judged(variant: str, label: str, score: float, *named: str) -> Judged:
    telling = Telling("x", "story", "Why?", variant, label, "text")
    return Judged(telling, score, named, named)


def test_counts_are_of_pairs_kinds_and_findings() -> None:
    counts = count(
        [
            _judged("clear", "clear", 0.6, "vague"),
            _judged("clear_nervous", "clear", 0.57),
            _judged("vague", "vague", 0.2, "hedged", "vague"),
            _judged("hedged", "hedged", 0.7, "hedged"),
        ]
    )
    assert (counts.pairs, counts.pairs_right) == (2, 1)
    assert (counts.first, counts.three, counts.worse) == (1, 2, 2)
    assert counts.findings_each_clear == 0.5
    assert counts.findings_each_worse == 1.5
    assert [round(a, 3) for a in counts.nervous_apart] == [0.03]


def test_every_story_can_be_asked_otherwise_and_no_label_is_lost() -> None:
    stories = {}
    for path in sorted((DATA / "tellings").glob("*.jsonl")):
        for telling in read_tellings(path, path.stem):
            stories[telling.story] = telling
    otherwise = asked_otherwise(list(stories.values()))
    assert {t.story for t in otherwise} == set(stories)
    assert all(t.question != stories[t.story].question for t in otherwise)
    labelled = [p for p in read_pointings() if p.story in stories]
    assert len(labelled) == 84
