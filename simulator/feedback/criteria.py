"""What an answer gives evidence of: the criteria that final rounds are decided on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from simulator.clarity.answer import Answer
from simulator.clarity.findings import CriterionEvidence
from simulator.clarity.judge import quote_of
from simulator.clarity.observing import Observed, Observer

PROTOTYPES: Mapping[str, tuple[str, ...]] = {
    "role_strengths": (
        "I am good at finding the cause of a problem and fixing it.",
        "My strength is planning the work so that it is done on time.",
        "I took over the project and finished it myself.",
        "I have done exactly this kind of work for several years.",
    ),
    "team_complement": (
        "I worked together with my colleagues and listened to them.",
        "I showed the others in the team how to do it.",
        "My colleagues come to me when they need help.",
        "I bring something that the team does not have yet.",
    ),
    "growth_vs_impact": (
        "I learned it and then used it to change how we work.",
        "I want to learn something new, and I can be useful from the first day.",
        "In the first months I would deliver this for you.",
        "I got better at it over the last two years.",
    ),
    "communication_under_pressure": (
        "The customer was angry and I stayed calm and explained what we would do.",
        "There was little time and a lot at stake, and I decided what to do first.",
        "I told them the bad news directly.",
        "I said no to my manager and gave my reasons.",
    ),
}
"""Sentences that show a criterion, written for this purpose; likeness to the nearest counts."""

LIKE_ENOUGH = 0.42
"""Likeness from which a sentence counts as evidence."""


def evidence_of(
    answer: Answer, observed: Observed, observer: Observer, score: float | None
) -> tuple[CriterionEvidence, ...]:
    """For each criterion the sentence that shows it best, or "nothing yet".

    Parameters
    ----------
    answer : for the quotes.
    observed : the answer's sentences and cues.
    observer : embeds sentences.
    score : clarity; confidence and clarity are shown only by an answer that is clear.
    """
    own = observer.embed([sentence.text for sentence in observed.sentences])
    mine = np.array([c.myself > 0 and c.hedges == 0 and c.words >= 5 for c in observed.cues])
    found = []
    for criterion, prototypes in PROTOTYPES.items():
        likeness = np.where(mine, (own @ observer.embed(prototypes).T).max(axis=1), 0.0)
        best = int(likeness.argmax())
        found.append(_evidence(answer, observed, criterion, best, float(likeness[best])))
    plain = np.array(
        [c.specifics + c.i_did if ok else 0 for c, ok in zip(observed.cues, mine, strict=True)]
    )
    best = int(plain.argmax())
    sure = score is not None and score >= 0.5 and plain[best] >= 2
    found.append(_evidence(answer, observed, "confidence_and_clarity", best, 1.0 if sure else 0.0))
    return tuple(found)


def _evidence(
    answer: Answer, observed: Observed, criterion: str, best: int, likeness: float
) -> CriterionEvidence:
    if likeness < LIKE_ENOUGH:
        return CriterionEvidence(criterion, None)
    sentence = observed.sentences[best]
    return CriterionEvidence(
        criterion, quote_of(answer, sentence), sentence.start_s, sentence.end_s
    )
