"""One question of a sitting: asked, answered, heard, judged and kept.

The order keeps a candidate's words safe: the recording is on disk while it is being made, and its
raw file stays until the attempt is in the library.
"""

from __future__ import annotations

import gc
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal

from simulator.assessment import Assessment, Assessor
from simulator.audio.blocks import Source
from simulator.audio.recorder import Recorder, Recording
from simulator.audio.speaker import Speaker
from simulator.clarity.judge import AskedQuestion
from simulator.errors import SimulatorError, SourceError
from simulator.library.store import Library
from simulator.practice.answering import StopRules, Taken, take_answer
from simulator.practice.events import (
    Announce,
    AttemptSaved,
    DeliveryReady,
    FeedbackReady,
    Listening,
    Notice,
    Nudge,
    PartialTranscript,
    QuestionAsked,
    RewriteReady,
    Speaking,
    SpokenKind,
)
from simulator.practice.full_disk import keep_elsewhere
from simulator.practice.hearing import LiveHearing
from simulator.practice.keeping import Asked, attempt_from, keep
from simulator.practice.nudges import find_nudge
from simulator.practice.pausing import PauseEnd, PauseWish, pausing
from simulator.speech.marking import marked_transcript
from simulator.speech.timeline import FilledPause, Word, verbatim
from simulator.voices.manner import Manner
from simulator.voices.speaking import Voices


@dataclass(frozen=True, slots=True, eq=False)
class Studio:
    """What a sitting is held with. Devices, models and the person come in here.

    Attributes
    ----------
    open_source : a new source for each answer; raises `SourceError` where there is none.
    speaker : None where nothing can play: questions are shown as text.
    voice : makes questions heard.
    assessor : gives the loaded models, waiting for them where they still load.
    library : where attempts are kept.
    announce : told of everything that happens.
    stop_asked : whether the person has asked for the end of the answer.
    ask_rating : asks how it felt, 1 to 5, before the report is shown; None skips.
    pause_asked : whether the person asks for a pause, or for the question once more.
    during_pause : waits in a pause until the person knows how to go on.
    wait : lets so many seconds pass, where an interviewer leaves a silence.
    coach : whether hints are given while the person speaks.
    """

    open_source: Callable[[], Source]
    speaker: Speaker | None
    voice: Voices
    assessor: Callable[[], Assessor]
    library: Library
    announce: Announce
    stop_asked: Callable[[], bool]
    ask_rating: Callable[[], int | None] = lambda: None
    pause_asked: Callable[[], PauseWish | None] = lambda: None
    during_pause: Callable[[], PauseEnd] = lambda: "go_on"
    wait: Callable[[float], None] = time.sleep
    coach: Literal["silent", "nudges"] = "silent"

    def say(
        self,
        text: str,
        manner: Manner,
        enough: Callable[[], bool] = lambda: False,
        kind: SpokenKind = "question",
    ) -> bool:
        """Say something aloud until it is through or enough; false where it cannot be heard."""
        if self.speaker is None or not text:
            return False
        spoken = self.voice.speak(text, manner)
        if spoken is None:
            return False
        for note in spoken.notes:
            self.announce(Notice(note))
        try:
            self.announce(Speaking(text, kind))
            self.speaker.play_file(spoken.path, enough)
        except SourceError as error:
            self.announce(Notice(f"{error}; questions are shown as text"))
            return False
        return True


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """A question that has been answered, judged and kept."""

    asked: Asked
    assessment: Assessment
    recording: Recording
    taken: Taken


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that brought no attempt: not a sample came, or the person left it."""

    reason: Literal["nothing", "left_out", "stopped"]


def ask_and_assess(
    studio: Studio,
    asked: Asked,
    manner: Manner,
    rules: StopRules,
    on_stop: Callable[[Taken], None] = lambda taken: None,
) -> Finished | Unanswered:
    """Ask one question and carry its answer all the way into the library.

    Parameters
    ----------
    studio : devices, models, library.
    asked : what is asked and what will be kept with it.
    manner : how the question is to sound.
    rules : when the answer ends by itself.
    on_stop : told as soon as the answer has ended, before it is judged.

    Returns
    -------
    Finished or Unanswered : an answer stopped in a pause is kept if a word had been heard.

    Raises
    ------
    SourceError : no source can be opened.
    """
    question = question_of(asked)
    with (
        ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading") as worker,
        _source(studio, asked, manner) as (source, skip_samples),
        LiveHearing(
            lambda: studio.assessor().listener(
                question,
                worker,
                on_heard=lambda words, pauses: _tell_heard(studio, words, pauses),
                echo_of=asked.question_text if source.live else None,
            )
        ) as hearing,
    ):
        recorder = Recorder(
            studio.library.folder, asked.attempt_id, source.sample_rate_hz, asked.facts()
        )
        studio.announce(Listening(rules.bell_s or rules.time_limit_s))
        taken = take_answer(
            source,
            recorder,
            hearing,
            rules,
            studio.announce,
            studio.stop_asked,
            skip_samples,
            pausing(
                studio.pause_asked,
                studio.during_pause,
                lambda: _say_question(studio, asked, manner),
                studio.announce,
            ),
        )
        with _collector_at_rest():
            hearing.end(recorder.gaps)
            on_stop(taken)
            for problem in (taken.problem, _disk_problem(recorder)):
                if problem:
                    studio.announce(Notice(problem))
            recording = recorder.finish()
            if (left := _left(taken, recording, hearing)) is not None:
                recorder.discard()
                return left
            rating = studio.ask_rating()
            speech = hearing.result()
            assessor = studio.assessor()
            delivery = assessor.delivery(speech)
            marked = marked_transcript(speech)
            studio.announce(DeliveryReady(speech.verbatim_text, delivery, marked))
            clarity = assessor.clarity(speech, question)
            studio.announce(FeedbackReady(clarity))
        clarity = assessor.rewrite(clarity, question)
        if clarity.rewritten is not None:
            studio.announce(RewriteReady(clarity.rewritten))
    assessment = Assessment(
        transcript=speech.verbatim_text,
        speech=speech,
        delivery=delivery,
        clarity=clarity,
        sample_rate_hz=recording.sample_rate_hz,
        provenance=assessor.provenance,
    )
    _keep(studio, recorder, recording, asked, assessment, rating)
    return Finished(asked, assessment, recording, taken)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Python does not look for what it could throw away while somebody waits.

    With the models and their libraries loaded, one look through everything takes 80 ms, and the
    longer an answer was, the likelier it is due.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _left(taken: Taken, recording: Recording, hearing: LiveHearing) -> Unanswered | None:
    """Why there is no answer to judge; None where there is one."""
    if taken.reason == "left_out":
        return Unanswered("left_out")
    nothing = not len(recording.samples)
    if taken.reason == "stopped" and (nothing or not hearing.result().words):
        return Unanswered("stopped")
    if nothing:
        hearing.result()  # raises where the models could not be loaded
        return Unanswered("nothing")
    return None


def question_of(asked: Asked) -> AskedQuestion | None:
    """The question as the judge needs it; None where nobody knows what was asked."""
    text = asked.judged_text or asked.question_text
    return None if text is None else AskedQuestion(text, asked.expected_points)


@contextmanager
def _source(studio: Studio, asked: Asked, manner: Manner) -> Iterator[tuple[Source, int]]:
    """Ask, and give an open source with the number of its samples that came before the answer.

    A microphone is opened before the question ends: many lose their first second while waking.
    A file in its place begins when the question has been asked.
    """
    with ExitStack() as stack:
        source = studio.open_source()
        if source.live:
            stack.enter_context(source)
        _say_question(studio, asked, manner)
        if not source.live:
            stack.enter_context(source)
        yield source, source.position()


def _say_question(studio: Studio, asked: Asked, manner: Manner) -> None:
    text = asked.question_text or ""
    # Who knows the question need not hear it out: the key that ends an answer cuts it short.
    spoken = studio.say(text, manner, studio.stop_asked)
    studio.announce(QuestionAsked(asked.question_id or "", text, spoken))


def _tell_heard(studio: Studio, words: Sequence[Word], pauses: Sequence[FilledPause]) -> None:
    studio.announce(PartialTranscript(verbatim(words, pauses)))
    nudge = find_nudge(words, pauses) if studio.coach == "nudges" else None
    if nudge is not None:
        studio.announce(Nudge(nudge))


def _disk_problem(recorder: Recorder) -> str | None:
    if recorder.disk_error is None:
        return None
    return (
        f"The recording could not be written while you spoke ({recorder.disk_error.strerror}); "
        "it is held in memory and kept at the end if there is room then."
    )


def _keep(
    studio: Studio,
    recorder: Recorder,
    recording: Recording,
    asked: Asked,
    assessment: Assessment,
    rating: int | None,
) -> None:
    audio_file: str | None = None
    try:
        audio_file = recorder.write_flac(recording).name
    except OSError as error:
        studio.announce(Notice(_unwritten(error, recorder, recording, asked.attempt_id)))
    try:
        keep(studio.library, attempt_from(asked, assessment, audio_file, rating), assessment)
    except sqlite3.OperationalError as error:
        raise SimulatorError(
            f"The attempt could not be kept ({error}). Make room on the disk; then "
            "'simulator recover' finishes it from its recording"
        ) from error
    if audio_file is not None:
        recorder.discard()
    studio.announce(AttemptSaved(asked.attempt_id, audio_file))


def _unwritten(error: OSError, recorder: Recorder, recording: Recording, attempt_id: str) -> str:
    """Where the sound is, when it could not be written as a file among the others."""
    reason = error.strerror or str(error)
    if recorder.disk_error is None:
        return (
            f"The sound could not be kept as FLAC ({reason}); it stays as it was recorded, and "
            "'simulator recover' finishes it when there is room."
        )
    elsewhere = keep_elsewhere(recording, attempt_id)
    if elsewhere is not None:
        return f"The recordings' disk takes no more ({reason}); the sound is in {elsewhere}."
    return f"The sound could not be kept anywhere ({reason}); the words and numbers are."
