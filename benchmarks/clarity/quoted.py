"""Whether the quoted sentence is one that a reader would point at.

``data/pointed_at.jsonl`` holds, for 124 tellings with one defect (84 from the training authors, and
the 40 of the set that is never trained on), the openings of the sentences that a
reader may point at as showing the labelled defect. Labelled by one reader in one pass, from the
numbered sentences of each telling alone, before any quote of the program had been looked at; a
telling has several such sentences where several show it alike. Chance is printed beside: the share
of sentences accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from benchmarks.clarity.tellings import DATA, Telling
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.evidence import pointed_at, quoted_at
from simulator.clarity.findings import FindingKind
from simulator.clarity.observing import Observer
from simulator.clarity.sentences import sentences_of
from simulator.clarity.weights import CLASSES, ClarityWeights


@dataclass(frozen=True, slots=True)
class Pointing:
    """Openings of the sentences of one telling that a reader may point at."""

    story: str
    variant: str
    kind: FindingKind
    openings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """What was quoted of one labelled telling, and whether a reader would accept it.

    ``chance`` is the share of the telling's sentences that a reader would accept.
    """

    pointing: Pointing
    quote: str
    right: bool
    chance: float


def read_pointings() -> tuple[Pointing, ...]:
    """All labels, in order."""
    found = []
    for line in (DATA / "pointed_at.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["kind"] not in get_args(FindingKind):
            raise ValueError(f"no kind of finding: {row['kind']}")
        found.append(Pointing(row["id"], row["variant"], row["kind"], tuple(row["openings"])))
    return tuple(found)


def quotes_of(
    tellings: Sequence[Telling], weights: Mapping[str, ClarityWeights], observer: Observer
) -> list[Quoted]:
    """Quote each labelled telling for its labelled kind.

    Parameters
    ----------
    tellings : written ones; those without a label are passed over.
    weights : for each author, learned without that author.
    observer : reads them.
    """
    labels = {(p.story, p.variant): p for p in read_pointings()}
    quoted = []
    for telling in tellings:
        pointing = labels.get((telling.story, telling.variant))
        if pointing is None or telling.heard:
            continue
        answer = telling.answer()
        sentences = sentences_of(answer, clean_tokens(answer))
        observed = observer.observe(sentences, telling.question)
        says = weights[telling.author].sentence_evidence(observed.reading)
        scores = pointed_at(
            pointing.kind, observed.cues, observed.likeness, says[:, CLASSES.index(pointing.kind)]
        )
        spans = [answer.text[s.start_char : s.end_char] for s in sentences]
        accepted = [any(opening in span for opening in pointing.openings) for span in spans]
        texts = [s.text for s in observed.sentences]
        best = quoted_at(pointing.kind, scores, observed.cues, texts, ())
        chance = sum(accepted) / len(accepted)
        quoted.append(Quoted(pointing, spans[best], accepted[best], chance))
    return quoted
