"""From the stop to the report: ``python -m benchmarks.latency [--runs N] [RECORDING ...]``.

Plays answers of 20, 60 and 180 s in real time into ``simulator practice --input``, each in a
process of its own, and reads the times from its events. The plain pipeline hears the 60 and 180 s
answers in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.latency.answers import make_answer

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "scenarios" / "demo" / "example-answer.flac"
SCENARIO = REPOSITORY / "scenarios" / "final-round-panel.toml"
TIME_LIMIT_S = 600
"""Instead of the question's own, which would cut the long answers off."""
LENGTHS_S = (20, 60, 180)
LAST_S = (3.0, 12.0)
"""How much is said after the last long pause, from the first run to the last: less and more than a
chunk (four seconds at the median, seven at the 95th percentile)."""


@dataclass(frozen=True, slots=True)
class Run:
    """One answer through the loop; seconds after the stop, and the largest memory in GiB."""

    length_s: int
    delivery_s: float
    feedback_s: float
    peak_gib: float


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recordings", nargs="*", type=Path, default=[EXAMPLE])
    parser.add_argument("--runs", type=int, default=5, help="for each length")
    parser.add_argument("--lengths", type=int, nargs="*", default=list(LENGTHS_S))
    parser.add_argument("--speech-model", default="base")
    parser.add_argument("--no-plain", action="store_true")
    parser.add_argument(
        "--ending",
        choices=("pause", "mid_phrase"),
        default="pause",
        help="stop half a second after the last word, or in the middle of a phrase",
    )
    wanted = parser.parse_args()
    runs: list[Run] = []
    plain: dict[int, Run] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _compile(folder)
        for length_s in wanted.lengths:
            for number in range(wanted.runs):
                share = (number + 0.5) / wanted.runs
                answer = make_answer(
                    wanted.recordings[number % len(wanted.recordings)],
                    length_s,
                    share,
                    LAST_S[0] + share * (LAST_S[1] - LAST_S[0]),
                    folder / f"{length_s}-{number}.wav",
                    wanted.ending,
                )
                runs.append(through_the_loop(answer, length_s, folder, wanted.speech_model))
                _show(f"{length_s:4} s, run {number + 1}", runs[-1])
            if length_s >= 60 and not wanted.no_plain:
                plain[length_s] = through_plain(folder / f"{length_s}-0.wav", length_s)
                _show(f"{length_s:4} s, plain", plain[length_s])
    _report(runs, plain)


def through_the_loop(answer: Path, length_s: int, folder: Path, speech_model: str) -> Run:
    """Play an answer in; times from the program's own events, memory from the system."""
    scenario = folder / "scenario.toml"
    text = SCENARIO.read_text("utf-8")
    scenario.write_text(
        re.sub(r"time_limit_s = \d+", f"time_limit_s = {TIME_LIMIT_S}", text), "utf-8"
    )
    words = ["practice", str(scenario), "--input", str(answer)]
    words += ["--events", "--mute", "--no-auto-stop"]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator", *words, "--speech-model", speech_model],
        env=_environ(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
    )
    times: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        times[event["event"]] = event["t_s"]
        if event.get("reason") == "time_limit":
            raise SystemExit("the answer was cut off at the question's time limit")
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the program ended with status {process.returncode}")
    stop = times["answer_ended"]
    return Run(
        length_s,
        times["delivery_ready"] - stop,
        times["feedback_ready"] - stop,
        used.ru_maxrss / 1024**2,
    )


def _environ(folder: Path) -> dict[str, str]:
    """A user's folder of its own for the program."""
    home = folder / "home"
    return os.environ | {
        "SIMULATOR_HOME": str(home),
        "SIMULATOR_RECORDINGS": str(home / "recordings"),
    }


def _compile(folder: Path) -> None:
    """Compile what is compiled once for each user's folder, as setting up does."""
    words = [sys.executable, "-m", "simulator.speech.warm_up"]
    subprocess.run(words, check=True, env=_environ(folder), cwd=REPOSITORY, capture_output=True)


def through_plain(answer: Path, length_s: int) -> Run:
    """The plain pipeline on the same answer."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.latency.plain", str(answer)],
        check=True,
        capture_output=True,
        text=True,
        cwd=REPOSITORY,
    )
    return Run(length_s, **json.loads(done.stdout.splitlines()[-1]))


def _show(name: str, run: Run) -> None:
    sys.stdout.write(
        f"{name:14} delivery {run.delivery_s:6.2f} s   feedback {run.feedback_s:6.2f} s   "
        f"{run.peak_gib:.2f} GiB\n"
    )
    sys.stdout.flush()


def _report(runs: Sequence[Run], plain: dict[int, Run]) -> None:
    lines = [
        "",
        "stop to ...      delivery p50   p95   (least to most)      feedback p50   p95   "
        "(least to most)      peak memory",
    ]
    groups = {length: [r for r in runs if r.length_s == length] for length in LENGTHS_S}
    for length, group in groups.items():
        if group:
            lines.append(f"{length:4} s ({len(group)} runs)  {_quantiles(group)}")
    lines.append(f"all ({len(runs)} runs)     {_quantiles(runs)}")
    for length, run in plain.items():
        lines.append(
            f"plain, {length:3} s      delivery {run.delivery_s:.2f}   "
            f"feedback {run.feedback_s:.2f}   {run.peak_gib:.2f} GiB"
        )
    if groups[20] and groups[180]:
        for name in ("delivery_s", "feedback_s"):
            short, long = _median(groups[20], name), _median(groups[180], name)
            lines.append(
                f"{name.removesuffix('_s')}, 180 s over 20 s: {long / short:.2f} times, "
                f"{long - short:+.3f} s (medians; target: at most 1.2 times)"
            )
    if 60 in plain and groups[60]:
        delivery = plain[60].delivery_s / _median(groups[60], "delivery_s")
        feedback = plain[60].feedback_s / _median(groups[60], "feedback_s")
        lines.append(
            f"sooner than plain on 60 s: delivery {delivery:.0f} times, feedback {feedback:.0f} "
            "times (target: at least 8)"
        )
    lines.append("targets: delivery p95 at most 1.0 s, feedback p95 at most 2.5 s, 1.2 GiB")
    lines.append(
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.processor() or 'CPU'}, "
        f"{platform.system()}, load {os.getloadavg()[0]:.1f} at the end"
    )
    sys.stdout.write("\n".join(lines) + "\n")


def _quantiles(group: Sequence[Run]) -> str:
    columns = []
    for name in ("delivery_s", "feedback_s"):
        values = [getattr(run, name) for run in group]
        columns.append(
            f"{np.percentile(values, 50):6.2f} {np.percentile(values, 95):8.2f}   "
            f"({min(values):.2f} to {max(values):.2f})"
        )
    peak = max(run.peak_gib for run in group)
    return f"{columns[0]}      {columns[1]}      {peak:.2f} GiB"


def _median(group: Sequence[Run], name: str) -> float:
    return max(0.01, float(np.median([getattr(run, name) for run in group])))


if __name__ == "__main__":
    main()
