"""An answer to be judged: its text, and, where it was spoken, the moments of its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from simulator.clarity.fillers import is_filler
from simulator.speech.repairs import find_repairs
from simulator.speech.timeline import FilledPause, Repair, Speech, Word


@dataclass(frozen=True, slots=True)
class Moment:
    """When a word of the text was said, in seconds.

    ``probability`` is the recogniser's own for the word, between 0 and 1; None for a filled pause,
    which it did not read.
    """

    start_char: int
    end_char: int
    start_s: float
    end_s: float
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered.

    Attributes
    ----------
    text : the transcript, verbatim; every quote is copied from it.
    moments : when each word was said, in order; empty where only text was given.
    left_out : stretches of the text known to be no content (filled pauses, the given-up part of
        a repair), as (start, end) characters.
    doubts : short names of why the transcript should not be built on; empty where it can be.
    language : ISO 639-1 code, None where unknown.
    """

    text: str
    moments: tuple[Moment, ...] = ()
    left_out: tuple[tuple[int, int], ...] = ()
    doubts: tuple[str, ...] = field(default=())
    language: str | None = None

    @classmethod
    def from_text(cls, text: str) -> Answer:
        """An answer of which only the text is known; what was taken back in it is found by rules.

        It was spoken before it was written down, so repeats and false starts are left out as they
        are in an answer that was heard.
        """
        return cls(text=text, left_out=_taken_back(text))

    @classmethod
    def from_speech(cls, speech: Speech) -> Answer:
        """An answer as heard; its text is `Speech.verbatim_text`."""
        answer = cls.from_heard(speech.words, speech.filled_pauses, speech.repairs)
        return replace(answer, doubts=speech.doubts, language=speech.language)

    @classmethod
    def from_heard(
        cls,
        words: Sequence[Word],
        filled_pauses: Sequence[FilledPause],
        repairs: Sequence[Repair] = (),
    ) -> Answer:
        """An answer of words and filled pauses, in order of time each.

        Parameters
        ----------
        words, filled_pauses : as heard so far.
        repairs : known so far; their word numbers count in ``words``.
        """
        given_up = {
            index for repair in repairs for index in range(repair.first_word, repair.last_word + 1)
        }
        pieces: list[tuple[float, int, str, Word | FilledPause, bool]] = [
            (_middle_s(word), 1, word.text, word, index in given_up)
            for index, word in enumerate(words)
        ]
        pieces += [(_middle_s(pause), 0, pause.label, pause, True) for pause in filled_pauses]
        pieces.sort(key=lambda piece: piece[:2])
        moments, left_out, at = [], [], 0
        for _, _, text, heard, no_content in pieces:
            end = at + len(text)
            sure = heard.probability if isinstance(heard, Word) else None
            moments.append(Moment(at, end, heard.start_s, heard.end_s, sure))
            if no_content:
                left_out.append((at, end))
            at = end + 1
        return cls(
            text=" ".join(piece[2] for piece in pieces),
            moments=tuple(moments),
            left_out=tuple(left_out),
        )

    @classmethod
    def from_words(cls, words: Iterable[Word]) -> Answer:
        """What has been heard of an answer so far, for reading ahead."""
        moments, at = [], 0
        heard = list(words)
        for word in heard:
            end = at + len(word.text)
            moments.append(Moment(at, end, word.start_s, word.end_s, word.probability))
            at += len(word.text) + 1
        return cls(text=" ".join(word.text for word in heard), moments=tuple(moments))

    def moment_of(self, start_char: int, end_char: int) -> tuple[float | None, float | None]:
        """When a stretch of the text was said; (None, None) where only text was given."""
        inside = [m for m in self.moments if m.end_char > start_char and m.start_char < end_char]
        if not inside:
            return None, None
        return inside[0].start_s, inside[-1].end_s

    def __post_init__(self) -> None:
        for before, after in pairwise(self.moments):
            if after.start_char < before.end_char:
                raise ValueError("the moments of an answer must follow its text")


def _taken_back(text: str) -> tuple[tuple[int, int], ...]:
    """The given-up parts of repairs in a text, as (start, end) characters of each word."""
    places = [match.span() for match in re.finditer(r"\S+", text)]
    words, pauses, said = [], [], []
    for count, (start, end) in enumerate(places):
        # Only the order counts for the rules: one word a second.
        spoken = text[start:end]
        if is_filler(spoken):
            pauses.append(FilledPause(count, count + 0.5, "um", 1.0, "transcript"))
        else:
            words.append(Word(count, count + 0.5, spoken, 1.0))
            said.append((start, end))
    return tuple(
        said[index]
        for repair in find_repairs(words, pauses)
        for index in range(repair.first_word, repair.last_word + 1)
    )


def _middle_s(span: Word | FilledPause) -> float:
    return (span.start_s + span.end_s) / 2
