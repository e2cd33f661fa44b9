"""What an interviewer does at once when an answer has ended: cuts in, or is silent, then thanks.

It happens while the answer is being judged, so that nobody waits for it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from simulator.practice.events import AnswerEnd, SpokenKind
from simulator.practice.interviewers import Interviewer, cut_in, react
from simulator.practice.scenario import Question
from simulator.voices.manner import Manner

if TYPE_CHECKING:
    from simulator.practice.session import Studio

LONG_SILENCE_S = 3.0
"""A silence from which on it is meant to be felt: what is said into it belongs to the answer.
Shorter ones are a breath before the next words [judgement]."""


class Parting:
    """The interviewer's reaction to one answer.

    Parameters
    ----------
    studio : says it and waits.
    who, manner : the interviewer, and how they sound.
    question, place, follow_ups : what was asked, where in the sitting, after so many follow-ups.
    """

    def __init__(
        self,
        studio: Studio,
        who: Interviewer,
        manner: Manner,
        question: Question,
        place: int,
        follow_ups: int,
    ) -> None:
        self._studio = studio
        self._who = who
        self._manner = manner
        self._interruption = cut_in(who, question, question.time_limit_s, place)
        self._reaction = react(who, question, place, follow_ups)
        self._thread: threading.Thread | None = None

    def prepare(self) -> None:
        """Have the interruption made before it is needed: it must come at once."""
        if self._interruption is not None and self._studio.speaker is not None:
            self._studio.voice.speak(self._interruption, self._manner)

    def begin(self, reason: AnswerEnd) -> None:
        """The answer has ended for this reason; returns at once."""
        cut = reason == "time_limit" and self._interruption is not None
        words = self._interruption if cut else self._reaction.acknowledgement
        if not words or self._studio.speaker is None or reason in ("left_out", "stopped"):
            return
        silence_s = self._reaction.silence_s
        silence_s = 0.0 if cut or silence_s >= LONG_SILENCE_S else silence_s
        kind: SpokenKind = "interruption" if cut else "thanks"
        self._thread = threading.Thread(
            target=self._say, args=(words, silence_s, kind), name="parting"
        )
        self._thread.start()

    def finish(self) -> None:
        """Wait until it has been said."""
        if self._thread is not None:
            self._thread.join()

    def _say(self, words: str, silence_s: float, kind: SpokenKind) -> None:
        if silence_s:
            self._studio.wait(silence_s)
        self._studio.say(words, self._manner, kind=kind)
