"""One answer heard and judged: the single path that practice, `analyze` and Python callers share.

assessor = load_assessor(Wanted(), find_places())
assessment = assessor.assess_recording(recording, AskedQuestion("Why you?"))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from simulator import __version__
from simulator.audio.recorder import Recording
from simulator.audio.resampling import resample
from simulator.clarity.answer import Answer
from simulator.clarity.findings import Clarity
from simulator.clarity.judge import AskedQuestion
from simulator.delivery.measures import Delivery, measure_delivery
from simulator.feedback.coach import Coach, load_coach
from simulator.heap import give_back_unused, share_one_heap
from simulator.places import Places
from simulator.speech.assembly import Placed
from simulator.speech.ear import DEFAULT_SPEECH_MODEL, Ear, load_ear
from simulator.speech.listener import Listener
from simulator.speech.timeline import FilledPause, Speech, Word

ANALYSER = f"interview-simulator {__version__}"
"""Kept beside every number, so that a change of method is never taken for a change of speech."""

THREADS = 2
"""Of each engine; they take turns. More than the cores makes Whisper slower, not faster."""


OnHeard = Callable[[Sequence[Word], Sequence[FilledPause]], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which models a person wants; None is the default."""

    speech_model: str = DEFAULT_SPEECH_MODEL
    language_model: str | None = None
    threads: int = THREADS


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the numbers."""

    analyser: str
    models: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """One answer, heard and judged.

    Attributes
    ----------
    transcript : verbatim text, or the text that was given.
    speech, delivery : None where only text was given.
    clarity : what was said, judged.
    sample_rate_hz : of the recording; None where only text was given.
    provenance : analyser and models.
    """

    transcript: str
    speech: Speech | None
    delivery: Delivery | None
    clarity: Clarity
    sample_rate_hz: int | None
    provenance: Provenance


class Assessor:
    """Hears and judges answers with models that are loaded once.

    Parameters
    ----------
    ear : None where only text is judged.
    coach : judges what was said and chooses what to say about it.
    """

    def __init__(self, ear: Ear | None, coach: Coach) -> None:
        self._ear = ear
        self._coach = coach

    @property
    def provenance(self) -> Provenance:
        """Analyser and models, for every number made here."""
        models = dict(self._coach.models)
        if self._ear is not None:
            models["speech"] = self._ear.speech_model
        return Provenance(ANALYSER, models)

    def listener(
        self,
        question: AskedQuestion | None,
        worker: Executor | None = None,
        on_heard: OnHeard | None = None,
        echo_of: str | None = None,
    ) -> Listener:
        """Begin to hear an answer; what is certain is prepared for judging as it comes.

        Parameters
        ----------
        question : what was asked, None where nobody knows.
        worker : does the reading while more sound comes; None reads in the caller's time.
        on_heard : told the words and filled pauses so far, on the worker.
        echo_of : what a loudspeaker said just before, whose last words may still be heard.
        """
        if self._ear is None:
            raise ValueError("this assessor was made for text alone")

        def prepare(heard: Placed) -> None:
            if on_heard is not None:
                on_heard(heard.words, heard.filled_pauses)
            answer = Answer.from_heard(heard.words, heard.filled_pauses, heard.repairs)
            self._coach.prepare(answer, question)

        if worker is None:
            return Listener(self._ear, None, None, echo_of)
        worker.submit(self._coach.begin, question)
        return Listener(self._ear, worker, prepare, echo_of)

    def delivery(self, speech: Speech) -> Delivery:
        """How it was said."""
        return measure_delivery(speech)

    def clarity(self, speech: Speech, question: AskedQuestion | None) -> Clarity:
        """What was said, judged."""
        return self._coach.judge(Answer.from_speech(speech), question)

    def rewrite(self, clarity: Clarity, question: AskedQuestion | None) -> Clarity:
        """Add a tidied version where the person chose a larger model; takes its time to write."""
        return self._coach.rewrite(clarity, question)

    def assess_recording(self, recording: Recording, question: AskedQuestion | None) -> Assessment:
        """Assess a finished recording."""
        listener = self.listener(question)
        listener.feed(resample(recording.samples, recording.sample_rate_hz))
        speech = listener.finish(recording.gaps)
        return Assessment(
            transcript=speech.verbatim_text,
            speech=speech,
            delivery=self.delivery(speech),
            clarity=self.rewrite(self.clarity(speech, question), question),
            sample_rate_hz=recording.sample_rate_hz,
            provenance=self.provenance,
        )

    def assess_text(self, text: str, question: AskedQuestion | None) -> Assessment:
        """Assess an answer of which only the text is known."""
        return Assessment(
            transcript=text,
            speech=None,
            delivery=None,
            clarity=self.rewrite(self._coach.judge(Answer.from_text(text), question), question),
            sample_rate_hz=None,
            provenance=self.provenance,
        )


def check_models(wanted: Wanted, places: Places) -> None:
    """See that what is wanted lies there, before anyone is asked anything; loads nothing.

    Raises
    ------
    SimulatorError : weights are missing; one line that says how to get them.
    """
    from simulator.language.loading import check_default_models
    from simulator.weights.locate import locate

    locate(wanted.speech_model, places, "speech")
    check_default_models(places)


def load_assessor(wanted: Wanted, places: Places, *, sound: bool = True) -> Assessor:
    """Load what is wanted; on Linux the whole process shares one heap from then on (`heap`).

    Parameters
    ----------
    wanted : which models.
    places : where weights lie.
    sound : false where only text will be assessed: the ear stays unloaded.

    Raises
    ------
    SimulatorError : weights are missing; one line that says how to get them.
    """
    share_one_heap()
    ear = load_ear(wanted.speech_model, places, wanted.threads) if sound else None
    assessor = Assessor(ear, load_coach(places, wanted.language_model, wanted.threads))
    give_back_unused()
    return assessor
