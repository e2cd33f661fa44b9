"""The judge, with stand-ins for the models: quotes, moments, abstention, the same each time."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.clarity.answer import Answer
from simulator.clarity.doubts import DECLINED, NO_QUESTION, NO_WORDS, NOT_ENGLISH
from simulator.clarity.findings import FINDING_KINDS
from simulator.clarity.judge import AskedQuestion
from simulator.speech.timeline import FilledPause, Word
from tests.clarity.stand_ins import stand_in_judge

TEXT = (
    "I ran the night shift in Daventry for four years. When I took over we were losing two percent "
    "of the parcels. I stood at the chutes for a fortnight and had the bays renumbered. "
    "By Christmas it was half a percent, and the day shift stopped complaining."
)
QUESTION = AskedQuestion("Why should we hire you for nights?", expected_points=("Night shifts",))
SENTENCES = st.lists(
    st.sampled_from(
        [
            "I, um, I rang the supplier myself.",
            "Maybe it was sort of my idea, I guess.",
            "It was decided that the plan would carry on",
            "By Christmas errors fell from two percent to half a percent!",
            "My uncle used to say that, by the way.",
            "The WMS masks went through the SSCC.",
            "So we won.",
        ]
    ),
    min_size=4,
    max_size=12,
)


@given(SENTENCES)
@settings(max_examples=40, deadline=None)
def test_every_quote_is_copied(sentences: list[str]) -> None:
    text = " ".join(sentences)
    judged = stand_in_judge(clear_bias=-50).judge(Answer.from_text(text), QUESTION)
    if judged.score is None:
        assert judged.cannot_judge
        return
    assert 1 <= len(judged.findings) <= 3
    for finding in judged.findings:
        assert finding.kind in FINDING_KINDS
        assert finding.quote
        assert finding.quote in text
        assert finding.why
        assert finding.suggestion
    assert len({f.kind for f in judged.findings}) == len(judged.findings)


def test_the_same_answer_is_judged_the_same() -> None:
    answer = Answer.from_text(TEXT)
    first = stand_in_judge().judge(answer, QUESTION)
    again = stand_in_judge()
    again.judge(Answer.from_text("Something else. " * 20), QUESTION)
    assert again.judge(answer, QUESTION) == first


def test_reading_ahead_changes_nothing() -> None:
    ahead = stand_in_judge()
    ahead.prepare(Answer.from_text(TEXT[:120]), QUESTION)
    assert ahead.judge(Answer.from_text(TEXT), QUESTION) == stand_in_judge().judge(
        Answer.from_text(TEXT), QUESTION
    )


@given(st.integers(0, 1_000_000))
@settings(max_examples=25, deadline=None)
def test_five_ums_change_neither_score_nor_findings(seed: int) -> None:
    chance, words = random.Random(seed), TEXT.split()
    for filler in ("um", "uh", "er", "um", "erm"):
        words.insert(chance.randrange(1, len(words)), filler)
    judge = stand_in_judge(clear_bias=-2)
    plain, nervous = (
        judge.judge(Answer.from_text(text), QUESTION) for text in (TEXT, " ".join(words))
    )
    assert nervous.score == plain.score
    assert [f.kind for f in nervous.findings] == [f.kind for f in plain.findings]


def test_a_clear_answer_gets_no_finding_and_keeps_its_points() -> None:
    judged = stand_in_judge(clear_bias=50).judge(Answer.from_text(TEXT), QUESTION)
    assert judged.findings == ()
    assert judged.score is not None
    assert judged.score > 0.9
    assert [p.point for p in judged.points] == ["Night shifts"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NO_WORDS),
        ("um, uh", NO_WORDS),
        ("fine.", "Too short"),
        ("I think that I would do it well.", "Too short"),
        (
            "Trabajo desde hace cuatro años en el turno de noche y siempre me ha gustado mucho "
            "porque el equipo es bueno y los clientes están muy contentos con nosotros.",
            NOT_ENGLISH,
        ),
        (
            "I'd rather not talk about that, if it's all right. It was a difficult time, and there "
            "were things going on at home that I would like to keep out of an interview.",
            DECLINED,
        ),
    ],
)
def test_what_cannot_be_judged_gets_no_score(text: str, reason: str) -> None:
    judged = stand_in_judge().judge(Answer.from_text(text), QUESTION)
    assert judged.score is None
    assert judged.findings == ()
    assert judged.cannot_judge[0].startswith(reason)


def test_a_doubted_transcript_is_not_judged() -> None:
    judged = stand_in_judge().judge(Answer(TEXT, doubts=("low_confidence",)), QUESTION)
    assert judged.score is None
    assert "unsure of too many words" in judged.cannot_judge[0]


def test_without_a_question_what_needs_one_is_left_unjudged() -> None:
    judged = stand_in_judge(clear_bias=-50).judge(Answer.from_text(TEXT), None)
    assert judged.cannot_judge == (NO_QUESTION,)
    assert judged.score is not None
    assert not {"off_topic", "buried_point"} & {f.kind for f in judged.findings}


def test_a_finding_plays_the_moment_of_its_quote() -> None:
    words = [Word(i * 0.4, i * 0.4 + 0.3, w, 0.9) for i, w in enumerate(TEXT.split())]
    pause = FilledPause(0.31, 0.39, "um", 0.9, "transcript")
    answer = Answer.from_heard(words, [pause])
    assert answer.text.startswith("I um ran")
    for finding in stand_in_judge(clear_bias=-50).judge(answer, QUESTION).findings:
        assert finding.start_s is not None
        assert finding.end_s is not None
        said = [w.text for w in words if finding.start_s <= w.start_s and w.end_s <= finding.end_s]
        assert finding.quote.replace("um ", "").split() == said


def test_a_story_in_which_someone_would_not_talk_is_judged() -> None:
    told = TEXT + " He said that he would rather not talk about it, so I wrote to him instead."
    assert stand_in_judge().judge(Answer.from_text(told), QUESTION).score is not None
