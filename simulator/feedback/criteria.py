"""What an answer gives evidence of: the criteria that final rounds are decided on.

Rules on words that anyone can check, no verdict: a criterion is shown by a plain sentence of the
speaker's own, or there is "nothing yet".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.clarity.answer import Answer
from simulator.clarity.cues import Cues, deeds_in
from simulator.clarity.findings import CriterionEvidence, FindingKind, Sentence
from simulator.clarity.judge import quote_of
from simulator.clarity.observing import Observed
from simulator.clarity.word_lists import TENDER, any_of

_TOLD = any_of("""
I told
I said
I asked
I explained
I answered
I apologised
I apologized
I rang
I phoned
I called
I warned
I went to see
I sat down with
I spoke to
I promised
told them
told him
told her
said no
said sorry
""")
_PRESSURE = any_of("""
angry
furious
shouting
screaming
upset
crying
in tears
complained
complaint
deadline
minutes left
hours left
days left
weeks left
minutes before
weeks before
the night before
short of
short-staffed
broke
broke down
broken
failed
died
crashed
outage
down
at once
everything
emergency
urgent
under pressure
overbooked
sick leave
walked out
wouldn't
refused
scared
panic
queue
alarm
stand down
at stake
""")
_WITH_OTHERS = any_of("""
with them
with him
with her
with the others
with my colleague
with my colleagues
together with
worked together
worked with
showed him
showed her
showed them
showed my
showed the others
taught
trained
new starter
new starters
new hire
new hires
colleague
colleagues
the team
our team
my team
in the team
helped
listened
asked them
asked him
asked her
took turns
shared
handed
gave him
gave her
gave them
they asked me
he asked me
she asked me
come to me
come to me for
still use
still uses
the others
""")
_GROWTH = any_of("""
learn
learned
learnt
learning
taught myself
course
training
licence
certificate
got better
practised
never done
new to me
new for me
""")
_IMPACT = any_of("""
here I'd
so here
here as well
with you
with your
for you
your team
your department
you'd be getting
you'd get
you've got
you have
you told me
you're
in the first
first year
first month
first months
six months
from day one
from the first day
I'd start
I'd begin
I'd like to start
""")


_NOT_DONE = re.compile(
    r"\bI\s+(?:don|can|couldn|didn|wouldn|won|haven|hadn|wasn)['’]?t\b|\bI\s+(?:can|could|might)\b",
    re.IGNORECASE,
)
"""What the speaker did not do, or only might."""


@dataclass(frozen=True, slots=True)
class _Rule:
    """How much a plain sentence of the speaker's own shows a criterion; 0 is nothing."""

    criterion: str
    shown: Callable[[str, Cues], float]
    needs_pressure: bool = False
    not_with: frozenset[FindingKind] = frozenset()


_RULES = (
    _Rule(
        "role_strengths",
        lambda text, cues: deeds_in(text) and deeds_in(text) + 2 * min(cues.specifics, 2),
        not_with=frozenset({"no_ownership"}),
    ),
    _Rule(
        "team_complement",
        lambda text, cues: 2 * len(_WITH_OTHERS.findall(text)) + 0.5 * min(cues.i_did, 2),
    ),
    _Rule(
        "growth_vs_impact",
        lambda text, cues: 2 * len(_GROWTH.findall(text)) + len(_IMPACT.findall(text)),
    ),
    _Rule(
        "communication_under_pressure",
        lambda text, cues: 2 * len(_TOLD.findall(text)) + min(cues.specifics, 1),
        needs_pressure=True,
    ),
    _Rule(
        "confidence_and_clarity",
        lambda text, cues: deeds_in(text) and cues.specifics and deeds_in(text) + cues.specifics,
        not_with=frozenset({"hedged", "vague", "jargon", "rambling", "off_topic"}),
    ),
)

_LEAST_SHOWN = 2
_CLEAR_ENOUGH = 0.5
"""Of the clarity score: confidence and clarity are shown only by an answer that is clear."""


def evidence_of(
    answer: Answer,
    observed: Observed,
    question: str | None,
    score: float | None,
    kinds: Sequence[FindingKind],
) -> tuple[CriterionEvidence, ...]:
    """For each criterion the sentence that shows it best, or "nothing yet".

    Parameters
    ----------
    answer : for the quotes.
    observed : the answer's sentences and cues.
    question : what was asked; a question about pressure is pressure too.
    score : clarity.
    kinds : of the findings, which speak against some criteria.
    """
    texts = [sentence.text for sentence in observed.sentences]
    pressed = any(_PRESSURE.search(text) for text in (*texts, question or ""))
    found = []
    for rule in _RULES:
        ruled_out = bool(rule.not_with & set(kinds)) or (rule.needs_pressure and not pressed)
        if rule.criterion == "confidence_and_clarity":
            ruled_out = ruled_out or score is None or score < _CLEAR_ENOUGH
        shown = [
            float(rule.shown(text, cues)) if _plain(text, cues) else 0.0
            for text, cues in zip(texts, observed.cues, strict=True)
        ]
        best = max(range(len(shown)), key=lambda i: shown[i])
        if ruled_out or shown[best] < _LEAST_SHOWN:
            found.append(CriterionEvidence(rule.criterion, None))
        else:
            found.append(_quoted(answer, rule.criterion, observed.sentences[best]))
    return tuple(found)


def _plain(text: str, cues: Cues) -> bool:
    """The speaker's own, done, without hedges or asides, and long enough to mean something."""
    if _NOT_DONE.search(text) or TENDER.search(text):
        return False
    return cues.myself > 0 and cues.hedges == 0 and cues.asides == 0 and cues.words >= 5


def _quoted(answer: Answer, criterion: str, sentence: Sentence) -> CriterionEvidence:
    return CriterionEvidence(
        criterion, quote_of(answer, sentence), sentence.start_s, sentence.end_s
    )
