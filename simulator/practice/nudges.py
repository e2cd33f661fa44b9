"""``--coach``: at most one short hint at a time, while the person speaks.

Off unless asked for: dense live screens make speakers worse, sparse hints were preferred (Rhema
2015), and what teaches is the report afterwards (Chollet 2022).
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.speech.timeline import FilledPause, Word

WINDOW_S = 15.0
LEAST_S = 8.0
FASTEST_WORDS_PER_MINUTE = 200.0
"""Where a listener may begin to notice; the same bound as in the report."""

MOST_FILLED_PAUSES = 3

SLOWER = "a little slower"
SILENT_PAUSE = "pause without a sound"


def find_nudge(words: Sequence[Word], filled_pauses: Sequence[FilledPause]) -> str | None:
    """A hint from the last 15 s of what was heard; None where there is nothing to say.

    Parameters
    ----------
    words, filled_pauses : all so far, in order of time.
    """
    if not words:
        return None
    end_s = words[-1].end_s
    recent = [word for word in words if word.start_s >= end_s - WINDOW_S]
    heard_s = end_s - recent[0].start_s
    if heard_s < LEAST_S:
        return None
    sounds = [pause for pause in filled_pauses if pause.start_s >= end_s - WINDOW_S]
    if len(sounds) >= MOST_FILLED_PAUSES:
        return SILENT_PAUSE
    if 60 * len(recent) / heard_s > FASTEST_WORDS_PER_MINUTE:
        return SLOWER
    return None
