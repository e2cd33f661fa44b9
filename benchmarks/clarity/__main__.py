"""How far the clarity judgement can be trusted: ``python -m benchmarks.clarity``.

On tellings by authors that the weights have not seen: pairs ranked right, the labelled kind named
first and among three, findings on clear answers; the same spoken by a synthetic voice and heard by
the project's own ear; the sentence quoted; changes made by a machine; time; and beside it bare
baselines and the default language model simply asked. ``--dev FILE`` is a set that is never
trained on.
"""

from __future__ import annotations

import argparse
import datetime
import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.clarity.asked import asked_lines
from benchmarks.clarity.baselines import baseline_lines
from benchmarks.clarity.changed import changes, judge_telling
from benchmarks.clarity.features import FeatureReader
from benchmarks.clarity.held_out import judge_held_out, judge_with, weights_without
from benchmarks.clarity.invented import invented_facts, invented_quotes, quotes_in
from benchmarks.clarity.mechanical import asked_something_else
from benchmarks.clarity.quoted import Quoted, quotes_of
from benchmarks.clarity.ranking import Judged, apart_by_ear, count, share
from benchmarks.clarity.reach import Row, print_table, ranking_rows
from benchmarks.clarity.speed import waits
from benchmarks.clarity.tellings import (
    DATA,
    Telling,
    as_heard,
    asked_otherwise,
    read_tellings,
    training_tellings,
)
from benchmarks.clarity.train import reader
from simulator.clarity.judge import load_judge, weights_file
from simulator.clarity.weights import ClarityWeights
from simulator.feedback.coach import Coach, load_coach
from simulator.places import find_places

SHARED_DEV = Path(__file__).parents[3] / "shared" / "data" / "clarity" / "dev.jsonl"
DEV = "dev"
QUOTED_RIGHT = 80
LONGEST_WAIT_S = 2.0


def main() -> None:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, default=SHARED_DEV)
    given = parser.parse_args()
    by_author = training_tellings()
    written = read_tellings(given.dev, DEV) if given.dev.is_file() else []
    dev = written + as_heard(written, DATA / "heard" / "dev.jsonl")
    _print_head(by_author, dev)

    read, model = reader()
    weights = weights_without(by_author, read, model)
    weights[DEV] = ClarityWeights.load(weights_file(find_places()))
    judged = judge_held_out(by_author, weights, read)
    for author in by_author:
        print(count(j for j in judged if j.telling.author == author).line(f"held out: {author}"))
    dev_judged = judge_with(weights[DEV], dev, [read.features(t) for t in dev])
    otherwise = {author: asked_otherwise(ts) for author, ts in by_author.items()}
    print(count(judge_held_out(otherwise, weights, read)).line("held out: asked otherwise"))
    _print_held_back(weights[DEV], read)
    _print_other_questions(by_author, weights, read, judged)
    _print_mistakes(dev_judged)
    coach, judge = load_coach(find_places()), load_judge(find_places())
    tried = written or [t for ts in by_author.values() for t in ts if not t.heard]

    sets = [judged, dev_judged] if dev else [judged]
    names = ["authors held out", "never trained on"][: len(sets)]
    rows = ranking_rows(
        [count(j for j in one if not j.telling.heard) for one in sets],
        [count(j for j in one if j.telling.heard) for one in sets],
    )
    told = [t for ts in by_author.values() for t in ts]
    rows.append(_quoted_row([quotes_of(ts, weights, read.observer) for ts in (told, dev) if ts]))
    rows += _invented_rows(coach, dev or told)
    rows.append(_speed_row(coach, tried))
    print_table(names, rows)
    ear = apart_by_ear(judged)
    print(
        f"the ear alone moves the score of a clear telling by {statistics.median(ear):.3f} in the "
        f"median, {max(ear):.3f} at most ({len(ear)} tellings): what is spoken and nervous is "
        "another voice and other words misheard"
    )

    print("\nchanged by a machine, judged as shipped")
    for held in changes(tried, judge.judge):
        print(f"  {held.line()}")
    print("\nbaselines on the same tellings: pairs ranked right")
    print("\n".join(f"  {line}" for line in (*baseline_lines(tried), *asked_lines(tried))))


def _print_head(by_author: dict[str, list[Telling]], dev: Sequence[Telling]) -> None:
    told = [t for ts in by_author.values() for t in ts]
    print(f"{datetime.date.today()}, {_processor()}, {os.cpu_count()} cores, {platform.system()}")
    print(f"load of the machine before the run: {os.getloadavg()[0]:.1f}")
    print(f"authors held out, each judged by weights learned from the others: {len(by_author)}")
    print(f"  {_counts(told)}")
    if dev:
        print(f"never trained on\n  {_counts(dev)}")


def _print_held_back(weights: ClarityWeights, read: FeatureReader) -> None:
    """Tellings of our own that were never trained on: outside paid work, and talked."""
    for path in sorted((DATA / "held_back").glob("*.jsonl")):
        told = read_tellings(path, path.stem)
        judged = judge_with(weights, told, [read.features(t) for t in told])
        print(count(judged).line(f"held back: {path.stem}"))
        if others := asked_something_else(told):
            asked = judge_with(weights, others, [read.features(t) for t in others])
            print(f"  {_other_questions(asked, judged)}")


def _print_other_questions(
    by_author: dict[str, list[Telling]],
    weights: dict[str, ClarityWeights],
    read: FeatureReader,
    judged: Sequence[Judged],
) -> None:
    others = {author: asked_something_else(told) for author, told in by_author.items()}
    print(f"held out: {_other_questions(judge_held_out(others, weights, read), judged)}")


def _other_questions(asked: Sequence[Judged], own: Sequence[Judged]) -> str:
    """How clear answers fare that are put to another question of the same author."""
    scores = {
        one.telling.story: one.score
        for one in own
        if one.telling.variant == "clear" and not one.telling.heard
    }
    named = sum("off_topic" in one.named for one in asked)
    lower = sum(one.score < scores[one.telling.story] for one in asked)
    clear = [one for one in own if one.telling.label == "clear" and not one.telling.heard]
    wrongly = sum("off_topic" in one.named for one in clear)
    return (
        f"another question asked: named off topic {share(named, len(asked)).strip()}, "
        f"score lower {share(lower, len(asked)).strip()}; "
        f"clear answers named off topic {share(wrongly, len(clear)).strip()}"
    )


def _counts(tellings: Sequence[Telling]) -> str:
    heard = sum(telling.heard for telling in tellings)
    stories = len({telling.story for telling in tellings})
    return f"{stories} stories, {len(tellings) - heard} tellings written, {heard} spoken and heard"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.is_file():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _print_mistakes(judged: Sequence[Judged]) -> None:
    for one in judged:
        telling = one.telling
        if telling.label not in ("clear", *one.named[:1]):
            heard = "heard" if telling.heard else "written"
            print(f"  {telling.story} {telling.variant}, {heard}: {one.named} {one.score:.2f}")


def _quoted_row(sets: Sequence[Sequence[Quoted]]) -> Row:
    cells, reached = [], True
    for quoted in sets:
        right, chance = sum(q.right for q in quoted), sum(q.chance for q in quoted)
        cells.append(
            f"{share(right, len(quoted)).strip()}, chance {100 * chance / len(quoted):.0f}"
        )
        reached &= 100 * right >= QUOTED_RIGHT * len(quoted)
    return Row(
        "quoted sentence a reader would point at", f">= {QUOTED_RIGHT} %", tuple(cells), reached
    )


def _invented_rows(coach: Coach, tellings: Sequence[Telling]) -> list[Row]:
    quotes = shown = facts = 0
    for telling in tellings:
        clarity = judge_telling(coach.judge, telling)
        shown += sum(1 for _ in quotes_in(clarity))
        quotes += len(invented_quotes(clarity, telling.text))
        facts += len(invented_facts(clarity, telling.text, telling.question))
    return [
        Row("quotes not in the transcript", "0", ("", f"{quotes} of {shown}"), quotes == 0),
        Row("numbers or names nobody said", "0", ("", str(facts)), facts == 0),
    ]


def _speed_row(coach: Coach, tellings: Sequence[Telling]) -> Row:
    timed = waits([t for t in tellings if not t.heard], coach)
    print(f"a 60 s answer: {timed.line()}")
    slowest = max(timed.cold_s)
    cell = f"{max(timed.prepared_s):.2f} s, unread {slowest:.2f} s"
    return Row("60 s answer judged, longest", "< 2 s", ("", cell), slowest < LONGEST_WAIT_S)


if __name__ == "__main__":
    main()
