"""From heard clips to the weights that ship: networks, judge, threshold.

    python -m benchmarks.filled_pauses.ship --states STATES --evidence EVIDENCE --model base \
        --out models/filled_pauses --work NETS

The judge must see candidates as the networks will find them in speech by strangers. So networks
are trained once for each `FOLDS` without the people in it, those people are heard with them, and
the judge is fitted to what they find, beside composed clips of voices that no fold network heard.
For the figures, the people of each fold are judged by a judge and a threshold that did not see
them either (``EVIDENCE/held_out_MODEL.json``). What ships is trained on everything.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.filled_pauses.evidence import STRANGERS, HeardRecording, load_all
from benchmarks.filled_pauses.human import TRAINABLE
from benchmarks.filled_pauses.judge import Examples, best_threshold, examples, fit, together
from benchmarks.filled_pauses.train import Recipe, read_states, save_ensemble, statistics, train
from simulator.speech.filled_pause_evidence import candidates
from simulator.speech.filled_pause_judge import Judge
from simulator.speech.filled_pause_net import FrameEnsemble, load_ensemble

FOLDS: tuple[tuple[str, ...], ...] = (
    ("human:mfa",),
    ("human:batchalign_test", "human:ami_EN2001", "human:ami_EN2004"),
    ("human:ami_EN2002", "human:ami_EN2006"),
)
"""People who are left out together; between them, everyone who may train weights that ship."""

HUMAN_WEIGHT = 6.0
"""A human candidate counts as so many composed ones: there are few, and they are the real thing."""

WIDEST_MB = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Where things lie and how much to train."""

    states: Path
    work: Path
    name: str
    steps: int
    fold_seeds: int
    seeds: int
    human: float


def networks(plan: Plan, without: Sequence[str], seeds: int, label: str) -> FrameEnsemble:
    """Networks trained without some voices, kept on disk under ``label``."""
    path = plan.work / f"{plan.name}_{label}.npz"
    if not path.exists():
        heard = read_states(plan.states, without)
        weights = np.array([plan.human if h.voice.startswith("human") else 1.0 for h in heard])
        scale = statistics(heard)
        recipe = Recipe(steps=plan.steps)
        nets = [train(heard, weights, recipe, seed, scale) for seed in range(seeds)]
        save_ensemble(path, nets, scale)
    return load_ensemble(path)


def judged(recording: HeardRecording, ensemble: FrameEnsemble, judge: Judge) -> list[list[object]]:
    """What is heard in a recording: label, start, end, confidence."""
    return [
        [c.label, c.start_s + chunk.start_s, c.end_s + chunk.start_s, sure]
        for chunk in recording.chunks
        for c, sure in judge.accepted(candidates(chunk, ensemble.probabilities(chunk.states)))
    ]


def a_judge(data: Examples) -> Judge:
    """A judge and its threshold from examples."""
    weights, bias = fit(data)
    unset = Judge(weights.astype(np.float32), bias, 0.5)
    return Judge(unset.weights, bias, best_threshold(data, weights, bias))


def main() -> None:
    """Train what is missing, judge held-out people, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--states", type=Path, required=True)
    parser.add_argument("--evidence", type=Path, required=True)
    parser.add_argument("--model", default="base")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=Recipe().steps)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--fold-seeds", type=int, default=3)
    parser.add_argument("--human", type=float, default=1.0)
    asked = parser.parse_args()
    asked.work.mkdir(parents=True, exist_ok=True)
    plan = Plan(
        asked.states / asked.model, asked.work, asked.model, asked.steps, asked.fold_seeds,
        asked.seeds, asked.human,
    )  # fmt: skip
    heard = load_all(asked.evidence / asked.model)
    made = [r for r in heard if r.set_name == "made" and r.speaker in STRANGERS]
    people = [r for r in heard if r.set_name in TRAINABLE]
    folds = [
        networks(plan, (*people_out, *STRANGERS), plan.fold_seeds, f"fold{i}")
        for i, people_out in enumerate(FOLDS)
    ]
    mine = [[r for r in people if r.speaker in people_out] for people_out in FOLDS]
    human = [
        examples(group, net).scaled(HUMAN_WEIGHT) for group, net in zip(mine, folds, strict=True)
    ]
    composed = examples(made, folds[0])
    held_out: dict[str, list[list[object]]] = {}
    for i, group in enumerate(mine):
        others = together([h for j, h in enumerate(human) if j != i])
        judge = a_judge(together([composed.as_rare_as(others), others]))
        for recording in group:
            held_out[recording.name] = judged(recording, folds[i], judge)
    (asked.evidence / f"held_out_{asked.model}.json").write_text(json.dumps(held_out))
    people_all = together(human)
    judge = a_judge(together([composed.as_rare_as(people_all), people_all]))
    final = plan.work / f"{plan.name}_final.npz"
    networks(plan, (), plan.seeds, "final")
    with np.load(final) as stored:
        arrays = {name: stored[name] for name in stored.files}
    path = asked.out / f"{asked.model}.npz"
    asked.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path, **arrays,
        judge_weights=judge.weights, judge_bias=judge.bias, judge_threshold=judge.threshold,
    )  # fmt: skip
    size_mb = path.stat().st_size / 1e6
    if size_mb > WIDEST_MB:
        raise SystemExit(f"{path} has {size_mb:.2f} MB, more than {WIDEST_MB}")
    print(f"{path}: {size_mb:.2f} MB, threshold {judge.threshold:.2f}", file=sys.stderr)


if __name__ == "__main__":
    main()
