"""What an interviewer would ask next: written questions, the candidate's own words in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.clarity.findings import FINDING_KINDS, Finding, FindingKind
from simulator.feedback.follow_ups import choose, written_follow_ups
from simulator.feedback.words import ANOTHER_MINUTE, FOLLOW_UPS
from tests.clarity.stand_ins import StandInCausal

QUOTE = "I rang the supplier in Leeds, and the SSCC labels were changed."
QUESTION = "Tell me about a problem you solved."


def _finding(kind: FindingKind, quote: str = QUOTE) -> Finding:
    return Finding(kind, quote, None, None, "why", "suggestion", 0.9)


@pytest.mark.parametrize("kind", FINDING_KINDS)
def test_every_kind_has_questions_and_no_open_slot(kind: FindingKind) -> None:
    written = written_follow_ups(QUESTION, [_finding(kind)], (), None)
    assert written
    for text in written:
        assert "{" not in text
        for phrase in re.findall(r"“([^”]*)”", text):
            assert phrase in QUOTE


def test_what_is_missing_is_asked_for() -> None:
    assert "in the end" in written_follow_ups(QUESTION, [_finding("no_result")], (), None)[0]
    assert "yours" in written_follow_ups(QUESTION, [_finding("no_ownership")], (), None)[0]
    assert QUESTION in written_follow_ups(QUESTION, [_finding("off_topic")], (), None)[0]
    assert "“SSCC”" in written_follow_ups(QUESTION, [_finding("jargon")], (), None)[0]


def test_the_question_is_asked_again_only_where_that_is_sure() -> None:
    unsure = Finding("off_topic", QUOTE, None, None, "why", "suggestion", 0.45)
    assert QUESTION not in " ".join(written_follow_ups(QUESTION, [unsure], (), QUOTE))
    both = written_follow_ups(QUESTION, [unsure, _finding("no_result")], (), QUOTE)
    assert "in the end" in both[0]


def test_a_quote_without_a_phrase_leaves_questions_without_one() -> None:
    written = written_follow_ups(QUESTION, [_finding("rambling", "So. Yes.")], ("Own?",), None)
    assert written == ("If you had twenty seconds for that story, what would you keep?",)
    assert written_follow_ups(QUESTION, [_finding("hedged", "So.")], ("Own?",), None) == ("Own?",)


@pytest.mark.parametrize("kind", FINDING_KINDS)
def test_every_kind_can_be_asked_about_without_a_phrase(kind: FindingKind) -> None:
    (text,) = written_follow_ups(None, [_finding(kind, "So.")], (), None)[:1]
    assert text
    assert "“" not in text


def test_the_authors_own_come_where_nothing_is_missing() -> None:
    assert written_follow_ups(QUESTION, [], ("And then?",), QUOTE) == ("And then?",)
    general = written_follow_ups(QUESTION, [], (), QUOTE)
    assert all("I rang the supplier in Leeds" in text for text in general)
    assert written_follow_ups(QUESTION, [], (), None) == (ANOTHER_MINUTE,)
    assert written_follow_ups(QUESTION, [], (), "My friend at work.") == (ANOTHER_MINUTE,)


class _Likes(StandInCausal):
    """Likes one option by a margin, after an answer; without one it likes the second."""

    def __init__(self, option: str, margin: float) -> None:
        super().__init__()
        self.option, self.margin = option, margin

    def score_options(self, prompts: Sequence[str], options: Sequence[str]) -> NDArray[np.float32]:
        always = np.array([0.0, 5.0, 0.0])[: len(options)]
        liked = np.array([self.margin * (o.strip() == self.option) for o in options])
        rows = [always if "..." in prompt else always + liked for prompt in prompts]
        return np.asarray(rows, dtype=np.float32)


OPTIONS = ("What happened?", "How did you know?", "What was different?")


def test_the_model_chooses_where_one_stands_out() -> None:
    assert choose(_Likes(OPTIONS[2], 0.5), OPTIONS, QUESTION, QUOTE) == OPTIONS[2]


def test_without_a_margin_the_most_telling_is_asked() -> None:
    assert choose(_Likes(OPTIONS[2], 0.01), OPTIONS, QUESTION, QUOTE) == OPTIONS[0]


def test_few_options_need_no_model() -> None:
    assert choose(StandInCausal(), (), QUESTION, QUOTE) is None
    assert choose(StandInCausal(), OPTIONS[:1], QUESTION, QUOTE) == OPTIONS[0]


def test_questions_hold_no_number_and_no_name_of_their_own() -> None:
    for texts in FOLLOW_UPS.values():
        for text in texts:
            assert not re.search(r"\d", text)
            assert not re.search(r"(?<![.?!”“] )(?<!^)\b[A-Z](?!['’])\w+", text), text
