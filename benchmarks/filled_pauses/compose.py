"""Training clips: sentences with filled pauses at known times, and things that only sound alike.

    python -m benchmarks.filled_pauses.compose --bank BANK --out CLIPS --count 3000 --seed 7

Writes ``CLIPS/NAME.npz`` shards of clips with their voice and their spans. A span's label is um,
uh, hmm, affirm ("mm-hm": no filled pause), or ignore (another talker in the background).
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.filled_pauses import sounds as bend
from benchmarks.filled_pauses.bank import SpokenSentence, VoiceBank, load
from benchmarks.filled_pauses.rooms import db, level, through_the_air
from benchmarks.filled_pauses.voices import RATE_HZ, Samples, trim

Rng = np.random.Generator


@dataclass(frozen=True, slots=True)
class Event:
    """A labelled stretch of a clip, in seconds."""

    label: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A training clip and what is in it."""

    voice: str
    samples: Samples
    events: tuple[Event, ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.samples.size / RATE_HZ


class Tape:
    """Grows by pieces and remembers where the labelled ones lie."""

    def __init__(self, rng: Rng) -> None:
        self.rng = rng
        self.samples = np.zeros(0, np.float32)
        self.events: list[Event] = []

    @property
    def end_s(self) -> float:
        """Where the next piece begins."""
        return self.samples.size / RATE_HZ

    def add(self, piece: Samples, label: str = "", over_s: float = 0.0) -> None:
        """Put a piece at the end, run into what is there over ``over_s`` seconds."""
        before = self.samples.size
        self.samples = bend.joined(self.samples, piece, over_s)
        start = self.samples.size - piece.size
        if label:
            edge = (before - start) / 2  # the middle of the overlap counts as the border
            self.events.append(Event(label, (start + edge) / RATE_HZ, self.end_s))

    def rest(self, seconds: float) -> None:
        """Put silence at the end, at times with a breath in it."""
        gap = np.zeros(int(seconds * RATE_HZ), np.float32)
        if seconds > 0.3 and self.rng.random() < 0.25:
            puff = bend.breath(self.rng)[: gap.size]
            gap[: puff.size] += puff
        self.samples = np.concatenate([self.samples, gap])

    def gap(self) -> float:
        """How far a filled pause stands from its neighbour: nothing, a little, a pause."""
        kind = self.rng.random()
        if kind < 0.4:
            return 0.0
        return float(self.rng.uniform(0.04, 0.3) if kind < 0.65 else self.rng.gamma(2.0, 0.28))


def levelled(samples: Samples, loudness_db: float) -> Samples:
    """Samples brought to a level relative to running speech."""
    return np.asarray(samples * (0.1 * db(loudness_db) / level(samples)), np.float32)


_APART: dict[tuple[str, str, int], bend.Throat] = {}


def _taken_apart(bank: VoiceBank, kind: str, rng: Rng) -> bend.Throat:
    """One sound of a bank, taken apart once and kept: that is the costly step."""
    which = int(rng.integers(len(bank.sounds[kind])))
    key = (bank.name, kind, which)
    if key not in _APART:
        _APART[key] = bend.take_apart(bank.sounds[kind][which])
    return _APART[key]


def filled_pause(bank: VoiceBank, kind: str, rng: Rng) -> Samples:
    """One filled pause (or affirmation) in a bank's voice: as spoken, stretched, or reshaped."""
    said = bank.sounds[kind]
    if rng.random() < 0.7:
        first, second = _taken_apart(bank, kind, rng), _taken_apart(bank, kind, rng)
        made = bend.shaped(first, second, kind, rng)
    else:
        made = said[int(rng.integers(len(said)))]
        made = bend.faded(bend.stretched(made, rng.uniform(0.8, 2.5)), 0.01, 0.03)
    return levelled(made, rng.uniform(-9, 2))


def _held_word(bank: VoiceBank, rng: Rng) -> Samples:
    """A short or drawn-out word, bent just as filled pauses are."""
    said = _taken_apart(bank, "word", rng)
    made = bend.shaped(said, said, "word", rng)
    return levelled(made, rng.uniform(-9, 2))


def _say_spliced(tape: Tape, said: SpokenSentence, bank: VoiceBank) -> None:
    rng = tape.rng
    for i, label in enumerate(said.sentence.labels):
        run = said.runs[i] if i < len(said.runs) else None
        chosen = label
        if label and rng.random() < 0.08:
            chosen = "hmm" if label != "hmm" else "um"
        if i == 0 and not label and rng.random() < 0.05:
            chosen = "affirm"
        if label and rng.random() < 0.12:
            chosen = ""  # the same cut and pause with nothing said in it
        before, after = tape.gap(), tape.gap()
        if label and tape.samples.size:
            tape.rest(before)
        if chosen:
            over = 0.03 if before == 0 and tape.samples.size else 0.0
            tape.add(filled_pause(bank, chosen, rng), chosen, over)
            if rng.random() < 0.08:  # "uh, um": one after the other, hardly apart
                tape.rest(rng.uniform(0.03, 0.3))
                again = str(rng.choice(["um", "uh"]))
                tape.add(filled_pause(bank, again, rng), again)
            tape.rest(after)
        if run is None:
            continue
        if rng.random() < 0.12:
            tape.add(_held_word(bank, rng))
            tape.rest(tape.gap())
        made = run
        if rng.random() < 0.12:
            made = bend.held_end(made, rng)
        elif rng.random() < 0.1:
            made = bend.other_throat(made, rng.uniform(0.95, 1.05), rng.uniform(0.97, 1.03))
        tape.add(levelled(made, rng.uniform(-2, 2)), over_s=0.02 if chosen and after == 0 else 0.0)


def _say_whole(tape: Tape, said: SpokenSentence) -> None:
    """The sentence as the voice ran it together, its um and uh drawn out in place."""
    rng = tape.rng
    fillers = [w for w in said.words if w[0] in ("um", "uh")]
    at = 0
    pieces: list[tuple[Samples, str]] = []
    for name, start_s, end_s in fillers:
        start, end = int(start_s * RATE_HZ), int(end_s * RATE_HZ)
        pieces.append((said.whole[at:start], ""))
        least = 0.12 / max(end_s - start_s, 0.03)
        pieces.append(
            (bend.stretched(said.whole[start:end], max(least, rng.uniform(1.0, 4.0))), name)
        )
        at = end
    pieces.append((said.whole[at:], ""))
    pieces[0] = (_without_lead(pieces[0][0]), "")
    pieces[-1] = (_without_tail(pieces[-1][0]), "")
    gain = np.float32(0.1 / level(said.whole))
    for piece, label in pieces:
        if piece.size:
            tape.add(piece * gain, label, over_s=0.004 if tape.samples.size else 0.0)


def _without_lead(samples: Samples) -> Samples:
    kept = trim(samples)
    return samples[samples.size - kept.size :] if samples.size > 4800 else samples


def _without_tail(samples: Samples) -> Samples:
    return samples[: samples.size - 2400] if samples.size > 8000 else samples


def talk(bank: VoiceBank, seconds: float, rng: Rng) -> Clip:
    """A stretch of speech by one voice, dry."""
    tape = Tape(rng)
    tape.rest(rng.choice([0.0, rng.uniform(0, 0.3), rng.uniform(0.2, 1.5)]))
    while tape.end_s < seconds:
        said = bank.sentences[int(rng.integers(len(bank.sentences)))]
        known = any(w[0] in ("um", "uh") for w in said.words)
        if known and rng.random() < 0.45:
            _say_whole(tape, said)
        else:
            _say_spliced(tape, said, bank)
        extra = rng.random()
        if extra < 0.04:
            tape.rest(rng.uniform(0, 0.4))
            tape.add(levelled(bend.laughter(bank.sounds["uh"], rng), rng.uniform(-10, 0)))
        elif extra < 0.08:
            tape.rest(rng.uniform(0, 0.4))
            tape.add(bend.cough(rng) * np.float32(0.2))
        elif extra < 0.14:
            tape.rest(rng.uniform(0, 0.4))
            tape.add(filled_pause(bank, "affirm", rng), "affirm")
        tape.rest(float(rng.choice([rng.uniform(0.02, 0.3), rng.gamma(2.0, 0.35)])))
    return Clip(bank.name, tape.samples, tuple(tape.events))


def sped(clip: Clip, factor: float) -> Clip:
    """The clip played faster or slower: pitch, formants and pace move together."""
    import soxr

    wave = np.asarray(soxr.resample(clip.samples, RATE_HZ * factor, RATE_HZ), np.float32)
    events = tuple(Event(e.label, e.start_s / factor, e.end_s / factor) for e in clip.events)
    return Clip(clip.voice, wave, events)


def as_someone_else(clip: Clip, rng: Rng) -> Clip:
    """The clip by a speaker with another throat."""
    made = clip
    if rng.random() < 0.6:
        made = sped(made, rng.uniform(0.85, 1.18))
    if rng.random() < 0.15:
        wave = bend.other_throat(
            made.samples,
            rng.uniform(0.75, 1.35),
            rng.uniform(0.88, 1.14),
            rng.choice([0, rng.uniform(0, 0.4)]),
        )
        wave = np.pad(wave, (0, max(0, made.samples.size - wave.size)))[: made.samples.size]
        made = replace(made, samples=wave)
    return made


def with_others(clip: Clip, other: Clip, rng: Rng) -> Clip:
    """Another talker over a clip; theirs count where loud, are ignored where faint."""
    gain_db = rng.uniform(-20, 0)
    wave = clip.samples.copy()
    start = int(rng.uniform(0, 0.7) * wave.size)
    piece = other.samples[: wave.size - start] * np.float32(db(gain_db))
    wave[start : start + piece.size] += piece
    events = list(clip.events)
    for event in other.events:
        a, b = event.start_s + start / RATE_HZ, event.end_s + start / RATE_HZ
        if b < clip.duration_s:
            events.append(Event(event.label if gain_db > -6 else "ignore", a, b))
    return Clip(clip.voice, wave, tuple(sorted(events, key=lambda e: e.start_s)))


def dry_clip(bank: VoiceBank, banks: list[VoiceBank], rng: Rng) -> Clip:
    """A clip in a bank's voice before it meets a room, one in five with another talker."""
    clip = as_someone_else(talk(bank, rng.uniform(2, 15), rng), rng)
    if rng.random() < 0.2:
        other = banks[int(rng.integers(len(banks)))]
        clip = with_others(clip, as_someone_else(talk(other, rng.uniform(1, 5), rng), rng), rng)
    return clip


def aired(clip: Clip, banks: list[VoiceBank], rng: Rng) -> Clip:
    """The clip as some microphone in some room would have it, no longer than Whisper hears."""
    babble: Samples | None = None
    if rng.random() < 0.2:
        crowd = [banks[int(i)] for i in rng.integers(len(banks), size=4)]
        talks = [b.sentences[int(rng.integers(len(b.sentences)))].whole for b in crowd]
        looped = np.array([np.resize(t, clip.samples.size) for t in talks], np.float32)
        babble = np.asarray(looped.sum(axis=0), np.float32)
    wave = through_the_air(clip.samples, babble, rng)[: 27 * RATE_HZ]
    return replace(clip, samples=wave)


def save_clips(clips: list[Clip], path: Path) -> None:
    """Write clips to one shard."""
    wave = np.concatenate([c.samples for c in clips])
    index = [
        [c.voice, c.samples.size, [[e.label, e.start_s, e.end_s] for e in c.events]] for c in clips
    ]
    np.savez(
        path,
        wave=(np.clip(wave, -1, 1) * 32767).astype(np.int16),
        index=np.array(json.dumps(index)),
    )


def load_clips(path: Path) -> list[Clip]:
    """Read what `save_clips` wrote."""
    with np.load(path) as stored:
        wave, index = stored["wave"], json.loads(str(stored["index"]))
    clips, at = [], 0
    for voice, size, events in index:
        samples = np.asarray(wave[at : at + size] / 32768, np.float32)
        clips.append(Clip(voice, samples, tuple(Event(*e) for e in events)))
        at += size
    return clips


WEIGHT = {"neural": 5.0, "heart": 4.0, "jm_kumo": 2.5, "kumo_less_alpha": 2.0, "jf_alpha": 2.0,
          "kumo_and_gongitsune": 2.0, "jf_nezumi": 2.0, "jf_tebukuro": 2.0, "awb": 3.0,
          "rms": 3.0, "slt": 3.0, "cmu_us_slt_arctic_hts": 2.0, "kal16": 1.0,
          "kal_diphone": 1.0, "ked_diphone": 1.0}  # fmt: skip
"""How often a voice is heard; the rest (formant voices) 0.4 each."""


def main() -> None:
    """Compose shards of 100 clips, each in two rooms; a shard on disk is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bank", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    banks = [load(p) for p in sorted(asked.bank.glob("*.npz"))]
    weights = np.array([WEIGHT.get(b.name, 0.4) for b in banks])
    for shard in range(asked.count // 100):
        path = asked.out / f"made_{asked.seed}_{shard:03d}.npz"
        if path.exists():
            continue
        rng = np.random.default_rng([asked.seed, shard])
        chosen = rng.choice(len(banks), size=50, p=weights / weights.sum())
        dry = [dry_clip(banks[int(i)], banks, rng) for i in chosen]
        clips = [aired(sped(c, rng.uniform(0.95, 1.05)), banks, rng) for c in dry for _ in range(2)]
        save_clips(clips, path)
        minutes = sum(c.duration_s for c in clips) / 60
        print(
            f"{path.name}: {minutes:.1f} min, {sum(len(c.events) for c in clips)} events",
            file=sys.stderr,
            flush=True,
        )


if __name__ == "__main__":
    main()
