"""Voices of the Kokoro family (Kim et al.: StyleTTS 2 in 82 million parameters, Apache-2.0).

`Styled` runs the model's ONNX form with a style, a row of 256 numbers that makes the speaker:
styles may be mixed, which gives speakers that nobody recorded. `Distilled` is the small model
that another package distilled from one of its voices. Both tell how long each sound lasted.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.filled_pauses.voices import RATE_HZ, Samples, Spoken, in_ipa, trim

_COMPACT = {"eɪ": "A", "aɪ": "I", "oʊ": "O", "əʊ": "Q", "aʊ": "W", "ɔɪ": "Y", "tʃ": "ʧ",
            "dʒ": "ʤ", "ɜː": "ɜɹ", "ɚ": "əɹ", "ɐ": "ə", "ː": "", "r": "ɹ", "ɝ": "ɜɹ"}  # fmt: skip
"""Espeak-ng's IPA in the alphabet these models were trained on."""

_SECONDS_A_COUNT = 600 / 24_000
"""A duration of 1 is 600 samples at 24 kHz."""

Make = Callable[[list[int], float], tuple[Samples, NDArray[np.float32]]]
"""From sound numbers and a speed to samples at 24 kHz and the duration of each number."""


def compact(ipa: str) -> str:
    """IPA from espeak-ng in the models' alphabet."""
    for long, short in _COMPACT.items():
        ipa = ipa.replace(long, short)
    return ipa


class Styled:
    """A voice of the family by what makes its sound."""

    def __init__(self, name: str, vocabulary: dict[str, int], make: Make) -> None:
        self.name = name
        self._vocabulary = vocabulary
        self._make = make

    def _speak(self, words: list[str], rng: random.Random) -> tuple[Samples, list[list[float]]]:
        import soxr

        ids, owners = [0], [-1]
        for i, word in enumerate(words):
            for c in compact(word) + (" " if i + 1 < len(words) else ""):
                if c in self._vocabulary:
                    ids.append(self._vocabulary[c])
                    owners.append(i if c not in " ,.?!" else -1)
        ids, owners = [*ids, 0][:500], [*owners, -1][:500]
        wave, counts = self._make(ids, rng.uniform(0.8, 1.2))
        edges = np.concatenate([[0.0], np.cumsum(np.ravel(counts))]) * _SECONDS_A_COUNT
        times: list[list[float]] = []
        for i in range(len(words)):
            mine = [k for k, owner in enumerate(owners) if owner == i]
            times.append([float(edges[mine[0]]), float(edges[mine[-1] + 1])] if mine else [])
        samples = np.asarray(soxr.resample(np.ravel(wave), 24_000, RATE_HZ), np.float32)
        return samples, times

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak, with every word's times."""
        words, ipa = in_ipa(text)
        samples, times = self._speak(ipa, rng)
        timed = zip(words, times, strict=True)
        return Spoken(samples, tuple((w, t[0], t[1]) for w, t in timed if t))

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """One sound."""
        return trim(self._speak([ipa + rng.choice([".", ",", "..."])], rng)[0])


def _session(path: Path, also: str) -> object:
    import onnx
    import onnxruntime

    graph = onnx.load(str(path))
    graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(also))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph.SerializeToString(), options)


MIXTURES: tuple[tuple[str, tuple[tuple[str, float], ...]], ...] = (
    ("jm_kumo", (("jm_kumo", 1.0),)),
    ("jf_alpha", (("jf_alpha", 1.0),)),
    ("jf_nezumi", (("jf_nezumi", 1.0),)),
    ("jf_tebukuro", (("jf_tebukuro", 1.0),)),
    ("kumo_less_alpha", (("jm_kumo", 1.4), ("jf_alpha", -0.4))),
    ("kumo_and_gongitsune", (("jm_kumo", 0.6), ("jf_gongitsune", 0.4))),
)
"""Speakers made of styles: three of six lean to the one man among them."""


def styled_voices(folder: Path) -> list[Styled]:
    """Voices of the large model: ``folder`` holds ``*.onnx``, ``vocab.json``, ``voices*.npz``."""
    session = _session(next(folder.glob("*.onnx")), "/encoder/Clip_output_0")
    vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    with np.load(next(folder.glob("voices*.npz"))) as stored:
        styles = {name: np.asarray(stored[name], np.float32) for name in stored.files}

    def maker(parts: tuple[tuple[str, float], ...]) -> Make:
        style = sum(np.float32(weight) * styles[name] for name, weight in parts)

        def make(ids: list[int], speed: float) -> tuple[Samples, NDArray[np.float32]]:
            feed = {
                "tokens": np.array([ids], np.int64),
                "style": np.asarray(style, np.float32)[len(ids) - 2].reshape(1, 256),
                "speed": np.array([speed], np.float32),
            }
            wave, counts = session.run(None, feed)  # type: ignore[attr-defined]
            return wave, counts

        return make

    return [Styled(name, vocabulary, maker(parts)) for name, parts in MIXTURES]


def distilled_voice() -> Styled:
    """The small model's voice; needs the package ``hibari-tts``."""
    from hibari import Hibari, dsp  # type: ignore[import-not-found, unused-ignore]

    model = Hibari()
    session = _session(Path(model.model_path), "/Clip_output_0")
    noise = np.random.default_rng(1)

    def make(ids: list[int], speed: float) -> tuple[Samples, NDArray[np.float32]]:
        feed = {"ids": np.array([ids], np.int64), "speed": np.array([speed], np.float32)}
        *parts, counts = session.run(None, feed)  # type: ignore[attr-defined]
        return dsp.synth(*(part[0] for part in parts), noise), counts

    return Styled("heart", model.vocab, make)
