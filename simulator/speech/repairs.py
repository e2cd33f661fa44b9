"""Repairs: words said and taken back, as repetitions or as false starts.

Rules on the words as they were heard, with the pauses between them. A repair has a part that is
given up (the reparandum), sometimes an editing term ("I mean"), and the repair proper
(Shriberg 1994). Only the first is returned: what a clean version leaves out. Emphatic and
grammatical repeats ("very very", "had had", "that that") are not repairs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from simulator.speech.clauses import bare, ends_clause, word_set
from simulator.speech.timeline import FilledPause, Repair, RepairKind, SilentPause, Span, Word

LONGEST_REPEAT = 6
"""Words; longer runs said twice are rhetoric or the recogniser's own loop."""

_MAY_REPEAT = word_set(
    "very really so too much many more long far no yes yeah ha bye now never again there well"
    " big old big good great hard fast way just only every five had that do blah please hello"
)
"""Words that English doubles for emphasis or by grammar."""

_NUMBERS = word_set(
    "zero oh one two three four five six seven eight nine ten twenty thirty forty fifty sixty"
    " seventy eighty ninety hundred thousand million"
)

_EDITING_TERMS = (
    ("i", "mean"),
    ("or", "rather"),
    ("no", "wait"),
    ("you", "know"),
    ("let", "me", "rephrase"),
    ("sorry",),
    ("wait",),
)
"""Said between what is given up and what takes its place (Levelt 1983)."""

_WEAK_EDITING_TERMS = (("well",), ("no",), ("like",), ("actually",))
"""Words with other uses: editing terms only where the same words follow again."""


def _by_first_word(terms: Iterable[tuple[str, ...]]) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        found.setdefault(term[0], []).append(term)
    return found


_EDITING = _by_first_word(_EDITING_TERMS)
_EDITING_OR_WEAK = _by_first_word(_EDITING_TERMS + _WEAK_EDITING_TERMS)
_FARTHEST_REPEAT = LONGEST_REPEAT + max(map(len, _EDITING_TERMS))
"""Words after which a repeat may begin at the latest."""

_SUBJECTS = word_set("i we he she they it you there")
_ALWAYS_SUBJECTS = word_set("i we he she they")
_CONTRACTED = ("'m", "'ve", "'d", "'ll", "'re", "'s")

_DETERMINERS = word_set("the a an my our your their")
"""Words after which a clause cannot be over: a fresh subject there means a fresh start."""

_PREPOSITIONS = word_set("to of from with into by")

# Without "do", "does", "did": they end clauses on their own ("yes, I did").
_AUXILIARIES = word_set(
    "am is are was were have has had will would can could shall should may might must"
    " 'm 're 's 've 'd 'll going"
)
_BEFORE_INVERSION = word_set(
    "what where who whom when how why which whatever whoever wherever however that as than if"
    " so nor neither not whether"
)
_PARENTHESES = word_set("think guess mean know suppose believe hope say see said")
"""Follow a subject inside another clause: "it is, I think, better"."""

_OBJECTS_TOO = word_set("it you her this these those in on what")
"""May end one clause and begin the next: "when I got it, it died"."""

_CLAUSE_STARTERS = word_set("and but so because well then okay ok yes no yeah now or like")
_SENTENCE_ENDS = (".", "?", "!")
_CUTS = ("-", "–", "—")


@dataclass(frozen=True, slots=True)
class _Found:
    kind: RepairKind
    first: int
    last: int


def find_repairs(
    words: Sequence[Word],
    filled_pauses: Sequence[FilledPause] = (),
    silent_pauses: Sequence[SilentPause] = (),
) -> tuple[Repair, ...]:
    """Find what was said and taken back.

    Parameters
    ----------
    words : as heard, in order, without filled pauses.
    filled_pauses, silent_pauses : an interruption makes a repeat a repair where grammar leaves
        it open.

    Returns
    -------
    tuple of Repair, in order of time; no word belongs to two.
    """
    tokens = [bare(word.text) for word in words]
    filled = _broken_before(words, filled_pauses)
    silent = _broken_before(words, silent_pauses)
    found: list[_Found] = []
    index = free_from = 0
    while index < len(words):
        repair = (
            _repetition(words, tokens, filled, index)
            or _cut_off(words, tokens, index, free_from)
            or _false_start(words, tokens, filled, silent, index)
        )
        if repair is None:
            index += 1
            continue
        found.append(repair)
        index = free_from = repair.last + 1
    return tuple(_as_repair(repair, words) for repair in found)


def _repetition(
    words: Sequence[Word], tokens: Sequence[str], filled: Sequence[bool], first: int
) -> _Found | None:
    """``to the | to the house``; the longest repeat that begins here."""
    if tokens[first] not in tokens[first + 1 : first + _FARTHEST_REPEAT + 1]:
        return None
    for length in range(min(LONGEST_REPEAT, len(tokens) - first - 1), 0, -1):
        end = first + length
        if not all(tokens[first:end]):
            continue
        set_off = words[end - 1].text.endswith(",") or filled[end]
        for skip in _editing_lengths(tokens, end, _EDITING_OR_WEAK if set_off else _EDITING):
            if tokens[first:end] != tokens[end + skip : end + skip + length]:
                continue
            interrupted = skip > 0 or any(filled[first + 1 : end + 1])
            if interrupted or not _is_wanted(words, tokens, first, length):
                return _Found("repetition", first, end - 1)
    return None


def _is_wanted(words: Sequence[Word], tokens: Sequence[str], first: int, length: int) -> bool:
    """Whether a repeat without interruption is emphasis, grammar or two clauses."""
    last = words[first + length - 1].text.rstrip("\"')")
    said = tokens[first : first + length]
    if last.endswith(_SENTENCE_ENDS):
        return True
    if last.endswith(",") and length == 1 and said[0] in _OBJECTS_TOO:
        return True
    if all(token in _MAY_REPEAT or token in _NUMBERS or token.isdigit() for token in said):
        return True
    # "more and more and more", "step by step by step".
    return length == 2 and any(token in ("and", "by", "after") for token in said)


def _cut_off(
    words: Sequence[Word], tokens: Sequence[str], index: int, free_from: int
) -> _Found | None:
    """``the proj- the product``: a word broken off, with what is taken up again after it."""
    text = words[index].text.rstrip(",. ")
    if not text.endswith(_CUTS) or index + 1 >= len(words) or not tokens[index]:
        return None
    following = tokens[index + 1]
    for first in range(index - 1, max(free_from, index - LONGEST_REPEAT + 1) - 1, -1):
        if tokens[first] == following:
            return _Found("false_start", first, index)
    if following.startswith(tokens[index]) or text.endswith("-"):
        return _Found("false_start", index, index)
    return None


def _false_start(
    words: Sequence[Word],
    tokens: Sequence[str],
    filled: Sequence[bool],
    silent: Sequence[bool],
    first: int,
) -> _Found | None:
    """``we were going to, I asked``: a clause that stops where no clause can, and a new subject."""
    if _subject(tokens[first]) is None or (first and tokens[first - 1] in _BEFORE_INVERSION):
        return None
    for last in range(first, min(first + LONGEST_REPEAT, len(tokens) - 1)):
        if words[last].text.rstrip("\"')").endswith(_SENTENCE_ENDS):
            return None
        for skip in _editing_lengths(tokens, last + 1, _EDITING):
            fresh = last + 1 + skip
            subject = _fresh_subject(tokens, fresh)
            if subject is None:
                continue
            broken = (
                skip > 0
                or any(filled[last + 1 : fresh + 1])
                or any(silent[last + 1 : fresh + 1])
                or words[last].text.endswith((",", "…", *_CUTS))
            )
            if _stops_midway(words, tokens, first, last, broken=broken):
                return _Found("false_start", first, last)
    return None


def _stops_midway(
    words: Sequence[Word], tokens: Sequence[str], first: int, last: int, *, broken: bool
) -> bool:
    closing = tokens[last]
    if first == last:
        # "I, we decided": a bare subject given up for another.
        return broken and _is_plain(closing)
    if closing in _DETERMINERS:
        return True
    # After a noun the clause may hang on it and end here: "the best example I have, ...".
    opens = not first or tokens[first - 1] in _CLAUSE_STARTERS or ends_clause(words[first - 1].text)
    asks = any(token in _BEFORE_INVERSION for token in tokens[first:last])
    return broken and opens and not asks and closing in _AUXILIARIES | _PREPOSITIONS


def _is_plain(token: str) -> bool:
    return token.endswith(_CONTRACTED) or token in _ALWAYS_SUBJECTS


def _subject(token: str) -> str | None:
    """The pronoun that a word begins a clause with: ``we`` of ``we'd``."""
    stem = token.split("'")[0]
    return stem if stem in _SUBJECTS else None


def _fresh_subject(tokens: Sequence[str], at: int) -> str | None:
    """The subject of a clause that begins here, and is no "I think" put in between."""
    if at + 1 >= len(tokens) or tokens[at + 1] in _PARENTHESES or tokens[at] == "there":
        return None
    subject = _subject(tokens[at])
    return subject if subject in _ALWAYS_SUBJECTS or "'" in tokens[at] else None


def _editing_lengths(
    tokens: Sequence[str], at: int, terms: Mapping[str, Sequence[tuple[str, ...]]]
) -> tuple[int, ...]:
    """How many words an editing term here takes up; always also none."""
    possible = terms.get(tokens[at], ()) if at < len(tokens) else ()
    return (0, *(len(term) for term in possible if tuple(tokens[at : at + len(term)]) == term))


def _broken_before(
    words: Sequence[Word], pauses: Sequence[FilledPause] | Sequence[SilentPause]
) -> list[bool]:
    """For each word, whether one of the pauses lies between the word before and this one."""
    pauses_s = sorted(map(_middle_s, pauses))
    words_s = [_middle_s(word) for word in words]
    broken = [False] * len(words)
    for index, (left, right) in enumerate(pairwise(words_s), start=1):
        following = bisect_right(pauses_s, left)
        broken[index] = following < len(pauses_s) and pauses_s[following] < right
    return broken


def _middle_s(span: Span) -> float:
    return (span.start_s + span.end_s) / 2


def _as_repair(found: _Found, words: Sequence[Word]) -> Repair:
    given_up = words[found.first : found.last + 1]
    return Repair(
        start_s=given_up[0].start_s,
        end_s=given_up[-1].end_s,
        kind=found.kind,
        text=" ".join(word.text for word in given_up),
        first_word=found.first,
        last_word=found.last,
    )
