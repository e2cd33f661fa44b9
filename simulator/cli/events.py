"""``--events``: what happens in a sitting as one JSON object a line, for other programs."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import TextIO

from simulator.practice.events import Announce, Event, event_name, plain


def print_events(
    began_s: float, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Announce:
    """An announcer that prints each event with the seconds since the start."""
    stream = sys.stdout if out is None else out
    # Partial transcripts come from the worker that reads: a line must stay a line.
    one_at_a_time = threading.Lock()

    def announce(event: Event) -> None:
        facts = plain(event)
        assert isinstance(facts, dict)
        line = {"event": event_name(event), "t_s": round(clock() - began_s, 4), **facts}
        with one_at_a_time:
            stream.write(json.dumps(line, ensure_ascii=False, default=str) + "\n")
            stream.flush()

    return announce
