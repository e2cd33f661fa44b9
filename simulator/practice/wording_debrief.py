"""Every text of the debrief and of the request for feedback."""

from __future__ import annotations

import re

OPENING = (
    "Let's write down what you remember, while it is fresh. Only what happened; the outcome comes "
    "last, and apart. Enter leaves out anything you do not remember."
)

ASK_ROLE = "Which role was it?"
ASK_COMPANY = "At which company?"
ASK_ROUND = "Which round was it, and who was there?"
ASK_DAY = "On which day? (such as 2025-03-14, today, yesterday)"
ASK_QUESTIONS = "Which questions do you remember? One a line, in any words; an empty line ends."
ASK_WEAKER = "Which of your answers felt weaker? Their numbers, such as 2 4; Enter for none."
ASK_CLARITY = "{question}\nWhere did it become unclear, if it did?"
ASK_EXAMPLE = "{question}\nWhat did your example lack, if anything?"
ASK_SIGNALS = (
    "What showed that you were in the running? Things they said or did: more time than planned, "
    "talk of your first weeks, meeting the team. One a line; an empty line ends."
)
ASK_OTHER = "What else stays with you? One thought a line; an empty line ends."
ASK_OUTCOME = "Last, and apart from all of this: how did it end? (offer, no, waiting, withdrew)"
ASK_WORDS = "If they gave a reason: what did they say, word for word?"

NEEDS_AN_ANSWER = "One or two words are enough, but this one is needed."
NOT_A_NUMBER = "Please give numbers between 1 and {count}, such as 1 3."
NOT_A_DAY = "Please give a day as 2025-03-14, or today, or yesterday."
NOT_A_CHOICE = "Please choose one of: {choices}."

SPEAK_NOW = "Speak now; a silence or Enter ends it."
HEARD = "Heard: “{text}”"
HEARD_NOTHING = "Heard nothing, so this is left out."
CORRECT = "Enter keeps it, r says it again; or type it as it should be."
CORRECT_LINES = (
    "Enter keeps it, a thought a line; r says it again; or type it, one a line, an empty line ends."
)
NOT_UNDERSTOOD = (
    "This answer is needed and could not be understood: {prompt} Without a terminal to type it at, "
    "the debrief was not finished, so nothing was kept."
)
TYPED_INSTEAD = "{problem}. So the answers are typed."
_ALOUD = {
    "day": "On which day was it?",
    "questions": "Which questions do you remember? Say one after the other, in any words.",
    "weaker": "Which of your answers felt weaker? Say their numbers, or none.",
    "signals": (
        "What showed that you were in the running? More time than planned, talk of your first "
        "weeks, meeting the team?"
    ),
    "other": "What else stays with you?",
    "move": "Which notes belong on the other side? Say their numbers, or none.",
    "outcome": "Last, and apart from all of this: how did it end?",
}
"""How a question sounds where its written form speaks of lines and keys."""

SORTED_HEADING = "Sorted into what happened and what was concluded from it:"
EVIDENCE_HEADING = "What happened, was said or was noticed (this may feed your plan):"
ASSUMPTION_HEADING = "What was concluded (kept for you, feeds nothing):"
ASK_MOVE = "Numbers of notes that belong on the other side; Enter if it is right like this."
SPLIT_HINT = "The first half happened: '{head}'. Note it on its own, and it counts."
KEPT = "Kept. Replay the questions aloud with: simulator practice {scenario}"
NO_QUESTIONS_KEPT = "Kept. No questions were remembered, so there is nothing to replay."
SIGNALS_HEADING = "You were in the running. What showed it:"

CULTURE_FIT = (
    "'Culture fit' is about the people who were already there and who was missing among them. It "
    "describes their mix on that day; it is no measure of how good you are. Final rounds compare "
    "people who could all do the job. What you can use from it: ask what kind of person they were "
    "missing, and next time say early what you would add to a team."
)
CHANGE_EVERYTHING = (
    "What you do already brought you into a final round. Changing all of it would throw that away "
    "with the rest. Keep it, and choose at most two things that have shown up more than once. "
    "Leave everything else alone for now."
)
ONE_MOMENT = (
    "It is tempting to find the one moment that decided it. Final decisions are comparisons and "
    "trade-offs; a single answer or a hesitation seldom settles them. It becomes worth your time "
    "if it happens again."
)
NOT_GOOD_ENOUGH = (
    "People who cannot do the job do not reach the last round. That somebody else was chosen says "
    "how two good people compared on that day, for that team. It does not say that you are not "
    "good enough."
)
WASTED = (
    "It was not for nothing: you have the real questions now, and know which answers held. Few "
    "people practise with material that good."
)

REQUEST_SUBJECT = "Thank you, and a short question"
REQUEST_GREETING = "Dear {name},"
REQUEST_NOBODY = "Hello,"
REQUEST_THANKS = (
    "Thank you for the time you and your colleagues gave me in the {round} for {role}. I enjoyed "
    "the conversation, and I respect your decision."
)
REQUEST_THANKS_PLAIN = (
    "Thank you for the time you and your colleagues gave me when we spoke about {role}. I enjoyed "
    "the conversation, and I respect your decision."
)
REQUEST_ONE = "May I ask you for one thing that would help me prepare better?"
REQUEST_TWO = "May I ask you for two things that would help me prepare better?"
REQUEST_CLOSE = (
    "A line or two would be plenty. And if you cannot say more, I understand that as well; thank "
    "you in any case, and I wish you and the team a good start with your new colleague."
)
REQUEST_SIGNATURE = "Kind regards,\n{sender}"
NEVER_SENT = "Nothing has been sent. Read it, make it yours, send it yourself if you like."
NO_CLIPBOARD = "No clipboard was found (wl-copy, xclip, xsel, pbcopy or clip); here it is to copy."
COPIED = "Copied."
REQUEST_HINT = "A short request for feedback, never sent: simulator debrief request"


def aloud(key: str, prompt: str) -> str:
    """A question of the debrief as it is said.

    Parameters
    ----------
    key : of the step.
    prompt : its written form, which is said where nothing else is written.
    """
    return " ".join(re.sub(r"\([^)]*\)", "", _ALOUD.get(key, prompt)).split())
