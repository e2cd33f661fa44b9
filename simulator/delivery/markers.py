"""Discourse markers and hedges, told from the same words used for what they mean.

Two tiers beside the sounds (um, uh), and never one sum: "I like this" is no filler; ", like,"
may be. A word counts only where its surroundings make the filler reading likely: set off by a
comma, a pause or a filled pause, or at the opening of a sentence. Where both readings are
possible, it is not counted: a filler told that was none costs more trust than one left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from simulator.speech.clauses import bare, ends_clause, word_set
from simulator.speech.timeline import FilledPause, Span, Word

Tier = Literal["marker", "hedge"]

SET_OFF_S = 0.2
"""A silence beside a word that sets it off as a comma would [judgement]."""


@dataclass(frozen=True, slots=True)
class Marker(Span):
    """A discourse marker ("you know") or a hedge ("I guess"), as it was said."""

    tier: Tier
    text: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    """When a phrase counts.

    Attributes
    ----------
    words : in lower case.
    not_after, not_before : neighbours that make it content.
    where : ``set_off`` needs a break on one side, ``both`` on both, ``opening`` the start of a
        sentence, ``anywhere`` nothing.
    """

    words: tuple[str, ...]
    tier: Tier
    where: Literal["set_off", "both", "opening", "anywhere"]
    not_after: frozenset[str] = frozenset()
    not_before: frozenset[str] = frozenset()


_KINDS = word_set("what which that this the a some any every each other another one these those"
                  " different certain same right only first new no best worst my our")  # fmt: skip
_ASKING = word_set("what how who where why whatever that which")
_VERBS_OF_LIKE = word_set(
    "i you we they he she to would i'd you'd we'd they'd she'd he'd don't didn't doesn't really"
    " also who people customers users not feel feels felt look looks looked sound sounds sounded"
    " seem seems seemed taste smell just more something things anything nothing much is it"
    " exactly stuff act acted work works"
)

_PHRASES = (
    _Phrase(("you", "know"), "marker", "set_off", word_set("do did if as let what how lets that"),
            _ASKING | word_set("about the me him her if")),
    _Phrase(("i", "mean"), "marker", "opening", word_set("what that's thats"), word_set("that")),
    _Phrase(("like",), "marker", "both"),
    _Phrase(("like",), "marker", "set_off", _VERBS_OF_LIKE | word_set("and or but")),
    _Phrase(("so",), "marker", "opening", frozenset(), word_set("far that much many")),
    _Phrase(("so", "yeah"), "marker", "anywhere"),
    _Phrase(("well",), "marker", "opening", frozenset(), word_set("done before known over")),
    _Phrase(("okay",), "marker", "opening"),
    _Phrase(("yeah",), "marker", "opening"),
    _Phrase(("right",), "marker", "both"),
    _Phrase(("anyway",), "marker", "opening"),
    _Phrase(("basically",), "marker", "anywhere"),
    _Phrase(("literally",), "marker", "anywhere"),
    _Phrase(("actually",), "marker", "set_off"),
    _Phrase(("obviously",), "marker", "set_off"),
    _Phrase(("honestly",), "marker", "set_off"),
    _Phrase(("i", "think"), "hedge", "anywhere", _ASKING | word_set("when do did can"),
            word_set("about of through")),
    _Phrase(("i", "guess"), "hedge", "anywhere", _ASKING),
    _Phrase(("i", "suppose"), "hedge", "anywhere", _ASKING),
    _Phrase(("i", "feel", "like"), "hedge", "anywhere", _ASKING),
    _Phrase(("i", "would", "say"), "hedge", "anywhere", _ASKING),
    _Phrase(("i'd", "say"), "hedge", "anywhere", _ASKING),
    _Phrase(("kind", "of"), "hedge", "anywhere", _KINDS),
    _Phrase(("sort", "of"), "hedge", "anywhere", _KINDS),
    _Phrase(("kinda",), "hedge", "anywhere"),
    _Phrase(("sorta",), "hedge", "anywhere"),
    _Phrase(("maybe",), "hedge", "anywhere"),
    _Phrase(("perhaps",), "hedge", "anywhere"),
    _Phrase(("probably",), "hedge", "anywhere"),
    _Phrase(("possibly",), "hedge", "anywhere"),
    _Phrase(("hopefully",), "hedge", "anywhere"),
    _Phrase(("a", "little", "bit"), "hedge", "anywhere", frozenset(), word_set("of")),
    _Phrase(("more", "or", "less"), "hedge", "anywhere"),
    _Phrase(("or", "something"), "hedge", "anywhere", frozenset(), word_set("else")),
    _Phrase(("or", "whatever"), "hedge", "anywhere"),
    _Phrase(("if", "that", "makes", "sense"), "hedge", "anywhere"),
)  # fmt: skip

_SENTENCE_END = re.compile(r"[.?!…][\"')\]]*$")


def find_markers(
    words: Sequence[Word], filled_pauses: Sequence[FilledPause] = ()
) -> tuple[Marker, ...]:
    """Find discourse markers and hedges.

    Parameters
    ----------
    words : what was said, in order of time, with the recogniser's punctuation.
    filled_pauses : a sound beside a word sets it off.

    Returns
    -------
    tuple of Marker, in order of time, apart from each other.
    """
    tokens = [bare(word.text) for word in words]
    found: list[Marker] = []
    at = 0
    while at < len(tokens):
        beginning = _BY_FIRST_WORD.get(tokens[at], ())
        phrase = next((p for p in beginning if _counts(p, at, tokens, words, filled_pauses)), None)
        if phrase is None:
            at += 1
            continue
        last = at + len(phrase.words) - 1
        text = " ".join(word.text for word in words[at : last + 1]).strip(",.;:?! ")
        found.append(Marker(words[at].start_s, words[last].end_s, phrase.tier, text))
        at = last + 1
    return tuple(found)


def _by_first_word() -> dict[str, list[_Phrase]]:
    """The phrases that a word may begin, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for phrase in sorted(_PHRASES, key=lambda phrase: -len(phrase.words)):
        found.setdefault(phrase.words[0], []).append(phrase)
    return found


_BY_FIRST_WORD = _by_first_word()


def _counts(
    phrase: _Phrase,
    at: int,
    tokens: Sequence[str],
    words: Sequence[Word],
    filled_pauses: Sequence[FilledPause],
) -> bool:
    end = at + len(phrase.words)
    if tuple(tokens[at:end]) != phrase.words:
        return False
    if at and tokens[at - 1] in phrase.not_after and not ends_clause(words[at - 1].text):
        return False
    if end < len(tokens) and tokens[end] in phrase.not_before:
        return False
    if phrase.where == "anywhere":
        return True
    before = _set_off(words, at - 1, filled_pauses)
    after = _set_off(words, end - 1, filled_pauses)
    if phrase.where == "opening":
        return at == 0 or bool(_SENTENCE_END.search(words[at - 1].text)) or (before and after)
    return (before and after) if phrase.where == "both" else (before or after)


def _set_off(words: Sequence[Word], left: int, filled_pauses: Sequence[FilledPause]) -> bool:
    """Whether there is a break between a word and the next."""
    if left < 0 or left + 1 >= len(words):
        return True
    here, after = words[left], words[left + 1]
    if ends_clause(here.text) or after.start_s - here.end_s >= SET_OFF_S:
        return True
    gap = Span(here.start_s, after.end_s)
    return any(
        pause.overlap_s(gap) > 0 and here.start_s <= pause.start_s and pause.end_s <= after.end_s
        for pause in filled_pauses
    )
