"""Which of the installed voices speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.voices.manner import Manner

PLEASANT = {
    "male": ("daniel", "alex", "tom", "david", "mark", "george"),
    "female": ("samantha", "karen", "moira", "zira", "hazel", "susan"),
}
"""English voices that macOS and Windows bring along and that suit a question. macOS lists joke
voices among the others, so the first male one would not do."""

_GENDER = {"low": "male", "high": "female"}


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice of the system; `Manner.voice` takes its id, its name or its language."""

    id: str
    name: str
    language: str
    gender: str

    @property
    def is_english(self) -> bool:
        """Whether it speaks English of any country."""
        return self.language.casefold().startswith("en")

    def answers_to(self, asked: str) -> bool:
        """Whether a person who wrote this name meant this voice."""
        names = (self.id, self.id.rpartition("/")[2], self.name, self.language)
        return asked.casefold() in (name.casefold() for name in names)


def named_voice(voices: Sequence[InstalledVoice], asked: str) -> str | None:
    """The id of the voice of a name; None where there is none.

    eSpeak NG's variants work too: ``en-us+f3`` is the voice ``en-us`` with a woman's timbre.
    """
    base, plus, variant = asked.partition("+")
    for voice in voices:
        if voice.answers_to(base):
            return f"{voice.id}{plus}{variant}"
    return None


def usual_voice(
    voices: Sequence[InstalledVoice], manner: Manner, own: str | None, *, has_pitch: bool
) -> str | None:
    """The id of the voice to set where none was named; None for the engine's own.

    Parameters
    ----------
    voices : those installed.
    manner : its pitch is met by another voice where the engine has no pitch to set.
    own : id of the voice that the engine would use.
    has_pitch : whether the engine can shift its pitch.
    """
    english = [voice for voice in voices if voice.is_english]
    own_is_english = any(voice.id == own for voice in english)
    gender = None if has_pitch else _GENDER.get(manner.pitch)
    if gender is None:
        return None if own_is_english or not english else _pleasant(english, "female")
    of_gender = [voice for voice in english if voice.gender == gender]
    if of_gender:
        return _pleasant(of_gender, gender)
    return None if own_is_english or not english else english[0].id


def _pleasant(voices: Sequence[InstalledVoice], gender: str) -> str:
    for name in PLEASANT[gender]:
        for voice in voices:
            if name in voice.name.casefold():
                return voice.id
    return voices[0].id
