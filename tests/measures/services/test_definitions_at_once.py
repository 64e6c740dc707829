"""A definition that changes while somebody else is about to write."""

from decimal import Decimal

import pytest

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure
from measures.selectors.sheet_place import loggable
from measures.services import measures
from measures.services.entry import observations, sheets
from measures.services.entry.observations import Saved
from measures.services.entry.sheets import Typed
from tests.actors import Cast, make_cast
from tests.at_once import while_it_waits
from tests.measures.series import FIRST, WAIT, make_measure

pytestmark = pytest.mark.django_db(transaction=True)


def redefine(measure: Measure, cast: Cast, unit: str) -> object:
    words = {**WAIT, "unit": unit}
    begins = measure.words.effective_from
    return measures.define(measure, definition=words, effective_from=begins, why="Clearer", by=cast.lead)


def test_a_number_is_saved_while_the_definition_changes() -> None:
    cast = make_cast()
    measure = make_measure(cast.own)
    saved = while_it_waits(
        lambda: redefine(measure, cast, "working days"),
        lambda: observations.record(measure, FIRST, Entry(value=Decimal(5)), by=cast.data_entry),
    )
    assert (saved.measure.words.number, saved.is_changed) == (2, True)


def test_a_row_of_the_sheet_is_saved_with_the_definition_that_came_while_it_waited() -> None:
    cast = make_cast()
    shown = loggable(cast.data_entry).get(pk=make_measure(cast.own).pk)
    row = {shown: Typed(value="5")}
    saved = while_it_waits(
        lambda: redefine(shown, cast, "working days"), lambda: sheets.log(row, FIRST, by=cast.data_entry)
    )[shown.ref]
    assert isinstance(saved, Saved)
    assert saved.measure.words.unit == "working days"


def test_two_rows_of_a_measure_are_saved_after_each_other() -> None:
    cast = make_cast()
    shown = loggable(cast.data_entry).get(pk=make_measure(cast.own).pk)
    entry, row = Entry(value=Decimal(5)), {shown: Typed(value="6")}
    second = periods.following(FIRST, "month")
    saved = while_it_waits(
        lambda: observations.record(shown, FIRST, entry, by=cast.data_entry),
        lambda: sheets.log(row, second, by=cast.data_entry),
    )[shown.ref]
    assert isinstance(saved, Saved)
    assert [(one.period, one.version) for one in saved.series] == [(FIRST, 1), (second, 2)]


def test_two_new_definitions_follow_each_other() -> None:
    cast = make_cast()
    measure = make_measure(cast.own)
    while_it_waits(
        lambda: redefine(measure, cast, "working days"), lambda: redefine(measure, cast, "calendar days")
    )
    versions = list(measure.definitions.values_list("number", "unit"))
    assert versions == [(1, "days"), (2, "working days"), (3, "calendar days")]
