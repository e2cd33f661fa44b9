from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.delivery.markers import find_markers
from tests.delivery.saying import said, sound

CONTENT = [
    "I like this job",
    "I would like to lead",
    "it looks like rain",
    "people like you and me",
    "something like that happened",
    "we feel like a family",
    "things like budgets and plans",
    "You know the answer",
    "do you know him",
    "as you know we moved",
    "if you know what works",
    "you know what works here",
    "you know about the launch",
    "what I mean is simple",
    "I mean that sincerely",
    "so far we agree",
    "so much depends on it",
    "so many people came",
    "it was so good",
    "I was so tired that day",
    "well known in the field",
    "we did well together",
    "it went well",
    "the right person for it",
    "we were right about that",
    "what I think about it",
    "when I think of them",
    "I think about safety daily",
    "a kind of tool we need",
    "this kind of work suits me",
    "what kind of team is it",
    "that sort of problem",
    "any sort of help",
    "we have the okay from them",
    "I got a little bit of time",
    "coffee or something else",
    "that is an actually working plan",
    "which I suppose nobody read",
    "customers like fast answers",
    "she acted like a leader",
]

MARKERS = [
    ("I was, like, done", "like", "marker"),
    ("it took / like / two weeks", "like", "marker"),
    ("we were, you know, late", "you know", "marker"),
    ("it is hard, you know.", "you know", "marker"),
    ("I mean, we tried", "I mean", "marker"),
    ("So I started the project", "So", "marker"),
    ("Well, it depends", "Well", "marker"),
    ("It failed. So we stopped", "So", "marker"),
    ("Okay, I began there", "Okay", "marker"),
    ("Yeah, I did that", "Yeah", "marker"),
    ("So yeah, that was it", "So yeah", "marker"),
    ("we did it, right, and left", "right", "marker"),
    ("we basically rebuilt it", "basically", "marker"),
    ("it literally fell apart", "literally", "marker"),
    ("Actually, we won", "Actually", "marker"),
    ("Obviously, it was late", "Obviously", "marker"),
    ("Honestly, I was scared", "Honestly", "marker"),
    ("Anyway, we shipped it", "Anyway", "marker"),
    ("I think it went fine", "I think", "hedge"),
    ("I guess it went fine", "I guess", "hedge"),
    ("we were I suppose late", "I suppose", "hedge"),
    ("I feel like we won", "I feel like", "hedge"),
    ("I would say ten people", "I would say", "hedge"),
    ("I'd say ten people", "I'd say", "hedge"),
    ("it was kind of late", "kind of", "hedge"),
    ("we sort of agreed", "sort of", "hedge"),
    ("it was kinda late", "kinda", "hedge"),
    ("maybe ten people", "maybe", "hedge"),
    ("perhaps ten people", "perhaps", "hedge"),
    ("it was probably me", "probably", "hedge"),
    ("we could possibly win", "possibly", "hedge"),
    ("hopefully it lasts", "hopefully", "hedge"),
    ("I was a little bit nervous", "a little bit", "hedge"),
    ("it was more or less done", "more or less", "hedge"),
    ("ten people or something.", "or something", "hedge"),
    ("ten people or whatever", "or whatever", "hedge"),
    ("it scaled, if that makes sense.", "if that makes sense", "hedge"),
]


@pytest.mark.parametrize("text", CONTENT)
def test_a_word_used_for_what_it_means_does_not_count(text: str) -> None:
    assert find_markers(said(text)) == ()


@pytest.mark.parametrize(("text", "found", "tier"), MARKERS)
def test_a_marker_or_hedge_counts_once(text: str, found: str, tier: str) -> None:
    assert [(m.text, m.tier) for m in find_markers(said(text))] == [(found, tier)]


def test_a_pause_or_a_sound_sets_a_word_off_as_a_comma_does() -> None:
    assert find_markers(said("it took like two weeks")) == ()
    assert len(find_markers(said("it took / like / two weeks"))) == 1
    words = (*said("it took"), *said("like", 1.0), *said("two weeks", 1.7))
    assert len(find_markers(words)) == 1
    close = (*said("it took", 0.0), *said("like", 0.7), *said("two weeks", 1.1))
    assert find_markers(close) == ()
    assert len(find_markers(close, [sound(0.6, 0.7), sound(1.0, 1.1)])) == 1


def test_a_marker_has_the_moment_of_its_words() -> None:
    words = said("we were, you know, late")
    (marker,) = find_markers(words)
    assert (marker.start_s, marker.end_s) == (words[2].start_s, words[3].end_s)


def test_a_longer_phrase_wins_and_is_counted_once() -> None:
    assert [m.text for m in find_markers(said("I feel like, you know, we won"))] == [
        "I feel like",
        "you know",
    ]


vocabulary = st.sampled_from(
    ["i", "you", "know", "like", "mean", "so", "well", "kind", "of", "a", "little", "bit", "or",
     "something", "maybe,", "plan.", "it", "was"]
)  # fmt: skip


@given(st.lists(vocabulary, max_size=20))
def test_markers_are_in_order_and_apart(tokens: list[str]) -> None:
    words = said(" ".join(tokens))
    found = find_markers(words)
    assert all(one.end_s <= other.start_s for one, other in pairwise(found))
    moments = {word.start_s for word in words}
    assert all(marker.start_s in moments for marker in found)
