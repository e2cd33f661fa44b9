"""The plain pipeline: record, then transcribe the whole, then pYIN, then ask the language model.

What a straightforward program does after the stop, with the same weights on the same machine, its
models already loaded. Run as a process of its own: ``python -m benchmarks.latency.plain WAV``
prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import sys
import time

THREADS = 2
PROMPT = "Um, uh, er, so I was, um, thinking that, uh, we could start."
MOST_TOKENS = 120


def main() -> None:
    """Time the stages on one recording."""
    import librosa
    from faster_whisper import WhisperModel

    from simulator.language.torch_engine import TorchCausalModel
    from simulator.places import find_places

    places = find_places()
    whisper = WhisperModel(
        str(places.weights / "whisper-base"),
        device="cpu",
        compute_type="int8",
        cpu_threads=THREADS,
        local_files_only=True,
    )
    model = TorchCausalModel(str(places.weights / "smollm2-135m-instruct"), THREADS)
    samples, rate = librosa.load(sys.argv[1], sr=16_000)
    librosa.pyin(samples[:rate], fmin=60, fmax=450, sr=rate)  # compiled before the clock runs

    stopped = time.perf_counter()
    segments, _ = whisper.transcribe(
        samples, language="en", word_timestamps=True, initial_prompt=PROMPT
    )
    text = " ".join(segment.text for segment in segments)
    librosa.pyin(samples, fmin=60, fmax=450, sr=rate)
    delivery_s = time.perf_counter() - stopped
    model.generate(
        f"An interview answer: {text}\nGive feedback on its clarity in three sentences.\n",
        MOST_TOKENS,
    )
    feedback_s = time.perf_counter() - stopped
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    line = {"delivery_s": delivery_s, "feedback_s": feedback_s, "peak_gib": peak}
    sys.stdout.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    main()
