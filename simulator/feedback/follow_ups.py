"""Chooses what an interviewer would ask next, among written questions.

The language model only weighs them: how well each follows the answer, less how well it follows
anything (Zhao et al. 2021, calibration before use), over several framings. Where the best does
not stand out the first written one is asked, which is the most telling.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.clarity.findings import Finding
from simulator.clarity.reading import NEUTRAL_QUESTION
from simulator.clarity.words import SURE_OFF_TOPIC
from simulator.feedback.phrases import acronym_from, deed_from, phrase_from
from simulator.feedback.words import (
    ANOTHER_MINUTE,
    FOLLOW_UPS,
    GENERAL_FOLLOW_UPS,
    PLAIN_FOLLOW_UPS,
)
from simulator.language.protocol import CausalModel

LEAST_MARGIN = 0.05
"""Nats per token by which the best question must lead; below it the choice is noise."""

FRAMINGS = (
    "{before}{answer}\nInterviewer:",
    "{before}{answer}\nNext question:",
)
_NOTHING_SAID = "..."


def written_follow_ups(
    question: str | None,
    findings: Sequence[Finding],
    own_follow_ups: Sequence[str],
    best_quote: str | None,
) -> tuple[str, ...]:
    """Questions that may be asked, the most telling first.

    Parameters
    ----------
    question : what was asked, None where unknown.
    findings : of the answer, the most important first; the first one is asked about.
    own_follow_ups : written by the scenario's author for this question.
    best_quote : a sentence of the answer to speak of where nothing is missing.
    """
    # Asked again, whoever has answered would be put out; only where it is sure.
    findings = [
        finding
        for finding in findings
        if finding.kind != "off_topic" or finding.confidence >= SURE_OFF_TOPIC
    ]
    if findings:
        first = findings[0]
        phrase = phrase_from(first.quote)
        if first.kind == "jargon":
            phrase = acronym_from(first.quote) or phrase
        filled = _fill(FOLLOW_UPS[first.kind], phrase, question)
        if filled:
            return filled
    if own_follow_ups:
        return tuple(own_follow_ups)
    if findings:
        return (PLAIN_FOLLOW_UPS[findings[0].kind],)
    deed = deed_from(best_quote) if best_quote else None
    return _fill(GENERAL_FOLLOW_UPS, deed, question) or (ANOTHER_MINUTE,)


def choose(
    model: CausalModel, options: Sequence[str], question: str | None, answer: str
) -> str | None:
    """The option that follows the answer best; the first where none stands out.

    Parameters
    ----------
    model : weighs the options.
    options : written questions, the most telling first.
    question, answer : what was asked and said (clean text).
    """
    if len(options) < 2:
        return options[0] if options else None
    before = f"Interview question: {question or NEUTRAL_QUESTION}\nAnswer: "
    spoken = [f" {option}" for option in options]
    prompts = [
        framing.format(before=before, answer=said)
        for said in (answer, _NOTHING_SAID)
        for framing in FRAMINGS
    ]
    scores = model.score_options(prompts, spoken)
    lead = scores[: len(FRAMINGS)].mean(axis=0) - scores[len(FRAMINGS) :].mean(axis=0)
    best, second = np.sort(lead)[::-1][:2]
    return options[int(lead.argmax())] if best - second >= LEAST_MARGIN else options[0]


def _fill(texts: Sequence[str], phrase: str | None, question: str | None) -> tuple[str, ...]:
    """Texts whose slots can be filled, filled."""
    filled = []
    for text in texts:
        if ("{phrase}" in text and phrase is None) or ("{question}" in text and question is None):
            continue
        filled.append(text.replace("{phrase}", phrase or "").replace("{question}", question or ""))
    return tuple(filled)
