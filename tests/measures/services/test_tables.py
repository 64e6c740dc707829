"""A whole table of numbers: what it leaves is what the sheet would leave, in as many statements at any length."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Correction, Measure, NoData, Observation
from measures.services.entry import observations
from measures.services.entry.cells import Cell
from measures.services.entry.imports import tables
from organizations.models import User
from tests.actors import Cast, make_cast
from tests.measures.series import make_measure

AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
JANUARY, DECEMBER = date(2004, 1, 1), date(2003, 12, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


def number(value: str, note: str | None = None, **more: object) -> Entry:
    return Entry(value=Decimal(value), note=note, **more)  # type: ignore[arg-type]


def left(measure: Measure) -> list[list[dict[str, object]]]:
    """The rows of a measure without the keys that differ between two measures."""
    rows = [measure.observations.order_by("period"), measure.corrections.order_by("period", "version")]
    return [[model_to_dict(row, exclude=["id", "measure"]) for row in kind] for kind in rows]


def test_a_table_leaves_what_the_sheet_would_leave(cast: Cast) -> None:
    first = [
        (DECEMBER, number("4", "seen \\N twice\tby\r\nus")),
        (JANUARY, Entry(no_data=NoData.VENDOR_LATE)),
    ]
    then = [(DECEMBER, number("4.5", sd=Decimal("0.1"), size=7)), (JANUARY, number("6", "it came"))]
    typed, copied = make_measure(cast.own, "Typed"), make_measure(cast.own, "Copied")
    for entries in (first, then):
        cells = {
            measure: [Cell(measure.pk, period, entry, why=" \\. ") for period, entry in entries]
            for measure in (typed, copied)
        }
        observations.record_many(cells[typed], by=cast.data_entry, at=AT)
        tables.record(cells[copied], by=cast.data_entry, at=AT)
    assert left(copied) == left(typed)
    assert [len(rows) for rows in left(copied)] == [2, 4]
    typed.refresh_from_db()
    copied.refresh_from_db()
    assert copied.series_version == typed.series_version == 2


def test_a_note_alone_changes_neither_number_nor_version(cast: Cast) -> None:
    wait = make_measure(cast.own)
    tables.record([Cell(wait.pk, JANUARY, number("4"))], by=cast.lead, at=AT)
    tally = tables.record([Cell(wait.pk, JANUARY, number("4", " as told "))], by=cast.data_entry, at=AT)
    row = Observation.objects.get()
    assert (tally.same, row.note, row.version, row.recorded_by) == (1, "as told", 1, cast.lead)
    assert Correction.objects.of_numbers().count() == 1
    wait.refresh_from_db()
    assert wait.series_version == 1


def test_ten_numbers_and_a_thousand_take_the_same_statements(cast: Cast) -> None:
    def statements(measures: int, months: int) -> int:
        made = [make_measure(cast.own, f"{at} of {measures}") for at in range(measures)]
        every = periods.between(date(1994, 1, 1), date(2003, 12, 1), "month")[:months]
        cells = [Cell(measure.pk, period, number("3")) for measure in made for period in every]
        lead = User.objects.get(pk=cast.lead.pk)  # who has not been asked for their roles yet
        with CaptureQueriesContext(connection) as seen:
            assert tables.record(cells, by=lead, at=AT).new == measures * months
        return len(seen)

    assert statements(1, 10) == statements(10, 100)
