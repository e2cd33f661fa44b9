from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from simulator.speech.chunking import ACTIVITY_FRAME_S, ChunkCutter, CutRules
from simulator.speech.timeline import Span

SPEECH, SILENCE = (0.95, -20.0), (0.02, -60.0)


def frames(*parts: tuple[str, float]) -> list[tuple[float, float]]:
    """("speech", seconds), ("silence", seconds) ... as activity frames."""
    made = []
    for kind, seconds in parts:
        made += [SPEECH if kind == "speech" else SILENCE] * round(seconds / ACTIVITY_FRAME_S)
    return made


def cut(track: list[tuple[float, float]]) -> list[Span]:
    cutter = ChunkCutter()
    spans = list(cutter.feed(track))
    last = cutter.finish()
    return spans + ([last] if last else [])


def test_silence_alone_makes_no_chunk() -> None:
    assert cut(frames(("silence", 20.0))) == []


def test_a_chunk_holds_its_speech_and_a_little_silence_around_it() -> None:
    (span,) = cut(frames(("silence", 3.0), ("speech", 5.0), ("silence", 2.0)))
    assert 2.4 < span.start_s < 2.6
    assert 8.1 < span.end_s < 8.3


def test_a_short_pause_does_not_cut_a_short_chunk() -> None:
    assert len(cut(frames(("speech", 2.0), ("silence", 0.6), ("speech", 2.0)))) == 1


def test_the_same_pause_cuts_a_longer_chunk() -> None:
    assert len(cut(frames(("speech", 5.0), ("silence", 0.6), ("speech", 2.0)))) == 2


def test_endless_speech_is_cut_where_it_is_quietest() -> None:
    track = frames(("speech", 40.0))
    rules = CutRules()
    quiet_s = rules.longest_s - rules.search_s + 1.0
    track[round(quiet_s / ACTIVITY_FRAME_S)] = (0.95, -45.0)
    spans = cut(track)
    assert abs(spans[0].end_s - quiet_s) < 2 * ACTIVITY_FRAME_S
    assert max(span.duration_s for span in spans) <= CutRules().longest_s + ACTIVITY_FRAME_S


def test_what_is_pending_in_a_pause_is_what_will_be_cut() -> None:
    cutter = ChunkCutter()
    assert list(cutter.feed(frames(("speech", 3.0), ("silence", 0.25)))) == []
    ahead = cutter.pending(quiet_for_s=0.2)
    assert list(cutter.feed(frames(("silence", 1.0)))) == [ahead]


def test_nothing_is_pending_while_someone_speaks_without_a_pause() -> None:
    cutter = ChunkCutter()
    assert list(cutter.feed(frames(("speech", 5.0)))) == []
    assert cutter.pending(quiet_for_s=0.2) is None
    assert cutter.pending() is not None


tracks = st.lists(st.tuples(st.floats(0, 1), st.floats(-80, -5)), min_size=0, max_size=400).flatmap(
    lambda base: st.integers(1, 6).map(lambda n: [frame for frame in base for _ in range(n)])
)


@given(tracks, st.lists(st.integers(1, 50), max_size=20))
def test_cuts_do_not_depend_on_the_blocks(
    track: list[tuple[float, float]], sizes: list[int]
) -> None:
    cutter, at, spans = ChunkCutter(), 0, []
    for size in sizes:
        spans += cutter.feed(track[at : at + size])
        at += size
    spans += cutter.feed(track[at:])
    last = cutter.finish()
    assert spans + ([last] if last else []) == cut(track)


@given(tracks)
def test_chunks_are_ordered_apart_and_hold_all_speech(track: list[tuple[float, float]]) -> None:
    spans = cut(track)
    for before, after in pairwise(spans):
        assert before.end_s <= after.start_s
    for index, (probability, _) in enumerate(track):
        if probability >= CutRules().start_probability:
            middle_s = (index + 0.5) * ACTIVITY_FRAME_S
            assert any(span.start_s <= middle_s <= span.end_s for span in spans)
