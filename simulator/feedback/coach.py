"""From findings to what is said: the order, one strength, one follow-up, where to begin.

coach = load_coach(find_places())
clarity = coach.judge(Answer.from_text(text), AskedQuestion("Why you?"))
"""

from __future__ import annotations

from dataclasses import replace

from simulator.clarity.answer import Answer
from simulator.clarity.cleaning import clean_tokens
from simulator.clarity.findings import Clarity
from simulator.clarity.judge import AskedQuestion, Judge, load_judge
from simulator.clarity.numbers import with_digits
from simulator.clarity.reading import prompt_before
from simulator.clarity.sentences import sentences_of
from simulator.feedback.criteria import evidence_of
from simulator.feedback.follow_ups import choose, written_follow_ups
from simulator.feedback.ordering import start_with, story_shares
from simulator.feedback.rewriting import rewritten
from simulator.feedback.strengths import strength_of
from simulator.language.protocol import CausalModel
from simulator.places import Places


class Coach:
    """Judges an answer and says what to say about it.

    Parameters
    ----------
    judge : finds what is there.
    chooser : weighs written follow-up questions; None asks the first.
    """

    def __init__(self, judge: Judge, chooser: CausalModel | None) -> None:
        self._judge = judge
        self._chooser = chooser

    @property
    def models(self) -> dict[str, str]:
        """What made the judgement, for its provenance."""
        models = dict(self._judge.models)
        if self._chooser is not None:
            models["follow_up"] = f"{self._chooser.name} ({self._chooser.runtime})"
        return models

    def begin(self, question: AskedQuestion | None) -> None:
        """Read what is known before the answer, and load what the choice of a follow-up needs."""
        self._judge.begin(question)
        if self._chooser is not None:
            self._chooser.score_options(
                [prompt_before(question.text if question else None)], ["Why?"]
            )

    def prepare(self, answer: Answer, question: AskedQuestion | None) -> None:
        """Read what has been said so far, so that the judgement at the end is quick."""
        self._judge.prepare(answer, question)

    def judge(self, answer: Answer, question: AskedQuestion | None) -> Clarity:
        """Judge an answer, and choose what to say.

        Parameters
        ----------
        answer : text, and the moments of its words where it was spoken.
        question : what was asked, None where nobody knows.

        Returns
        -------
        Clarity : complete; an answer that cannot be judged gets no praise and no follow-up.
        """
        clarity = self._judge.judge(answer, question)
        if clarity.score is None:
            return clarity
        sentences = sentences_of(answer, clean_tokens(answer))
        observed = self._judge.observe(sentences, question)
        strength = strength_of(answer, observed, clarity.findings)
        evidence = evidence_of(
            answer,
            observed,
            question.text if question else None,
            clarity.score,
            [finding.kind for finding in clarity.findings],
        )
        own_part = next((e.quote for e in evidence if e.criterion == "role_strengths"), None)
        options = written_follow_ups(
            question.text if question else None,
            clarity.findings,
            question.follow_ups if question else (),
            own_part or (strength.quote if strength else None),
        )
        text = " ".join(with_digits(sentence.text) for sentence in observed.sentences)
        self._judge.observer.forget()
        return replace(
            clarity,
            strength=strength,
            follow_up=self._chosen(options, question, text),
            evidence=evidence,
            start_with=start_with(answer, observed, clarity.findings),
            story=story_shares(answer, observed),
        )

    def rewrite(self, clarity: Clarity, question: AskedQuestion | None) -> Clarity:
        """Add a tidied version, where a larger model was chosen and what it writes can be trusted.

        Takes the model's time to write, so it is asked for apart from the judgement.
        """
        own = self._judge.observer.causal
        if self._chooser is None or self._chooser is own or clarity.score is None:
            return clarity
        text = rewritten(self._chooser, question.text if question else None, clarity.clean_text)
        return replace(clarity, rewritten=text)

    def _chosen(
        self, options: tuple[str, ...], question: AskedQuestion | None, text: str
    ) -> str | None:
        if self._chooser is None:
            return options[0] if options else None
        return choose(self._chooser, options, question.text if question else None, text)


def load_coach(places: Places, language_model: str | None = None, threads: int = 2) -> Coach:
    """Load everything an answer is judged with.

    Parameters
    ----------
    places : where models lie.
    language_model : name or folder of another model to choose follow-ups; None is the default.
    threads : most threads a model may use.

    Raises
    ------
    SimulatorError : weights are missing; one line that says how to get them.
    """
    judge = load_judge(places, threads=threads)
    if language_model is None:
        return Coach(judge, judge.observer.causal)
    from simulator.language.loading import load_causal_model

    return Coach(judge, load_causal_model(language_model, places, threads))
