"""One chunk of speech read by Whisper: two decodings over one encoder pass.

The plain decoding gives the words. The prompted one, nudged to write fillers down, is evidence on
filled pauses only: measured on composed answers, letting the prompt write the transcript raised
tiny.en's word error rate from 3.9 to 15.6 %. It is dropped where its other words diverge.

The encoder runs over the chunk and a margin, not over Whisper's full 30 s window: on two cores
base takes 0.14 s for 10 s, 0.31 s for 20 s and 0.82 s for 30 s. A short window sometimes makes
the decoder say a sentence twice; such a reading is noticed and made again over the full window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_witness import (
    AlignedWord,
    Hesitation,
    filler_probabilities,
    filler_tokens,
    hesitations,
)
from simulator.speech.reading_rules import diverges, is_suspicious
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span, Word

if TYPE_CHECKING:
    from faster_whisper import WhisperModel
    from faster_whisper.tokenizer import Tokenizer

VERBATIM_PROMPT = " So, um, I was, uh, thinking that, erm, we should, like, um, start."
"""Sentence style: kept 32 of 44 fillers with none invented, a bare list 26 with 6 invented."""

FULL_WINDOW_FRAMES = 3000
"""Whisper's own window, 30 s of mel frames at 100 a second (Radford et al. 2022)."""

MARGIN_FRAMES = 800
"""Silence after the chunk that the encoder sees. Where it ends soon after the speech, the decoder
says a sentence twice or invents words. Word errors of base in 3185 words (composed answers,
natural speech, interviews, single sentences), beam 3: 227 with 4 s of silence, 195 with 8 s; plain
faster-whisper over its full window 191. The full window would take three times as long. (Where
the sound differs in its last bit only, 175 words of composed answers had 13 or 21 errors: smaller
differences than ten in a thousand words mean nothing.)"""

BEAM = 3
"""Words weighed side by side while decoding plainly. Composed answers, word errors of base in 696:
53 with one, 43 with 2, 41 with 3, 41 with 5; each takes a twentieth longer than the one before.
The prompted decoding needs only the fillers and does with one."""

_FRAME_SAMPLES = 160
_LONGEST_CHUNK_S = 29.5
_TOKENS_PER_SECOND = 9
"""More than anyone says: stops a loop early (fast speech is about 5 to 6 tokens a second)."""


class SupersededError(Exception):
    """The reading is no longer wanted: it was made ahead of time and speech went on."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What Whisper made of one chunk.

    Attributes
    ----------
    span : the chunk's place in the recording, in seconds.
    words : the plain decoding, times counted from the start of the recording.
    prompted_words : the verbatim-prompted decoding; empty where it was dropped.
    hesitations : where that decoding wanted a filled pause, written down or not.
    states : np.ndarray [shape=(n, d), float32], encoder output, 50 a second, cut to the chunk.
    language, language_probability : as the model took it; None where it knows one language only.
    mean_log_probability : of the plain decoding's tokens.
    suspicious : true where the reading looked wrong even over the full window.
    """

    span: Span
    words: tuple[Word, ...]
    prompted_words: tuple[Word, ...]
    hesitations: tuple[Hesitation, ...]
    states: NDArray[np.float32]
    language: str | None
    language_probability: float | None
    mean_log_probability: float
    suspicious: bool


class Transcriber:
    """Whisper, loaded once, asked chunk by chunk.

    Parameters
    ----------
    model : a faster-whisper model.
    name : what the model is called in reports.
    language : the language to write down; a chunk's own language is reported beside it.
    """

    def __init__(self, model: WhisperModel, name: str, language: str = "en") -> None:
        from faster_whisper.tokenizer import Tokenizer

        self.name = name
        self._model = model
        self._language = language
        self._tokenizer: Tokenizer = Tokenizer(
            model.hf_tokenizer, model.model.is_multilingual, task="transcribe", language=language
        )
        start = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        prompt = self._tokenizer.encode(VERBATIM_PROMPT)
        self._plain_prompt = start
        self._verbatim_prompt = [self._tokenizer.sot_prev, *prompt, *start]
        self._filler_tokens = filler_tokens(self._tokenizer.encode)

    def read(
        self,
        samples: NDArray[np.float32],
        start_s: float,
        still_wanted: Callable[[], bool] = lambda: True,
    ) -> Reading:
        """Read one chunk.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), float32], mono at `SAMPLE_RATE_HZ`, under 29.5 s.
        start_s : where the chunk begins in the recording, in seconds.
        still_wanted : asked between the steps; false ends the reading.

        Raises
        ------
        ValueError : the chunk is longer than Whisper can hear at once.
        SupersededError : ``still_wanted`` said no.
        """
        duration_s = len(samples) / SAMPLE_RATE_HZ
        if duration_s > _LONGEST_CHUNK_S:
            raise ValueError(
                f"a chunk may last {_LONGEST_CHUNK_S} s, this one has {duration_s:.1f}"
            )

        def check() -> None:
            if not still_wanted():
                raise SupersededError

        check()
        span = Span(start_s, start_s + duration_s)
        n_frames = len(samples) // _FRAME_SAMPLES
        window = min(FULL_WINDOW_FRAMES, (n_frames + MARGIN_FRAMES + 1) // 2 * 2)
        encoded, states = self._encode(samples, window)
        check()
        plain = self._decode(encoded, self._plain_prompt, duration_s)
        suspicious = is_suspicious(plain.text, plain.mean_log_probability, duration_s)
        if suspicious and window < FULL_WINDOW_FRAMES:
            encoded, states = self._encode(samples, FULL_WINDOW_FRAMES)
            plain = self._decode(encoded, self._plain_prompt, duration_s)
            suspicious = is_suspicious(plain.text, plain.mean_log_probability, duration_s)
        check()
        words, _ = self._align(encoded, plain.tokens, n_frames, span)
        verbatim = self._decode(encoded, self._verbatim_prompt, duration_s)
        prompted: tuple[Word, ...] = ()
        wanted: tuple[Hesitation, ...] = ()
        if not diverges(plain.text, verbatim.text):
            prompted, counts = self._align(encoded, verbatim.tokens, n_frames, span)
            aligned = [
                AlignedWord(word.start_s, word.end_s, count)
                for word, count in zip(prompted, counts, strict=True)
            ]
            wanted = hesitations(aligned, verbatim.filler_probabilities, span.end_s)
        language, probability = self._detect_language(encoded)
        return Reading(
            span=span,
            words=words,
            prompted_words=prompted,
            hesitations=wanted,
            states=states,
            language=language,
            language_probability=probability,
            mean_log_probability=plain.mean_log_probability,
            suspicious=suspicious,
        )

    def _encode(self, samples: NDArray[np.float32], window: int) -> tuple[Any, NDArray[np.float32]]:
        """The encoder's states over a window of mel frames, and those of the samples alone."""
        import ctranslate2
        from faster_whisper.audio import pad_or_trim

        # Silence is added to the sound, as Whisper was trained, and not as zeros to its features,
        # where a zero stands for a hiss 25 dB above silence: single sentences, base, 400 frames of
        # margin: 91 word errors in 696, 97 with zeros in the features.
        silence = np.zeros(max(0, window * _FRAME_SAMPLES - len(samples)), np.float32)
        features = self._model.feature_extractor(np.concatenate([samples, silence]))
        padded = np.ascontiguousarray(pad_or_trim(features, window))[None]
        encoded = self._model.model.encode(ctranslate2.StorageView.from_array(padded), to_cpu=True)
        kept = max(1, len(samples) // _FRAME_SAMPLES // 2)
        return encoded, np.asarray(encoded)[0, :kept].astype(np.float32)

    def _decode(self, encoded: Any, prompt: Sequence[int], duration_s: float) -> _Decoded:
        weigh_fillers = prompt is self._verbatim_prompt
        result = self._model.model.generate(
            encoded,
            [list(prompt)],
            beam_size=1 if weigh_fillers else BEAM,
            max_length=len(prompt) + 16 + int(duration_s * _TOKENS_PER_SECOND),
            return_scores=True,
            return_logits_vocab=weigh_fillers,
            suppress_tokens=[-1],
        )[0]
        tokens = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        weights = np.zeros(0, np.float32)
        if weigh_fillers and result.logits[0]:
            logits = np.stack([np.asarray(step) for step in result.logits[0]])
            weights = filler_probabilities(logits, self._filler_tokens)
        text = self._tokenizer.decode(tokens)
        return _Decoded(tokens, text, float(result.scores[0]), weights)

    def _align(
        self, encoded: Any, tokens: list[int], n_frames: int, span: Span
    ) -> tuple[tuple[Word, ...], tuple[int, ...]]:
        """Words with their times, and how many tokens each is made of."""
        from faster_whisper.transcribe import merge_punctuations

        if not tokens:
            return (), ()
        (alignment,) = self._model.find_alignment(self._tokenizer, [tokens], encoded, n_frames)
        merge_punctuations(alignment, "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、")
        kept = _joined([entry for entry in alignment if entry["word"].strip()])
        words = tuple(
            Word(
                start_s=round(span.start_s + float(entry["start"]), 3),
                end_s=round(span.start_s + float(entry["end"]), 3),
                text=entry["word"].strip(),
                probability=round(float(entry["probability"]), 4),
            )
            for entry in kept
        )
        return words, tuple(len(entry["tokens"]) for entry in kept)

    def _detect_language(self, encoded: Any) -> tuple[str | None, float | None]:
        if not self._model.model.is_multilingual:
            return None, None
        token, probability = self._model.model.detect_language(encoded)[0][0]
        return token.strip("<|>"), float(probability)


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


@dataclass(frozen=True, slots=True)
class _Decoded:
    tokens: list[int]
    text: str
    mean_log_probability: float
    filler_probabilities: NDArray[np.float32]


def load_transcriber(folder: Path, name: str, threads: int, language: str = "en") -> Transcriber:
    """Load Whisper from a folder in CTranslate2 form, int8 on a CPU.

    Parameters
    ----------
    folder : holds ``model.bin``, ``config.json``, ``tokenizer.json``.
    name : what the model is called in reports.
    threads : at most this many; more than the cores makes it slower.
    language : the language to write down.
    """
    from faster_whisper import WhisperModel

    model = WhisperModel(
        str(folder), device="cpu", compute_type="int8", cpu_threads=threads, local_files_only=True
    )
    return Transcriber(model, name, language)
