"""Finds one thing that worked, by rules a person could check; praise is never a filler."""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.clarity.answer import Answer
from simulator.clarity.cues import Cues, deeds_in
from simulator.clarity.findings import Finding, Strength
from simulator.clarity.judge import quote_of
from simulator.clarity.numbers import with_digits
from simulator.clarity.observing import Observed
from simulator.clarity.word_lists import TENDER
from simulator.feedback import words

_CHANGE = re.compile(
    r"\b(?:fell|dropped|came down|went down|down (?:to|from)|rose|grew|went up|up (?:to|from)"
    r"|went from|doubled|halved|saved|reduced|instead of|in the end|ended up|ended on|as a result"
    r"|lost only|passed|signed|won|renewed|delivered|served|opened on|came back"
    r"|hasn't|haven't|never (?:failed|happened)|by the end|had dropped|had healed|healed)\b",
    re.IGNORECASE,
)
"""Words that tell of an outcome."""

_MEASURED_CHANGE = re.compile(r"\b(?:from|down|up)\b.{0,40}\d.{0,30}\bto\b.{0,20}\d", re.IGNORECASE)
"""From one figure to another: a result, wherever it stands."""

_CORRECTED = re.compile(
    r"\b(?:no,? (?:that|it|wait|sorry)|I mean|you know|that was later|I should say)\b", re.I
)
"""Said while looking for the words: not the part to hold up."""

_POINT_FIRST_LIKENESS = 0.35
"""Likeness of the first sentence to the question from which it counts as an answer to it."""

_AGAINST_POINT_FIRST = {"off_topic", "buried_point", "unstructured", "hedged", "rambling"}

_PICTURED = 2
"""Numbers and names in one sentence that make it a detail worth praising."""


def strength_of(answer: Answer, observed: Observed, findings: Iterable[Finding]) -> Strength | None:
    """One thing that worked, with its quote.

    Parameters
    ----------
    answer : the answer, for the quote.
    observed : its sentences, cues and likeness.
    findings : what is said against it: no strength contradicts one, none quotes the same words.

    Returns
    -------
    Strength or None : None where nothing stands out.
    """
    kinds = {finding.kind for finding in findings}
    quoted = {finding.quote for finding in findings}
    cues, n = observed.cues, len(observed.cues)
    candidates: list[tuple[int, str]] = []
    texts = [sentence.text for sentence in observed.sentences]
    if "no_result" not in kinds:
        changed = [i for i in range(n) if _MEASURED_CHANGE.search(with_digits(texts[i]))]
        candidates += [(i, words.STRENGTH_RESULT) for i in changed]
        ends = [i for i in range(n // 2, n) if _is_result(texts[i], cues[i])]
        candidates += [(i, words.STRENGTH_RESULT) for i in ends]
    opens_well = observed.likeness.question[0] >= _POINT_FIRST_LIKENESS and cues[0].words >= 5
    says_something = "vague" not in kinds or cues[0].specifics
    if opens_well and says_something and not kinds & _AGAINST_POINT_FIRST:
        candidates.append((0, words.STRENGTH_POINT_FIRST))
    if "vague" not in kinds:
        rich = sorted(range(n), key=lambda i: -cues[i].specifics)
        candidates += [(i, words.STRENGTH_DETAIL) for i in rich if cues[i].specifics >= _PICTURED]
    if not kinds & {"no_ownership", "hedged"}:
        own = sorted(range(n), key=lambda i: -cues[i].i_did)
        candidates += [(i, words.STRENGTH_OWN_PART) for i in own if deeds_in(texts[i])]
    for i, why in candidates:
        sentence = observed.sentences[i]
        quote = quote_of(answer, sentence)
        unclear = "jargon" in kinds and cues[i].acronyms
        if quote not in quoted and not unclear and _plain(sentence.text, cues[i]):
            return Strength(quote, sentence.start_s, sentence.end_s, why)
    return None


def _is_result(text: str, cues: Cues) -> bool:
    """A sentence that tells how it ended: a change, and something to check it by."""
    return cues.specifics > 0 and bool(_CHANGE.search(text))


def _plain(text: str, cues: Cues) -> bool:
    """Said without hedges or asides, long enough to mean something, and not of a loss."""
    if TENDER.search(text) or _CORRECTED.search(text):
        return False
    return cues.hedges == 0 and cues.asides == 0 and cues.words >= 5
