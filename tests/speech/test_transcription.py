"""Reading a chunk on from what came before it: on real weights, and against a scripted decoder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from simulator.audio.files import read_audio
from simulator.audio.resampling import resample
from simulator.speech.memory import LONG_REACH, NOTHING_BEFORE, SHORT_REACH, Before, remember
from simulator.speech.reading_rules import plain_words
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span
from simulator.speech.transcription import (
    MARGIN_FRAMES,
    SupersededError,
    Transcriber,
    load_transcriber,
)
from simulator.speech.whisper import FULL_WINDOW_FRAMES, Whisper

pytestmark = pytest.mark.models

EXAMPLE = Path(__file__).resolve().parents[2] / "scenarios" / "demo" / "example-answer.flac"
Weights = Callable[[str], Path]


@dataclass
class ScriptedWhisper:
    """Stands in for faster-whisper's model: real tokens, no hearing.

    ``replies`` are what the decoder writes, plainly and prompted in turn; each goes on from the
    words put into its mouth unless it begins with "!", where it loses them. ``windows`` and
    ``prompts`` are what it was given.
    """

    hf_tokenizer: Any
    replies: list[str]
    windows: list[int] = field(default_factory=list)
    prompts: list[list[int]] = field(default_factory=list)

    @property
    def model(self) -> ScriptedWhisper:
        return self

    is_multilingual = False

    def feature_extractor(self, samples: np.ndarray) -> np.ndarray:
        return np.zeros((80, len(samples) // 160), np.float32)

    def encode(self, features: Any, to_cpu: bool) -> np.ndarray:
        window = np.asarray(features).shape[-1]
        self.windows.append(window)
        frames = np.arange(window // 2, dtype=np.float32)
        return np.repeat(frames[None, :, None], 4, axis=2)

    def generate(self, encoded: Any, prompts: list[list[int]], **options: Any) -> list[Any]:
        (prompt,) = prompts
        self.prompts.append(prompt)
        text = self.replies.pop(0)
        said = prompt[max(i for i, token in enumerate(prompt) if token >= self.first_special) + 1 :]
        mouth = [] if text.startswith("!") else said
        tokens = [*mouth, *self.hf_tokenizer.encode(text.strip("!"), add_special_tokens=False).ids]
        written = SimpleNamespace(sequences_ids=[tokens], scores=[-0.1], logits=[None])
        return (
            [SimpleNamespace(result=lambda: written)] if options.get("asynchronous") else [written]
        )

    def find_alignment(
        self, tokenizer: Any, tokens: Sequence[list[int]], encoded: Any, n_frames: int
    ) -> list[list[dict[str, Any]]]:
        words, groups = tokenizer.split_to_word_tokens(tokens[0])
        step_s = n_frames * 0.01 / max(1, len(words))
        return [
            [
                {"word": w, "tokens": g, "start": i * step_s, "end": (i + 1) * step_s,
                 "probability": 0.9}
                for i, (w, g) in enumerate(zip(words, groups, strict=True))
            ]
        ]  # fmt: skip

    @property
    def first_special(self) -> int:
        return int(self.hf_tokenizer.token_to_id("<|endoftext|>"))


@pytest.fixture
def scripted(weights: Weights) -> Callable[..., tuple[Transcriber, ScriptedWhisper]]:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(weights("whisper-tiny.en") / "tokenizer.json"))

    def make(*replies: str) -> tuple[Transcriber, ScriptedWhisper]:
        model = ScriptedWhisper(tokenizer, list(replies))
        return Transcriber(Whisper(cast(Any, model)), "scripted"), model

    return make


def quiet(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * SAMPLE_RATE_HZ), np.float32)


def after(transcriber: Transcriber, model: ScriptedWhisper, text: str, seconds: float) -> Before:
    ids = tuple(model.hf_tokenizer.encode(text, add_special_tokens=False).ids)
    return Before(quiet(seconds), ids, ids, ())


def test_only_the_new_words_are_kept_and_lie_in_the_chunk(scripted: Any) -> None:
    transcriber, model = scripted(" and it held.", " and, um, it held.")
    before = after(transcriber, model, " We moved the date", 4.0)
    reading = transcriber.read(quiet(2.0), 10.0, before=before)
    assert [w.text for w in reading.words] == ["and", "it", "held."]
    assert [w.text for w in reading.prompted_words] == ["and,", "um,", "it", "held."]
    assert all(10.0 <= w.start_s <= w.end_s <= 12.0 for w in reading.words)
    assert model.prompts[0][-len(before.tokens) :] == list(before.tokens)
    # The states are those of the chunk: its first lies 4 s into what the encoder saw.
    assert reading.states[:, 0].tolist() == list(range(200, 300))
    assert model.windows == [600 + MARGIN_FRAMES]


@pytest.mark.parametrize("odd", ["! Something else", " We moved the date, we moved the whole date"])
def test_who_loses_the_thread_reads_the_chunk_alone(scripted: Any, odd: str) -> None:
    transcriber, model = scripted(odd, " unread", " and it held.", " and it held.")
    before = after(transcriber, model, " We moved the date, we moved the whole date", 4.0)
    reading = transcriber.read(quiet(2.0), 10.0, before=before)
    assert [w.text for w in reading.words] == ["and", "it", "held."]
    assert model.windows == [600 + MARGIN_FRAMES, 200 + MARGIN_FRAMES]
    assert not reading.suspicious


def test_what_stays_odd_is_read_over_the_full_window_and_not_built_on(scripted: Any) -> None:
    loop = " I get the blues even" * 3
    transcriber, model = scripted(*[loop] * 6)
    before = after(transcriber, model, " We moved the date", 4.0)
    reading = transcriber.read(quiet(5.0), 10.0, before=before)
    assert model.windows == [900 + MARGIN_FRAMES, 500 + MARGIN_FRAMES, FULL_WINDOW_FRAMES]
    assert reading.suspicious
    assert not remember(Span(16, 18), [reading.remembered], quiet(16))


def test_a_superseded_reading_stops_before_it_decodes(scripted: Any) -> None:
    transcriber, model = scripted(" never read")
    with pytest.raises(SupersededError):
        transcriber.read(quiet(2.0), 0.0, lambda: False)
    assert model.windows == []


def test_a_chunk_too_long_for_whisper_is_refused(scripted: Any) -> None:
    transcriber, _ = scripted()
    with pytest.raises(ValueError, match="29"):
        transcriber.read(quiet(29.6), 0.0)


@pytest.mark.parametrize("name", ["tiny.en", "base"])
def test_a_real_model_goes_on_where_it_left_off(weights: Weights, name: str) -> None:
    recorded, rate = read_audio(EXAMPLE)
    samples = resample(recorded, rate)
    cut, end = 8 * SAMPLE_RATE_HZ, 16 * SAMPLE_RATE_HZ
    transcriber = load_transcriber(weights(f"whisper-{name}"), name, 1)
    first = transcriber.read(samples[:cut], 0.0)
    chunk = Span(8.0, 16.0)
    before = remember(chunk, [first.remembered], samples[:cut], LONG_REACH)
    alone = transcriber.read(samples[cut:end], chunk.start_s, before=NOTHING_BEFORE)
    on = transcriber.read(samples[cut:end], chunk.start_s, before=before)
    assert before.tokens
    assert transcriber.reach == (LONG_REACH if name == "tiny.en" else SHORT_REACH)
    words, others = (plain_words(" ".join(w.text for w in r.words)) for r in (on, alone))
    assert len(set(words) & set(others)) > 0.7 * len(set(others))
    times = [w.start_s for w in on.words]
    assert times == sorted(times)
    assert chunk.start_s <= times[0] < times[-1] < chunk.end_s
    # The same sound again gives the same words and the same states, as live and file must agree.
    again = transcriber.read(samples[cut:end], chunk.start_s, before=before)
    assert again.words == on.words
    np.testing.assert_array_equal(again.states, on.states)


def test_a_prompted_reading_that_went_its_own_way_is_asked_word_by_word(weights: Weights) -> None:
    recorded, rate = read_audio(EXAMPLE)
    samples = resample(recorded, rate)
    cut, end = 8 * SAMPLE_RATE_HZ, 12 * SAMPLE_RATE_HZ
    transcriber = load_transcriber(weights("whisper-tiny.en"), "tiny.en", 1)
    first = transcriber.read(samples[:cut], 0.0)
    before = remember(Span(8.0, 12.0), [first.remembered], samples[:cut])
    reading = transcriber.read(samples[cut:end], 8.0, before=before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.speech.transcription.diverges", lambda plain, prompted: True)
        asked = transcriber.read(samples[cut:end], 8.0, before=before)
    assert asked.prompted_words == ()
    assert asked.words == reading.words
    # One place before each word and one after the last.
    assert len(asked.hesitations) == len(asked.words) + 1
    assert all(0.0 <= h.probability <= 1.0 for h in asked.hesitations)


def test_a_short_chunk_after_much_speech_is_read_to_its_end(weights: Weights) -> None:
    # CTranslate2 counts what is put into the decoder's mouth as written, and halves the length.
    recorded, rate = read_audio(EXAMPLE)
    samples = resample(recorded, rate)
    cut, end = 10 * SAMPLE_RATE_HZ, 13 * SAMPLE_RATE_HZ
    transcriber = load_transcriber(weights("whisper-base"), "base", 1)
    first = transcriber.read(samples[:cut], 0.0)
    before = remember(Span(10.0, 13.0), [first.remembered], samples[:cut], LONG_REACH)
    twice = Before(before.samples, before.tokens, before.verbatim_tokens, before.tokens * 4)
    assert len(before.verbatim_tokens) > 25
    for known in (before, twice):
        reading = transcriber.read(samples[cut:end], 10.0, before=known)
        assert reading.words[-1].end_s > 12.5
        assert reading.prompted_words[-1].end_s > 12.5
