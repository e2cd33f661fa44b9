"""The exported models: right, alike in both engines, and quick to read on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import SimulatorError
from simulator.language.export import CAUSAL_SOURCE, EMBEDDER_SOURCE, export_all, exported
from simulator.language.loading import load_causal_model, load_embedder
from simulator.language.onnx_engine import OnnxCausalModel, OnnxEmbedder
from simulator.places import Places, find_places

ANSWER = (
    "Interview question: Why you?\nAnswer: I ran the night shift for four years. "
    "I had the bays renumbered, and mistakes fell from two percent to half a percent."
)


@pytest.fixture(scope="module")
def causal(weights: Callable[[str], Path]) -> OnnxCausalModel:
    folder = weights(CAUSAL_SOURCE).parent / exported(CAUSAL_SOURCE)
    if not (folder / "stamp.json").is_file():
        pytest.skip("models: the language weights are not exported yet")
    return OnnxCausalModel(folder, threads=1)


@pytest.fixture(scope="module")
def embedder(weights: Callable[[str], Path]) -> OnnxEmbedder:
    folder = weights(EMBEDDER_SOURCE).parent / exported(EMBEDDER_SOURCE)
    if not (folder / "stamp.json").is_file():
        pytest.skip("models: the language weights are not exported yet")
    return OnnxEmbedder(folder, threads=1)


@pytest.mark.models
def test_states_cover_the_text(causal: OnnxCausalModel) -> None:
    states = causal.states(ANSWER, (16, 20))
    assert states.offsets[0][0] == 0
    assert states.offsets[-1][1] == len(ANSWER)
    assert states.layers[16].shape == (len(states.offsets), 576)


@pytest.mark.models
def test_reading_on_gives_what_reading_anew_gives(causal: OnnxCausalModel) -> None:
    causal.states("Something else entirely.", (16, 20))
    anew = causal.states(ANSWER + " We lost two people.", (16, 20))
    causal.states(ANSWER, (16, 20))
    read_on = causal.states(ANSWER + " We lost two people.", (16, 20))
    for layer in (16, 20):
        np.testing.assert_allclose(read_on.layers[layer], anew.layers[layer], atol=2e-3)


@pytest.mark.models
def test_the_same_text_twice_is_the_same(causal: OnnxCausalModel) -> None:
    first = causal.states(ANSWER, (16,)).layers[16]
    second = causal.states(ANSWER, (16,)).layers[16]
    np.testing.assert_allclose(first, second, atol=2e-3)


@pytest.mark.models
def test_a_layer_that_is_not_kept_is_refused(causal: OnnxCausalModel) -> None:
    with pytest.raises(ValueError, match="layer 99"):
        causal.states(ANSWER, (99,))


@pytest.mark.models
def test_likely_options_score_higher(causal: OnnxCausalModel) -> None:
    scores = causal.score_options(
        ["The capital of France is"], [" Paris.", " a banana.", " Oslo."]
    )[0]
    assert scores.argmax() == 0
    alone = causal.score_options(["The capital of France is"], [" a banana."])[0]
    assert scores[1] == pytest.approx(alone[0], abs=0.05)


@pytest.mark.models
def test_options_after_several_prompts_score_as_alone(causal: OnnxCausalModel) -> None:
    prompts = [ANSWER + "\nInterviewer:", ANSWER + "\nNext question:", "Something else:"]
    options = [" You said four years. Why?", " You said four years. And then?", " Bananas."]
    causal.states(ANSWER, (16,))  # what is remembered is not read again
    together = causal.score_options(prompts, options)
    assert together.shape == (3, 3)
    for prompt, row in zip(prompts, together, strict=True):
        alone = [float(causal.score_options([prompt], [option])[0, 0]) for option in options]
        np.testing.assert_allclose(row, alone, atol=0.2)  # int8: the order of sums shows
        assert row.argmin() == 2
    with pytest.raises(ValueError, match="empty"):
        causal.score_options(prompts, [""])


@pytest.mark.models
def test_surprise_is_low_where_the_word_is_expected(causal: OnnxCausalModel) -> None:
    expected = causal.surprisal("One two three four five six seven eight")
    odd = causal.surprisal("One two three four five six seven marmalade")
    assert odd[-1] > expected[-1] + 2


@pytest.mark.models
def test_generation_is_greedy_and_stops(causal: OnnxCausalModel) -> None:
    prompt = "<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant\n"
    said = causal.generate(prompt, 24)
    assert "Paris" in said
    assert said == causal.generate(prompt, 24)


@pytest.mark.models
def test_alike_sentences_lie_close(embedder: OnnxEmbedder) -> None:
    vectors = embedder.embed(
        ["I ran the night shift.", "The night shift was run by me.", "Bananas are yellow."]
    )
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    assert vectors[0] @ vectors[1] > 0.8 > 0.3 > vectors[0] @ vectors[2]


@pytest.mark.models
def test_sentences_embedded_together_are_as_alone(embedder: OnnxEmbedder) -> None:
    texts = ["I ran the night shift.", "Bananas are yellow.", "Short."]
    together = embedder.embed(texts)
    alone = np.concatenate([embedder.embed([text]) for text in texts])
    np.testing.assert_allclose(together, alone, atol=1e-4)


@pytest.mark.models
@pytest.mark.slow
def test_both_engines_agree(causal: OnnxCausalModel, weights: Callable[[str], Path]) -> None:
    """Stated tolerance: mean states of the layers the judge reads within cosine 0.998."""
    from simulator.language.torch_engine import TorchCausalModel

    reference = TorchCausalModel(str(weights(CAUSAL_SOURCE)), threads=1)
    for layer in (16, 20):
        fast = causal.states(ANSWER, (layer,))
        slow = reference.states(ANSWER, (layer,))
        assert fast.offsets == slow.offsets
        a, b = fast.layers[layer][1:].mean(axis=0), slow.layers[layer][1:].mean(axis=0)
        assert a @ b / np.linalg.norm(a) / np.linalg.norm(b) > 0.998
    options = [" Paris.", " London.", " a banana."]
    fast_scores = causal.score_options(["The capital of France is"], options)
    slow_scores = reference.score_options(["The capital of France is"], options)
    np.testing.assert_allclose(fast_scores, slow_scores, rtol=0.1, atol=0.1)
    assert fast_scores.argmax() == slow_scores.argmax()


@pytest.mark.models
@pytest.mark.slow
def test_both_embedders_agree(embedder: OnnxEmbedder, weights: Callable[[str], Path]) -> None:
    from simulator.language.torch_engine import TorchEmbedder

    texts = ["I ran the night shift.", "Bananas are yellow."]
    reference = TorchEmbedder(str(weights(EMBEDDER_SOURCE)), threads=1).embed(texts)
    np.testing.assert_allclose(embedder.embed(texts), reference, atol=1e-3)


@pytest.mark.models
def test_an_export_that_stands_is_not_made_again(weights: Callable[[str], Path]) -> None:
    folder = weights(CAUSAL_SOURCE).parent / exported(CAUSAL_SOURCE)
    if not (folder / "stamp.json").is_file():
        pytest.skip("models: the language weights are not exported yet")
    before = (folder / "body.onnx").stat().st_mtime_ns
    said: list[str] = []
    export_all(find_places(), said.append)
    assert (folder / "body.onnx").stat().st_mtime_ns == before
    assert all("already made" in line for line in said)


def _nowhere(tmp_path: Path) -> Places:
    return Places(*(tmp_path for _ in range(6)))


def test_missing_weights_say_what_to_do(tmp_path: Path) -> None:
    for load in (load_causal_model, load_embedder):
        with pytest.raises(SimulatorError, match="simulator models pull") as problem:
            load(None, _nowhere(tmp_path))
        assert "\n" not in str(problem.value)


def test_pulled_but_not_exported_says_so(tmp_path: Path) -> None:
    (tmp_path / CAUSAL_SOURCE).mkdir()
    with pytest.raises(SimulatorError, match=r"simulator\.language\.export"):
        load_causal_model(None, _nowhere(tmp_path))


def test_an_export_without_source_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="models pull"):
        export_all(_nowhere(tmp_path), lambda _line: None)


def test_the_fast_engine_does_not_import_torch() -> None:
    import subprocess

    code = (
        "import sys, simulator.language.onnx_engine, simulator.language.loading, "
        "simulator.clarity.judge, simulator.feedback.coach; "
        "sys.exit(any(m in sys.modules for m in ('torch', 'transformers', 'onnxruntime')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
