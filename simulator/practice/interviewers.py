"""Five interviewers: how each asks, cuts in, follows up and stays silent.

The questions stay the same, so that an answer given to a sceptical interviewer can be compared
with the answer to the same question asked warmly. Nothing here is random: the same place in the
same sitting always brings the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from simulator.errors import UsageError
from simulator.practice.scenario import INTERVIEWER_NAMES, InterviewerName, Question

VoicePitch = Literal["low", "middle", "high"]

PRESSING: frozenset[InterviewerName] = frozenset({"sceptical", "hurried", "silent"})
"""Those who put a speaker under pressure; the others are the baseline they are compared with."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """How one interviewer behaves.

    Attributes
    ----------
    name : as in scenario files and on the command line.
    manner : one sentence for the person choosing.
    words_per_minute : the pace of the voice. US conversation runs at about 150 words a minute
        (NCVS); a hurried British interviewer at about 200 (Tauroza & Allison 1990, from memory).
    pitch : which voice to prefer where several are installed.
    interrupts : whether the answer is cut off aloud at the time limit. Never in a warm one.
    most_follow_ups : how many follow-ups to one answer.
    silence_s : what is left unsaid after the answer. Five seconds are felt as long: beyond about
        four, silence in a conversation becomes unpleasant (Koudenburg et al. 2011, from memory).
    lead_ins : said before a question that has no wording of its own, in turn; "" says nothing.
    acknowledgements : said after an answer, in turn.
    follow_up_lead_ins : said before a follow-up, in turn.
    cut_ins : said at the time limit, in turn; empty for those who do not interrupt.
    """

    name: InterviewerName
    manner: str
    words_per_minute: int
    pitch: VoicePitch
    interrupts: bool
    most_follow_ups: int
    silence_s: float
    lead_ins: tuple[str, ...]
    acknowledgements: tuple[str, ...]
    follow_up_lead_ins: tuple[str, ...]
    cut_ins: tuple[str, ...] = ()


INTERVIEWERS: dict[InterviewerName, Interviewer] = {
    who.name: who
    for who in (
        Interviewer(
            name="warm",
            manner="Glad that you are here, and lets you finish.",
            words_per_minute=150,
            pitch="middle",
            interrupts=False,
            most_follow_ups=1,
            silence_s=0.8,
            lead_ins=("", "Take your time with this one.", "I'd be curious about this.", ""),
            acknowledgements=(
                "Thank you, I can picture that.",
                "Thanks, that helps me.",
                "I see, thank you.",
            ),
            follow_up_lead_ins=("I'd like to hear a little more.", "That's interesting."),
        ),
        Interviewer(
            name="neutral",
            manner="Polite and even; gives nothing away.",
            words_per_minute=165,
            pitch="middle",
            interrupts=False,
            most_follow_ups=1,
            silence_s=1.0,
            lead_ins=("",),
            acknowledgements=("Thank you.", "All right.", "Okay, thank you."),
            follow_up_lead_ins=("",),
        ),
        Interviewer(
            name="sceptical",
            manner="Not convinced yet; asks twice, stays fair.",
            words_per_minute=160,
            pitch="low",
            interrupts=False,
            most_follow_ups=2,
            silence_s=1.5,
            lead_ins=("", "Let me be direct.", "", "I want to understand this properly."),
            acknowledgements=("Hm.", "Okay.", "Noted."),
            follow_up_lead_ins=(
                "I'm not sure I'm convinced.",
                "Let me push on that.",
                "That's still quite general for me.",
            ),
        ),
        Interviewer(
            name="hurried",
            manner="Between two meetings; cuts in when the time is up.",
            words_per_minute=205,
            pitch="high",
            interrupts=True,
            most_follow_ups=0,
            silence_s=0.2,
            lead_ins=("", "Quickly, please.", "Next one.", "In short."),
            acknowledgements=("Right.", "Okay, got it.", "Good, moving on."),
            follow_up_lead_ins=("",),
            cut_ins=(
                "I have to stop you there.",
                "Sorry, I need to move us on.",
                "Let me cut in, the time's up.",
            ),
        ),
        Interviewer(
            name="silent",
            manner="Says little, and leaves a silence after your answer.",
            words_per_minute=145,
            pitch="low",
            interrupts=False,
            most_follow_ups=1,
            silence_s=5.0,
            lead_ins=("",),
            acknowledgements=("",),
            follow_up_lead_ins=("",),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Reaction:
    """What an interviewer does once an answer has ended.

    Attributes
    ----------
    silence_s : first, nothing at all for this long; what the person adds counts as answer.
    acknowledgement : then this is said; "" says nothing.
    follow_up : then this is asked; None goes on to the next question.
    """

    silence_s: float
    acknowledgement: str
    follow_up: str | None


def find_interviewer(name: str) -> Interviewer:
    """The interviewer of that name.

    Raises
    ------
    UsageError : where there is none, with the nearest name.
    """
    for who in INTERVIEWERS.values():
        if who.name == name:
            return who
    near = get_close_matches(name, INTERVIEWER_NAMES, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(INTERVIEWER_NAMES)}."
    raise UsageError(f"There is no interviewer called {name!r}. {hint}")


def spoken_question(who: Interviewer, question: Question, place: int) -> str:
    """The question as this interviewer says it.

    Parameters
    ----------
    who : the interviewer.
    question : what is asked.
    place : the question's place in the sitting, from 0; lead-ins are used in turn.

    Returns
    -------
    str : the wording written for this interviewer, else a lead-in and the neutral text.
    """
    if who.name in question.wordings:
        return question.wordings[who.name]
    return _join(_in_turn(who.lead_ins, place), question.text)


def cut_in(who: Interviewer, question: Question, answer_s: float, place: int) -> str | None:
    """What is said over an answer that has run out of time.

    Parameters
    ----------
    answer_s : seconds since the person began to answer.

    Returns
    -------
    str or None : None while there is time, and always where the interviewer does not interrupt.
    """
    if not who.interrupts or answer_s < question.time_limit_s:
        return None
    return _in_turn(who.cut_ins, place)


def react(
    who: Interviewer,
    question: Question,
    place: int,
    follow_ups_asked: int,
    aimed_follow_up: str | None = None,
) -> Reaction:
    """What the interviewer does after an answer.

    Parameters
    ----------
    place : the question's place in the sitting, from 0.
    follow_ups_asked : how many follow-ups to this question have been asked already.
    aimed_follow_up : one chosen for what this very answer lacked; it goes before those written
        in the scenario.

    Returns
    -------
    Reaction : silence, acknowledgement, and a follow-up where there is still one to ask.
    """
    open_ones = [aimed_follow_up] if aimed_follow_up and follow_ups_asked == 0 else []
    open_ones += question.follow_ups[follow_ups_asked:]
    if follow_ups_asked >= who.most_follow_ups or not open_ones:
        return Reaction(who.silence_s, _in_turn(who.acknowledgements, place), None)
    lead_in = _in_turn(who.follow_up_lead_ins, place + follow_ups_asked)
    return Reaction(who.silence_s, "", _join(lead_in, open_ones[0]))


def _in_turn(lines: tuple[str, ...], place: int) -> str:
    return lines[place % len(lines)]


def _join(first: str, second: str) -> str:
    return f"{first} {second}" if first else second
