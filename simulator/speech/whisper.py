"""Whisper step by step: hear, write down, ask, align; a thin edge on CTranslate2.

Decodings begin when asked for and are waited for later, so that two run side by side, one thread
each. That takes half as long as one after the other on two threads: a single step of a decoder is
too little work to share.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_witness import filler_probabilities, filler_tokens
from simulator.speech.memory import NOTHING_BEFORE, Before
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Span, Word

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

VERBATIM_PROMPT = " So, um, I was, uh, thinking that, erm, we should, like, um, start."
"""Sentence style: kept 32 of 44 fillers with none invented, a bare list 26 with 6 invented."""

FULL_WINDOW_FRAMES = 3000
"""Whisper's own window, 30 s of mel frames at 100 a second (Radford et al. 2022)."""

BEAM = 3
"""Words weighed side by side while decoding plainly. Composed answers, word errors of base in 696:
53 with one, 43 with 2, 41 with 3, 41 with 5; each takes a twentieth longer than the one before.
The prompted decoding needs only the fillers and does with one."""

_FRAME_SAMPLES = 160
_STATE_SAMPLES = 320
"""Whisper's encoder halves the rate of its mel frames: 50 states a second."""

_LONGEST_TEXT = 448
"""Tokens that Whisper has room for, prompt and all."""

_TOKENS_PER_SECOND = 9
"""More than anyone says: stops a loop early (fast speech is about 5 to 6 tokens a second)."""


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """What the encoder made of a chunk.

    Attributes
    ----------
    encoded : CTranslate2's own, of all that the encoder saw.
    states : np.ndarray [shape=(n, d), float32], those of the chunk alone.
    n_frames : mel frames of sound, the chunk at their end.
    before : what was heard before the chunk.
    duration_s : of the chunk.
    """

    encoded: Any
    states: NDArray[np.float32]
    n_frames: int
    before: Before
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Decoded:
    """What a decoder wrote.

    Attributes
    ----------
    tokens, text : what is new.
    mean_log_probability : a token's.
    lost : whether the decoder did not go on from where it was put; then nothing is new.
    filler_probabilities : np.ndarray [shape=(n,), float32], how likely a filled pause was at each
        step; empty where that was not asked.
    """

    tokens: list[int]
    text: str
    mean_log_probability: float
    lost: bool
    filler_probabilities: NDArray[np.float32] = field(
        default_factory=lambda: np.zeros(0, np.float32)
    )


class Whisper:
    """One loaded model.

    Parameters
    ----------
    model : a faster-whisper model.
    language : the language to write down; a chunk's own language is told beside it.
    """

    def __init__(self, model: WhisperModel, language: str = "en") -> None:
        from faster_whisper.tokenizer import Tokenizer

        self._model = model
        self._tokenizer: Tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )
        self._start = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        nudge = self._tokenizer.encode(VERBATIM_PROMPT)
        self._verbatim_prompt = [self._tokenizer.sot_prev, *nudge, *self._start]
        self._filler_tokens = filler_tokens(self._tokenizer.encode)

    def text(self, tokens: Sequence[int]) -> str:
        """Tokens as text."""
        return str(self._tokenizer.decode(list(tokens)))

    def width(self) -> int:
        """Numbers in one of the encoder's states; heard from a moment of silence."""
        moment = np.zeros(SAMPLE_RATE_HZ // 10, np.float32)
        return int(self.encode(moment, NOTHING_BEFORE, margin=0).states.shape[1])

    def encode(self, samples: NDArray[np.float32], before: Before, margin: int) -> Heard:
        """The encoder's states, of what came before, the chunk and a margin of silence.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), float32], mono at `SAMPLE_RATE_HZ`.
        before : what to hear and know before them.
        margin : silence after them, in mel frames.
        """
        import ctranslate2
        from faster_whisper.audio import pad_or_trim

        # Silence is added to the sound, as Whisper was trained, and not as zeros to its features,
        # where a zero stands for a hiss 25 dB above silence: single sentences, base, 400 frames of
        # margin: 91 word errors in 696, 97 with zeros in the features.
        first = len(before.samples) // _STATE_SAMPLES
        remembered = before.samples[len(before.samples) - first * _STATE_SAMPLES :]
        sound = np.concatenate([remembered, samples])
        n_frames = len(sound) // _FRAME_SAMPLES
        window = min(FULL_WINDOW_FRAMES, (n_frames + margin + 1) // 2 * 2)
        silence = np.zeros(max(0, window * _FRAME_SAMPLES - len(sound)), np.float32)
        features = self._model.feature_extractor(np.concatenate([sound, silence]))
        padded = np.ascontiguousarray(pad_or_trim(features, window))[None]
        encoded = self._model.model.encode(ctranslate2.StorageView.from_array(padded), to_cpu=True)
        kept = max(1, len(samples) // _STATE_SAMPLES)
        states = np.asarray(encoded)[0, first : first + kept].astype(np.float32)
        return Heard(encoded, states, n_frames, before, len(samples) / SAMPLE_RATE_HZ)

    def write_words(self, heard: Heard) -> Callable[[], Decoded]:
        """Begin to write down what was heard, going on from before; call what comes back."""
        said = heard.before.tokens
        earlier = [self._tokenizer.sot_prev, *heard.before.earlier] if heard.before.earlier else []
        wait = self._generate(heard, [*earlier, *self._start], said, BEAM)
        return lambda: self._decoded(wait(), said)

    def write_fillers_too(self, heard: Heard) -> Callable[[], Decoded]:
        """The same, prompted to write fillers down, and weighing them at each step."""
        said = heard.before.verbatim_tokens
        wait = self._generate(heard, self._verbatim_prompt, said, 1)

        def decoded() -> Decoded:
            result = wait()
            written = self._decoded(result, said)
            if written.lost or not result.logits[0]:
                return written
            return replace(written, filler_probabilities=self._weighed(result, len(said)))

        return decoded

    def ask_at_each_word(self, heard: Heard, plain: Decoded) -> NDArray[np.float32]:
        """How much the prompted decoder wants a filled pause at each step of the plain words.

        It is led along the words that stand, so that nothing it would rather write matters.
        """
        said = heard.before.verbatim_tokens
        led = [*said, *plain.tokens]
        wait = self._generate(heard, self._verbatim_prompt, led, 1, most_new=1)
        return self._weighed(wait(), len(said))

    def _generate(
        self,
        heard: Heard,
        prompt: Sequence[int],
        said: Sequence[int],
        beam: int,
        most_new: int | None = None,
    ) -> Callable[[], Any]:
        """Begin a decoding; only the prompted ones, which keep one beam, are asked for logits."""
        if most_new is None:
            most_new = 16 + int(heard.duration_s * _TOKENS_PER_SECOND)
        (result,) = self._model.model.generate(
            heard.encoded,
            [[*prompt, *said]],
            beam_size=beam,
            max_length=_room_for(len(said) + most_new, len(prompt)),
            return_scores=True,
            return_logits_vocab=beam == 1,
            suppress_tokens=[-1],
            asynchronous=True,
        )
        return cast(Callable[[], Any], result.result)

    def _decoded(self, result: Any, said: Sequence[int]) -> Decoded:
        """What a decoder wrote beyond ``said``."""
        written = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        lost = written[: len(said)] != list(said)
        tokens = [] if lost else written[len(said) :]
        # CTranslate2 sums over what was new and divides by everything.
        mean = float(result.scores[0]) * (len(written) + 1) / (len(tokens) + 1)
        return Decoded(tokens, self._tokenizer.decode(tokens), mean, lost)

    def _weighed(self, result: Any, first: int) -> NDArray[np.float32]:
        logits = np.stack([np.asarray(step) for step in result.logits[0][first:]])
        return filler_probabilities(logits, self._filler_tokens)

    def align(
        self, heard: Heard, said: Sequence[int], decoded: Decoded, span: Span
    ) -> tuple[tuple[Word, ...], tuple[int, ...]]:
        """The new words with their times, and how many tokens each is made of.

        Parameters
        ----------
        heard : where the words were heard.
        said : what was put into the decoder's mouth before them.
        decoded : the words.
        span : the chunk's place in the recording.
        """
        from faster_whisper.transcribe import merge_punctuations

        if not decoded.tokens:
            return (), ()
        (alignment,) = self._model.find_alignment(
            self._tokenizer, [[*said, *decoded.tokens]], heard.encoded, heard.n_frames
        )
        entries = _after(alignment, len(said))
        merge_punctuations(entries, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        kept = _joined([entry for entry in entries if entry["word"].strip()])
        offset_s = span.end_s - heard.n_frames * FRAME_S
        words = tuple(
            Word(
                start_s=round(max(span.start_s, offset_s + float(entry["start"])), 3),
                end_s=round(max(span.start_s, offset_s + float(entry["end"])), 3),
                text=entry["word"].strip(),
                probability=round(float(entry["probability"]), 4),
            )
            for entry in kept
        )
        return words, tuple(len(entry["tokens"]) for entry in kept)

    def detect_language(self, heard: Heard) -> tuple[str | None, float | None]:
        """The language and how likely; None where the model knows one only."""
        if not self._model.model.is_multilingual:
            return None, None
        token, probability = self._model.model.detect_language(heard.encoded)[0][0]
        return token.strip("<|>"), float(probability)


def _room_for(tokens: int, prompt_tokens: int) -> int:
    """The ``max_length`` that lets CTranslate2 write so many tokens after a prompt.

    It writes at most half of it, and at most what the prompt leaves of it. What is put into the
    decoder's mouth counts as written.
    """
    return min(_LONGEST_TEXT, max(2 * tokens, tokens + prompt_tokens - 1))


def _after(entries: list[dict[str, Any]], tokens: int) -> list[dict[str, Any]]:
    """Aligned words beyond the first so many tokens."""
    passed = 0
    for index, entry in enumerate(entries):
        if passed >= tokens:
            return entries[index:]
        passed += len(entry["tokens"])
    return []


def _joined(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pieces without a space before them belong to the word before: "0", ".6", "%" are "0.6%"."""
    joined: list[dict[str, Any]] = []
    for entry in entries:
        if not joined or entry["word"].startswith(" "):
            joined.append(dict(entry))
            continue
        before = joined[-1]
        before["word"] += entry["word"]
        before["tokens"] = [*before["tokens"], *entry["tokens"]]
        before["end"] = entry["end"]
        before["probability"] = min(before["probability"], entry["probability"])
    return joined


def load_whisper(folder: Path, threads: int, language: str = "en") -> Whisper:
    """Load Whisper from a folder in CTranslate2 form, int8 on a CPU.

    Parameters
    ----------
    folder : holds ``model.bin``, ``config.json``, ``tokenizer.json``.
    threads : at most this many, shared by two decodings at once; more than the cores makes it
        slower.
    language : the language to write down.
    """
    from faster_whisper import WhisperModel

    at_once = min(2, threads)
    model = WhisperModel(
        str(folder),
        device="cpu",
        compute_type="int8",
        cpu_threads=threads // at_once,
        num_workers=at_once,
        local_files_only=True,
    )
    return Whisper(model, language)
