"""Whether surprisal helps the weights: ``python -m benchmarks.clarity.surprise``.

How much each sentence surprises the language model, after fillers and repeats are taken out, joins
the measures; authors held out are judged with it and without. It did not help, so the program does
not weigh it; this is kept so that the question can be asked again of another model.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.clarity.features import Features
from benchmarks.clarity.held_out import judge_with
from benchmarks.clarity.mechanical import OTHER_QUESTIONS_EACH, asked_something_else
from benchmarks.clarity.ranking import Judged, count
from benchmarks.clarity.tellings import Telling, training_tellings
from benchmarks.clarity.train import label_of, learn, reader
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.reading import LAYERS, prompt_before
from simulator.clarity.sentences import sentences_of
from simulator.language.protocol import CausalModel

SURPRISING, EXPECTED = 6.0, 0.7
"""Nats: a word nobody would have guessed, and one that anybody would."""


def surprise_of(telling: Telling, model: CausalModel) -> NDArray[np.float32]:
    """Measures of the surprisal of an answer's tokens and sentences [shape=(10,)], in nats."""
    answer = telling.answer()
    texts = [s.text for s in sentences_of(answer, clean_tokens(answer))]
    before = prompt_before(telling.question)
    whole = before + " ".join(texts)
    last_chars = np.array([end - 1 for _, end in model.states(whole, LAYERS[:1]).offsets])
    starts = len(before) + np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    owner = (np.searchsorted(starts, last_chars, side="right") - 1)[1:]
    nats = model.surprisal(whole)
    said = nats[owner >= 0]
    each = np.array([nats[owner == i].mean() for i in range(len(texts)) if (owner == i).any()])
    values = [
        said.mean(),
        np.median(said),
        (said > SURPRISING).mean(),
        (said < EXPECTED).mean(),
        each.std(),
        each.max() - each.mean(),
        each[0] - each.mean(),
        each[-1] - each.mean(),
        float(each.argmax()) / max(len(each) - 1, 1),
        np.abs(np.diff(each)).mean() if len(each) > 1 else 0.0,
    ]
    return np.asarray(values, dtype=np.float32)


def main() -> None:
    """Judge authors held out with surprisal and without, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--authors", nargs="*", default=["a", "b", "c", "d"])
    given = parser.parse_args()
    read, name = reader()
    told = {
        author: [t for t in tellings if not t.heard]
        for author, tellings in training_tellings().items()
        if author in given.authors
    }
    learned_from = {
        a: [*ts, *asked_something_else(ts)[::OTHER_QUESTIONS_EACH]] for a, ts in told.items()
    }

    @cache
    def with_surprise(telling: Telling) -> Features:
        plain = read.features(telling)
        more = surprise_of(telling, read.observer.causal)
        return replace(plain, measures=np.concatenate([plain.measures, more]))

    for title, features in (("without", read.features), ("with surprisal", with_surprise)):
        judged: list[Judged] = []
        for author, tellings in told.items():
            others = [t for a, ts in learned_from.items() if a != author for t in ts]
            weights = learn([*map(features, others)], [*map(label_of, others)], name, title)
            judged += judge_with(weights, tellings, [*map(features, tellings)])
        print(count(judged).line(title), flush=True)


if __name__ == "__main__":
    main()
