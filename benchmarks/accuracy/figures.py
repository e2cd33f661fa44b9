"""From what was heard to the figures that are published, each with its target."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from statistics import median
from typing import TypeVar

from benchmarks.accuracy.clips import COMPOSED_SET, NATURAL_SETS, Clip, Situation
from benchmarks.accuracy.scoring import (
    Events,
    Pauses,
    articulation_rate,
    match_filled_pauses,
    match_pauses,
)
from benchmarks.accuracy.systems import ERM, OURS, PLAIN, PROMPTED, SILERO, Heard
from benchmarks.accuracy.wording import Compared, Ends, comparable, sentence_ends, word_errors
from simulator.delivery.syllables import count_syllables

Results = Mapping[str, Mapping[str, Heard]]
"""What each system heard, by system and clip id."""

Group = tuple[str, Sequence[Clip]]

_T = TypeVar("_T", Events, Pauses, Compared, Ends)

WHISPERS = (OURS, PLAIN, PROMPTED, ERM)


@dataclass(frozen=True, slots=True)
class Figure:
    """One published number.

    Attributes
    ----------
    measure, group, system : what, on what speech, by whom.
    value : None where it is undefined.
    shown : as printed, with its counts.
    target : what ours should reach; empty where nothing was set.
    reached : None where there is no target or it is not ours to reach.
    """

    measure: str
    group: str
    system: str
    value: float | None
    shown: str
    target: str = ""
    reached: bool | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What ours should reach."""

    text: str
    reached: Callable[[float], bool]


NO_TARGET = Target("", lambda _: True)


def at_least(limit: float) -> Target:
    """The value should not fall below."""
    return Target(f">= {limit:g}", lambda value: value >= limit)


def at_most(limit: float) -> Target:
    """The value's size should not go above."""
    return Target(f"<= {limit:g}", lambda value: abs(value) <= limit)


def all_figures(model: str, clips: Sequence[Clip], results: Results) -> list[Figure]:
    """Every figure of a model's run but the timing."""
    return [
        *_filled_pause_figures(model, clips, results),
        *_word_figures(clips, results),
        *_pause_figures(clips, results),
        *_rate_figures(clips, results),
    ]


def _filled_pause_figures(model: str, clips: Sequence[Clip], results: Results) -> list[Figure]:
    one_person = 0.88 if not model.startswith("tiny") else 0.82
    figures: list[Figure] = []
    groups = (
        ("one person, one microphone", "one_person", at_least(one_person)),
        ("meetings", "meeting", at_least(0.75)),
    )
    for name, situation, target in groups:
        chosen = _in_situation(clips, situation)
        for system, events in _over(chosen, results, WHISPERS, _events):
            counts = f"{events.found} found, {events.false} false, {events.missed} missed"
            figures += [
                _figure("filled-pause F1", name, system, events.f1, target, f" ({counts})"),
                _figure("filled-pause precision", name, system, events.precision),
                _figure("filled-pause recall", name, system, events.recall),
                _figure("filled-pause count error a minute", name, system,
                        _per_minute(_count_errors(chosen, results[system]), chosen)),
            ]  # fmt: skip
    interviews = _in_situation(clips, "recall_only")
    for system, events in _over(interviews, results, WHISPERS, _events):
        counts = f" ({events.found} of {events.found + events.missed})"
        figures.append(_figure("filled-pause recall", "interviews, partly labelled", system,
                               events.recall, NO_TARGET, counts))  # fmt: skip
    read = _in_situation(clips, "read")
    for system, events in _over(read, results, WHISPERS, _events):
        figures.append(_figure("false filled pauses a minute", "fluent read speech", system,
                               _per_minute(events.false, read), at_most(0.3),
                               f" ({events.false} in {_minutes(read):.1f} min)"))  # fmt: skip
    return figures


def _word_figures(clips: Sequence[Clip], results: Results) -> list[Figure]:
    figures: list[Figure] = []
    for name, chosen in _word_groups(clips):
        plain = _summed(chosen, results[PLAIN], _content_errors)
        target = NO_TARGET
        if plain is not None and plain.rate is not None and name != "interviews, two people":
            limit = 100 * plain.rate + 0.5
            target = replace(at_most(limit), text=f"<= plain + 0.5 ({limit:.1f})")
        for system, errors in _over(chosen, results, WHISPERS, _content_errors):
            figures.append(_figure("content word errors, %", name, system, _percent(errors), target,
                                   f" ({errors.errors} of {errors.words})"))  # fmt: skip
        for system, errors in _over(chosen, results, WHISPERS, _verbatim_errors):
            figures.append(_figure("verbatim word errors, %", name, system, _percent(errors)))
        for system, ends in _over(chosen, results, WHISPERS, _sentence_ends):
            figures.append(_figure("sentence ends F1", name, system, ends.f1))
    return figures


def _pause_figures(clips: Sequence[Clip], results: Results) -> list[Figure]:
    figures: list[Figure] = []
    composed = [clip for clip in clips if clip.set_name == COMPOSED_SET]
    natural = [clip for clip in clips if clip.set_name in NATURAL_SETS and clip.pauses]
    for name, chosen in (("composed answers", composed), ("natural speech", natural)):
        exact = chosen is composed
        for system, pauses in _over(chosen, results, (OURS, PLAIN, SILERO), _pauses):
            counts = (
                f" ({pauses.events.found} found, {pauses.events.false} false,"
                f" {pauses.events.missed} missed)"
            )
            edge_s, total = pauses.median_edge_error_s, pauses.total_error
            figures += [
                _figure("silent-pause F1", name, system, pauses.events.f1,
                        at_least(0.97) if exact else NO_TARGET, counts),
                _figure("silent-pause edge error, ms (median)", name, system,
                        None if edge_s is None else 1000 * edge_s,
                        at_most(50) if exact else NO_TARGET),
                _figure("silent-pause total time error, %", name, system,
                        None if total is None else 100 * total,
                        at_most(5) if exact else NO_TARGET),
            ]  # fmt: skip
    for system in (OURS, PLAIN, SILERO):
        errors_s = [
            abs(response_s - clip.words[0].start_s)
            for clip in composed
            if (heard := results[system].get(clip.id)) is not None
            and (response_s := heard.response_s) is not None
        ]
        if errors_s:
            figures.append(_figure("response time error, ms (median)", "composed answers", system,
                                   1000 * median(errors_s), at_most(50),
                                   f" (largest {1000 * max(errors_s):.0f})"))  # fmt: skip
    return figures


def _rate_figures(clips: Sequence[Clip], results: Results) -> list[Figure]:
    figures: list[Figure] = []
    known = {clip.id: rate for clip in clips if (rate := human_rate(clip)) is not None}
    for system in (OURS, PLAIN):
        errors, signed = [], []
        for clip_id, rate in known.items():
            heard = results[system].get(clip_id)
            if heard is not None and heard.articulation_rate is not None:
                signed.append(100 * (heard.articulation_rate - rate) / rate)
                errors.append(abs(signed[-1]))
        if errors:
            shown = f" ({len(errors)} files, largest {max(errors):.1f}, bias {median(signed):+.1f})"
            figures.append(_figure("articulation rate error, % (median)", "timed words", system,
                                   median(errors), at_most(5), shown))  # fmt: skip
    return figures


def human_rate(clip: Clip) -> float | None:
    """Articulation rate from people's words, times and pauses; None where there are none.

    The words come from the transcript: a line whose words have no times still lies between the
    first and the last.
    """
    if clip.pauses is None or not clip.words:
        return None
    words = comparable(clip.transcript, keep_filled_pauses=False)
    filled = [mark.span for mark in (*clip.filled_pauses, *clip.set_aside) if mark.span is not None]
    return articulation_rate(
        sum(count_syllables(word) for word in words),
        clip.words[0].start_s,
        clip.words[-1].end_s,
        clip.pauses,
        filled,
    )


def _in_situation(clips: Iterable[Clip], situation: str) -> list[Clip]:
    return [clip for clip in clips if clip.situation == situation]


def _word_groups(clips: Sequence[Clip]) -> Iterable[Group]:
    plain = [clip for clip in clips if clip.has_plain_words]
    composed = [clip for clip in plain if clip.set_name == COMPOSED_SET]
    natural = [clip for clip in plain if clip.set_name in NATURAL_SETS]
    read_situation: Situation = "read"
    read = [
        clip
        for clip in plain
        if clip.situation == read_situation and clip not in composed and clip not in natural
    ]
    interviews = [clip for clip in plain if clip.situation == "recall_only"]
    groups = (
        ("composed answers", composed),
        ("natural speech", natural),
        ("read sentences", read),
        ("interviews, two people", interviews),
    )
    return [group for group in groups if group[1]]


def _over(
    clips: Sequence[Clip],
    results: Results,
    systems: Iterable[str],
    score: Callable[[Clip, Heard], _T],
) -> Iterable[tuple[str, _T]]:
    for system in systems:
        total = _summed(clips, results.get(system, {}), score)
        if total is not None:
            yield system, total


def _summed(
    clips: Sequence[Clip], heard: Mapping[str, Heard], score: Callable[[Clip, Heard], _T]
) -> _T | None:
    scores = [score(clip, heard[clip.id]) for clip in clips if clip.id in heard]
    return reduce(add, scores) if scores else None


def _events(clip: Clip, heard: Heard) -> Events:
    return match_filled_pauses(clip.filled_pauses, clip.set_aside, heard.filled_pauses)


def _count_errors(clips: Sequence[Clip], heard: Mapping[str, Heard]) -> int:
    return sum(abs(_events(clip, heard[clip.id]).count_error) for clip in clips)


def _content_errors(clip: Clip, heard: Heard) -> Compared:
    return word_errors(clip.transcript, heard.content, keep_filled_pauses=False)


def _verbatim_errors(clip: Clip, heard: Heard) -> Compared:
    return word_errors(clip.transcript, heard.text, keep_filled_pauses=True)


def _sentence_ends(clip: Clip, heard: Heard) -> Ends:
    return sentence_ends(clip.transcript, heard.content)


def _pauses(clip: Clip, heard: Heard) -> Pauses:
    return match_pauses(clip.pauses or (), heard.pauses)


def _minutes(clips: Iterable[Clip]) -> float:
    return sum(clip.duration_s for clip in clips) / 60


def _per_minute(count: int, clips: Sequence[Clip]) -> float | None:
    minutes = _minutes(clips)
    return count / minutes if minutes else None


def _percent(errors: Compared) -> float | None:
    return None if errors.rate is None else 100 * errors.rate


def _figure(
    measure: str,
    group: str,
    system: str,
    value: float | None,
    target: Target = NO_TARGET,
    detail: str = "",
) -> Figure:
    shown = "-" if value is None else f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
    wanted = system == OURS and bool(target.text)
    reached = None if not wanted else value is not None and target.reached(round(value, 4))
    return Figure(measure, group, system, value, shown + detail, target.text if wanted else "",
                  reached)  # fmt: skip
