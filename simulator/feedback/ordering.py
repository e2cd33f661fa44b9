"""How the answer is built, and which sentence could open it. Nothing is reworded."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.clarity.answer import Answer
from simulator.clarity.findings import Finding, StoryShare
from simulator.clarity.judge import quote_of
from simulator.clarity.observing import Observed
from simulator.clarity.story import STORY_PARTS, likeness_to_parts, story_of

_OPENS_WELL = 0.35
"""Likeness to the question from which the first sentence is left where it is."""


def story_shares(answer: Answer, observed: Observed) -> tuple[StoryShare, ...]:
    """How much of the words each part of the story takes, and where it begins."""
    parts = story_of([sentence.text for sentence in observed.sentences], observed.cues)
    words = [cues.words for cues in observed.cues]
    total = max(sum(words), 1)
    shares = []
    for part in STORY_PARTS:
        at = [i for i, found in enumerate(parts) if found == part]
        quote = quote_of(answer, observed.sentences[at[0]]) if at else None
        shares.append(StoryShare(part, round(sum(words[i] for i in at) / total, 3), quote))
    return tuple(shares)


def start_with(answer: Answer, observed: Observed, findings: Sequence[Finding]) -> str | None:
    """The sentence to begin with next time, as it stands in the transcript.

    A point that comes late is to come first. A story told out of order begins with the sentence
    that says how things were, unless its first sentence answers the question already.

    Returns
    -------
    str or None : None where the order serves.
    """
    if not findings:
        return None
    for finding in findings[:2]:
        if finding.kind == "buried_point":
            return finding.quote
    if findings[0].kind != "unstructured" or observed.likeness.question[0] >= _OPENS_WELL:
        return None
    texts = [sentence.text for sentence in observed.sentences]
    opening = int(likeness_to_parts(texts, observed.cues)[:, 0].argmax())
    return quote_of(answer, observed.sentences[opening]) if opening > 0 else None
