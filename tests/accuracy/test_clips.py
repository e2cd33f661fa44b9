from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.clips import Clip, Label, read_clip, read_clips
from benchmarks.accuracy.figures import all_figures, human_rate
from benchmarks.accuracy.systems import ERM, OURS, PLAIN, PROMPTED, SILERO, Heard, heard_from_words
from simulator.speech.timeline import Span, Word


def write(folder: Path, name: str, **fields: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    record = {"id": name, "duration_s": 12.0, "transcript_verbatim": "", "words": None,
              "fillers": [], "pauses": None, **fields}  # fmt: skip
    (folder / f"{name}.flac").write_bytes(b"")
    file = folder / f"{name}.json"
    file.write_text(json.dumps(record), encoding="utf-8")
    return file


def test_what_is_scored_and_what_is_set_aside(tmp_path: Path) -> None:
    fillers = [
        {"label": "um", "start": 1.0, "end": 1.3, "kind": "filled_pause"},
        {"label": "uh", "start": None, "end": None, "kind": "filled_pause"},
        {"label": "uh", "start": 4.0, "end": 4.01, "kind": "filled_pause", "doubtful": True},
        {"label": "hmm", "start": 5.0, "end": 5.2, "kind": "hum"},
        {"label": "like", "start": 6.0, "end": 6.2, "kind": "lexical_candidate"},
    ]
    clip = read_clip(write(tmp_path / "talks", "one", fillers=fillers))
    assert clip.filled_pauses == (Label("um", Span(1.0, 1.3)), Label("uh", None))
    assert [label.label for label in clip.set_aside] == ["uh", "hmm"]
    assert clip.situation == "one_person"


@pytest.mark.parametrize(
    ("fields", "situation"),
    [
        ({"filler_labels_complete": False, "n_speakers": 2}, "recall_only"),
        ({"fillers": None}, "unscored"),
        ({"n_speakers": 4}, "meeting"),
        ({"style": "read sentence"}, "read"),
        ({"style": "ad lib"}, "one_person"),
        ({}, "one_person"),
    ],
)
def test_what_the_labels_can_carry(tmp_path: Path, fields: dict[str, Any], situation: str) -> None:
    assert read_clip(write(tmp_path / "some", "one", **fields)).situation == situation


def test_marked_up_transcripts_are_not_compared_word_by_word(tmp_path: Path) -> None:
    marked = read_clip(write(tmp_path / "a", "one", transcript_verbatim="<cut-mon> montreal"))
    assert not marked.has_plain_words
    assert read_clip(write(tmp_path / "a", "two", transcript_verbatim="montreal")).has_plain_words


def test_only_the_wanted_sets_are_read(tmp_path: Path) -> None:
    write(tmp_path / "a", "one")
    write(tmp_path / "b", "two")
    assert [clip.id for clip in read_clips(tmp_path)] == ["one", "two"]
    assert [clip.id for clip in read_clips(tmp_path, ["b"])] == ["two"]
    with pytest.raises(SystemExit, match="no labelled clips"):
        read_clips(tmp_path, ["c"])


def word(text: str, start_s: float, end_s: float) -> Word:
    return Word(start_s, end_s, text, 1.0)


def test_words_alone_tell_gaps_and_written_filled_pauses() -> None:
    heard = heard_from_words(
        [word("Um,", 1.0, 1.2), word("we", 1.2, 1.4), word("agreed.", 2.0, 2.6)]
    )
    assert heard.filled_pauses == (Span(1.0, 1.2),)
    assert heard.pauses == (Span(1.4, 2.0),)
    assert heard.content == "we agreed."
    assert heard.text == "Um, we agreed."
    assert heard.response_s == 1.0
    # Three syllables in 1.6 s less 0.6 s of silence and 0.2 s of "um".
    assert heard.articulation_rate == pytest.approx(3 / 0.8)


def composed(text: str, words: tuple[Word, ...], pauses: tuple[Span, ...]) -> Clip:
    return Clip("c", "composed", Path("c.flac"), 60.0, text, words, (), (), pauses, "read")


def test_a_perfect_ear_reaches_every_target_and_a_deaf_one_none() -> None:
    words = tuple(word("plan.", 1.0 + i, 1.5 + i) for i in range(4))
    pauses = tuple(Span(1.5 + i, 2.0 + i) for i in range(3))
    clip = composed("plan. plan. plan. plan.", words, pauses)
    talk = Clip("t", "talks", Path("t.flac"), 60.0, "um yes", (), (Label("um", Span(3, 4)),), (),
                None, "one_person")  # fmt: skip
    meeting = Clip("m", "meet", Path("m.flac"), 60.0, "uh no", (), (Label("uh", Span(5, 6)),), (),
                   None, "meeting")  # fmt: skip
    perfect = {
        "c": Heard(clip.transcript, clip.transcript, (), pauses, 1.0, human_rate(clip)),
        "t": Heard("um yes", "yes", (Span(3, 4),), (), 1.0, None),
        "m": Heard("uh no", "no", (Span(5, 6),), (), 1.0, None),
    }
    nothing = dict.fromkeys(perfect, Heard("", "", (), (), None, None))
    others = {PLAIN: perfect, PROMPTED: perfect, ERM: perfect, SILERO: nothing}
    figures = all_figures("base", [clip, talk, meeting], {OURS: perfect, **others})
    aimed = [figure for figure in figures if figure.target]
    assert len(aimed) >= 9
    assert all(figure.reached for figure in aimed)
    deaf = all_figures("base", [clip, talk, meeting], {OURS: nothing, **others})
    missed = {figure.measure for figure in deaf if figure.target and not figure.reached}
    assert {"filled-pause F1", "content word errors, %", "silent-pause F1"} <= missed


def test_the_human_rate_counts_words_without_times_and_leaves_ums_out() -> None:
    words = (word("um", 0.0, 1.0), word("plan", 1.0, 2.0), word("plan", 4.0, 5.0))
    clip = Clip("c", "composed", Path("c"), 9.0, "um plan plan plan", words,
                (Label("um", Span(0.0, 1.0)),), (), (Span(2.0, 4.0),), "one_person")  # fmt: skip
    assert human_rate(clip) == pytest.approx(3 / 2)
