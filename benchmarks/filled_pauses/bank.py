"""Speak every sentence and sound that training clips are composed from, once, to disk.

    python -m benchmarks.filled_pauses.bank --data DATA --out BANK [--neural FOLDER] [--share 0.3]

One ``VOICE.npz`` a voice: all samples end to end as int16, and an index in JSON. Takes about
half an hour on one core; a voice already on disk is skipped.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.filled_pauses.styled import distilled_voice, styled_voices
from benchmarks.filled_pauses.texts import Sentence, sentences
from benchmarks.filled_pauses.voices import (
    HELD_WORDS,
    SOUNDS,
    Espeak,
    Festival,
    Flite,
    Neural,
    Samples,
    Spoken,
    Voice,
    all_voices,
    trim,
)


@dataclass(frozen=True, slots=True, eq=False)
class SpokenSentence:
    """A sentence said twice: run by run, and whole with its filled pauses inside.

    ``words`` are the whole's (text, start in seconds, end in seconds), empty where unknown.
    """

    sentence: Sentence
    runs: tuple[Samples, ...]
    whole: Samples
    words: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class VoiceBank:
    """Everything one voice has said; ``sounds`` maps um, uh, hmm, affirm, word to samples."""

    name: str
    sentences: tuple[SpokenSentence, ...]
    sounds: dict[str, tuple[Samples, ...]]


def written(sentence: Sentence, rng: random.Random) -> str:
    """The sentence as text with its filled pauses, with or without commas around them."""
    parts: list[str] = []
    for i, label in enumerate(sentence.labels):
        if label in ("um", "uh"):
            comma = rng.random()
            if parts and comma < 0.5:
                parts[-1] = parts[-1].rstrip(",") + ","
            parts.append(label + ("," if comma < 0.25 or comma > 0.7 else ""))
        if i < len(sentence.runs):
            parts.append(sentence.runs[i])
    return " ".join(parts).replace("?,", "?").replace(".,", ".")


def size_of(voice: Voice) -> int:
    """How many sentences a voice is worth: the more natural, the more."""
    if isinstance(voice, Neural):
        return 320
    if isinstance(voice, Flite):
        return 150
    if isinstance(voice, Festival):
        return 110
    return 30 if isinstance(voice, Espeak) else 100


def speak(voice: Voice, said: list[Sentence], seed: int) -> VoiceBank:
    """Have a voice say everything."""
    rng = random.Random(seed)
    spoken: list[SpokenSentence] = []
    for sentence in said:
        whole = voice.say(written(sentence, rng), rng)
        state = rng.getstate()
        runs = []
        for run in sentence.runs:
            rng.setstate(state)  # the same rate and pitch for all runs of a sentence
            runs.append(trim(voice.say(run, rng).samples))
        if all(r.size > 800 for r in runs):
            spoken.append(SpokenSentence(sentence, tuple(runs), *_trimmed(whole)))
    sounds = {
        kind: tuple(s for ipa in ipas for _ in range(6) if (s := voice.sound(ipa, rng)).size > 400)
        for kind, ipas in SOUNDS.items()
    }
    sounds["word"] = tuple(
        s
        for word in HELD_WORDS
        for _ in range(3)
        if (s := trim(voice.say(word + rng.choice([".", ",", "..."]), rng).samples)).size > 400
    )
    return VoiceBank(voice.name, tuple(spoken), sounds)


def _trimmed(spoken: Spoken) -> tuple[Samples, tuple[tuple[str, float, float], ...]]:
    wanted = sum(w in ("um", "uh") for w, _, _ in spoken.words)
    return spoken.samples, spoken.words if wanted else ()


def save(bank: VoiceBank, path: Path) -> None:
    """Write a bank to one ``.npz``."""
    pieces: list[Samples] = []
    filled = 0

    def add(samples: Samples) -> list[int]:
        nonlocal filled
        pieces.append(samples)
        filled += samples.size
        return [filled - samples.size, samples.size]

    index: dict[str, Any] = {"name": bank.name, "sentences": [], "sounds": {}}
    for s in bank.sentences:
        index["sentences"].append(
            {
                "text": s.sentence.runs,
                "labels": s.sentence.labels,
                "runs": [add(r) for r in s.runs],
                "whole": add(s.whole),
                "words": s.words,
            }
        )
    for kind, sounds in bank.sounds.items():
        index["sounds"][kind] = [add(s) for s in sounds]
    wave = np.clip(np.concatenate(pieces) * 32767, -32768, 32767).astype(np.int16)
    np.savez_compressed(path, wave=wave, index=np.array(json.dumps(index)))


def load(path: Path) -> VoiceBank:
    """Read what `save` wrote."""
    with np.load(path) as stored:
        wave, index = stored["wave"], json.loads(str(stored["index"]))

    def take(place: list[int]) -> Samples:
        piece = np.asarray(wave[place[0] : place[0] + place[1]], np.float32)
        return piece * np.float32(1 / 32768)

    spoken = tuple(
        SpokenSentence(
            Sentence(tuple(s["text"]), tuple(s["labels"])),
            tuple(take(r) for r in s["runs"]),
            take(s["whole"]),
            tuple((w, a, b) for w, a, b in s["words"]),
        )
        for s in index["sentences"]
    )
    sounds = {kind: tuple(take(p) for p in places) for kind, places in index["sounds"].items()}
    return VoiceBank(index["name"], spoken, sounds)


def main() -> None:
    """Speak what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--neural", type=Path)
    parser.add_argument("--styled", type=Path, help="folder of a Kokoro model in ONNX form")
    parser.add_argument("--distilled", action="store_true", help="the voice of hibari-tts")
    parser.add_argument("--share", type=float, default=1.0, help="of the usual size of each voice")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    voices = all_voices(asked.neural)
    voices += [distilled_voice()] if asked.distilled else []
    voices += styled_voices(asked.styled) if asked.styled is not None else []
    pool = sentences(asked.data, 8000, asked.seed)
    for i, voice in enumerate(voices):
        path = asked.out / f"{voice.name}.npz"
        size = max(8, round(size_of(voice) * asked.share))
        share, pool = pool[:size], pool[size:]
        if path.exists():
            continue
        bank = speak(voice, share, asked.seed * 1000 + i)
        save(bank, path)
        minutes = sum(s.whole.size for s in bank.sentences) / 16_000 / 60
        print(
            f"{voice.name}: {len(bank.sentences)} sentences, {minutes:.1f} min",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
