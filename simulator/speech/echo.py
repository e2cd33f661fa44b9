"""The question's own last words, heard again by the microphone: left out of the answer.

The recording begins where the question ended on the speaker's own clock. A loudspeaker that plays
later than it says (wireless ones do, by some tenths of a second) leaves a tail of the question at
the start. People need longer than that to begin, so words of the question that come at once are
the loudspeaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.speech.clauses import bare
from simulator.speech.timeline import Span, Word

LATEST_START_S = 0.35
"""An echo is there from the beginning; the quickest answers to a question come after 0.2 s and
mostly later (Stivers et al. 2009), and hardly ever repeat its last words."""

LONGEST_S = 3.0
FEWEST_WORDS = 2


def find_echo_end_s(
    words: Sequence[Word], said_before: str | None, sound: Sequence[Span] = ()
) -> float:
    """Where the echo ends, in seconds; 0 where there is none.

    Parameters
    ----------
    words : of the answer, in order of time, as the recogniser timed them.
    said_before : what the loudspeaker said; None where nothing was said aloud.
    sound : stretches of speech as found in the sound, where they are known. They decide when it
        began: the recogniser may time a first word well before it is said, and "Speed and
        quality, that was ..." is a usual way to begin an answer about speed and quality.
    """
    if said_before is None or not words or words[0].start_s > LATEST_START_S:
        return 0.0
    if sound and sound[0].start_s > LATEST_START_S:
        return 0.0
    question = [bare(token) for token in said_before.split()]
    heard = [bare(word.text) for word in words if word.end_s <= LONGEST_S]
    for count in range(len(heard), FEWEST_WORDS - 1, -1):
        if question[-count:] == heard[:count]:
            return words[count - 1].end_s
    return 0.0


def after_echo(spans: Sequence[Span], echo_end_s: float) -> tuple[Span, ...]:
    """The stretches of speech that are the answer's; one that the echo runs into is cut there."""
    return tuple(
        Span(max(span.start_s, echo_end_s), span.end_s) for span in spans if span.end_s > echo_end_s
    )
