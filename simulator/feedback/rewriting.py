"""A tidied version of an answer, written by a larger model and believed in nothing.

Offered only where the user has chosen a model (`--language-model`): the default one adds facts.
What it writes is shown only if every number, name and claim of it stands in the transcript;
otherwise nobody sees it.
"""

from __future__ import annotations

import re

from simulator.clarity.numbers import with_digits
from simulator.clarity.word_lists import word_set
from simulator.language.protocol import CausalModel

_STOP_WORDS = word_set("""
the a an and or but so then because when while which who that this these those there here as if
than though although since until before after during by at in on of to for from with into out up
off over under about again also just even very only too more most much many some any each every all
both either i i'm i'd i've i'll me my mine myself we we'd we've us our you you'd you've your he she
it its it's they they'd them their his her him one is was were are am be been being do did does
done doing had has have having can could would should will shall may might must let get got go went
said say what how where
""")
"""Words that claim nothing alone."""

_NEGATIONS = word_set("not no never none nobody nothing neither nor without cannot")
_WINDOW = 3
"""Neighbouring sentences of the transcript that one sentence may be made of."""

_LEAST_SHARE = 0.3
"""Of the transcript's words: less is a summary, in which too much is lost unseen."""

_TOKENS_PER_WORD = 1.6
_WORD = re.compile(r"[\w’']+(?:[.,]\d+)*%?")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def rewritten(model: CausalModel, question: str | None, clean_text: str) -> str | None:
    """A tidied version in which nothing is new; None where the model's is not to be trusted.

    Parameters
    ----------
    model : chosen by the user.
    question : what was asked.
    clean_text : the answer without fillers and repeats.
    """
    prompt = (
        f"Question: {question or 'Tell us about your work.'}\n"
        f"Answer as it was spoken: {clean_text}\n"
        "The same answer, tidied: the point first, then what happened in order, in the speaker's "
        "own words, nothing added, nothing exaggerated.\nTidied answer:"
    )
    written = model.generate(prompt, int(_TOKENS_PER_WORD * len(clean_text.split())) + 10)
    text = written.strip().split("\n")[0].strip().strip('"')
    return text if text and not not_said(text, clean_text) else None


def not_said(text: str, transcript: str) -> tuple[str, ...]:
    """What a text says that the transcript does not, or why it may not stand for it.

    Parameters
    ----------
    text : to be checked.
    transcript : what was said.

    Returns
    -------
    tuple of str : words that were not said, and sentences that no three neighbouring sentences of
        the transcript hold; empty where every number, name and claim is the speaker's.
    """
    said = set(_words(transcript))
    foreign = tuple(dict.fromkeys(w for w in _words(text) if w not in said and _claims(w)))
    if foreign:
        return foreign
    share = len(text.split()) / max(len(transcript.split()), 1)
    if not _LEAST_SHARE <= share <= 1:
        return (f"{share:.0%} of the transcript's length",)
    windows = _windows(transcript)
    return tuple(
        sentence
        for sentence in _SENTENCE_END.split(text)
        if not any(_holds(window, _words(sentence)) for window in windows)
    )


def _holds(window: frozenset[str], sentence: list[str]) -> bool:
    """Whether neighbouring sentences hold a claim: its words, and its yes or no."""
    claims = {word for word in sentence if _claims(word)}
    return claims <= window and _denies(window) == _denies(frozenset(sentence))


def _windows(transcript: str) -> list[frozenset[str]]:
    """The words of one, two and three neighbouring sentences, everywhere in the transcript."""
    sentences = [frozenset(_words(s)) for s in _SENTENCE_END.split(transcript)]
    return [
        frozenset().union(*sentences[at : at + length])
        for length in range(1, _WINDOW + 1)
        for at in range(max(len(sentences) - length + 1, 0))
    ]


def _words(text: str) -> list[str]:
    """Words in lower case, numbers written one way."""
    found = _WORD.findall(with_digits(text))
    return [word.lower().replace("’", "'").rstrip(".,").removesuffix("'s") for word in found]


def _claims(word: str) -> bool:
    return word not in _STOP_WORDS


def _denies(words: frozenset[str]) -> bool:
    return any(word in _NEGATIONS or word.endswith("n't") for word in words)
