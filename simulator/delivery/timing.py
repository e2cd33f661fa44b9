"""Time spent speaking and time spent silent, by the definitions of fluency research.

The stretch measured runs from the first to the last speech: the wait before the answer is
`response_latency_s`, and what follows the last word belongs to no measure.
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.speech.timeline import SilentPause, Speech


@dataclass(frozen=True, slots=True)
class Timing:
    """How the time of an answer divides.

    Attributes
    ----------
    start_s, end_s : first and last moment of speech.
    pauses : silences of 250 ms and more between them (De Jong and Bosker 2013).
    filled_s : time spent on filled pauses.
    """

    start_s: float
    end_s: float
    pauses: tuple[SilentPause, ...]
    filled_s: float

    @property
    def total_s(self) -> float:
        """From the first to the last speech."""
        return self.end_s - self.start_s

    @property
    def paused_s(self) -> float:
        """All silent pauses together."""
        return sum(pause.duration_s for pause in self.pauses)

    @property
    def phonation_s(self) -> float:
        """Time with a voice, filled pauses included; silences under 250 ms count as speech."""
        return max(0.0, self.total_s - self.paused_s)

    @property
    def articulation_s(self) -> float:
        """Time spent on words: phonation without filled pauses (De Jong et al. 2021)."""
        return max(0.0, self.phonation_s - self.filled_s)

    @property
    def runs(self) -> int:
        """Stretches between silent pauses."""
        return len(self.pauses) + 1


def measure_timing(speech: Speech) -> Timing | None:
    """Divide the time of an answer; None where nobody spoke."""
    if not speech.speech_spans:
        return None
    start_s = speech.speech_spans[0].start_s
    end_s = max(span.end_s for span in speech.speech_spans)
    return Timing(
        start_s=start_s,
        end_s=end_s,
        pauses=tuple(pause for pause in speech.silent_pauses if pause.position != "before_answer"),
        filled_s=sum(pause.duration_s for pause in speech.filled_pauses),
    )
