"""A definition that changes while somebody else is about to write."""

from decimal import Decimal

import pytest

from measures.exchange.entries import Entry
from measures.models import Measure
from measures.services import measures, observations
from tests.actors import Cast, make_cast
from tests.at_once import while_it_waits
from tests.measures.series import FIRST, WAIT, make_measure

pytestmark = pytest.mark.django_db(transaction=True)


def redefine(measure: Measure, cast: Cast, unit: str) -> object:
    words = {**WAIT, "unit": unit}
    return measures.define(measure, definition=words, effective_from=FIRST, why="Clearer", by=cast.lead)


def test_a_number_is_saved_while_the_definition_changes() -> None:
    cast = make_cast()
    measure = make_measure(cast.own)
    saved = while_it_waits(
        lambda: redefine(measure, cast, "working days"),
        lambda: observations.record(measure, FIRST, Entry(value=Decimal(5)), by=cast.data_entry),
    )
    assert (saved.measure.words.number, saved.is_changed) == (2, True)


def test_two_new_definitions_follow_each_other() -> None:
    cast = make_cast()
    measure = make_measure(cast.own)
    while_it_waits(
        lambda: redefine(measure, cast, "working days"), lambda: redefine(measure, cast, "calendar days")
    )
    versions = list(measure.definitions.values_list("number", "unit"))
    assert versions == [(1, "days"), (2, "working days"), (3, "calendar days")]
