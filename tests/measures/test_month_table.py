"""Months × measures as a table: what it says, and that the same table pasted again changes nothing."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, NoData, Observation
from measures.selectors.sheet_place import place_of
from measures.services import measures
from measures.services.entry import observations, pastes
from measures.services.entry.month_tables import MonthTable, month_table
from measures.services.entry.observations import Cell
from measures.services.entry.pastes import Paste, PastedBlock
from organizations.models import standing_of
from p2.web.http import csv_answer
from tests.actors import Cast, make_cast
from tests.measures.series import NAMING, SHARE, WAIT
from tests.measures.sheets import make

pytestmark = pytest.mark.django_db

AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
SINCE, NOVEMBER, DECEMBER, JANUARY = (
    date(2003, 10, 1),
    date(2003, 11, 1),
    date(2003, 12, 1),
    date(2004, 1, 1),
)
PERCENT = {**WAIT, "unit": "% of patients", "decimals": 3}
TIME = {**WAIT, "numerator_words": "Falls", "shape": "time_between", "decimals": 0, "direction": "up"}
NAMES = ("Wait, in days", 'The "big" one', "=SUM(A1) falls", "@home", "Väntan ½", "12", "Wait")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """A measure of every kind, with names that a table may stumble over, numbers, reasons, event dates and holes."""
    for name in NAMES:
        make(cast.own, name, since=SINCE)
    share = make(cast.own, "Share", since=SINCE, words=SHARE)
    for label in ("days", "in days"):  # the second is called as another measure with its stratum
        naming = {**NAMING, "name": "Share", "stratum_of": share, "stratum_label": label}
        measures.create(cast.own, naming=naming, definition=SHARE, effective_from=SINCE, by=None)
    make(cast.own, "Pain", since=SINCE, words=PERCENT)
    falls = make(cast.own, "Falls", since=SINCE, words=TIME)
    naming = {
        **NAMING,
        "name": "Wait",
        "stratum_of": Measure.objects.get(name="Wait"),
        "stratum_label": "in days",
    }
    measures.create(cast.own, naming=naming, definition=WAIT, effective_from=SINCE, by=None)
    cells = []
    for at, measure in enumerate(Measure.objects.exclude(pk=falls.pk)):
        first, second = _entries(measure, at)
        cells += [Cell(measure.pk, DECEMBER, first), Cell(measure.pk, JANUARY, second)]
        cells += [Cell(measure.pk, NOVEMBER, Entry(no_data=NoData.VENDOR_LATE))] if at % 2 else []
    cells += [
        Cell(Measure.objects.get(name="Pain").pk, NOVEMBER, Entry(no_data=NoData.OTHER, note="A strike"))
    ]
    cells.sort(key=lambda cell: cell.period)
    cells += [
        Cell(falls.pk, NOVEMBER, Entry(value=Decimal(14))),
        Cell(falls.pk, DECEMBER, Entry(no_data=NoData.EVENTS), days=(date(2003, 12, 3), date(2003, 12, 3))),
        Cell(falls.pk, JANUARY, Entry(no_data=NoData.NO_EVENTS)),
    ]
    pain = Measure.objects.get(name="Pain").pk
    unique = {
        (cell.measure_id, cell.period): cell
        for cell in cells
        if cell.measure_id != pain or cell.entry.no_data != NoData.VENDOR_LATE
    }
    observations.record_many(list(unique.values()), by=cast.lead, at=AT)
    return cast


def _entries(measure: Measure, at: int) -> tuple[Entry, Entry]:
    if measure.words.is_ratio:
        return (
            Entry(numerator=Decimal(at), denominator=Decimal(1250)),
            Entry(numerator=Decimal(3), denominator=Decimal("98.5")),
        )
    values = [("-1.5", "987"), ("101.125", "250"), ("0.125", "1234567.25"), ("100", "1000.000001")]
    first, second = values[at % len(values)]
    return Entry(value=Decimal(first)), Entry(value=Decimal(second))


def taken(cast: Cast) -> MonthTable:
    standing_of(cast.data_entry)
    return month_table(cast.own, place_of(cast.own, JANUARY, frequency="month", at=AT), by=cast.data_entry)


def as_csv(table: MonthTable) -> str:
    return csv_answer("months", table.heads, table.rows).content.decode("utf-8-sig")


def pasted(cast: Cast, text: str, frequency: str = "month") -> Paste:
    block = PastedBlock(text=text, measure="", period=None, frequency=frequency)
    return pastes.compare(cast.own, block, reader=cast.data_entry, at=AT)


def again(text: str, delimiter: str, *, comma: bool = False, months: str = "") -> str:
    """The file as a spreadsheet writes it: with its own separator, decimals and dates."""
    rows = list(csv.reader(StringIO(text, newline="")))
    for row in rows[1:]:
        day = datetime.strptime(row[0], "%Y-%m").replace(tzinfo=UTC)
        row[0] = (
            f"{day.month}/{day.day}/{day.year}"
            if months == "US"
            else day.strftime(months)
            if months
            else row[0]
        )
        row[1:] = [
            cell.replace(".", ",") if comma and cell.replace(".", "").replace("-", "").isdigit() else cell
            for cell in row[1:]
        ]
    written = StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def test_rows_are_the_last_24_months_and_columns_the_sheets_measures(filled: Cast) -> None:
    table = taken(filled)
    ratio = table.heads.index("Share, numerator")
    assert (table.heads[0], table.heads[ratio + 1]) == ("period", "Share, denominator")
    assert '"\'=SUM(A1) falls"' in as_csv(table)  # a spreadsheet does not run it
    assert {"Pain", "Falls, event dates", "=SUM(A1) falls", "12"} < set(table.heads)
    assert (len(table.rows), table.rows[0][0], table.rows[-1][0]) == (24, "2002-02", "2004-01")
    assert {len(row) for row in table.rows} == {len(table.heads)}


def test_cells_say_numbers_reasons_and_event_dates_in_english(filled: Cast) -> None:
    table = taken(filled)
    november, december, january = (dict(zip(table.heads, row, strict=True)) for row in table.rows[-3:])
    assert november["Pain"] == "no data (other, see note)"
    assert [row["Falls, event dates"] for row in (november, december, january)] == [
        "14 days", "2003-12-03, 2003-12-03", "none",
    ]  # fmt: skip
    assert (january["Share, numerator"], january["Share, denominator"]) == ("3", "98.5")


def test_an_event_of_the_first_of_a_month_stands_among_its_dates(cast: Cast) -> None:
    falls = make(cast.own, "Falls", since=SINCE, words=TIME)
    days = (JANUARY, date(2004, 1, 9))
    dated = Cell(falls.pk, JANUARY, Entry(no_data=NoData.EVENTS), days=days)
    observations.record_many([dated], by=cast.lead, at=AT)
    assert taken(cast).rows[-1] == ("2004-01", "2004-01-01, 2004-01-09")


def test_two_measures_of_one_name_are_told_apart_by_their_refs(filled: Cast) -> None:
    plain, stratum = (
        Measure.objects.get(name="Wait, in days"),
        Measure.objects.get(name="Wait", stratum_label="in days"),
    )
    heads = [head for head in taken(filled).heads if head.startswith("Wait, in days")]
    assert sorted(heads) == sorted(f"Wait, in days [{one.ref}]" for one in (plain, stratum))


FORMS: dict[str, Any] = {
    "as it is": lambda text: text,
    "a spreadsheet's tabs": lambda text: again(text, "\t"),
    "semicolons": lambda text: again(text, ";"),
    "Swedish": lambda text: again(text, ";", comma=True, months="%b-%y"),
    "American": lambda text: again(text, ",", months="US"),
    "full dates": lambda text: again(text, ",", months="%Y-%m-%d"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_changes_nothing(filled: Cast, form: str) -> None:
    paste = pasted(filled, FORMS[form](as_csv(taken(filled))))
    assert paste.problem == ""
    assert [(cell.measure.name, cell.words, cell.sentence) for cell in paste.of_kind("left-out")] == []
    assert [(cell.measure.name, cell.period, cell.words) for cell in paste.written] == []
    assert paste.same_count == Observation.objects.filter(ordinal=0).count()
    assert paste.remarks == ()


def test_changed_cells_alone_are_written(filled: Cast) -> None:
    table = taken(filled)
    at = {head: place for place, head in enumerate(table.heads)}
    rows = [list(row) for row in table.rows]
    rows[-1][at["Share, denominator"]] = "99"
    rows[-1][at["=SUM(A1) falls"]] = "no data (system down)"
    rows[-2][at["@home"]] = "7.125"
    rows[-5][at["Pain"]] = "55"
    rows[-3][at["Falls, event dates"]] = "2003-11-04"
    paste = pasted(filled, as_csv(MonthTable(table.heads, tuple(map(tuple, rows)))))
    found = {(str(cell.measure), cell.period): (cell.kind, cell.entry) for cell in paste.written}
    assert found == {
        ("Share", JANUARY): ("changed", Entry(numerator=Decimal(3), denominator=Decimal(99))),
        ("=SUM(A1) falls", JANUARY): ("changed", Entry(no_data=NoData.SYSTEM_DOWN)),
        ("@home", DECEMBER): ("changed", Entry(value=Decimal("7.125"))),
        ("Pain", date(2003, 9, 1)): ("new", Entry(value=Decimal(55))),
        ("Falls", NOVEMBER): ("changed", Entry(no_data=NoData.EVENTS)),
    }
    assert [cell.days for cell in paste.written if cell.period == NOVEMBER] == [(date(2003, 11, 4),)]
    assert paste.of_kind("left-out") == []


def test_columns_may_change_places_and_go_missing(filled: Cast) -> None:
    text = 'period,Comment,"Share, denominator","Share, numerator"\n2003-12,x,1250,4\n2004-01,y,98.5,3\nTotal,,1,2\n'
    paste = pasted(filled, text)
    share = Measure.objects.get(name="Share", stratum_label="")
    assert {where[0] for where in paste.cells} == {share.ref}
    entry = paste.cells[share.ref, DECEMBER].entry
    assert entry == Entry(numerator=Decimal(4), denominator=Decimal(1250))
    assert paste.cells[share.ref, JANUARY].kind == "same"
    assert paste.remarks == ("“Comment” is no measure of this sheet and is left out.",)
    assert paste.laid
    assert paste.laid.undated == ("Total",)


def test_a_reason_that_needs_its_note_is_left_out_where_there_is_none(filled: Cast) -> None:
    paste = pasted(
        filled, 'period,Pain\n2003-09,"no data (other, see note)"\n2003-10,no data (vendor late)\n'
    )
    left, written = paste.of_kind("left-out"), paste.written
    assert [cell.sentence for cell in left] == [
        "“Other, see note” needs its note: say why there is no number."
    ]
    assert [cell.entry for cell in written] == [Entry(no_data=NoData.VENDOR_LATE)]


@pytest.mark.parametrize(
    ("frequency", "first", "last"), [("week", "2003-W35", "2004-W06"), ("quarter", "1998-Q1", "2003-Q4")]
)
def test_weeks_and_quarters_come_back_too(cast: Cast, frequency: str, first: str, last: str) -> None:
    measure = make(cast.own, "Wait", since=date(1998, 1, 1), words={**WAIT, "frequency": frequency})
    period = periods.latest_complete(AT.date(), frequency)
    observations.record(measure, period, Entry(value=Decimal(4)), by=cast.lead, at=AT)
    standing_of(cast.data_entry)
    table = month_table(cast.own, place_of(cast.own, period, frequency=frequency, at=AT), by=cast.data_entry)
    assert (table.rows[0][0], table.rows[-1]) == (first, (last, "4"))
    paste = pasted(cast, as_csv(table), frequency)
    assert (paste.written, paste.same_count, paste.problem) == ([], 1, "")


def test_the_table_costs_as_much_for_thirty_measures_as_for_one(cast: Cast) -> None:
    counts = []
    for more in (1, 29):
        for number in range(more):
            make(cast.own, f"Measure {more} {number}", since=SINCE)
        with CaptureQueriesContext(connection) as queries:
            taken(cast)
        counts.append(len(queries))
    assert counts[1] == 2
