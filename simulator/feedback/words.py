"""What the feedback room says: follow-up questions, and what is said of things that worked.

``{phrase}`` is filled with the candidate's own words, copied by code; a text without it serves
where no phrase fits.
"""

from __future__ import annotations

from simulator.clarity.findings import FindingKind

FOLLOW_UPS: dict[FindingKind, tuple[str, ...]] = {
    "no_result": (
        "You said “{phrase}”. What happened in the end?",
        "You said “{phrase}”. How did you know that it had worked?",
        "You said “{phrase}”. What was different afterwards?",
    ),
    "no_ownership": (
        "You said “{phrase}”. Which part was yours?",
        "You said “{phrase}”. What would not have happened without you?",
        "You said “{phrase}”. Who decided that, and what did you do?",
    ),
    "vague": (
        "You said “{phrase}”. Can you give me one example?",
        "You said “{phrase}”. What would I have seen if I had stood next to you?",
        "You said “{phrase}”. How much, roughly, and by when?",
    ),
    "off_topic": (
        "Thank you. To come back to what I asked: {question}",
        "I'd like to return to my question, please: {question}",
    ),
    "buried_point": (
        "You said “{phrase}”. Is that your main point, and can you put it in one sentence?",
        "If I remember one sentence of that, which should it be?",
    ),
    "hedged": (
        "You said “{phrase}”. How sure are you of that?",
        "You said “{phrase}”. What do you know for certain about it?",
    ),
    "rambling": (
        "You said “{phrase}”. How does that belong to the story?",
        "If you had twenty seconds for that story, what would you keep?",
    ),
    "repetitive": (
        "You said “{phrase}”. What else should I know beyond that?",
        "You said “{phrase}”. Can you give me another example of it?",
    ),
    "jargon": (
        "You said “{phrase}”. What does that mean for someone outside your team?",
        "You said “{phrase}”. What did that change for the people who used it?",
    ),
    "unstructured": (
        "You said “{phrase}”. What came before that, and what came after?",
        "Can you take me through it from the beginning, step by step?",
    ),
}

PLAIN_FOLLOW_UPS: dict[FindingKind, str] = {
    "no_result": "What happened in the end?",
    "no_ownership": "Which part was yours?",
    "vague": "Can you give me one example?",
    "off_topic": "Thank you. Let me ask it once more, in other words.",
    "buried_point": "If I remember one sentence of that, which should it be?",
    "hedged": "What do you know for certain about it?",
    "rambling": "If you had twenty seconds for that story, what would you keep?",
    "repetitive": "What else should I know beyond that?",
    "jargon": "What does that mean for someone outside your team?",
    "unstructured": "Can you take me through it from the beginning, step by step?",
}
"""Asked where no phrase of the answer can stand between quotation marks."""

GENERAL_FOLLOW_UPS: tuple[str, ...] = (
    "You said “{phrase}”. Can you tell me a little more about that?",
    "You said “{phrase}”. How did that come about?",
    "You said “{phrase}”. What did you take from that?",
)
"""Asked where nothing is missing, of something the speaker did."""

ANOTHER_MINUTE = "What would you add if you had another minute?"
"""Asked where nothing is missing and no deed can be quoted."""

STRENGTH_POINT_FIRST = "The answer came at once, so everything after it had a place."
STRENGTH_RESULT = "You said how it ended, in terms that a listener can check."
STRENGTH_DETAIL = "A detail like this can be pictured, and is what gets remembered."
STRENGTH_OWN_PART = "It is plain here what you did yourself."
