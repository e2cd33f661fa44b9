"""What is said to the person, with stand-ins for the models."""

from __future__ import annotations

import pytest

from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.cues import cues_of
from simulator.clarity.findings import Clarity, Finding, FindingKind
from simulator.clarity.judge import AskedQuestion
from simulator.clarity.observing import Observed, Observer
from simulator.clarity.sentences import sentences_of
from simulator.clarity.words import ADVICE, MAYBE_OFF_TOPIC
from simulator.feedback import words
from simulator.feedback.coach import Coach
from simulator.feedback.criteria import evidence_of
from simulator.feedback.ordering import start_with, story_shares
from simulator.feedback.strengths import strength_of
from simulator.feedback.words import FOLLOW_UPS, GENERAL_FOLLOW_UPS
from tests.clarity.stand_ins import StandInCausal, StandInEmbedder, stand_in_judge

QUESTION = AskedQuestion("Tell me about a time when everything went wrong.")
TEXT = (
    "There were forty guests in the lobby in Porto and the system had crashed. "
    "I told them I would find six rooms in twenty minutes. "
    "I showed two new starters how to do the check-in by hand. "
    "I learned the old paper system that night, and I trained the others on it. "
    "In the end everybody was in bed by eleven, and complaints fell from nine to one."
)
GUSH = ("amazing", "excellent", "fantastic", "great job", "well done", "brilliant", "perfect", "!")
VERDICTS = ("hire", "hired", "you are a", "you're a", "unprofessional", "bad", "poor", "wrong")


def _observed(text: str, question: str = QUESTION.text) -> tuple[Answer, Observed]:
    answer = Answer.from_text(text)
    observer = Observer(StandInCausal(), StandInEmbedder())
    return answer, observer.observe(sentences_of(answer, clean_tokens(answer)), question)


def _finding(kind: FindingKind, quote: str) -> Finding:
    return Finding(kind, quote, None, None, "why", "suggestion", 0.9)


def _all_texts() -> list[str]:
    advices = [*ADVICE.values(), MAYBE_OFF_TOPIC]
    said = [text for advice in advices for text in (advice.why, advice.suggestion)]
    said += [text for texts in FOLLOW_UPS.values() for text in texts]
    said += [*GENERAL_FOLLOW_UPS, words.ANOTHER_MINUTE]
    return said + [getattr(words, name) for name in dir(words) if name.startswith("STRENGTH")]


def test_nothing_gushes_and_nothing_judges_the_person() -> None:
    for text in _all_texts():
        for word in (*GUSH, *VERDICTS):
            assert word not in text.lower(), text


@pytest.mark.parametrize("bias", [-50, 0, 50])
def test_all_that_is_quoted_was_said(bias: float) -> None:
    causal = StandInCausal()
    judged = Coach(stand_in_judge(clear_bias=bias), causal).judge(Answer.from_text(TEXT), QUESTION)
    quotes = [f.quote for f in judged.findings]
    quotes += [e.quote for e in judged.evidence if e.quote]
    quotes += [s.quote for s in judged.story if s.quote]
    quotes += [judged.strength.quote] if judged.strength else []
    quotes += [judged.start_with] if judged.start_with else []
    assert quotes
    assert all(quote in TEXT for quote in quotes)
    assert judged.follow_up


@pytest.mark.parametrize("text", ["", "um.", "fine."])
def test_what_cannot_be_judged_gets_no_praise(text: str) -> None:
    judged = Coach(stand_in_judge(), None).judge(Answer.from_text(text), QUESTION)
    assert judged.score is None
    assert judged.strength is None
    assert judged.follow_up is None
    assert judged.evidence == ()
    assert judged.start_with is None


def test_criteria_are_shown_by_the_speakers_own_plain_sentences() -> None:
    answer, observed = _observed(TEXT)
    shown = {e.criterion: e.quote for e in evidence_of(answer, observed, QUESTION.text, 0.6, ())}
    assert shown["communication_under_pressure"] == (
        "I told them I would find six rooms in twenty minutes."
    )
    assert shown["growth_vs_impact"] is not None
    assert shown["growth_vs_impact"].startswith("I learned")
    assert shown["team_complement"] is not None
    assert shown["role_strengths"] is not None
    assert shown["confidence_and_clarity"] is not None


def test_what_others_did_or_was_softened_shows_nothing_yet() -> None:
    text = (
        "It was decided that the rota would change. The team was rung and everybody came. "
        "Maybe I sort of told them that it could be late. It was all sorted out."
    )
    answer, observed = _observed(text)
    found = evidence_of(answer, observed, QUESTION.text, 0.6, ("no_ownership",))
    assert [e.quote for e in found] == [None] * 5
    assert len({e.criterion for e in found}) == 5


def test_an_unclear_answer_shows_no_clarity() -> None:
    answer, observed = _observed(TEXT)
    for score, kinds in ((0.2, ()), (0.8, ("hedged",)), (None, ())):
        shown = evidence_of(answer, observed, QUESTION.text, score, kinds)
        assert {e.criterion: e.quote for e in shown}["confidence_and_clarity"] is None


def test_a_strength_never_contradicts_a_finding() -> None:
    answer, observed = _observed(TEXT)
    praised = strength_of(answer, observed, ())
    assert praised is not None
    assert praised.why == words.STRENGTH_RESULT
    without = strength_of(answer, observed, [_finding("no_result", TEXT[:20])])
    assert without is not None
    assert without.why != words.STRENGTH_RESULT
    same_words = strength_of(answer, observed, [_finding("vague", praised.quote)])
    assert same_words is None or same_words.quote != praised.quote


def test_nothing_is_praised_where_nothing_stands_out() -> None:
    answer, observed = _observed("It was fine. Things happened. It was all sorted out somehow.")
    assert strength_of(answer, observed, ()) is None


def test_a_late_point_is_the_place_to_start() -> None:
    answer, observed = _observed(TEXT)
    late = "In the end everybody was in bed by eleven, and complaints fell from nine to one."
    assert start_with(answer, observed, [_finding("buried_point", late)]) == late
    assert start_with(answer, observed, [_finding("hedged", late)]) is None
    assert start_with(answer, observed, ()) is None


def test_the_story_takes_all_the_words() -> None:
    answer, observed = _observed(TEXT)
    shares = story_shares(answer, observed)
    assert [s.part for s in shares] == ["situation", "task", "action", "result"]
    assert sum(s.share for s in shares) == pytest.approx(1, abs=0.01)
    assert all((s.quote is None) == (s.share == 0) for s in shares)


def test_the_default_model_rewrites_nothing() -> None:
    judge = stand_in_judge(clear_bias=50)
    own = judge.observer.causal
    judged = judge.judge(Answer.from_text(TEXT), QUESTION)
    assert Coach(judge, own).rewrite(judged, QUESTION).rewritten is None
    assert Coach(judge, None).rewrite(judged, QUESTION).rewritten is None
    assert Coach(judge, StandInCausal(says=TEXT)).rewrite(judged, QUESTION).rewritten == TEXT
    nothing = Clarity(None, (), None, None, ("too short",))
    assert Coach(judge, StandInCausal(says=TEXT)).rewrite(nothing, QUESTION) == nothing


def test_a_model_of_ones_own_is_named() -> None:
    assert "follow_up" in Coach(stand_in_judge(), StandInCausal()).models
    assert "follow_up" not in Coach(stand_in_judge(), None).models


def test_a_long_sitting_does_not_grow() -> None:
    judge = stand_in_judge()
    coach = Coach(judge, None)
    sizes = []
    for n in range(4):
        text = TEXT.replace("Porto", f"Porto {n}")
        coach.prepare(Answer.from_text(text[:150]), QUESTION)
        coach.judge(Answer.from_text(text), QUESTION)
        sizes.append(len(judge.observer._vectors))
    assert len(set(sizes)) == 1


def test_cues_count_what_a_reader_underlines() -> None:
    cues = cues_of("Maybe we were told, by the way, that I rang Terry about 14 WMS labels.")
    assert (cues.hedges, cues.asides, cues.acronyms, cues.i_did) == (1, 1, 1, 1)
    assert cues.numbers == 1
    assert cues.names == 1


def test_a_change_between_two_figures_is_a_result_wherever_it_stands() -> None:
    answer, observed = _observed(
        "I had built a sheet for the orders, and it got our waste down from eleven percent to six. "
        "So I took an evening course after that. It was two nights a week. That is why I am here."
    )
    praised = strength_of(answer, observed, ())
    assert praised is not None
    assert praised.why == words.STRENGTH_RESULT
    assert "eleven percent to six" in praised.quote


@pytest.mark.parametrize(
    "text",
    [
        "I've been there two years. It is a big place. I can speak four languages well.",
        "I noticed, no, that was later, him at the gate. It was a cold one.",
        "My mum died in March and I sold her house in Leeds. It was a long year.",
    ],
)
def test_what_was_had_or_taken_back_or_lost_is_not_praised(text: str) -> None:
    assert strength_of(*_observed(text), ()) is None


def test_nothing_in_other_words_is_praised_where_it_was_called_jargon() -> None:
    answer, observed = _observed("The rollout ran long. In the end the P99 came down by two OTIF.")
    assert strength_of(answer, observed, ()) is not None
    assert strength_of(answer, observed, [_finding("jargon", "The rollout")]) is None
