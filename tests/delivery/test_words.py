from __future__ import annotations

from dataclasses import replace

from simulator.delivery.hesitation import Cluster
from simulator.delivery.measures import Delivery
from simulator.delivery.spoiled import SPOILS
from simulator.delivery.words import (
    CANNOT_JUDGE,
    MOST_NOTES,
    RATES_DISAGREE,
    TRIGGERS,
    delivery_notes,
)
from simulator.speech.timeline import Span


def test_every_reason_has_words() -> None:
    assert set(CANNOT_JUDGE) == set(SPOILS)


def test_an_ordinary_answer_needs_no_notes() -> None:
    assert delivery_notes(Delivery(rates_agree=True, monotone_share=0.1)) == ()


def test_reasons_are_all_told_and_observations_are_few() -> None:
    delivery = Delivery(
        cannot_judge=("noisy", "too_short"),
        rates_agree=False,
        usual_trigger="before_number",
        monotone_share=0.6,
        monotone_stretches=(Span(65.0, 75.0),),
        faded_ends_share=0.8,
        faded_ends=(Span(3.0, 3.4),) * 5,
    )
    notes = delivery_notes(delivery)
    assert notes[:2] == (CANNOT_JUDGE["noisy"], CANNOT_JUDGE["too_short"])
    assert len(notes) == 2 + MOST_NOTES
    assert notes[2:4] == (RATES_DISAGREE, TRIGGERS["before_number"])
    assert "1:05" in notes[4]


def test_one_faded_end_is_a_slip() -> None:
    assert delivery_notes(Delivery(faded_ends_share=1.0, faded_ends=(Span(1.0, 1.4),))) == ()


def test_a_cluster_is_told_where_no_place_is_usual() -> None:
    delivery = Delivery(clusters=(Cluster(61.0, 64.0, 3, "start"),))
    assert delivery_notes(delivery) == ("3 ums close together at 1:01.",)
    assert delivery_notes(replace(delivery, usual_trigger="start")) == (TRIGGERS["start"],)
