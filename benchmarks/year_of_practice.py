"""How long plan and history take after a year of daily practice.

    python -m benchmarks.year_of_practice [--attempts-a-day 5]

Fills a library with a year of simulated attempts (scores and measures that drift and waver, the
size of a real assessment each), two debriefs and two focus areas, then times the day's overview,
the history table and the trends, each on a freshly opened library, as a command does. The first
overview also takes all attempts into the schedule; after that a command only takes in the new.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from simulator.library.attempts import Attempt, AttemptFinding
from simulator.library.focuses import Focus, Focuses
from simulator.library.store import Library
from simulator.places import find_places
from simulator.practice.overview import overview
from simulator.practice.plan import Plan
from simulator.practice.progress import trends
from simulator.practice.scenario import Scenario
from simulator.practice.scenario_file import list_scenarios

START = datetime(2025, 1, 1, 18, 0, tzinfo=UTC)
KINDS = ("vague", "no_result", "hedged", "rambling", "buried_point")
TRANSCRIPT = " ".join(f"word{n}" for n in range(150))
ASSESSMENT = json.dumps(
    {
        "schema": 1,
        "words": [
            {"text": f"word{n}", "start_s": n * 0.4, "end_s": n * 0.4 + 0.3, "probability": 0.9}
            for n in range(150)
        ],
    }
)


def make_year(folder: Path, scenarios: tuple[Scenario, ...], a_day: int = 5) -> datetime:
    """Fill a library with a year of attempts; gives the evening after the last."""
    rng = random.Random(1)
    keys = [(s.scenario_id, q.question_id, q.text) for s in scenarios for q in s.questions]
    with Library(folder) as library:
        for day in range(365):
            for place in range(a_day):
                attempt = _attempt(rng, day, place, rng.choice(keys))
                library.add(attempt, ASSESSMENT)
        focuses = Focuses(library.db)
        focuses.keep(Focus("f1", "finding:vague", START + timedelta(days=300), (1.0, 0.0), 0.25))
        focuses.keep(
            Focus(
                "f2",
                "measure:filled_pauses_per_minute",
                START + timedelta(days=320),
                (9.0, 8.0, 10.0),
                6.0,
            )
        )
    return START + timedelta(days=365)


def _attempt(rng: random.Random, day: int, place: int, key: tuple[str, str, str]) -> Attempt:
    at = START + timedelta(days=day, minutes=4 * place)
    measures: dict[str, float | None] = {f"measure_{n}": rng.gauss(5, 1) for n in range(20)}
    measures |= {
        "clarity_score": min(1.0, max(0.0, rng.gauss(0.4 + day / 1500, 0.15))),
        "filled_pauses_per_minute": max(0.0, rng.gauss(9 - day / 100, 2)),
        "words_per_minute": rng.gauss(160, 12),
        "response_latency_s": abs(rng.gauss(1.5, 0.7)),
        "pitch_range_semitones": rng.gauss(8, 1.2),
    }
    return Attempt(
        attempt_id=f"{at:%Y%m%d-%H%M%S}",
        kind="practice",
        started_at=at,
        session_id=f"{at:%Y%m%d}",
        scenario_id=key[0],
        question_id=key[1],
        question_text=key[2],
        criterion="role_strengths",
        duration_s=60.0,
        transcript=TRANSCRIPT,
        measures=measures,
        findings=tuple(
            AttemptFinding(kind, "as it was said", 1.0, 2.0) for kind in KINDS if rng.random() < 0.3
        ),
        analyser="simulated",
        models={"speech": "none"},
        interviewer=rng.choice(("warm", "neutral", "sceptical")),
        self_rating=rng.randint(1, 5),
    )


def timed(folder: Path, work: Callable[[Library], object], repeats: int = 7) -> list[float]:
    """Milliseconds of some work on a freshly opened library, each time."""
    found = []
    for _ in range(repeats):
        began = time.perf_counter()
        with Library(folder) as library:
            work(library)
        found.append(1000 * (time.perf_counter() - began))
    return found


def plan_work(now: datetime) -> Callable[[Library], Plan]:
    """What `simulator plan` does, reading the scenario files included."""
    return lambda library: overview(library, list_scenarios(find_places()).scenarios, now).plan


def history_work(library: Library) -> object:
    """What `simulator history` reads."""
    return library.attempts(newest=20)


def trends_work(now: datetime) -> Callable[[Library], object]:
    """What `simulator history --trends` reads and works out."""
    return lambda library: trends(library.attempts(newest=400), now)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--attempts-a-day", type=int, default=5)
    a_day = parser.parse_args().attempts_a_day
    scenarios = list_scenarios(find_places()).scenarios
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        now = make_year(folder, scenarios, a_day)
        print(f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {365 * a_day} attempts")
        first = timed(folder, plan_work(now), 1)[0]
        print(f"first plan, the whole year taken into the schedule: {first:.0f} ms")
        for label, work in (
            ("plan", plan_work(now)),
            ("history", history_work),
            ("history --trends", trends_work(now)),
        ):
            found = sorted(timed(folder, work, 15))
            print(f"{label}: median {found[7]:.0f} ms, worst of 15 {found[-1]:.0f} ms")


if __name__ == "__main__":
    main()
