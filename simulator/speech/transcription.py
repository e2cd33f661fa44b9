"""One chunk of speech read by Whisper: two decodings over one encoder pass.

The plain decoding gives the words. The prompted one, nudged to write fillers down, is evidence on
filled pauses only: measured on composed answers, letting the prompt write the transcript raised
tiny.en's word error rate from 3.9 to 15.6 %. Where its other words diverge it is dropped, and asked
instead, word by word along the plain reading, whether it wants a filled pause there.

The encoder runs over what came just before, the chunk and a margin, not over Whisper's full 30 s
window: on two cores base takes 0.14 s for 10 s, 0.31 s for 20 s and 0.82 s for 30 s. What was
read before is put into the decoder's mouth, so that it goes on from there (`memory`). Where it goes
on oddly, or says a sentence twice, the chunk is read by itself, in the end over the full window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from simulator.speech.filled_pause_witness import (
    AlignedWord,
    Hesitation,
    filler_probabilities,
    filler_tokens,
    hesitations,
)
from simulator.speech.memory import NOTHING_BEFORE, Before, Remembered
from simulator.speech.reading_rules import diverges, goes_on_oddly, is_suspicious
from simulator.speech.timeline import FRAME_S, SAMPLE_RATE_HZ, Span, Word

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
_STATE_SAMPLES = 320
"""Whisper's encoder halves the rate of its mel frames: 50 states a second."""

_LONGEST_TEXT = 448
"""Tokens that Whisper has room for, prompt and all."""

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
    tokens, verbatim_tokens : of the two decodings, for the next chunk to go on from.
    prompted_words : the verbatim-prompted decoding; empty where it was dropped.
    hesitations : where that decoding wanted a filled pause, written down or not; asked along the
        plain words where it was dropped.
    states : np.ndarray [shape=(n, d), float32], encoder output, 50 a second, cut to the chunk.
    language, language_probability : as the model took it; None where it knows one language only.
    mean_log_probability : of the plain decoding's tokens.
    suspicious : true where the reading looked wrong even over the full window.
    """

    span: Span
    words: tuple[Word, ...]
    tokens: tuple[int, ...]
    verbatim_tokens: tuple[int, ...]
    prompted_words: tuple[Word, ...]
    hesitations: tuple[Hesitation, ...]
    states: NDArray[np.float32]
    language: str | None
    language_probability: float | None
    mean_log_probability: float
    suspicious: bool

    @property
    def remembered(self) -> Remembered:
        """What the next chunk may build on."""
        return Remembered(self.span, self.tokens, self.verbatim_tokens, not self.suspicious)


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
        self._start = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        nudge = self._tokenizer.encode(VERBATIM_PROMPT)
        self._verbatim_prompt = [self._tokenizer.sot_prev, *nudge, *self._start]
        self._filler_tokens = filler_tokens(self._tokenizer.encode)

    def read(
        self,
        samples: NDArray[np.float32],
        start_s: float,
        still_wanted: Callable[[], bool] = lambda: True,
        before: Before = NOTHING_BEFORE,
    ) -> Reading:
        """Read one chunk.

        Parameters
        ----------
        samples : np.ndarray [shape=(n,), float32], mono at `SAMPLE_RATE_HZ`, under 29.5 s.
        start_s : where the chunk begins in the recording, in seconds.
        still_wanted : asked between the steps; false ends the reading.
        before : what was heard up to the chunk's first sample.

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

        span = Span(start_s, start_s + duration_s)
        heard, plain, asked, suspicious = self._read_plainly(samples, before, check)
        check()
        verbatim = asked()
        astray = diverges(plain.text, verbatim.text)
        wait_weights = self._ask_at_each_word(heard, plain) if astray else None
        words, counts = self._align(heard, heard.before.tokens, plain, span)
        language, probability = self._detect_language(heard)
        prompted: tuple[Word, ...] = ()
        if wait_weights is not None:
            weights = wait_weights()
            aligned = _aligned(words, counts)
        else:
            weights = verbatim.filler_probabilities
            prompted, counts = self._align(heard, heard.before.verbatim_tokens, verbatim, span)
            aligned = _aligned(prompted, counts)
        wanted = hesitations(aligned, weights, span.end_s)
        return Reading(
            span=span,
            words=words,
            tokens=tuple(plain.tokens),
            verbatim_tokens=tuple(verbatim.tokens if prompted else plain.tokens),
            prompted_words=prompted,
            hesitations=wanted,
            states=heard.states,
            language=language,
            language_probability=probability,
            mean_log_probability=plain.mean_log_probability,
            suspicious=suspicious,
        )

    def _read_plainly(
        self, samples: NDArray[np.float32], before: Before, check: Callable[[], None]
    ) -> tuple[_Heard, _Decoded, Callable[[], _Decoded], bool]:
        """The plain decoding: going on from what came before, else alone, else over all 30 s.

        The verbatim one is under way beside it: one thread each takes half as long as one after the
        other on two threads, since a single step of a decoder is too little work to share.
        """
        duration_s = len(samples) / SAMPLE_RATE_HZ
        tries = [(before, MARGIN_FRAMES)] if before else []
        tries += [(NOTHING_BEFORE, MARGIN_FRAMES), (NOTHING_BEFORE, FULL_WINDOW_FRAMES)]
        for attempt, margin in tries:
            check()
            heard = self._encode(samples, attempt, margin)
            check()
            earlier = [self._tokenizer.sot_prev, *attempt.earlier] if attempt.earlier else []
            wait_plain = self._decode(heard, [*earlier, *self._start], attempt.tokens, "words")
            asked = self._decode(heard, self._verbatim_prompt, attempt.verbatim_tokens, "fillers")
            plain = wait_plain()
            odd = plain.lost or is_suspicious(plain.text, plain.mean_log_probability, duration_s)
            if not odd and attempt:
                said = self._tokenizer.decode(attempt.tokens)
                odd = not plain.tokens or goes_on_oddly(said, plain.text)
            if not odd:
                break
        return heard, plain, asked, odd

    def _encode(self, samples: NDArray[np.float32], before: Before, margin: int) -> _Heard:
        """The encoder's states: of all that it saw, and those of the samples alone."""
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
        return _Heard(encoded, states, n_frames, before, len(samples) / SAMPLE_RATE_HZ)

    def _decode(
        self,
        heard: _Heard,
        prompt: Sequence[int],
        said: Sequence[int],
        weigh: Literal["words", "fillers"],
    ) -> Callable[[], _Decoded]:
        """Begin to write down what was heard, going on from ``said``; call what comes back."""
        (result,) = self._model.model.generate(
            heard.encoded,
            [[*prompt, *said]],
            beam_size=1 if weigh == "fillers" else BEAM,
            max_length=_room_for(
                len(said) + 16 + int(heard.duration_s * _TOKENS_PER_SECOND), len(prompt)
            ),
            return_scores=True,
            return_logits_vocab=weigh == "fillers",
            suppress_tokens=[-1],
            asynchronous=True,
        )
        return lambda: self._decoded(result.result(), said, weigh)

    def _decoded(
        self, result: Any, said: Sequence[int], weigh: Literal["words", "fillers"]
    ) -> _Decoded:
        """What a decoder wrote beyond ``said``."""
        written = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        lost = written[: len(said)] != list(said)
        tokens = [] if lost else written[len(said) :]
        weights = np.zeros(0, np.float32)
        if weigh == "fillers" and result.logits[0] and not lost:
            logits = np.stack([np.asarray(step) for step in result.logits[0][len(said) :]])
            weights = filler_probabilities(logits, self._filler_tokens)
        # CTranslate2 sums over what was new and divides by everything.
        mean = float(result.scores[0]) * (len(written) + 1) / (len(tokens) + 1)
        return _Decoded(tokens, self._tokenizer.decode(tokens), mean, weights, lost)

    def _ask_at_each_word(
        self, heard: _Heard, plain: _Decoded
    ) -> Callable[[], NDArray[np.float32]]:
        """How much the prompted decoder wants a filled pause at each step of the plain words.

        It is led along the words that stand, so that nothing it would rather write matters. Begins
        at once; call what comes back.
        """
        first = len(heard.before.verbatim_tokens)
        led = [*heard.before.verbatim_tokens, *plain.tokens]
        (result,) = self._model.model.generate(
            heard.encoded,
            [[*self._verbatim_prompt, *led]],
            beam_size=1,
            max_length=_room_for(len(led) + 1, len(self._verbatim_prompt)),
            return_logits_vocab=True,
            suppress_tokens=[-1],
            asynchronous=True,
        )

        def weights() -> NDArray[np.float32]:
            steps = [np.asarray(step) for step in result.result().logits[0]]
            return filler_probabilities(np.stack(steps[first:]), self._filler_tokens)

        return weights

    def _align(
        self, heard: _Heard, said: Sequence[int], decoded: _Decoded, span: Span
    ) -> tuple[tuple[Word, ...], tuple[int, ...]]:
        """The new words with their times, and how many tokens each is made of."""
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

    def _detect_language(self, heard: _Heard) -> tuple[str | None, float | None]:
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


def _aligned(words: Sequence[Word], counts: Sequence[int]) -> list[AlignedWord]:
    return [
        AlignedWord(word.start_s, word.end_s, count)
        for word, count in zip(words, counts, strict=True)
    ]


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


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """What the encoder made of ``n_frames`` of sound, the chunk at its end; ``states`` of it."""

    encoded: Any
    states: NDArray[np.float32]
    n_frames: int
    before: Before
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class _Decoded:
    """What was written; ``lost`` where the decoder did not go on from where it was put."""

    tokens: list[int]
    text: str
    mean_log_probability: float
    filler_probabilities: NDArray[np.float32]
    lost: bool


def load_transcriber(folder: Path, name: str, threads: int, language: str = "en") -> Transcriber:
    """Load Whisper from a folder in CTranslate2 form, int8 on a CPU.

    Parameters
    ----------
    folder : holds ``model.bin``, ``config.json``, ``tokenizer.json``.
    name : what the model is called in reports.
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
    return Transcriber(model, name, language)
