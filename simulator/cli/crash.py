"""What to do with an error that nobody foresaw: keep the traceback, say one line."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from simulator.places import find_places


def keep_traceback(error: Exception) -> str:
    """Write the traceback beside the cache; return the line for the person."""
    summary = f"something unexpected went wrong ({type(error).__name__}: {error})"
    text = "".join(traceback.format_exception(error))
    log = find_places().cache / "errors.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat()}\n{text}\n")
    except OSError:
        return f"{summary}; nothing recorded is lost"
    return f"{summary}; nothing recorded is lost, details are in {log}"
