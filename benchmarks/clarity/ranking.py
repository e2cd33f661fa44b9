"""Counts that every part of the clarity benchmark shares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.clarity.tellings import Telling


@dataclass(frozen=True, slots=True)
class Judged:
    """A telling with what was said about it.

    ``kinds`` : every kind that was ranked, the likeliest first (for recall among the first three,
    named or not); ``named`` : the kinds actually named as findings.
    """

    telling: Telling
    score: float
    kinds: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What the benchmark reports of a set of tellings.

    ``pairs`` counts (clear, worse) pairs of one story, ``pairs_right`` those where the clear one
    scores higher. ``first`` and ``three`` count worse tellings whose labelled kind is named first
    and among the first three findings. ``nervous_apart`` holds, for each clear but nervous telling,
    how far its score lies from the clear one's.
    """

    pairs: int
    pairs_right: int
    worse: int
    first: int
    three: int
    clear: int
    findings_on_clear: int
    findings_on_worse: int
    nervous_apart: tuple[float, ...]

    @property
    def findings_each_clear(self) -> float:
        """Findings on an answer that has none, on average."""
        return self.findings_on_clear / max(self.clear, 1)

    @property
    def findings_each_worse(self) -> float:
        """Findings on a telling with one defect, on average."""
        return self.findings_on_worse / max(self.worse, 1)

    def line(self, name: str) -> str:
        """One line of the report."""
        nervous = f"nervous apart <= {max(self.nervous_apart):.3f}" if self.nervous_apart else ""
        return (
            f"{name:<28} pairs {share(self.pairs_right, self.pairs)}  "
            f"first {share(self.first, self.worse)}  three {share(self.three, self.worse)}  "
            f"findings/clear {self.findings_each_clear:.2f}  "
            f"findings/worse {self.findings_each_worse:.2f}  {nervous}"
        )


def count(judged: Iterable[Judged]) -> Counts:
    """Count over tellings; heard and written ones are paired with their own kind."""
    stories: dict[tuple[str, bool], list[Judged]] = {}
    for one in judged:
        stories.setdefault((one.telling.story, one.telling.heard), []).append(one)
    pairs = right = worse = first = three = clear = on_clear = on_worse = 0
    apart = []
    for told in stories.values():
        best = [one for one in told if one.telling.variant == "clear"]
        for one in told:
            if one.telling.label == "clear":
                clear += 1
                on_clear += len(one.named)
                if best and one.telling.variant == "clear_nervous":
                    apart.append(abs(one.score - best[0].score))
                continue
            worse += 1
            on_worse += len(one.named)
            first += one.named[:1] == (one.telling.label,)
            three += one.telling.label in one.named[:3]
            if best:
                pairs += 1
                right += best[0].score > one.score
    return Counts(pairs, right, worse, first, three, clear, on_clear, on_worse, tuple(apart))


def apart_by_ear(judged: Iterable[Judged]) -> tuple[float, ...]:
    """How far each clear telling's score lies from its own when spoken and heard."""
    scores = {
        (one.telling.story, one.telling.heard): one.score
        for one in judged
        if one.telling.variant == "clear"
    }
    return tuple(
        abs(score - scores[story, True])
        for (story, heard), score in scores.items()
        if not heard and (story, True) in scores
    )


def rank_only(tellings: Sequence[Telling], scores: Sequence[float]) -> str:
    """Share of pairs ranked right by a bare score, for baselines."""
    judged = [
        Judged(telling, score, (), ()) for telling, score in zip(tellings, scores, strict=True)
    ]
    counts = count(judged)
    return share(counts.pairs_right, counts.pairs)


def share(part: int, whole: int) -> str:
    """A share in percent with its counts."""
    return f"{100 * part / whole:5.1f} % ({part}/{whole})" if whole else "    -"
