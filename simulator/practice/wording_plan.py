"""Every text of the plan, of focus areas and of progress that a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from simulator.practice.avoidance import Avoided
from simulator.practice.calibration import Calibration
from simulator.practice.focus import FocusState
from simulator.practice.measures import facts_of
from simulator.practice.over_rehearsal import Recital
from simulator.practice.pitch import Part, PitchTiming
from simulator.practice.pitch_versions import PitchChange
from simulator.practice.plan import Plan, PlanItem
from simulator.practice.progress import MeasureChange, Pressure, Trend
from simulator.practice.spots import read_spot
from simulator.practice.weak_spots import Moment, WeakSpot
from simulator.practice.wording import (
    AMOUNT_WORDS,
    FINDING_LABELS,
    NOTHING_TODAY,
    STATUS_WORDS,
    attempts_noun,
    joined,
    spot_evidence,
    spot_label,
    spot_tip,
)
from simulator.practice.wording_time import clock

REASONS: Mapping[str, str] = {
    "focus": "your focus",
    "pitch": "the pitch",
    "trade_off": "a trade-off",
    "replay": "from your debrief",
    "due": "due again",
    "new": "new",
}
AVOIDED: Mapping[str, str] = {
    "hard": (
        "You practise regularly, and the hard situations are still waiting. One question of one of "
        "them, on a good day, is enough:"
    ),
    "pressure": (
        "So far everyone has asked you kindly. The same question from a sceptical interviewer "
        "feels different; better here than there:"
    ),
    "pitch": "The pitch has not had its turn yet. It takes a minute:",
    "passed_over": "This one has been waiting for a while. It may be the one worth taking:",
}
RECITAL_WORDS = (
    "The last {count} tellings used nearly the same words. Let it rest for a few days, then begin "
    "with another sentence, or tell it to another interviewer."
)
RECITAL_HEARD = (
    "The last {count} tellings used nearly the same words in the same melody: it begins to sound "
    "learned by heart. Let it rest for a few days, then begin with another sentence."
)
PART_WORDS: Mapping[Part, str] = {
    "hook": "an opening about them",
    "who": "who you are",
    "evidence": "one piece of evidence",
    "value": "what it is worth to this role",
    "close": "a close",
}
VERDICTS: Mapping[str, str] = {
    "better": "better",
    "worse": "the other way",
    "changed": "different",
    "none": "no change",
    "unknown": "cannot be compared",
}
OTHER_QUESTION = "These answer different questions, which alone can make measures differ."
NO_PRESSURE_YET = (
    "No question has been asked both kindly and pressingly yet. Try one again with: simulator "
    "practice SCENARIO --question ID --interviewer sceptical"
)


def plan_item_line(place: int, item: PlanItem) -> str:
    """One question of the day."""
    reason = REASONS[item.reason]
    if item.spot is not None and (spot := read_spot(item.spot)) is not None:
        reason = f"{reason}: {spot_label(spot)}"
    return f"{place}. {item.text}\n   {reason}; {item.time_limit_s:g} s"


def plan_command(item: PlanItem) -> str:
    """How to take a question up."""
    return f"simulator practice {item.scenario_id} --question {item.question_id}"


def plan_heading(plan: Plan) -> str:
    """What today holds."""
    if not plan.items:
        return NOTHING_TODAY if not plan.done else f"{_questions(plan.done)} done: that is today."
    done = f", {plan.done} done" if plan.done else ""
    return f"Today, {plan.day:%A}: {_questions(len(plan.items))}{done}."


def coming_line(coming: Sequence[tuple[date, int]]) -> str:
    """What the next days bring; empty where nothing is due."""
    if not coming:
        return ""
    days = [f"{count} on {day:%A}" for day, count in coming]
    return f"Coming: {joined(days)}."


def avoided_lines(avoided: Avoided) -> str:
    """What has been passed over, said kindly, with the way to take it up."""
    command = f"simulator practice {avoided.scenario_id} --question {avoided.question_id}"
    if avoided.kind == "pressure":
        command += " --interviewer sceptical"
    return f"{AVOIDED[avoided.kind]}\n  {command}"


def recital_line(found: Recital) -> str:
    """That an answer begins to be learned by heart."""
    text = RECITAL_WORDS if found.melody is None else RECITAL_HEARD
    return text.format(count=len(found.attempt_ids))


def focus_lines(state: FocusState) -> str:
    """Where a focus stands: baseline, target, now, and what that rests on."""
    head = f"{spot_label(state.spot).capitalize()}: {STATUS_WORDS[state.status]}."
    if state.spot.kind == "finding":
        was = f"It showed in {share(state.baseline)} of the answers you chose it on"
        now = "" if state.latest is None else f", and in {share(state.latest)} of the latest"
        goal = f"; the target is {share(state.focus.target)}"
    else:
        facts = facts_of(state.spot.name)
        was = f"It was {facts.shown(state.baseline)}"
        now = "" if state.latest is None else f", and is {facts.shown(state.latest)} now"
        goal = f"; the target is {facts.shown(state.focus.target)}"
    rests = f" ({AMOUNT_WORDS[state.amount]})" if state.since else ""
    difference = state.difference
    noise = ""
    if difference is not None and difference.change == "none":
        shown = facts_of(state.spot.name).shown(difference.smallest)
        noise = f" Your own attempts differ by up to {shown} anyway."
    return f"{head} {was}{now}{goal}{rests}.{noise}\n  Try: {spot_tip(state.spot)}"


def weak_spot_lines(weak: WeakSpot) -> str:
    """A weak spot with how often it showed."""
    evidence = spot_evidence(weak.attempts, weak.judged, weak.debriefs)
    return f"{spot_label(weak.spot).capitalize()}. {evidence}"


def moment_line(weak: WeakSpot, moment: Moment) -> str:
    """One moment that shows a weak spot."""
    day = f"{moment.when:%d %B}".lstrip("0")
    if moment.debrief_id is not None:
        return f"{day}, debrief: “{moment.quote}”"
    at = "" if moment.start_s is None else f" at {clock(moment.start_s)}"
    if moment.quote:
        return f"{day}, {moment.attempt_id}{at}: “{moment.quote}”"
    return f"{day}, {moment.attempt_id}: {facts_of(weak.spot.name).shown(moment.value)}"


def pitch_lines(timing: PitchTiming) -> list[str]:
    """What was said by when, and what fell after the bell."""
    lines = []
    for heard in timing.parts:
        label = PART_WORDS[heard.part]
        if heard.by_s is None:
            lines.append(f"   -   {label}: not heard")
        else:
            late = ", after the bell" if heard.by_s > timing.length_s else ""
            lines.append(f"{clock(heard.by_s):>6}  {label}{late}: “{heard.quote}”")
    after = timing.after_bell
    if after.words:
        lines.append(
            f"{clock(timing.length_s):>6}  the bell. After it: {_words(after.words)}, "
            f"{after.seconds:.0f} s: “{after.text}”"
        )
    else:
        lines.append(f"Done at {clock(timing.spoken_s)} of {clock(timing.length_s)}.")
    return lines


def pitch_change_line(change: PitchChange) -> str:
    """What a new version of a pitch has in time that the last one had not, and the reverse."""
    parts = []
    if change.won:
        parts.append(f"now in time: {joined([PART_WORDS[part] for part in change.won])}")
    if change.lost:
        parts.append(f"no longer: {joined([PART_WORDS[part] for part in change.lost])}")
    if change.words_after_bell:
        more = "more" if change.words_after_bell > 0 else "fewer"
        parts.append(f"{_words(abs(change.words_after_bell))} {more} after the bell")
    return "; ".join(parts) if parts else "the same parts in time"


def change_line(change: MeasureChange) -> tuple[str, str, str, str]:
    """One measure before and after: label, before, after, verdict."""
    facts = change.facts
    verdict = VERDICTS[change.verdict]
    if change.verdict == "none":
        verdict += f" (less than {facts.shown(change.smallest)})"
    return facts.label, facts.shown(change.before), facts.shown(change.after), verdict


def trend_line(trend: Trend) -> str:
    """Where a measure is going, and what that rests on."""
    count = sum(week.attempts for week in trend.weeks)
    facts = trend.facts
    if trend.difference is None:
        return f"{facts.label}: {facts.shown(trend.weeks[-1].value)} ({AMOUNT_WORDS['baseline']})"
    difference = trend.difference
    moved = f"{facts.shown(difference.before)} to {facts.shown(difference.after)}"
    if trend.verdict == "none":
        return (
            f"{facts.label}: no change ({moved}; your attempts differ by up to "
            f"{facts.shown(difference.smallest)} anyway; {attempts_noun(count)})"
        )
    kind = "a direction, not a trend yet" if trend.amount == "direction" else "a trend"
    return f"{facts.label}: {VERDICTS[trend.verdict]}, {moved} ({kind}; {attempts_noun(count)})"


def pressure_line(pressure: Pressure) -> str:
    """What pressing interviewers change in one measure."""
    facts, difference = pressure.facts, pressure.difference
    values = (
        f"{facts.shown(difference.before)} asked kindly, {facts.shown(difference.after)} pressed"
    )
    if pressure.verdict == "none":
        return f"{facts.label}: pressure makes no difference you could tell from chance ({values})"
    return f"{facts.label}: {VERDICTS[pressure.verdict]} under pressure ({values})"


def calibration_lines(found: Calibration) -> list[str]:
    """How the person's own ratings go with what was measured."""
    if found.agreement == "too_few":
        return [f"Own ratings: {found.rated} so far; from five on they are set against measured."]
    agreement = {
        "together": "Your own ratings rise and fall with the measured clarity: trust them.",
        "loose": "Your own ratings and the measured clarity go their own ways so far.",
        "opposite": "You tend to rate highest what measures lowest. Listen to one of each again.",
    }[found.agreement]
    leaning = {
        "harsher": "You are harder on yourself than the measures are.",
        "kinder": "You are kinder to yourself than the measures are.",
        "even": "",
        "too_few": "",
    }[found.leaning]
    lines = [f"{agreement} ({found.rated} rated answers)"]
    if leaning:
        lines.append(leaning)
    if found.leaning == "harsher" and found.harshest:
        lines.append(f"Listen to {found.harshest} again: it went better than it felt.")
    return lines


def finding_words(kinds: Sequence[str]) -> str:
    """Kinds of findings in words."""
    return joined([FINDING_LABELS.get(kind, kind) for kind in kinds])


def share(value: float) -> str:
    """A share of answers in words."""
    return f"{100 * value:.0f} %"


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _words(count: int) -> str:
    return "1 word" if count == 1 else f"{count} words"
