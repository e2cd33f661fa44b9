from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from simulator.speech import tape
from simulator.speech.tape import Tape
from simulator.speech.timeline import Span


@given(sizes=st.lists(st.integers(0, 900_000), max_size=5))
def test_what_was_taken_is_there_in_order(sizes: list[int]) -> None:
    sound = np.arange(sum(sizes), dtype=np.float32)
    taken, at = Tape(), 0
    for size in sizes:
        taken.take(sound[at : at + size])
        at += size
    np.testing.assert_array_equal(taken.whole(), sound)
    assert taken.duration_s == len(sound) / 16_000


def test_a_stretch_given_out_stays_as_it_is() -> None:
    taken = Tape()
    taken.take(np.ones(16_000, np.float32))
    given_out = taken.between(Span(0.5, 1.0))
    taken.take(np.zeros(tape._FIRST_SAMPLES, np.float32))
    np.testing.assert_array_equal(given_out, np.ones(8000))
    assert len(taken.between(Span(0.9, 1.2))) == 4800
