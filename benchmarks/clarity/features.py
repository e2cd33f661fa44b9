"""Reads tellings with the project's own models and rules, and remembers what was read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.clarity.tellings import Telling
from simulator.clarity import reading as reading_module
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.measures import MEASURE_NAMES
from simulator.clarity.observing import Observer
from simulator.clarity.sentences import sentences_of


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What the classifier sees of one telling.

    Parameters
    ----------
    whole : np.ndarray [shape=(n_states,), float32]
    measures : np.ndarray [shape=(n_measures,), float32]
    sentences : np.ndarray [shape=(n_sentences, n_layers * d), float32]
    """

    whole: NDArray[np.float32]
    measures: NDArray[np.float32]
    sentences: NDArray[np.float32]


class FeatureReader:
    """Reads tellings; each text only once, results kept in a folder.

    Parameters
    ----------
    observer : whose models read.
    cache : folder for what was read.
    """

    def __init__(self, observer: Observer, cache: Path) -> None:
        self.observer = observer
        self._cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    def features(self, telling: Telling) -> Features:
        """Features of one telling."""
        layers = reading_module.LAYERS
        key = json.dumps([telling.question, telling.text, layers, MEASURE_NAMES, 2])
        file = self._cache / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.npz"
        if file.is_file():
            with np.load(file, allow_pickle=False) as kept:
                return Features(
                    kept["whole"], kept["measures"], kept["sentences"].astype(np.float32)
                )
        answer = telling.answer()
        sentences = sentences_of(answer, clean_tokens(answer))
        observed = self.observer.observe(sentences, telling.question)
        scratch = file.with_suffix(".part.npz")
        np.savez(
            scratch,
            whole=observed.reading.whole,
            measures=observed.measures,
            sentences=observed.reading.sentences.astype(np.float16),
        )
        scratch.replace(file)
        return Features(observed.reading.whole, observed.measures, observed.reading.sentences)
