"""Cuts an answer into sentences, whether the recogniser set full stops or not."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import Token, join
from simulator.clarity.findings import Sentence
from simulator.clarity.word_lists import ABBREVIATIONS, word_set

_LONG = 45
"""Words; a longer sentence is cut at its joints: nobody can be pointed at sixty words."""
_SHORT = 3
"""Words; a shorter piece ("Not dangerous.") stands alone only if it was punctuated so."""
_JOINTS = word_set("and so but then because which when while although")


def sentences_of(answer: Answer, tokens: Sequence[Token]) -> tuple[Sentence, ...]:
    """Sentences of the clean words, each with its place in the verbatim text and its moment.

    Parameters
    ----------
    answer : the answer the words were taken from.
    tokens : its clean words (`clean_tokens`).
    """
    return tuple(_sentence(answer, piece) for piece in split(tokens))


def split(tokens: Sequence[Token]) -> list[list[Token]]:
    """Clean words, sentence by sentence; sentences over 45 words cut at their joints."""
    pieces: list[list[Token]] = []
    current: list[Token] = []
    for at, token in enumerate(tokens):
        current.append(token)
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if _ends_sentence(token, following):
            pieces.append(current)
            current = []
    if current:
        pieces.append(current)
    return [part for piece in pieces for part in _cut_long(piece)]


def _ends_sentence(token: Token, following: str) -> bool:
    text = token.text.rstrip("\"'”’)")
    if text.lower() == "no.":  # "no. 7" goes on, "how to say no." ends
        return not following[:1].isdigit()
    return text[-1:] in {".", "!", "?", "…"} and text.lower() not in ABBREVIATIONS


def _cut_long(piece: list[Token]) -> list[list[Token]]:
    """Cut at the joint nearest the middle until every part is short enough."""
    if len(piece) <= _LONG:
        return [piece]
    middle = len(piece) / 2
    joints = [
        at
        for at in range(_SHORT, len(piece) - _SHORT)
        if piece[at].word in _JOINTS or piece[at - 1].text.endswith((",", ";", ":"))
    ]
    if not joints:
        at = len(piece) // 2
    else:
        # A comma before the joint is the better seam; count it as a few words nearer.
        at = min(joints, key=lambda j: abs(j - middle) - 4 * piece[j - 1].text.endswith(","))
    return _cut_long(piece[:at]) + _cut_long(piece[at:])


def _sentence(answer: Answer, piece: Sequence[Token]) -> Sentence:
    start, end = piece[0].start_char, piece[-1].end_char
    start_s, end_s = answer.moment_of(start, end)
    return Sentence(join(piece), start, end, start_s, end_s)
