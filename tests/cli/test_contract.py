"""The contract that other programs rely on: JSON, events, exit statuses, one line an error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from simulator.library.store import Library
from simulator.places import Places
from tests.loop.running import REPOSITORY, Running

EXAMPLE = REPOSITORY / "scenarios" / "demo" / "example-answer.flac"
Weights = Callable[[str], Path]

TOP = {"schema", "audio", "transcript", "words", "filled_pauses", "silent_pauses", "repairs",
       "delivery", "clarity", "provenance"}  # fmt: skip
DELIVERY = {
    "words_per_minute", "speech_rate_syllables_per_s", "articulation_rate_syllables_per_s",
    "phonation_time_ratio", "mean_length_of_run_syllables", "filled_pauses_per_minute",
    "filled_pauses_per_100_words", "silent_pauses_per_minute", "response_latency_s",
    "pitch_range_semitones",
}  # fmt: skip


def simulator(*words: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "simulator", *words],
        cwd=REPOSITORY,
        env=dict(os.environ),
        input=stdin or "",
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def fails(done: subprocess.CompletedProcess[str], status: int, told: str) -> None:
    """One line on standard error, nothing on standard output, the right status."""
    assert done.returncode == status, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stderr.startswith("simulator: ")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.models
def test_a_recorded_answer_as_json(weights: Weights) -> None:
    weights("whisper-base")
    done = simulator("analyze", str(EXAMPLE), "--question", "Why you?", "--json")
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    record: dict[str, Any] = json.loads(line)
    assert record.keys() >= TOP
    assert record["schema"] == 1
    assert record["audio"]["duration_s"] == pytest.approx(39.5, abs=0.1)
    assert record["audio"]["quality"].keys() >= {
        "snr_db", "clipped_fraction", "dropouts", "usable",
    }  # fmt: skip
    assert record["delivery"].keys() >= DELIVERY
    assert {"text", "start_s", "end_s", "probability"} <= record["words"][0].keys()
    # The example holds three: at 1.3 s, 14.1 s and 25.6 s.
    heard = [pause["start_s"] for pause in record["filled_pauses"]]
    assert heard == pytest.approx([1.3, 14.1, 25.6], abs=0.25)
    assert {"label", "end_s", "confidence", "source"} <= record["filled_pauses"][0].keys()
    assert record["silent_pauses"][0]["position"] == "before_answer"
    for finding in record["clarity"]["findings"]:
        assert {"kind", "quote", "start_s", "end_s", "why", "suggestion"} <= finding.keys()
        assert finding["quote"] in record["transcript"]
    assert record["provenance"]["models"]["speech"] == "base"
    assert record["provenance"]["analyser"]


@pytest.mark.models
def test_several_recordings_a_line_each_and_one_bad_file_spoils_no_other(
    weights: Weights, tmp_path: Path
) -> None:
    weights("whisper-tiny.en")
    bad = tmp_path / "bad.wav"
    bad.write_text("no sound")
    quiet = tmp_path / "quiet.wav"
    soundfile.write(quiet, np.zeros(16_000 * 3, np.int16), 16_000)
    done = simulator(
        "analyze", str(quiet), str(bad), str(quiet), "--json", "--speech-model", "tiny.en"
    )
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(records) == 2
    assert all(record["clarity"]["score"] is None for record in records)
    assert records[0]["delivery"]["words_per_minute"] is None
    assert "bad.wav" in done.stderr
    assert "1 of 3" in done.stderr


@pytest.mark.models
def test_texts_from_one_process_in_order(weights: Weights, tmp_path: Path) -> None:
    weights("all-minilm-l6-v2")
    texts = tmp_path / "texts.jsonl"
    texts.write_text('{"question": "Why you?", "text": "fine."}\n\n{"text": "Well."}\n')
    done = simulator("analyze", "--transcript", str(texts), "--json")
    assert done.returncode == 0, done.stderr
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["transcript"] for record in records] == ["fine.", "Well."]
    assert all(record["clarity"]["score"] is None for record in records)
    assert all(record["clarity"]["cannot_judge"] for record in records)
    assert all(record["clarity"]["strength"] is None for record in records)


@pytest.mark.models
def test_a_file_in_the_microphones_place_tells_its_events_and_is_kept(
    weights: Weights, tmp_path: Path, places: Places
) -> None:
    weights("whisper-base")
    samples, rate = soundfile.read(EXAMPLE, dtype="int16")
    short = tmp_path / "short.wav"
    soundfile.write(short, samples[: 9 * rate], rate)
    running = Running(["practice", "trade-offs", "--input", str(short), "--mute"], os.environ)
    assert running.finish(120) == 0
    told = running.told()
    wanted = ["question_asked", "listening", "answer_ended", "delivery_ready", "feedback_ready",
              "attempt_saved"]  # fmt: skip
    assert [name for name in told if name in wanted] == wanted
    times = [event["t_s"] for event in running.events]
    assert times == sorted(times)
    assert "level" in {event["event"] for event in running.events}
    with Library(places.recordings) as library:
        (attempt,) = library.attempts()
        assert json.loads(library.assessment_json(attempt.attempt_id)).keys() >= TOP
    assert attempt.scenario_id == "trade-offs"
    review = simulator("review", "--json")
    assert json.loads(review.stdout)["transcript"] == attempt.transcript
    shown = simulator("review", attempt.attempt_id)
    assert "What you said" in shown.stdout
    kept = simulator("export", str(tmp_path / "out"))
    assert kept.returncode == 0, kept.stderr
    assert list((tmp_path / "out").rglob("*.flac"))


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("analyze",), 2, "give recordings"),
        (("analyze", "/nowhere/answer.wav"), 1, "no such recording"),
        (("analyze", "--transcript", "/nowhere/answer.txt"), 2, "no such transcript"),
        (("practice", "no-such-scenario"), 2, "no-such-scenario"),
        (("practice", "trade-offs", "--question", "nope", "--events"), 2, "has no question"),
        (("practice", "--input", "/nowhere.wav"), 2, "no such recording"),
        (("review", "no-such-attempt"), 2, "no-such-attempt"),
    ],
)
def test_a_mistake_is_one_line(words: tuple[str, ...], status: int, told: str) -> None:
    fails(simulator(*words), status, told)


def test_an_empty_and_an_unreadable_recording_are_one_line(tmp_path: Path) -> None:
    empty, bad = tmp_path / "empty.wav", tmp_path / "bad.mp3"
    empty.touch()
    bad.write_bytes(b"\x00\x01" * 50)
    fails(simulator("analyze", str(empty)), 1, "empty")
    fails(simulator("analyze", str(bad)), 1, "cannot be read")


def test_a_missing_model_is_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIMULATOR_MODELS", str(tmp_path / "none"))
    fails(simulator("analyze", str(EXAMPLE)), 1, "simulator models pull")
    fails(simulator("practice", "--input", str(EXAMPLE)), 1, "simulator models pull")


def test_a_broken_scenario_names_file_line_and_field(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('title = "Broken"\nsituation = 7\n')
    done = simulator("practice", str(broken))
    assert done.returncode in (1, 2)
    assert f"{broken}:1: stakes: is missing" in done.stderr


def test_the_doctor_gives_every_part_a_verdict(places: Places) -> None:
    done = simulator("doctor")
    for part in ("microphone", "speaker", "voices", "disk", "whisper-base"):
        assert part in done.stdout
    assert "Traceback" not in done.stderr
