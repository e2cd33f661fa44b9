"""The example answer that shows the whole loop where nobody can speak yet."""

from __future__ import annotations

from pathlib import Path

from simulator.places import find_places


def example_answer() -> Path:
    """The recording of the example answer: a synthetic voice, with hesitations on purpose."""
    return find_places().scenarios / "demo" / "example-answer.flac"
