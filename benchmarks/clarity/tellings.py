"""The tellings that the clarity weights are trained and tested on.

A telling is one answer to an interview question: clear, or the same story told worse in one way.
Authors are kept apart, so that what is measured holds for people the weights have not seen.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.clarity.answer import Answer, Moment

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Telling:
    """One answer.

    Attributes
    ----------
    author : whose it is.
    story : the id its tellings share.
    variant : which telling of the story.
    label : ``clear`` or the kind of finding.
    kind : of the question: behavioural, pressure, value pitch and so on.
    heard : whether the text is what the program's ear heard of it, spoken by a synthetic voice.
    voice : that spoke it; empty where it was not spoken.
    left_out : stretches of the text that the ear knew to be no content, as (start, end) characters.
    unsure : (start, probability) of each word that the ear was unsure of.
    """

    author: str
    story: str
    question: str
    variant: str
    label: str
    text: str
    heard: bool = False
    kind: str = ""
    voice: str = ""
    left_out: tuple[tuple[int, int], ...] = ()
    unsure: tuple[tuple[int, float], ...] = ()

    def answer(self) -> Answer:
        """The telling as the judge takes it."""
        if not self.heard:
            return Answer.from_text(self.text)
        doubted = dict(self.unsure)
        moments = tuple(
            Moment(m.start(), m.end(), count, count + 0.5, doubted.get(m.start(), 1.0))
            for count, m in enumerate(re.finditer(r"\S+", self.text))
        )
        return Answer(self.text, moments, self.left_out)


def read_tellings(path: Path, author: str) -> list[Telling]:
    """All tellings of a file, in order."""
    tellings = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for variant in row["variants"]:
            tellings.append(
                Telling(
                    author=author,
                    story=row["id"],
                    question=row["question"],
                    variant=variant["variant"],
                    label=(variant["defects"] or ["clear"])[0],
                    text=variant["text"],
                    kind=row["kind"],
                )
            )
    return tellings


def as_heard(tellings: Sequence[Telling], path: Path) -> list[Telling]:
    """Those tellings of which a transcript stands in the file, as heard; once for each voice."""
    if not path.is_file():
        return []
    written = {(telling.story, telling.variant): telling for telling in tellings}
    return [
        replace(
            written[row["id"], row["variant"]],
            text=row["text"],
            heard=True,
            voice=row["voice"],
            left_out=tuple((start, end) for start, end in row["left_out"]),
            unsure=tuple((start, probability) for start, probability in row["unsure"]),
        )
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        if (row["id"], row["variant"]) in written
    ]


def training_tellings() -> dict[str, list[Telling]]:
    """Tellings to learn from by author, written and heard."""
    by_author = {}
    for path in sorted((DATA / "tellings").glob("*.jsonl")):
        written = read_tellings(path, path.stem)
        by_author[path.stem] = written + as_heard(written, DATA / "heard" / path.name)
    return by_author


def asked_otherwise(tellings: Sequence[Telling]) -> list[Telling]:
    """The written ones, put to another wording of their question, which they answer as well.

    What is said of an answer should hang on what was asked, not on how it was worded.
    """
    lines = (DATA / "asked_otherwise.jsonl").read_text(encoding="utf-8").splitlines()
    questions = {row["id"]: row["question"] for row in map(json.loads, lines)}
    return [
        replace(telling, question=questions[telling.story])
        for telling in tellings
        if not telling.heard and telling.story in questions
    ]
