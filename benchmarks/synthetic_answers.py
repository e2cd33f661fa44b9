"""Spoken answers whose silences are known to the sample, made from synthetic voices.

Each phrase is spoken on its own by flite or eSpeak NG (noise-free, so its first and last sound are
found exactly), the phrases are set one after another with silences of chosen length, and the
whole is mixed with what spoils recordings in rooms: room tone, hum, hiss, breaths, clicks, an
echo, a telephone's bandwidth. Used to check the silence finder on speech that it was not
developed on, and never to quote accuracy on people.

    python -m benchmarks.synthetic_answers OUT_FOLDER     writes clips in the labelled-folder form
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
Samples = NDArray[np.float32]

PAUSES_S = (0.12, 0.18, 0.3, 0.4, 0.6, 0.9, 1.3, 2.0)
"""As in the composed set: two below the 250 ms rule, the others clearly above it."""

TRAINING_VOICES = ("flite:rms", "flite:slt", "flite:kal16", "espeak:en-us", "espeak:en-gb+m4")
VOICES = ("flite:awb", "espeak:en-us+f3", "espeak:en-gb-scotland+m7")
"""Kept out of training, so that results on them say something."""

PHRASES = (
    "I led the team that moved our billing system",
    "we had six weeks and two engineers",
    "the first thing I did was ask the support desk",
    "most of the complaints came from one screen",
    "so we rebuilt that screen before anything else",
    "calls fell by a third within a month",
    "my manager wanted to wait for the new release",
    "I showed him the numbers from the pilot",
    "he agreed to try it with twenty customers",
    "that took four days",
    "I would do the testing earlier next time",
    "the hardest part was saying no to sales",
    "she had promised them a date",
    "I explained what we would have to drop",
    "they chose the smaller version",
    "if I started again I would write less code",
    "people trusted the result because they had seen it grow",
    "three of them still use it today",
)


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """One made-up recording with its truth; phrases are (start_s, end_s) of sound."""

    name: str
    samples: Samples
    phrases: tuple[tuple[float, float], ...]

    @property
    def pauses(self) -> tuple[tuple[float, float], ...]:
        """The silences of 250 ms and more between phrases."""
        gaps = zip(self.phrases, self.phrases[1:], strict=False)
        return tuple((a[1], b[0]) for a, b in gaps if b[0] - a[1] >= 0.25 - 1e-9)


def speak(text: str, voice: str) -> Samples:
    """One phrase by a synthetic voice, at 16 kHz, trimmed to its first and last sound."""
    import soundfile
    import soxr

    engine, name = voice.split(":")
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "phrase.wav"
        command = {
            "flite": ["flite", "-voice", name, "-t", text, "-o", str(wav)],
            "espeak": ["espeak-ng", "-v", name, "-s", "160", "-w", str(wav), text],
        }[engine]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        samples, rate = soundfile.read(wav, dtype="float32")
    if rate != RATE_HZ:
        samples = soxr.resample(samples, rate, RATE_HZ)
    return trim(np.asarray(samples, np.float32))


def trim(samples: Samples) -> Samples:
    """Cut what lies 40 dB or more below the loudest 10 ms from both ends of a clean phrase."""
    frame = RATE_HZ // 100
    count = len(samples) // frame
    level = np.sqrt((samples[: count * frame].reshape(count, frame) ** 2).mean(axis=1))
    loud = np.flatnonzero(level > level.max() * 0.01)
    return samples[loud[0] * frame : (loud[-1] + 1) * frame]


def compose(name: str, phrases: Sequence[Samples], rng: np.random.Generator) -> Answer:
    """Phrases in shuffled order with silences of known length between them (exact zeros)."""
    pieces = [np.zeros(int(rng.uniform(0.4, 1.8) * RATE_HZ), np.float32)]
    at, spans = len(pieces[0]), []
    fade = np.linspace(0, 1, 80, dtype=np.float32)
    for index in rng.permutation(len(phrases)):
        phrase = phrases[index].copy()
        phrase[:80] *= fade
        phrase[-80:] *= fade[::-1]
        spans.append((at / RATE_HZ, (at + len(phrase)) / RATE_HZ))
        gap = np.zeros(int(rng.choice(PAUSES_S) * RATE_HZ), np.float32)
        pieces += [phrase, gap]
        at += len(phrase) + len(gap)
    return Answer(name, np.concatenate(pieces), tuple(spans))


def speech_level(answer: Answer) -> float:
    """RMS of the phrases, linear."""
    inside = np.zeros(len(answer.samples), bool)
    for start, end in answer.phrases:
        inside[int(start * RATE_HZ) : int(end * RATE_HZ)] = True
    return float(np.sqrt(np.mean(answer.samples[inside] ** 2)))


def coloured_noise(count: int, slope: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Noise of unit RMS with power falling as 1/f**slope: 0 white, 1 pink, 2 brown."""
    spectrum = np.fft.rfft(rng.normal(size=count))
    frequency = np.fft.rfftfreq(count, 1 / RATE_HZ)
    shape = np.maximum(frequency, 40.0) ** (-slope / 2)
    noise = np.fft.irfft(spectrum * shape, count)
    return np.asarray(noise / noise.std())


def add_noise(answer: Answer, slope: float, snr_db: float, rng: np.random.Generator) -> Answer:
    """Steady noise at a speech-to-noise ratio in dB."""
    noise = coloured_noise(len(answer.samples), slope, rng)
    level = speech_level(answer) * 10 ** (-snr_db / 20)
    return rounded(answer, answer.samples + noise * level)


def add_hum(answer: Answer, snr_db: float, rng: np.random.Generator) -> Answer:
    """Mains hum with harmonics over a little hiss."""
    t = np.arange(len(answer.samples)) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * 50 * k * t + rng.uniform(0, 6)) / k for k in (1, 2, 3, 4, 6))
    hum = hum + 0.1 * coloured_noise(len(t), 1, rng)
    return rounded(
        answer, answer.samples + hum / hum.std() * speech_level(answer) * 10 ** (-snr_db / 20)
    )


def add_breaths(answer: Answer, level_db: float, rng: np.random.Generator) -> Answer:
    """An audible breath in each silence of 550 ms and more, ending shortly before the next word.

    ``level_db`` is relative to the speech: real ones lie some 20 to 35 dB below it.
    """
    samples = answer.samples.astype(np.float64)
    for start, end in answer.pauses:
        if end - start < 0.55:
            continue
        length = int(min(0.4, end - start - 0.2) * RATE_HZ)
        begin = int((end - rng.uniform(0.05, 0.12)) * RATE_HZ) - length
        breath = _band(coloured_noise(length, 0.7, rng), 300, 4500)
        envelope = np.sin(np.pi * np.linspace(0, 1, length)) ** 0.7
        level = speech_level(answer) * 10 ** (level_db / 20)
        samples[begin : begin + length] += breath / breath.std() * envelope * level
    return rounded(answer, samples)


def add_clicks(answer: Answer, level_db: float, rng: np.random.Generator) -> Answer:
    """Short clicks (a mouse, a lip, a pen) in every silence."""
    samples = answer.samples.astype(np.float64)
    silences = ((0.0, answer.phrases[0][0]), *answer.pauses)
    for start, end in silences:
        for _ in range(max(1, int((end - start) / 0.5))):
            at = int(rng.uniform(start + 0.03, end - 0.05) * RATE_HZ)
            click = rng.normal(size=192) * np.exp(-np.arange(192) / 48)
            samples[at : at + 192] += click * speech_level(answer) * 10 ** (level_db / 20)
    return rounded(answer, samples)


def add_echo(answer: Answer, decay_s: float, rng: np.random.Generator) -> Answer:
    """A room: noise decaying by 60 dB in ``decay_s``, 3 dB below the direct sound."""
    count = int(decay_s * RATE_HZ)
    tail = rng.normal(size=count) * 10 ** (-3 * np.arange(count) / count)
    tail /= np.sqrt(np.sum(tail**2))
    size = 1 << (len(answer.samples) + count).bit_length()
    wet = np.fft.irfft(np.fft.rfft(answer.samples, size) * np.fft.rfft(tail, size), size)
    return rounded(answer, 0.7 * (answer.samples + 0.7 * wet[: len(answer.samples)]))


def scale(answer: Answer, level_db: float) -> Answer:
    """The same at another level; ``level_db`` is the speech's RMS re full scale."""
    return rounded(answer, answer.samples / speech_level(answer) * 10 ** (level_db / 20))


def narrow(answer: Answer) -> Answer:
    """A headset's 8 kHz sampling rate: nothing above 4 kHz."""
    return rounded(answer, _band(answer.samples.astype(np.float64), 150, 3700))


def lead_in(answer: Answer, silence_s: float) -> Answer:
    """A long silence before the first word."""
    quiet = np.zeros(int(silence_s * RATE_HZ), np.float32)
    moved = tuple((start + silence_s, end + silence_s) for start, end in answer.phrases)
    return Answer(answer.name, np.concatenate([quiet, answer.samples]), moved)


CONDITIONS: dict[str, Callable[[Answer, np.random.Generator], Answer]] = {
    "digital silence": lambda a, rng: a,
    "quiet room (45 dB)": lambda a, rng: add_noise(a, 1, 45, rng),
    "room (25 dB)": lambda a, rng: add_noise(a, 1, 25, rng),
    "noisy room (15 dB)": lambda a, rng: add_noise(a, 1, 15, rng),
    "hiss (20 dB)": lambda a, rng: add_noise(a, 0, 20, rng),
    "rumble (10 dB)": lambda a, rng: add_noise(a, 2, 10, rng),
    "hum (15 dB)": lambda a, rng: add_hum(a, 15, rng),
    "breaths (-22 dB)": lambda a, rng: add_noise(add_breaths(a, -22, rng), 1, 45, rng),
    "breaths (-30 dB)": lambda a, rng: add_noise(add_breaths(a, -30, rng), 1, 40, rng),
    "clicks": lambda a, rng: add_noise(add_clicks(a, -3, rng), 1, 40, rng),
    "echo (0.3 s)": lambda a, rng: add_noise(add_echo(a, 0.3, rng), 1, 40, rng),
    "whisper-quiet": lambda a, rng: scale(add_noise(a, 1, 30, rng), -50),
    "headset (8 kHz)": lambda a, rng: narrow(add_noise(a, 1, 30, rng)),
    "long lead-in": lambda a, rng: add_noise(lead_in(a, 12.0), 1, 35, rng),
}
"""Ways a recording goes wrong, each at a strength met in living rooms."""


def make_answers(
    voices: Sequence[str] = VOICES, *, seed: int = 0, phrases: Sequence[str] = PHRASES
) -> tuple[Answer, ...]:
    """One composed answer per voice, with exact zeros in its silences."""
    return tuple(
        compose(
            voice.replace(":", "-"),
            [speak(text, voice) for text in phrases],
            np.random.default_rng([seed, index]),
        )
        for index, voice in enumerate(voices)
    )


def _band(samples: NDArray[np.float64], low_hz: float, high_hz: float) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(samples)
    frequency = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    spectrum[(frequency < low_hz) | (frequency > high_hz)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(samples)))


def rounded(answer: Answer, samples: NDArray[np.floating]) -> Answer:
    """The answer with other samples, as 16 bits would keep them."""
    kept = np.round(np.clip(samples, -1, 1) * 32767) / 32768
    return Answer(answer.name, kept.astype(np.float32), answer.phrases)


def main(folder: Path) -> None:
    """Write every voice under every condition, as FLAC and JSON."""
    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    for answer in make_answers():
        for number, (condition, spoil) in enumerate(CONDITIONS.items()):
            spoilt = spoil(answer, np.random.default_rng(number))
            stem = f"{answer.name}_{number:02d}"
            soundfile.write(folder / f"{stem}.flac", spoilt.samples, RATE_HZ)
            label = {
                "id": stem,
                "duration_s": len(spoilt.samples) / RATE_HZ,
                "pauses": [{"start": a, "end": b} for a, b in spoilt.pauses],
                "first_sound_s": spoilt.phrases[0][0],
                "notes": condition,
            }
            (folder / f"{stem}.json").write_text(json.dumps(label, indent=1))
    print(f"{folder}: {len(VOICES)} voices, {len(CONDITIONS)} conditions")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
