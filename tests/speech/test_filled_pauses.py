from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.errors import SimulatorError
from simulator.speech.filled_pause_evidence import (
    FEATURES,
    Candidate,
    candidates,
    cut_at_silences,
    frame_levels,
    sound_spans,
)
from simulator.speech.filled_pause_judge import Judge
from simulator.speech.filled_pause_net import CLASSES, FRAME_S
from simulator.speech.filled_pause_witness import (
    AlignedWord,
    Hesitation,
    filler_probabilities,
    hesitations,
    label_of,
)
from simulator.speech.filled_pauses import (
    ChunkEvidence,
    hear_filled_pauses,
    load_filled_pause_model,
)
from simulator.speech.timeline import SAMPLE_RATE_HZ, Span, Word

Floats = NDArray[np.float32]
START_S = 10.0


def word(text: str, start_s: float, end_s: float, probability: float = 0.9) -> Word:
    return Word(START_S + start_s, START_S + end_s, text, probability)


def heard(frames: int, label: str, start_s: float, end_s: float, sure: float = 0.9) -> Floats:
    """Probabilities of a network that heard one sound."""
    found = np.zeros((frames, len(CLASSES)), np.float32)
    inside = slice(round(start_s / FRAME_S), round(end_s / FRAME_S))
    found[inside, CLASSES.index(label)] = sure
    found[:, 0] = 1 - found[:, 1:].sum(axis=1)
    return found


def evidence(
    seconds: float = 3.0,
    words: tuple[Word, ...] = (),
    prompted: tuple[Word, ...] = (),
    wanted: tuple[Hesitation, ...] = (),
) -> ChunkEvidence:
    rng = np.random.default_rng(1)
    samples = (0.1 * rng.standard_normal(int(seconds * SAMPLE_RATE_HZ))).astype(np.float32)
    states = np.zeros((int(seconds / FRAME_S), 4), np.float32)
    return ChunkEvidence(START_S, samples, states, words, prompted, wanted)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Um,", "um"), ("ummm", "um"), ("erm.", "um"), ("uh", "uh"), ("uhh...", "uh"),
        ("Er,", "uh"), ("Hmm.", "hmm"), ("mm", "hmm"), ("am", None), ("her", None), ("m", None),
        ("uh-huh", None), ("mm-hmm", None), ("hum", None), ("I'm", None), ("umbrella", None),
    ],
)  # fmt: skip
def test_written_filled_pauses_are_told_from_words(text: str, label: str | None) -> None:
    assert label_of(text) == label


def test_the_decoder_s_weight_is_the_sum_over_the_filler_tokens() -> None:
    logits = np.log(np.array([[0.5, 0.25, 0.125, 0.125]], np.float32))
    np.testing.assert_allclose(filler_probabilities(logits, (1, 3)), [0.375], rtol=1e-5)


def test_the_decoder_s_weights_lie_between_the_middles_of_words() -> None:
    words = [AlignedWord(1.0, 2.0, 1), AlignedWord(2.0, 3.0, 2)]
    weights = np.array([0.1, 0.2, 0.6, 0.3], np.float32)
    found = hesitations(words, weights, 4.0)
    assert [(h.start_s, h.end_s) for h in found] == [(1.0, 1.5), (1.5, 2.5), (2.5, 4.0)]
    assert [round(h.probability, 3) for h in found] == [0.1, 0.6, 0.3]


def test_short_dips_are_bridged_and_faint_runs_left_out() -> None:
    score = np.zeros(200, np.float32)
    score[50:60], score[62:70] = 0.4, 0.3
    score[120:130] = 0.2
    (span,) = sound_spans(score)
    assert (span.start_s, span.end_s) == pytest.approx((1.0, 1.4))


def test_two_sounds_in_a_row_are_cut_apart_and_a_wavering_one_is_not() -> None:
    score = np.zeros(200, np.float32)
    score[50:62], score[62:65], score[65:80] = 0.9, 0.4, 0.8
    score[120:132], score[132:135], score[135:150] = 0.9, 0.6, 0.8
    first, second, whole = sound_spans(score)
    assert first.end_s <= second.start_s < 1.31
    assert (whole.start_s, whole.end_s) == pytest.approx((2.4, 3.0))


def test_levels_are_decibels_a_frame() -> None:
    samples = np.concatenate([np.full(320, 0.1), np.full(320, 1.0)]).astype(np.float32)
    np.testing.assert_allclose(frame_levels(samples, 3), [-20, 0, -100], atol=0.01)


def test_what_network_and_transcript_both_hear_is_one_candidate() -> None:
    written = word("um,", 1.1, 1.6)
    (found,) = candidates(evidence(prompted=(written,)), heard(150, "um", 1.0, 1.4))
    assert found.label == "um"
    assert found.start_s == pytest.approx(1.0, abs=0.05)
    assert found.end_s == pytest.approx(1.4, abs=0.05)
    assert found.feature("written") == 1.0
    assert found.feature("sound_peak") > 0


def test_each_witness_alone_makes_a_candidate() -> None:
    written = word("uh", 0.3, 0.5)
    found = candidates(evidence(prompted=(written,)), heard(150, "um", 2.0, 2.4))
    assert [c.feature("written") for c in found] == [1.0, 0.0]
    assert [c.label for c in found] == ["uh", "um"]


def test_a_click_that_the_transcript_calls_a_filled_pause_is_none() -> None:
    quiet = evidence()
    samples = np.zeros_like(quiet.samples)
    samples[int(1.2 * SAMPLE_RATE_HZ)] = 0.5
    written = word("uh", 1.0, 1.4)
    nothing = heard(150, "uh", 0.0, 0.0)
    click = ChunkEvidence(START_S, samples, quiet.states, (), (written,))
    assert candidates(click, nothing) == ()
    assert len(candidates(evidence(prompted=(written,)), nothing)) == 1


def test_a_sure_word_of_usual_length_covers_and_a_drawn_out_one_does_not() -> None:
    short, long = word("the", 1.0, 1.4), word("the", 0.4, 2.4)
    (under,) = candidates(evidence(words=(short,)), heard(150, "uh", 1.0, 1.4))
    (inside,) = candidates(evidence(words=(long,)), heard(150, "uh", 1.0, 1.4))
    assert under.feature("covered") > 0.9
    assert inside.feature("covered") == 0.0
    assert under.feature("confusable") == 1.0


def test_a_dropped_prompted_reading_still_says_what_it_wanted() -> None:
    probabilities = heard(150, "uh", 1.0, 1.4)
    calm = Hesitation(START_S, START_S + 3, 1e-4)
    said = (word("well", 0.2, 0.6),)
    (read,) = candidates(evidence(prompted=said, wanted=(calm,)), probabilities)
    (dropped,) = candidates(evidence(wanted=(calm,)), probabilities)
    (unread,) = candidates(evidence(), probabilities)
    assert read.feature("unread") == 0.0
    assert dropped.feature("unread") == unread.feature("unread") == 1.0
    assert read.feature("wanted") == dropped.feature("wanted") < -2.0
    assert unread.feature("wanted") == 0.0


def test_silence_beside_a_sound_is_seen() -> None:
    quiet = evidence()
    samples = quiet.samples.copy()
    samples[:SAMPLE_RATE_HZ] = 0
    there = ChunkEvidence(START_S, samples, quiet.states)
    (found,) = candidates(there, heard(150, "um", 1.0, 1.4))
    assert found.feature("quiet_before") > 0.8
    assert found.feature("quiet_after") == 0.0


def test_the_judge_weighs_and_cuts_at_its_threshold() -> None:
    weights = np.zeros(len(FEATURES), np.float32)
    weights[FEATURES.index("written")] = 2.0
    judge = Judge(weights, -1.0, 0.5)

    def candidate(written: float) -> Candidate:
        values = tuple(written if name == "written" else 0.0 for name in FEATURES)
        return Candidate(0.0, 0.3, "um", values)

    ((kept, sure),) = judge.accepted([candidate(0.0), candidate(1.0)])
    assert kept.feature("written") == 1.0
    assert sure == pytest.approx(1 / (1 + np.exp(-1.0)))


def test_without_weights_the_prompted_transcript_decides() -> None:
    there = evidence(
        words=(word("I", 0.0, 0.2), word("went", 0.9, 1.2)),
        prompted=(word("I", 0.0, 0.2), word("um,", 0.3, 0.7, 0.5), word("went", 0.9, 1.2)),
    )
    (pause,), disguised = hear_filled_pauses(there, None)
    assert (pause.start_s, pause.label, pause.source) == (START_S + 0.3, "um", "transcript")
    assert 0 < pause.confidence < 0.5
    assert disguised == ()


def test_a_word_that_was_a_filled_pause_is_named_and_a_real_one_is_not() -> None:
    there = evidence(
        words=(word("I'm", 0.3, 0.7, 0.4), word("a", 1.0, 1.1), word("nurse", 1.1, 1.5)),
        prompted=(word("um,", 0.3, 0.7), word("a", 1.0, 1.1), word("nurse", 1.1, 1.5)),
    )
    assert hear_filled_pauses(there, None)[1] == (0,)


def test_no_file_means_no_model_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    assert load_filled_pause_model(tmp_path, "whisper-base") is None
    (tmp_path / "base.npz").write_bytes(b"not an archive")
    with pytest.raises(SimulatorError, match=r"base\.npz"):
        load_filled_pause_model(tmp_path, "whisper-base")
    np.savez(tmp_path / "base.npz", something=np.zeros(2))
    with pytest.raises(SimulatorError, match=r"base\.npz"):
        load_filled_pause_model(tmp_path, "some/folder/faster-whisper-base")


def test_weights_of_another_version_are_told_before_anything_is_heard(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "base.npz",
        judge_weights=np.zeros(len(FEATURES) - 1, np.float32),
        judge_bias=0.0,
        judge_threshold=0.5,
    )
    with pytest.raises(SimulatorError, match="damaged or no filled-pause model"):
        load_filled_pause_model(tmp_path, "base")


def test_two_sounds_with_a_silence_between_them_are_two_and_a_sinking_one_is_one() -> None:
    loud, hum, still = -25.0, -37.0, -60.0
    levels = np.array([loud] * 10 + [still] * 3 + [loud] * 10 + [hum] * 10, np.float32)
    parts = cut_at_silences(Span(0.0, 0.66), levels)
    assert [(round(p.start_s, 2), round(p.end_s, 2)) for p in parts] == [(0.0, 0.2), (0.26, 0.66)]
    assert cut_at_silences(Span(0.26, 0.66), levels) == [Span(0.26, 0.66)]
    click = np.array([loud] * 10 + [still] + [loud] * 10, np.float32)
    assert len(cut_at_silences(Span(0.0, 0.42), click)) == 1
