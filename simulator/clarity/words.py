"""What is said about each kind of finding: why listeners care, and one thing to try."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.clarity.findings import FindingKind


@dataclass(frozen=True, slots=True)
class Advice:
    """Why listeners care about a kind of finding, and one thing to try next time."""

    why: str
    suggestion: str


ADVICE: dict[FindingKind, Advice] = {
    "off_topic": Advice(
        "A listener may still be waiting for the answer to what was asked.",
        "Answer the question in your first sentence, using a word from it. "
        "Then tell only the part of the story that shows it.",
    ),
    "buried_point": Advice(
        "Your point comes late. Until then the listener cannot tell what the details are for.",
        "Begin with this sentence, then give the example.",
    ),
    "no_result": Advice(
        "The story stops before its end, so the listener cannot tell whether it worked.",
        "Add one sentence on how it ended: what changed, for whom, and by how much if you know.",
    ),
    "vague": Advice(
        "Listeners remember what they can picture; this could be anyone's story.",
        "Put one number, one name or one thing you could have filmed into this sentence.",
    ),
    "hedged": Advice(
        "Each softening word takes a little weight off what you did.",
        "Say this once more as a plain fact, without the softening words. "
        "If you are unsure of something, say so once.",
    ),
    "rambling": Advice(
        "Side roads make the listener search for the main one.",
        "Leave this part out and see whether the story still stands. Keep what the result needs.",
    ),
    "repetitive": Advice(
        "Said again, a point does not grow, and it takes the place of something new.",
        "Say this once, where it is strongest, and use the time for a detail or the result.",
    ),
    "jargon": Advice(
        "Someone from outside your team is lost here, and panels are mixed.",
        "Say this as you would to a neighbour: what the thing does, not what it is called.",
    ),
    "no_ownership": Advice(
        "The listener cannot tell which part was yours.",
        "Tell this part again with “I” and the thing you did yourself. "
        "Thank the others in one sentence.",
    ),
    "unstructured": Advice(
        "The order jumps, so the listener has to put the story together alone.",
        "Tell it in the order it happened: how things were, what you did, what came of it.",
    ),
}

SURE_OFF_TOPIC = 0.6
"""Probability from which an answer is called off topic outright. Below, many are to the point and
only do not say so; they are told what helps either way."""

MAYBE_OFF_TOPIC = Advice(
    "A listener may not hear at once how this answers what was asked.",
    "If it does, say so in your first sentence, with a word from the question in it. "
    "If not, keep the story for the question it fits.",
)


def advice_on(kind: FindingKind, probability: float) -> Advice:
    """What to say about a kind of finding that was found with this probability."""
    if kind == "off_topic" and probability < SURE_OFF_TOPIC:
        return MAYBE_OFF_TOPIC
    return ADVICE[kind]
