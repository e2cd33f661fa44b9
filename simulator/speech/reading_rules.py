"""When a reading of a chunk is not to be believed: pure rules on its text."""

from __future__ import annotations

import re
from collections import Counter

FASTEST_WORDS_PER_S = 6.5
"""Auctioneers aside, nobody keeps this up over a chunk; a looping decoder does."""

LOWEST_MEAN_LOG_PROBABILITY = -1.0
"""Whisper's own threshold for decoding again (Radford et al. 2022, section 4.5)."""

LONGEST_HONEST_REPEAT = 4
"""People restart with up to about four words ("I was going to, I was going to ...")."""

LONGEST_ECHO = 6
"""Words said again in the same order later in a chunk: a decoder over a short window echoes its
last phrase; people do not within a few seconds."""

MOST_DIVERGENCE = 0.10
"""Share of content words that the prompted reading may change before it is dropped."""

_SOUNDS = frozenset(
    {"um", "umm", "uhm", "uh", "uhh", "er", "err", "erm", "ah", "hm", "hmm", "mm", "mmm", "mhm"}
)


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation and without filled pauses."""
    words = re.findall(r"[a-z0-9']+", text.lower())
    return [word for word in words if word not in _SOUNDS]


def is_suspicious(text: str, mean_log_probability: float, duration_s: float) -> bool:
    """Whether a reading looks like a loop or a guess.

    Parameters
    ----------
    text : as decoded.
    mean_log_probability : per token.
    duration_s : length of the chunk in seconds.
    """
    words = plain_words(text)
    if not words:
        return False
    if len(words) > 3 + FASTEST_WORDS_PER_S * duration_s:
        return True
    if mean_log_probability < LOWEST_MEAN_LOG_PROBABILITY:
        return True
    if longest_adjacent_repeat(words) > LONGEST_HONEST_REPEAT:
        return True
    return longest_repeat(words) > LONGEST_ECHO


def goes_on_oddly(before: str, text: str) -> bool:
    """Whether a reading that goes on from an earlier one says that one's words again.

    Parameters
    ----------
    before : what was put into the decoder's mouth.
    text : what it wrote after that.
    """
    said, words = plain_words(before), plain_words(text)
    return longest_shared(said, words) > LONGEST_ECHO


def longest_shared(one: list[str], other: list[str]) -> int:
    """Length in words of the longest stretch that both have."""
    longest = 0
    ending_before = [0] * (len(other) + 1)
    for word in one:
        ending_here = [0] * (len(other) + 1)
        for place, against in enumerate(other):
            if word == against:
                ending_here[place + 1] = ending_before[place] + 1
                longest = max(longest, ending_here[place + 1])
        ending_before = ending_here
    return longest


def longest_adjacent_repeat(words: list[str]) -> int:
    """Length in words of the longest stretch that is said again right after itself."""
    for size in range(len(words) // 2, 0, -1):
        run = 0
        for index in range(len(words) - size):
            run = run + 1 if words[index] == words[index + size] else 0
            if run == size:
                return size
    return 0


def longest_repeat(words: list[str]) -> int:
    """Length in words of the longest stretch that comes twice without overlapping itself."""
    count, longest = len(words), 0
    ending_before = [0] * (count + 1)
    for later in range(count):
        ending_here = [0] * (count + 1)
        for earlier in range(later):
            if words[earlier] == words[later]:
                # As long as the two stay apart.
                length = min(ending_before[earlier] + 1, later - earlier)
                ending_here[earlier + 1] = length
                longest = max(longest, length)
        ending_before = ending_here
    return longest


def diverges(plain: str, prompted: str) -> bool:
    """Whether the prompted reading changed the words and not only the fillers.

    Compares the two as bags of content words: missing plus added, as a share of the plain
    reading's words.
    """
    before, after = Counter(plain_words(plain)), Counter(plain_words(prompted))
    total = sum(before.values())
    changed = sum(((before - after) + (after - before)).values())
    return changed > max(1, 2 * MOST_DIVERGENCE * total)
