"""How far the clarity judgement can be trusted: ``python -m benchmarks.clarity``.

Prints, on tellings by authors that the weights have not seen: pairs ranked right, labelled kind
named first and among three, findings on clear answers; the same on tellings spoken and
transcribed; bare baselines beside it. ``--dev FILE`` adds a set that is never trained on.
"""

from __future__ import annotations

import argparse
import datetime
import platform
from pathlib import Path

from benchmarks.clarity.baselines import baseline_lines
from benchmarks.clarity.held_out import judge_held_out, judge_with
from benchmarks.clarity.ranking import count
from benchmarks.clarity.tellings import DATA, as_heard, read_tellings, training_tellings
from benchmarks.clarity.train import learn_from, reader

SHARED_DEV = Path(__file__).parents[3] / "shared" / "data" / "clarity" / "dev.jsonl"


def main() -> None:
    """Run the benchmark and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", type=Path, default=SHARED_DEV)
    parser.add_argument("--ask-the-model", action="store_true", help="also ask the model to judge")
    given = parser.parse_args()
    read, model = reader()
    by_author = training_tellings()
    tellings = [t for ts in by_author.values() for t in ts]
    print(f"{datetime.date.today()}, {platform.machine()}, {platform.processor() or 'cpu'}")
    print(f"{len(by_author)} authors, {len({t.story for t in tellings})} stories")
    judged = judge_held_out(by_author, read, model)
    for author in by_author:
        print(count(j for j in judged if j.telling.author == author).line(f"held out: {author}"))
    for heard, name in ((False, "held out, written"), (True, "held out, spoken and heard")):
        print(count(j for j in judged if j.telling.heard == heard).line(name))
    if given.dev.is_file():
        written = read_tellings(given.dev, "dev")
        weights = learn_from(tellings, read, model, "benchmark")
        for name, ts in (
            ("never trained on, written", written),
            ("never trained on, heard", as_heard(written, DATA / "heard" / "dev.jsonl")),
        ):
            dev = judge_with(weights, ts, [read.features(t) for t in ts])
            print(count(dev).line(name))
            for one in dev:
                if one.telling.label not in ("clear", *one.named[:1]):
                    print(
                        f"  {one.telling.story} {one.telling.variant}: {one.named} {one.score:.2f}"
                    )
        tellings = written
    print("\n".join(baseline_lines(tellings, ask_the_model=given.ask_the_model)))


if __name__ == "__main__":
    main()
