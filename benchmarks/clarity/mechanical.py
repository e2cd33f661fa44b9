"""Changes that no one wrote: clear answers cut short, shuffled, or put to other questions.

They keep the weights honest where the written tellings hint at their defect in some other way.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.clarity.tellings import Telling
from simulator.clarity.cleaning import clean_tokens, join
from simulator.clarity.sentences import split

KEPT_SHARE = 0.6
FEWEST_SENTENCES = 5
SEED = 7
OTHER_QUESTION = "other_question"
OTHER_QUESTIONS_EACH = 4


def mechanical(tellings: Sequence[Telling]) -> list[Telling]:
    """Mechanical changes of the clear, written tellings of one author."""
    chance = random.Random(SEED)
    clear = [t for t in tellings if t.variant == "clear" and not t.heard]
    changed = []
    for telling in clear:
        tokens = clean_tokens(telling.answer())
        sentences = [join(part) for part in split(tokens)]
        if len(sentences) >= FEWEST_SENTENCES:
            kept = sentences[: max(3, int(len(sentences) * KEPT_SHARE))]
            changed.append(_as(telling, "mech_cut", "no_result", " ".join(kept)))
            order = " ".join(_shuffled(sentences, chance))
            changed.append(_as(telling, "mech_shuffle", "unstructured", order))
    return changed


def asked_something_else(tellings: Sequence[Telling]) -> list[Telling]:
    """The clear, written tellings of one author put to other questions of that author.

    Four each, of another kind than their own. Some fit by chance: a story of pressure may answer
    for a mistake as well, so not all can or should be found.
    """
    chance = random.Random(SEED)
    clear = [t for t in tellings if t.variant == "clear" and not t.heard]
    return [
        replace(_as(telling, OTHER_QUESTION, "off_topic", telling.text), question=other.question)
        for telling in clear
        for others in [[t for t in clear if t.kind != telling.kind]]
        for other in chance.sample(others, min(OTHER_QUESTIONS_EACH, len(others)))
    ]


def _as(telling: Telling, variant: str, label: str, text: str) -> Telling:
    return replace(telling, variant=variant, label=label, text=text)


def _shuffled(sentences: Sequence[str], chance: random.Random) -> list[str]:
    """Sentences in an order far enough from their own."""
    n = len(sentences)
    order = list(range(n))
    for _ in range(20):
        chance.shuffle(order)
        if sum(abs(place - i) for place, i in enumerate(order)) >= n * n / 3.5:
            break
    return [sentences[i] for i in order]
