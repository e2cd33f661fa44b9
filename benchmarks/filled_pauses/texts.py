"""Sentences to be spoken, with filled pauses where people put them.

A sentence is a row of runs of words with a filled pause between one run and the next. Two
sources: transcripts of ad-lib interviews, which keep the um and uh that were said, and written
interview answers, in which pauses are put at random at the places where speakers hesitate most:
before the first word, after "and", "so", "but" and the like, and before a word with content.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

FILLER = re.compile(r"[,.\s]*\b(um+|uh+|uhm+|erm?|hmm+|mm+)\b(?!-)[,.…]*", re.IGNORECASE)
HESITATED_AFTER = {
    "and",
    "so",
    "but",
    "because",
    "or",
    "then",
    "that",
    "the",
    "to",
    "a",
    "of",
    "was",
}
LABEL_WEIGHTS = {"um": 0.45, "uh": 0.45, "hmm": 0.10}


@dataclass(frozen=True, slots=True)
class Sentence:
    """Runs of words; ``labels[i]`` is the filled pause said before ``runs[i]``, "" for none.

    ``labels`` has one more entry than ``runs``: its last one follows the last run.
    """

    runs: tuple[str, ...]
    labels: tuple[str, ...]


def label_of(sound: str) -> str:
    """The label of a written filled pause: um, uh or hmm."""
    low = sound.lower()
    if low[0] in "hm":
        return "hmm"
    return "um" if "m" in low else "uh"


def cut_at_fillers(line: str) -> Sentence | None:
    """A transcript line as a sentence; None where it has no words to speak."""
    runs: list[str] = []
    labels: list[str] = [""]
    start = 0
    for match in FILLER.finditer(line):
        words = line[start : match.start()].strip(" ,.")
        if words:
            runs.append(words)
            labels.append("")
        labels[-1] = label_of(match.group(1))
        start = match.end()
    words = line[start:].strip(" ,")
    if re.search(r"[a-z]", words, re.IGNORECASE):
        runs.append(words)
        labels.append("")
    return Sentence(tuple(runs), tuple(labels)) if runs else None


def hesitate(text: str, rng: random.Random) -> Sentence:
    """A written sentence with filled pauses put at likely places."""
    words = text.split()
    places = [0] if rng.random() < 0.5 else []
    for i in range(1, len(words)):
        after = words[i - 1].strip(",.").lower()
        chance = 0.22 if after in HESITATED_AFTER else 0.1 if words[i - 1][-1] in ",;:" else 0.04
        if rng.random() < chance and (not places or i - places[-1] > 2):
            places.append(i)
    edges = [0, *[p for p in places if p], len(words)]
    runs = tuple(" ".join(words[a:b]) for a, b in pairwise(edges))
    names, weights = zip(*LABEL_WEIGHTS.items(), strict=True)
    labels = [rng.choices(names, weights)[0] for _ in range(len(runs) + 1)]
    if 0 not in places:
        labels[0] = ""
    if rng.random() < 0.9:
        labels[-1] = ""
    return Sentence(runs, tuple(labels))


def interview_sentences(folder: Path) -> list[Sentence]:
    """Sentences of ad-lib interviews (``*.txt``, one ``X: words`` a line)."""
    found: list[Sentence] = []
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            said = re.sub(r"^\s*[A-Z]\s*:\s*", "", line).strip()
            said = said.encode("ascii", "ignore").decode()
            for part in re.split(r"(?<=[.?!])\s+(?=[A-Z])", said):
                if 2 <= len(part.split()) <= 30 and (sentence := cut_at_fillers(part)):
                    found.append(sentence)
    return found


def answer_sentences(folder: Path, rng: random.Random) -> list[Sentence]:
    """Sentences of written interview answers (``*.jsonl``) with pauses put in."""
    found: list[Sentence] = []
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for variant in json.loads(line)["variants"]:
                text = variant["text"].encode("ascii", "ignore").decode()
                for part in re.split(r"(?<=[.?!])\s+", text):
                    if 3 <= len(part.split()) <= 30:
                        found.append(hesitate(part, rng))
    return found


def sentences(data: Path, count: int, seed: int) -> list[Sentence]:
    """``count`` sentences, two thirds from interviews (those with pauses first), shuffled."""
    rng = random.Random(seed)
    spoken = interview_sentences(data / "osce_text")
    rng.shuffle(spoken)
    spoken.sort(key=lambda s: not any(s.labels))
    answers = answer_sentences(data / "clarity" / "train", rng)
    rng.shuffle(answers)
    mixed = spoken[: count * 2 // 3] + answers[: count - count * 2 // 3]
    rng.shuffle(mixed)
    return mixed
