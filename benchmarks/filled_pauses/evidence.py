"""Recordings as the product hears them: cut at pauses, read twice by Whisper, kept on disk.

    python -m benchmarks.filled_pauses.evidence --data DATA --weights WEIGHTS --out EVIDENCE
    python -m benchmarks.filled_pauses.evidence --clips CLIPS --weights WEIGHTS --out EVIDENCE

The first form hears every recording of the labelled human sets, the second composed clips (for
the judge). One file a recording: the evidence of each of its chunks, and its labels.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.filled_pauses.compose import Event, load_clips
from benchmarks.filled_pauses.human import FLUENT, TRAINABLE, recordings
from benchmarks.filled_pauses.voices import RATE_HZ, Samples
from simulator.speech.activity import ActivityTracker
from simulator.speech.chunking import ChunkCutter
from simulator.speech.filled_pause_evidence import ChunkEvidence
from simulator.speech.filled_pause_witness import Hesitation
from simulator.speech.memory import Remembered, remember
from simulator.speech.timeline import Span, Word
from simulator.speech.transcription import Transcriber, load_transcriber

STRANGERS = ("jf_alpha", "kumo_and_gongitsune", "slt", "kal_diphone", "en-gb-x-rp+f3", "en-us+m3",
             "en-us+klatt2", "en-us+Annie")  # fmt: skip
"""Voices that the networks of held-out tests do not hear: composed clips are heard of these."""

EVERY_SET = (*TRAINABLE, "speecheditor", *FLUENT, "pyannote_sample", "osce_interview")


@dataclass(frozen=True, slots=True, eq=False)
class HeardRecording:
    """What the product knows of a recording before it judges filled pauses.

    ``speaker`` groups recordings that are held out together; ``listed`` counts um and uh in the
    transcript, timed or not.
    """

    set_name: str
    name: str
    speaker: str
    duration_s: float
    events: tuple[Event, ...]
    listed: int
    chunks: tuple[ChunkEvidence, ...]


def cut(samples: Samples) -> list[Span]:
    """Where the product cuts a recording."""
    tracker, cutter = ActivityTracker(), ChunkCutter()
    spans = [*cutter.feed(tracker.feed(samples)), *cutter.feed(tracker.finish())]
    last = cutter.finish()
    spans += [last] if last is not None else []
    end_s = len(samples) / RATE_HZ
    return [Span(s.start_s, min(s.end_s, end_s)) for s in spans]


def listen(samples: Samples, transcriber: Transcriber) -> tuple[ChunkEvidence, ...]:
    """The evidence of every chunk of a recording."""
    chunks: list[ChunkEvidence] = []
    remembered: list[Remembered] = []
    for span in cut(samples):
        start, end = round(span.start_s * RATE_HZ), round(span.end_s * RATE_HZ)
        piece = samples[start:end]
        before = remember(span, remembered, samples[:start], transcriber.reach)
        read = transcriber.read(piece, span.start_s, before=before)
        remembered.append(read.remembered)
        chunks.append(
            ChunkEvidence(
                span.start_s, piece, read.states, read.words, read.prompted_words, read.hesitations
            )
        )
    return tuple(chunks)


def save(heard: HeardRecording, path: Path) -> None:
    """Write a recording's evidence (half-precision states)."""

    def plain(chunk: ChunkEvidence) -> dict[str, Any]:
        return {
            "start_s": chunk.start_s,
            "samples": len(chunk.samples),
            "states": len(chunk.states),
            "words": [[w.start_s, w.end_s, w.text, w.probability] for w in chunk.words],
            "prompted": [[w.start_s, w.end_s, w.text, w.probability] for w in chunk.prompted_words],
            "hesitations": [[h.start_s, h.end_s, h.probability] for h in chunk.hesitations],
        }

    index = {
        "set": heard.set_name, "name": heard.name, "speaker": heard.speaker,
        "duration_s": heard.duration_s, "listed": heard.listed,
        "events": [[e.label, e.start_s, e.end_s] for e in heard.events],
        "chunks": [plain(c) for c in heard.chunks],
    }  # fmt: skip
    states = [c.states.astype(np.float16) for c in heard.chunks]
    samples = [(np.clip(c.samples, -1, 1) * 32767).astype(np.int16) for c in heard.chunks]
    np.savez(
        path,
        index=np.array(json.dumps(index)),
        states=np.concatenate(states) if states else np.zeros((0, 1), np.float16),
        samples=np.concatenate(samples) if samples else np.zeros(0, np.int16),
    )


def load(path: Path) -> HeardRecording:
    """Read what `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        index = json.loads(str(stored["index"]))
        states = stored["states"].astype(np.float32)
        samples = stored["samples"].astype(np.float32) / 32767
    chunks, at, of = [], 0, 0
    for c in index["chunks"]:
        chunks.append(
            ChunkEvidence(
                c["start_s"],
                samples[at : at + c["samples"]],
                states[of : of + c["states"]],
                tuple(Word(*w) for w in c["words"]),
                tuple(Word(*w) for w in c["prompted"]),
                tuple(Hesitation(*h) for h in c["hesitations"]),
            )
        )
        at, of = at + c["samples"], of + c["states"]
    events = tuple(Event(*e) for e in index["events"])
    return HeardRecording(
        index["set"], index["name"], index["speaker"], index["duration_s"], events,
        index["listed"], tuple(chunks),
    )  # fmt: skip


def load_all(folder: Path) -> list[HeardRecording]:
    """Every recording of a folder, in order of name."""
    return [load(path) for path in sorted(folder.glob("*.npz"))]


def main() -> None:
    """Hear what has not been heard."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--clips", type=Path)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--model", default="base")
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    folder = asked.out / asked.model
    folder.mkdir(parents=True, exist_ok=True)
    transcriber = load_transcriber(asked.weights / f"whisper-{asked.model}", asked.model, 1)

    def keep(
        name: str, speaker: str, samples: Samples, events: tuple[Event, ...], listed: int, of: str
    ) -> None:
        path = folder / f"{of}__{name}.npz"
        if not path.exists():
            chunks = listen(samples, transcriber)
            seconds = len(samples) / RATE_HZ
            save(HeardRecording(of, name, speaker, seconds, events, listed, chunks), path)
            print(path.name, file=sys.stderr, flush=True)

    if asked.data is not None:
        for r in recordings(asked.data, EVERY_SET):
            keep(r.name, r.speaker, r.samples, r.events, r.listed, r.set_name)
    if asked.clips is not None:
        done = 0
        for shard in sorted(asked.clips.glob("made_*.npz")):
            for i, clip in enumerate(load_clips(shard)):
                if done < asked.count and clip.voice in STRANGERS:
                    keep(f"{shard.stem}_{i}", clip.voice, clip.samples, clip.events, 0, "made")
                    done += 1


if __name__ == "__main__":
    main()
