"""A short, professional request for feedback, with one or two questions from the debrief.

It thanks them whatever the answer, and it is never sent by the program.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.library.debriefs import Debrief, Note
from simulator.practice import wording_debrief as say
from simulator.practice.spots import spots_in_words

MOST_QUESTIONS = 2

_ASK_ABOUT_SPOT: dict[str, str] = {
    "off_topic": "did my answer meet what you were asking",
    "buried_point": "did my main point come across early enough",
    "no_result": "was it clear to you what came of it in the end",
    "vague": "was my example concrete enough, or what would you have liked to know",
    "hedged": "did I come across as sure enough of it",
    "rambling": "would a shorter answer have served you better",
    "repetitive": "would a shorter answer have served you better",
    "jargon": "was it easy to follow for someone outside my field",
    "no_ownership": "was it clear to you which part was mine",
    "unstructured": "was the story easy to follow",
    "filled_pauses_per_minute": "was it easy to listen to",
    "response_latency_s": "did the time I took to think get in the way",
    "silent_pauses_within_clause_per_minute": "was it easy to listen to",
    "words_per_minute": "was my pace easy to follow",
    "pitch_range_semitones": "was it easy to listen to",
}
_ASK_PLAIN = {
    "clarity": "what would have made my answer clearer",
    "example": "what would have made my example more useful to you",
    "": "what would have made my answer more convincing",
}
_ASK_GENERAL = (
    "Which of the things that this role needs did you see most of in me, and which would you have "
    "liked to see more of?"
)


@dataclass(frozen=True, slots=True)
class FeedbackRequest:
    """A letter, ready to be read over.

    ``questions`` are the one or two it asks; ``about`` the places, in the debrief, of the
    remembered questions that they are about.
    """

    subject: str
    body: str
    questions: tuple[str, ...]
    about: tuple[int, ...]


def feedback_request(debrief: Debrief, recipient: str = "", sender: str = "") -> FeedbackRequest:
    """Write the request.

    Parameters
    ----------
    debrief : only its evidence is used; assumptions and the outcome are not.
    recipient, sender : names, may be empty.

    Returns
    -------
    FeedbackRequest : with one or two questions, those with the most evidence of weakness first.
    """
    about = weakest(debrief)
    asked = tuple(_ask(debrief, place) for place in about) or (_ASK_GENERAL,)
    opening = say.REQUEST_ONE if len(asked) == 1 else say.REQUEST_TWO
    listed = asked if len(asked) == 1 else [f"{n}. {text}" for n, text in enumerate(asked, 1)]
    paragraphs = (
        say.REQUEST_GREETING.format(name=recipient) if recipient else say.REQUEST_NOBODY,
        _thanks(debrief),
        opening + "\n\n" + "\n".join(listed),
        say.REQUEST_CLOSE,
        say.REQUEST_SIGNATURE.format(sender=sender).rstrip(),
    )
    return FeedbackRequest(say.REQUEST_SUBJECT, "\n\n".join(paragraphs), asked, about)


def weakest(debrief: Debrief) -> tuple[int, ...]:
    """The one or two remembered questions most worth asking about, by their place.

    Only those whose answer felt weaker; first those with the most evidence that says why, then
    those that come earlier in the interview.
    """
    weaker = [place for place, question in enumerate(debrief.questions) if question.weaker]
    weaker.sort(key=lambda place: (-len(_evidence(debrief, place)), place))
    return tuple(weaker[:MOST_QUESTIONS])


def _evidence(debrief: Debrief, place: int) -> tuple[Note, ...]:
    return tuple(note for note in debrief.evidence() if note.question == place)


def _ask(debrief: Debrief, place: int) -> str:
    """One specific question about one answer."""
    text = debrief.questions[place].text.strip().rstrip(".?!")
    quoted = f'When you asked me "{text}"'
    topic = ""
    for note in _evidence(debrief, place):
        for spot in spots_in_words(note.text):
            return f"{quoted}: {_ASK_ABOUT_SPOT.get(spot.name, _ASK_PLAIN[''])}?"
        topic = topic or note.topic
    return f"{quoted}: {_ASK_PLAIN.get(topic, _ASK_PLAIN[''])}?"


def _thanks(debrief: Debrief) -> str:
    role = _the(debrief.role)
    round_name = debrief.round_name.split(",")[0].strip()
    if round_name and len(round_name.split()) <= 4:
        return say.REQUEST_THANKS.format(round=_bare(round_name), role=role)
    return say.REQUEST_THANKS_PLAIN.format(role=role)


def _the(role: str) -> str:
    """A role with its article: "the night supervisor role", unless it brings one along."""
    if role.lower().startswith(("the ", "this ", "a ", "an ")):
        return role
    return f"the {role} role"


def _bare(round_name: str) -> str:
    bare = round_name[4:] if round_name.lower().startswith("the ") else round_name
    return bare[0].lower() + bare[1:]
