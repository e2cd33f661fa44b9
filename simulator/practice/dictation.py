"""One question asked aloud, one spoken answer as text. Nothing of it is kept as sound."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from simulator.audio.blocks import Source
from simulator.audio.recorder import Recorder
from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import clean_tokens, join
from simulator.practice.answering import StopRules, take_answer
from simulator.practice.events import Announce, Listening
from simulator.practice.hearing import LiveHearing
from simulator.speech.ear import Ear
from simulator.speech.listener import Listener

END_SILENCE_S = 3.0
"""Notes are shorter than answers, and so are the pauses in them [judgement]."""

LONGEST_S = 180.0
NOTHING_SAID_S = 12.0
"""Who has said nothing by then has nothing to say [judgement]."""


@dataclass(frozen=True, slots=True, eq=False)
class Dictation:
    """Asks and listens.

    Attributes
    ----------
    open_source : a new source for each answer.
    say : says a text aloud, to its end.
    ear : gives the loaded models, waiting for them where they still load.
    announce : told of levels and of the end.
    stop_asked : whether the person has asked for the end of the answer.
    """

    open_source: Callable[[], Source]
    say: Callable[[str], None]
    ear: Callable[[], Ear]
    announce: Announce
    stop_asked: Callable[[], bool]

    def ask(self, prompt: str) -> str:
        """Ask, and give what was said without its fillers; empty where nothing was."""
        with (
            tempfile.TemporaryDirectory(prefix="dictation-") as folder,
            ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading") as worker,
            ExitStack() as stack,
        ):
            source = self.open_source()
            if source.live:
                stack.enter_context(source)
            self.say(prompt)
            if not source.live:
                stack.enter_context(source)
            echo = prompt if source.live else None
            hearing = stack.enter_context(
                LiveHearing(lambda: Listener(self.ear(), worker, None, echo))
            )
            recorder = Recorder(Path(folder), "note", source.sample_rate_hz, {})
            self.announce(Listening(None))

            def enough() -> bool:
                silent = hearing.silent_for_s is None and hearing.heard_s > NOTHING_SAID_S
                return self.stop_asked() or silent

            rules = StopRules(LONGEST_S, END_SILENCE_S)
            skip = source.position()
            take_answer(source, recorder, hearing, rules, self.announce, enough, skip)
            hearing.end(recorder.finish().gaps)
            speech = hearing.result()
            recorder.discard()
        return join(clean_tokens(Answer.from_speech(speech))) if speech.words else ""
