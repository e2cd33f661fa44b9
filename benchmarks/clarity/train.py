"""Learns the clarity weights: ``python -m benchmarks.clarity.train``.

A multinomial logistic regression on standardised states and surface measures. Reads the tellings
in ``benchmarks/clarity/data``, writes ``models/clarity/weights.npz``.
"""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.clarity.features import FeatureReader, Features
from benchmarks.clarity.mechanical import mechanical
from benchmarks.clarity.tellings import Telling, training_tellings
from simulator.clarity.judge import weights_file
from simulator.clarity.observing import Observer
from simulator.clarity.reading import LAYERS
from simulator.clarity.weights import CLASSES, ClarityWeights
from simulator.language.loading import load_causal_model, load_embedder
from simulator.places import find_places

STATES_STRENGTH = 0.003
"""Inverse of the penalty on state weights (scikit-learn's C); flat between 0.001 and 0.01."""

MEASURES_WEIGHT = 5.0
"""How much more freely the few surface measures are used than the many states."""


MECHANICAL_COUNTS = 0.25
"""What a mechanical change counts beside a written telling: its label is a guess."""

CLEAR_COUNTS = 1.5
"""What a clear telling counts: naming a fault that is not there is the worse mistake."""


def learn_from(
    tellings: Sequence[Telling], read: FeatureReader, model: str, version: str
) -> ClarityWeights:
    """Learn from tellings of whole authors and from mechanical changes to their clear answers."""
    by_author: dict[str, list[Telling]] = {}
    for telling in tellings:
        by_author.setdefault(telling.author, []).append(telling)
    changed = [m for told in by_author.values() for m in mechanical(told)]
    counts = [CLEAR_COUNTS if t.label == "clear" else 1.0 for t in tellings]
    return learn(
        [read.features(t) for t in (*tellings, *changed)],
        [t.label for t in (*tellings, *changed)],
        model,
        version,
        [*counts, *(MECHANICAL_COUNTS for _ in changed)],
    )


def learn(
    features: Sequence[Features],
    labels: Sequence[str],
    model: str,
    version: str,
    counts: Sequence[float] | None = None,
) -> ClarityWeights:
    """Learn weights from tellings.

    Parameters
    ----------
    features, labels : of each telling; labels from `CLASSES`.
    model : name of the causal model that read them.
    version : kept with every judgement made with these weights.
    counts : how much each telling counts; None is 1 each.
    """
    from sklearn.linear_model import LogisticRegression

    states = np.stack([f.whole for f in features])
    measures = np.stack([f.measures for f in features])
    state_mean, state_spread = states.mean(axis=0), states.std(axis=0) + 1e-6
    measure_mean, measure_spread = measures.mean(axis=0), measures.std(axis=0) + 1e-6
    x = np.hstack(
        [
            (states - state_mean) / state_spread,
            MEASURES_WEIGHT * (measures - measure_mean) / measure_spread,
        ]
    )
    y = [CLASSES.index(label) for label in labels]
    fitted = LogisticRegression(C=STATES_STRENGTH, max_iter=500).fit(x, y, sample_weight=counts)
    n = states.shape[1]
    on_states = fitted.coef_[:, :n] / state_spread
    on_measures = fitted.coef_[:, n:] * MEASURES_WEIGHT / measure_spread
    bias = fitted.intercept_ - on_states @ state_mean - on_measures @ measure_mean
    return ClarityWeights(
        model=model,
        states=on_states.astype(np.float32),
        surface=on_measures.astype(np.float32),
        bias=bias.astype(np.float32),
        sentence_states=_mean_block(on_states.astype(np.float32)),
        score=np.zeros(0, dtype=np.float32),
        version=version,
    )


def _mean_block(on_states: np.ndarray) -> np.ndarray:
    """The part of the weights that reads the answer's mean state: it reads a sentence's alike."""
    width = on_states.shape[1] // (4 * len(LAYERS))
    return np.hstack(
        [on_states[:, 4 * i * width : (4 * i + 1) * width] for i in range(len(LAYERS))]
    )


def save(weights: ClarityWeights, path: Path) -> None:
    """Write weights as ``.npz``; nothing in it is pickled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        model=np.array(weights.model),
        states=weights.states.astype(np.float16),
        surface=weights.surface,
        bias=weights.bias,
        sentence_states=weights.sentence_states.astype(np.float16),
        score=weights.score,
        version=np.array(weights.version),
    )


def reader() -> tuple[FeatureReader, str]:
    """The project's models as a reader of features, and the causal model's name."""
    places = find_places()
    causal = load_causal_model(None, places)
    observer = Observer(causal, load_embedder(None, places))
    return FeatureReader(observer, places.cache / "clarity-features"), causal.name


def main() -> None:
    """Train on every author and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--target", type=Path, default=weights_file(find_places()))
    given = parser.parse_args()
    read, model = reader()
    tellings: list[Telling] = [t for ts in training_tellings().values() for t in ts]
    for n, telling in enumerate(tellings, start=1):
        read.features(telling)
        if n % 50 == 0:
            print(f"read {n} of {len(tellings)}", flush=True)
    version = f"{datetime.date.today():%Y-%m-%d}"
    weights = learn_from(tellings, read, model, version)
    save(weights, given.target)
    print(f"{given.target}: {given.target.stat().st_size / 1e6:.1f} MB, {len(tellings)} tellings")


if __name__ == "__main__":
    main()
