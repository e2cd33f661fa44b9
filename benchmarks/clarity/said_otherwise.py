"""Says and punctuates tellings otherwise, as a machine can: what they tell stays what it was.

People start sentences anew, say "you know" and run sentences together, and a recogniser sets full
stops and commas in its own way. None of that makes an answer clearer or less clear, so the weights
are shown it beside the telling it came from, with the same label.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.clarity.tellings import Telling
from simulator.clarity.word_lists import word_set

SEED = 23

_OPENERS = ("So", "And", "And so", "Well", "I mean", "Right, so", "OK so", "So yeah", "Yeah")
_RESTARTS = (
    "what I did was,",
    "it was,",
    "so what happened was,",
    "the thing was,",
    "I was going to,",
    "there was this,",
    "we had, like,",
    "because I'd,",
    "it's like,",
)
_INSIDE = ("you know,", "like,", "I mean,", "right,", "well,", "er,", "um,", "uh,")
_ENDINGS = ("So, yeah.", "Yeah.", "So that's it really.", "So.")
_LOWERED = word_set(
    "The A An So And But Or In On At By For From With To Of As After Before Since Until When While "
    "If Because We It He She They You There Here That This These Those My Our His Her Their Its "
    "What Who Which How Then Now Not No Yes One Two Three Four Five Most Some Every Each All "
    "Nobody Everybody Everyone Anyone Somebody Where Why Last Next It's It'd He's She's We'd We've "
    "They'd They're There's There'd That's What's You'd You're"
)
"""Beginnings of sentences that are no names, and lose their capital inside one."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def said_otherwise(tellings: Sequence[Telling]) -> list[Telling]:
    """Each written telling once as somebody might talk it and once as an ear might punctuate it."""
    chance = random.Random(SEED)
    changed = []
    for telling in tellings:
        if telling.heard:
            continue
        spoken = talked(telling.text, chance)
        changed.append(replace(telling, variant="talked", text=spoken))
        other = punctuated(telling.text, chance)
        changed.append(replace(telling, variant="punctuated", text=other))
    return changed


def talked(text: str, chance: random.Random) -> str:
    """A text with openers, restarts, words said twice and markers, some sentences run together."""
    sentences = [_talked_sentence(s, chance) for s in _SENTENCE_END.split(text)]
    if chance.random() < 0.4:
        sentences.append(chance.choice(_ENDINGS))
    return _run_together(sentences, chance, 0.3)


def punctuated(text: str, chance: random.Random) -> str:
    """A text with other commas and full stops, each word as it was."""
    cut = re.sub(
        r", (and|but|so) (\w)",
        lambda m: f". {m[1].capitalize()} {m[2]}" if chance.random() < 0.3 else m[0],
        text,
    )
    fewer = re.sub(r",(?= )", lambda _: "" if chance.random() < 0.45 else ",", cut)
    return _run_together(_SENTENCE_END.split(fewer), chance, 0.2)


def _talked_sentence(sentence: str, chance: random.Random) -> str:
    words = sentence.split()
    if len(words) > 5 and chance.random() < 0.2:
        at = chance.randrange(2, len(words) - 2)
        words.insert(at, chance.choice(_INSIDE))
        words[at - 1] = words[at - 1].rstrip(",") + ","
    if len(words) > 4 and chance.random() < 0.3:
        at, length = chance.randrange(0, len(words) - 3), chance.randint(1, 3)
        said = words[at : at + length]
        if all(re.fullmatch(r"[\w’']+", word) for word in said):
            again = [_uncapitalised(said[0]), *said[1:]]
            words[at : at + length] = [*said[:-1], said[-1] + ",", *again]
    if len(words) > 4 and chance.random() < 0.15:
        restart = chance.choice(_RESTARTS)
        words = [restart[:1].upper() + restart[1:], _uncapitalised(words[0]), *words[1:]]
    if chance.random() < 0.25:
        words = [chance.choice(_OPENERS) + ("," if chance.random() < 0.5 else ""), *words]
        words[1] = _uncapitalised(words[1])
    return " ".join(words)


def _run_together(sentences: Sequence[str], chance: random.Random, share: float) -> str:
    """Sentences with some of the full stops between them turned into commas or "and"."""
    text = sentences[0]
    for sentence in sentences[1:]:
        if text.endswith(".") and chance.random() < share:
            joint = chance.choice((", and ", ", ", " and ", ", so "))
            text = text[:-1] + joint + _uncapitalised(sentence)
        else:
            text = f"{text} {sentence}"
    return text


def _uncapitalised(text: str) -> str:
    """Without the capital of a sentence's beginning; names and "I" keep theirs."""
    first = text.split(maxsplit=1)[0].rstrip(",.") if text else ""
    return text[:1].lower() + text[1:] if first in _LOWERED else text
