"""Takes out what carries no content: fillers, repeats, words broken off.

Content is judged on what is left, so that nerves are never punished twice; they show in delivery.
Only deletion: every word of the clean text stands in the answer, in the same order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from simulator.clarity.answer import Answer
from simulator.clarity.fillers import bare, is_filler
from simulator.clarity.word_lists import ABBREVIATIONS, word_set

_BROKEN_OFF = re.compile(r"\w+[-–—]$")
_LONGEST_REPEAT = 6
"""Words; longer exact repeats are rhetoric, not repair (within six words: Shriberg 1994)."""

_MEANT_TWICE = word_set(
    "very really so no yes far many much long again ha bye had that more never always "
    "one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty"
)
"""Single words that people say twice on purpose, and years: "twenty twenty"."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the answer with its punctuation, and its place in the verbatim text.

    ``text`` is what stands in the clean text; ``start_char`` and ``end_char`` are the verbatim
    word's.
    """

    text: str
    start_char: int
    end_char: int

    @property
    def word(self) -> str:
        """Bare lower-case word, without punctuation."""
        return bare(self.text)


def clean_tokens(answer: Answer) -> tuple[Token, ...]:
    """The words of an answer that carry content, in order.

    Parameters
    ----------
    answer : with the stretches the ear already knows to leave out.

    Returns
    -------
    tuple of Token : fillers, repeats of up to six words and broken-off words are gone; commas
        that only set off a filler too; a sentence whose first word went begins with a capital.
    """
    tokens: list[Token] = []
    starts_sentence = True
    spans = _LeftOut(answer.left_out)
    for match in re.finditer(r"\S+", answer.text):
        token = Token(match.group(), match.start(), match.end())
        if spans.hold(token) or is_filler(token.text):
            tokens = _close_gap(tokens, token.text)
        elif _BROKEN_OFF.search(token.text) and len(token.text) > 1:
            continue
        elif token.word or any(ch in token.text for ch in "&%$£€"):
            tokens.append(token)
    kept = _without_repeats(tokens)
    capitalised = []
    for token in kept:
        text = token.text[:1].upper() + token.text[1:] if starts_sentence else token.text
        capitalised.append(Token(text, token.start_char, token.end_char))
        ends = token.text.rstrip("\"'”’)")[-1:] in {".", "!", "?", "…"}
        starts_sentence = ends and token.text.lower() not in ABBREVIATIONS
    return tuple(capitalised)


def join(tokens: Sequence[Token]) -> str:
    """The clean text."""
    return " ".join(token.text for token in tokens)


def left_out(answer: Answer, tokens: Sequence[Token]) -> tuple[tuple[int, int], ...]:
    """The words of an answer that its clean text leaves out, as (start, end) characters."""
    kept = {token.start_char for token in tokens}
    return tuple(
        (match.start(), match.end())
        for match in re.finditer(r"\S+", answer.text)
        if match.start() not in kept
    )


class _LeftOut:
    """Stretches of a text, asked word by word whether one of them holds it."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def hold(self, token: Token) -> bool:
        """Whether one of the stretches covers the whole word."""
        before = bisect_right(self._starts, token.start_char) - 1
        return before >= 0 and token.end_char <= self._ends[before]


def _close_gap(tokens: list[Token], dropped: str) -> list[Token]:
    """Mend the punctuation where a word went.

    "In the end, um, we won" loses both commas; "we won, um. Then" keeps the full stop.
    """
    if not tokens:
        return tokens
    last, end = tokens[-1], dropped[-1:]
    if end == "," and last.text.endswith(","):
        return [*tokens[:-1], Token(last.text[:-1], last.start_char, last.end_char)]
    if end in ".!?" and last.text[-1:] not in ".!?":
        mended = last.text.rstrip(",;:") + end
        return [*tokens[:-1], Token(mended, last.start_char, last.end_char)]
    return tokens


def _without_repeats(tokens: Sequence[Token]) -> list[Token]:
    """Drop the earlier copy of words said twice in a row."""
    kept = list(tokens)
    words = [token.word for token in kept]
    at = 0
    while at < len(kept):
        length = _repeat_at(kept, words, at)
        if length:
            del kept[at : at + length], words[at : at + length]
        else:
            at += 1
    return kept


def _repeat_at(tokens: Sequence[Token], words: Sequence[str], at: int) -> int:
    """How many words from here on are said again at once; 0 where none are."""
    longest = min(_LONGEST_REPEAT, (len(tokens) - at) // 2)
    for length in range(longest, 0, -1):
        if words[at : at + length] != words[at + length : at + 2 * length]:
            continue
        first = tokens[at : at + length]
        if any(t.text[-1:] in ".!?" for t in first):
            continue  # a new sentence may begin with the last one's words
        if length == 1 and (first[0].word in _MEANT_TWICE or first[0].word[:1].isdigit()):
            continue
        return length
    return 0
