"""The weights that ship, on real encoders and a real voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.places import find_places
from simulator.speech.filled_pauses import (
    ChunkEvidence,
    FilledPauseModel,
    hear_filled_pauses,
    load_filled_pause_model,
)
from simulator.speech.timeline import SAMPLE_RATE_HZ, FilledPause
from simulator.speech.transcription import Transcriber, load_transcriber

MODELS = ("base", "tiny.en")
UM = (9.89, 10.34)
"""A labelled "um" of the monologue, in seconds."""

Weights = Callable[[str], Path]


def shipped(name: str) -> FilledPauseModel:
    model = load_filled_pause_model(find_places().models / "filled_pauses", name)
    assert model is not None, f"no weights ship for {name}"
    return model


def hear(
    samples: NDArray[np.float32], transcriber: Transcriber, model: FilledPauseModel
) -> tuple[FilledPause, ...]:
    reading = transcriber.read(samples, 0.0)
    evidence = ChunkEvidence(
        0.0, samples, reading.states, reading.words, reading.prompted_words, reading.hesitations
    )
    return hear_filled_pauses(evidence, model)[0]


@pytest.mark.parametrize("name", MODELS)
def test_weights_ship_for_both_models_and_are_small(name: str) -> None:
    shipped(name)
    path = find_places().models / "filled_pauses" / f"{name}.npz"
    assert path.stat().st_size < 1_000_000


@pytest.mark.models
@pytest.mark.parametrize("name", MODELS)
def test_they_fit_the_encoder_and_hear_nothing_in_noise(weights: Weights, name: str) -> None:
    transcriber = load_transcriber(weights(f"whisper-{name}"), name, 1)
    model = shipped(name)
    rng = np.random.default_rng(1)
    noise = (0.01 * rng.standard_normal(4 * SAMPLE_RATE_HZ)).astype(np.float32)
    assert transcriber.read(noise, 0.0).states.shape[1] == model.ensemble.width
    assert hear(noise, transcriber, model) == ()


@pytest.mark.models
@pytest.mark.shared_data
@pytest.mark.parametrize("name", MODELS)
def test_they_hear_an_um_where_a_person_said_it(
    weights: Weights, shared_data: Path, name: str
) -> None:
    import soundfile

    path = shared_data / "mfa_monologue" / "mfa_cold_corpus.flac"
    samples, rate = soundfile.read(path, dtype="float32", start=0)
    assert rate == SAMPLE_RATE_HZ
    transcriber = load_transcriber(weights(f"whisper-{name}"), name, 1)
    start_s = 9.0
    piece = samples[int(start_s * rate) : int(13.0 * rate)]
    found = hear(piece, transcriber, shipped(name))
    (um,) = [p for p in found if p.start_s + start_s < UM[1] and p.end_s + start_s > UM[0]]
    assert um.label == "um"
    assert um.confidence > 0.5
    quiet = np.concatenate([piece[: int(0.7 * rate)], piece[int(1.5 * rate) :]])
    assert len(hear(quiet, transcriber, shipped(name))) < len(found)
