"""Voices that speak training sentences: flite, festival, espeak-ng, and a neural voice's ONNX file.

Each voice says a text or a single sound and gives back samples at 16 kHz; the ones that know when
each word was said give that as well. Nothing here is natural enough alone: `sounds` and `rooms`
bend what they say into more speakers and more rooms.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
RATE_HZ = 16_000

SOUNDS: dict[str, tuple[str, ...]] = {
    "uh": ("ʌ", "ə", "ɜː", "ɐ", "ɛ", "ɑː"),
    "um": ("ʌm", "əm", "ɜːm", "ɐm", "ɛm", "ɑːm"),
    "hmm": ("m", "hm", "mː"),
    "affirm": ("mhm", "ʌhʌ", "mːhm", "əhə", "hmhm"),
}
"""Sounds made while thinking, and the affirmations that are none, in IPA."""

HELD_WORDS = (
    "and", "and", "an", "so", "the", "I", "a", "to", "but", "or", "of", "okay", "no", "yeah",
    "well", "like", "right", "oh", "then", "that", "are", "her", "on", "in", "them",
)  # fmt: skip
"""Words that people draw out while thinking, and short ones that are taken for filled pauses."""

_FLITE = {"ʌ": "ah", "ə": "ax", "ɜ": "er", "ɐ": "ah", "ɛ": "eh", "ɑ": "aa", "m": "m", "h": "hh"}
_ESPEAK = {"ʌ": "V", "ə": "@", "ɜ": "3:", "ɐ": "a#", "ɛ": "E", "ɑ": "A:", "m": "m", "h": "h"}
_WRITTEN = {"ʌ": "u", "ə": "u", "ɜ": "e", "ɐ": "u", "ɛ": "e", "ɑ": "a", "m": "m", "h": "h"}


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """Samples at 16 kHz and, where known, (word, start in seconds, end in seconds)."""

    samples: Samples
    words: tuple[tuple[str, float, float], ...] = ()


class Voice(Protocol):
    """Anything that speaks."""

    @property
    def name(self) -> str:
        """What its clips are filed under."""
        ...

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak a text, at a rate and pitch of chance."""
        ...

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """Make one sound of `SOUNDS`, alone."""
        ...


def read_wave(path: Path) -> Samples:
    """A WAV file as mono float32 at 16 kHz."""
    import soundfile
    import soxr

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return np.asarray(soxr.resample(mono, rate, RATE_HZ) if rate != RATE_HZ else mono, np.float32)


def trim(samples: Samples, floor_db: float = -45.0) -> Samples:
    """Samples without the silence before and after."""
    if not samples.size:
        return samples
    loud = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 10 ** (floor_db / 20))
    return samples[max(0, loud[0] - 160) : loud[-1] + 160] if loud.size else samples[:0]


def _run(command: list[str], feed: str | None = None) -> str:
    done = subprocess.run(
        command, input=feed, capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def _phones(ipa: str, table: dict[str, str]) -> list[str]:
    return [table[c] for c in ipa if c in table]


@dataclass(frozen=True, slots=True)
class Flite:
    """Carnegie Mellon's small voices (awb, rms, slt, kal16)."""

    name: str
    pitch_hz: float

    def _options(self, rng: random.Random) -> list[str]:
        stretch, pitch = rng.uniform(0.8, 1.25), self.pitch_hz * rng.uniform(0.85, 1.2)
        return [
            "--setf",
            f"duration_stretch={stretch:.3f}",
            "--setf",
            f"int_f0_target_mean={pitch:.0f}",
        ]

    def _speak(self, arguments: list[str]) -> tuple[Samples, list[tuple[str, float]]]:
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "said.wav"
            said = _run(["flite", "-voice", self.name, *arguments, "-psdur", "-o", str(out)])
            samples = read_wave(out)
        ends = [(p.rsplit(":", 1)[0], float(p.rsplit(":", 1)[1])) for p in said.split() if ":" in p]
        return samples, ends

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak; word times are given for um and uh only (found by counting phones)."""
        samples, ends = self._speak([*self._options(rng), "-t", text])
        words: list[tuple[str, float, float]] = []
        for match in re.finditer(r"\b(um|uh)\b", text):
            before = text[: match.start()].strip(" ,.")
            count = 0
            if before:
                _, phones = self._speak(["-t", before])
                count = sum(p != "pau" for p, _ in phones)
            spoken = [(i, p) for i, (p, _) in enumerate(ends) if p != "pau"]
            need = ["ah", "m"] if match.group(1) == "um" else ["ah"]
            here = spoken[count : count + len(need)]
            if [p for _, p in here] != need:
                return Spoken(samples)
            first, last = here[0][0], here[-1][0]
            words.append((match.group(1), ends[first - 1][1] if first else 0.0, ends[last][1]))
        return Spoken(samples, tuple(words))

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """One sound."""
        phones = " ".join(["pau", *_phones(ipa, _FLITE), "pau"])
        return trim(self._speak([*self._options(rng), "-p", phones])[0])


@dataclass(frozen=True, slots=True)
class Festival:
    """Festival's English voices."""

    name: str

    def _synth(self, utterance: str, rng: random.Random) -> Spoken:
        stretch = rng.uniform(0.85, 1.25)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "said.wav"
            script = f"""(voice_{self.name})
(Parameter.set 'Duration_Stretch {stretch:.3f})
(set! u (utt.synth {utterance}))
(mapcar (lambda (w) (format t "%s %f %f\\n" (item.name w) (item.feat w "word_start")
  (item.feat w "word_end"))) (utt.relation.items u 'Word))
(utt.save.wave u "{out}" 'riff)
"""
            said = _run(["festival", "--pipe"], script)
            samples = read_wave(out)
        words = []
        for line in said.splitlines():
            parts = line.split()
            if len(parts) == 3 and re.fullmatch(r"[\d.]+", parts[1]):
                words.append((parts[0].lower(), float(parts[1]), float(parts[2])))
        return Spoken(samples, tuple(words))

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak, with every word's times."""
        clean = text.replace('"', "").replace("\\", "")
        return self._synth(f'(Utterance Text "{clean}")', rng)

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """One sound; the statistical voices need it written as a word."""
        if self.name.endswith("hts"):
            written = "".join(_WRITTEN.get(c, "") for c in ipa)
            return trim(self.say(written + ".", rng).samples)
        phones = " ".join(["pau", *_phones(ipa, _FLITE), "pau"])
        return trim(self._synth(f"(Utterance Phones ({phones}))", rng).samples)


@dataclass(frozen=True, slots=True)
class Espeak:
    """Espeak-ng's formant voices: buzzy, but many throats and accents."""

    name: str

    def _speak(self, text: str, rng: random.Random) -> Samples:
        speed, pitch = rng.randint(140, 200), rng.randint(25, 75)
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "said.wav"
            _run(
                [
                    "espeak-ng",
                    "-v",
                    self.name,
                    "-s",
                    str(speed),
                    "-p",
                    str(pitch),
                    "-w",
                    str(out),
                    text,
                ]
            )
            return read_wave(out)

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak; no word times."""
        return Spoken(self._speak(text, rng))

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """One sound."""
        return trim(self._speak("[[" + "".join(_phones(ipa, _ESPEAK)) + "]]", rng))


class Neural:
    """A VITS voice in Piper's format, run through ONNX Runtime; phonemes come from espeak-ng.

    The graph's frame counts per phoneme are made an output, so that word times are exact.
    """

    name = "neural"

    def __init__(self, folder: Path) -> None:
        import onnx
        import onnxruntime

        path = next(folder.glob("*.onnx"))
        self._config: dict[str, Any] = json.loads(path.with_suffix(".onnx.json").read_text())
        graph = onnx.load(str(path))
        counts = next(n.output[0] for n in graph.graph.node if n.op_type == "Ceil")
        graph.graph.output.append(onnx.helper.make_empty_tensor_value_info(counts))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._run = onnxruntime.InferenceSession(graph.SerializeToString(), options)

    def _speak(self, words: list[str], rng: random.Random) -> Spoken:
        """``words`` are IPA strings; punctuation may end a word."""
        import soxr

        table: dict[str, list[int]] = self._config["phoneme_id_map"]
        ids, owners = [*table["^"], *table["_"]], [-1, -1]
        for i, word in enumerate(words):
            for c in word + (" " if i + 1 < len(words) else ""):
                if c in table:
                    ids += [*table[c], *table["_"]]
                    owners += [i if c not in " ,.?!" else -1] * 2
        ids += table["$"]
        owners.append(-1)
        scales = np.array([rng.uniform(0.5, 0.8), rng.uniform(0.85, 1.25), rng.uniform(0.7, 1.0)])
        feed = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": scales.astype(np.float32),
        }
        wave, frames = self._run.run(None, feed)
        rate = self._config["audio"]["sample_rate"]
        edges = np.concatenate([[0.0], np.cumsum(np.ravel(frames))]) * 256 / rate
        times = []
        for i in range(len(words)):
            mine = [k for k, owner in enumerate(owners) if owner == i]
            times.append(
                (str(i), float(edges[mine[0]]), float(edges[mine[-1] + 1]))
                if mine
                else ("", 0.0, 0.0)
            )
        return Spoken(
            np.asarray(soxr.resample(np.ravel(wave), rate, RATE_HZ), np.float32), tuple(times)
        )

    def say(self, text: str, rng: random.Random) -> Spoken:
        """Speak, with every word's times."""
        words, ipa = in_ipa(text)
        spoken = self._speak(ipa, rng)
        return Spoken(
            spoken.samples,
            tuple((w, a, b) for w, (_, a, b) in zip(words, spoken.words, strict=True)),
        )

    def sound(self, ipa: str, rng: random.Random) -> Samples:
        """One sound."""
        return trim(self._speak([ipa + rng.choice([".", ",", ""])], rng).samples)


def in_ipa(text: str) -> tuple[list[str], list[str]]:
    """A text's words by name ("" where espeak-ng ran some together) and in IPA."""
    words: list[str] = []
    ipa: list[str] = []
    for clause in re.split(r"(?<=[,.?!;:])\s+", text):
        said = _run(["espeak-ng", "-q", "--ipa", "-v", "en-us", clause]).split()
        spelled = [w.strip(",.?!;:").lower() for w in clause.split()]
        if not said:
            continue
        said[-1] += clause[-1] if clause[-1] in ",.?!" else ""
        # espeak-ng runs some words together ("of the"): then only fillers keep their names
        words += spelled if len(spelled) == len(said) else [_filler_name(p) for p in said]
        ipa += said
    return words, ipa


def _filler_name(ipa: str) -> str:
    plain = re.sub(r"[ˈˌ,.?!]", "", ipa)
    return {"ʌ": "uh", "ʌm": "um"}.get(plain, "")


ESPEAK_VOICES = (
    "en-us+m3", "en-us+f2", "en-gb+m1", "en-gb+f4", "en-gb-scotland+m7", "en-gb-x-rp+f3",
    "en-gb-x-gbcwmd+m4", "en-029+m2", "en-us+klatt2", "en-gb+klatt4", "en-us+Andy", "en-us+Annie",
    "en-gb+steph", "en-us+max", "en-gb-x-gbclan+victor", "en-us-nyc+Gene",
)  # fmt: skip


def all_voices(neural: Path | None) -> list[Voice]:
    """Every voice there is; the neural one only where its folder is given."""
    voices: list[Voice] = [] if neural is None else [Neural(neural)]
    flite = [("awb", 120.0), ("rms", 105.0), ("slt", 175.0), ("kal16", 105.0)]
    voices += [Flite(name, pitch) for name, pitch in flite]
    voices += [Festival(n) for n in ("cmu_us_slt_arctic_hts", "kal_diphone", "ked_diphone")]
    return [*voices, *(Espeak(name) for name in ESPEAK_VOICES)]
