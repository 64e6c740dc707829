"""Event dates from files: a line an event, a month whole, and every line that tells none says why."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.exchange.entries import Entry
from measures.exchange.tables import Table, read_table
from measures.models import Correction, Measure, Month, NoData
from measures.services.entry import imports, observations
from measures.services.entry.observations import Cell
from tests.actors import Cast, make_cast
from tests.measures.test_imports import AT, load, made

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


@pytest.fixture
def codes(cast: Cast) -> Measure:
    return made(cast.own, "Codes", shape="time_between")


def told(report: imports.ImportReport) -> list[str]:
    return [mistake.sentence for mistake in report.mistakes]


def test_a_file_brings_numbers_for_whole_months_and_that_there_were_none(cast: Cast, codes: Measure) -> None:
    report = load(
        cast, "Own Hospital,Codes,2003-12,,,31,,,,,", "Own Hospital,Codes,2004-01-01,,,,,,no events,,"
    )
    assert (report.new, told(report)) == (2, [])
    assert [(row.value, row.no_data) for row in codes.observations.all()] == [
        (Decimal(31), ""), (None, "no_events"),
    ]  # fmt: skip


def test_a_line_of_an_events_own_day_is_refused(cast: Cast, codes: Measure) -> None:
    report = load(cast, "Own Hospital,Codes,2004-01-17,,,14,,,,,")
    assert told(report) == [
        "“2004-01-17” is the day of an event: write it in the column “event”. A number of days is for a whole period."
    ]
    assert not codes.observations.exists()


def test_a_number_does_not_take_the_place_of_dates(cast: Cast, codes: Measure) -> None:
    dates = Cell(codes.pk, JANUARY, Entry(no_data=NoData.EVENTS), days=(date(2004, 1, 17),))
    observations.record_many([dates], by=None, at=AT)
    report = load(cast, "Own Hospital,Codes,2004-01,,,14,,,,,")
    assert told(report) == [
        "Event dates stand there. Give the dates of its period in the column “event”, or change them on the sheet."
    ]
    assert codes.observations.count() == 2


def test_event_dates_are_no_reason_that_a_file_may_give(cast: Cast, codes: Measure) -> None:
    (sentence,) = told(load(cast, "Own Hospital,Codes,2004-01,,,,,,event dates,,"))
    assert sentence.startswith("“event dates” is no reason for missing data.")


def events_file(*lines: str, heads: str = "organization,measure,period,event,note,why") -> Table:
    return read_table("events.csv", "\n".join([heads, *lines]).encode())


def bring(cast: Cast, *lines: str, **more: Any) -> imports.ImportReport:
    files = [more.pop("file", None) or events_file(*lines)]
    return imports.load(cast.collaborative, files, at=more.pop("at", AT), **more)


def standing(measure: Measure) -> list[tuple[str, int, str]]:
    return [(f"{row.period}", row.ordinal, row.words) for row in measure.observations.all()]


def counts(report: imports.ImportReport) -> tuple[int, int, int]:
    return report.new, report.changed, report.same


def test_a_file_of_event_dates_alone_needs_no_period(cast: Cast, codes: Measure) -> None:
    file = events_file(
        "Own Hospital,Codes,17 Jan 2004", "Own Hospital,Codes,2004-01-17", "Own Hospital,Codes,31.12.2003",
        heads="organization,measure,event",
    )  # fmt: skip
    report = bring(cast, file=file, by=cast.data_entry)
    assert (counts(report), told(report)) == ((3, 0, 0), [])
    assert standing(codes) == [
        ("2003-12-01", 0, "event dates"), ("2003-12-31", 1, "first event"), ("2004-01-01", 0, "event dates"),
        ("2004-01-17", 1, "17"), ("2004-01-17", 2, "0"),
    ]  # fmt: skip
    assert {row.recorded_by for row in codes.observations.all()} == {cast.data_entry}
    codes.refresh_from_db()
    assert codes.series_version == 1
    assert counts(bring(cast, file=file)) == (0, 0, 3)
    assert Correction.objects.count() == 5


def test_a_spreadsheets_days_and_days_with_their_time_are_read(cast: Cast, codes: Measure) -> None:
    report = bring(
        cast, "Own Hospital,Codes,,37958,,", "Own Hospital,Codes,Dec 2003,2003-12-17 14:30,,",
        "Own Hospital,Codes,,2004-01-05T23:30:00Z,,",
    )  # fmt: skip
    assert told(report) == [
        "“2004-01-05T23:30:00Z” is no date. Write it as 2004-01-17, or its period in the column “period”."
    ]
    assert report.mistakes[0].number == 4
    bring(cast, "Own Hospital,Codes,,37958,,", "Own Hospital,Codes,Dec 2003,2003-12-17 14:30,,")
    assert standing(codes) == [
        ("2003-12-01", 0, "event dates"), ("2003-12-03", 1, "first event"), ("2003-12-17", 1, "14"),
    ]  # fmt: skip


def test_a_month_is_named_beside_its_days_and_beside_none(cast: Cast, codes: Measure) -> None:
    report = bring(
        cast,
        "Own Hospital,Codes,2003-11,none,,",
        'Own Hospital,Codes,Dec 2003,"3, 17",roof open,',
        "Own Hospital,Codes,Dec 2003,24,second ward,",
    )
    assert (counts(report), told(report)) == ((4, 0, 0), [])
    assert [row[2] for row in standing(codes)] == [
        "no events", "event dates", "first event", "14", "7",
    ]  # fmt: skip
    assert codes.observations.get(period=date(2003, 12, 1)).note == "roof open\nsecond ward"


def test_the_lines_of_a_month_are_all_its_events_and_what_goes_is_told_before(
    cast: Cast, codes: Measure
) -> None:
    bring(cast, 'Own Hospital,Codes,2004-01,"3, 9, 17",,')
    moved = ("Own Hospital,Codes,2004-01,3,,", "Own Hospital,Codes,2004-01,10,,")
    for is_rehearsal in (True, False):
        report = bring(cast, *moved, is_rehearsal=is_rehearsal)
        assert (counts(report), told(report)) == ((0, 2, 1), [])
        assert [str(warning) for warning in report.warnings] == [
            "events.csv, line 2: Codes: this file takes out the events of 9 Jan, 17 Jan."
        ]
        assert len(standing(codes)) == (4 if is_rehearsal else 3)
    assert standing(codes)[1:] == [("2004-01-03", 1, "first event"), ("2004-01-10", 1, "7")]


def test_each_line_that_tells_no_event_says_why(cast: Cast, codes: Measure) -> None:
    made(cast.own, "Falls")
    file = events_file(
        "Own Hospital,Falls,,2004-01-17,,", "Own Hospital,Codes,,7/1/2004,,", "Own Hospital,Codes,,none,,",
        "Own Hospital,Codes,2004-01,2003-12-17,,", "Own Hospital,Codes,,2004-02-13,,",
        "Own Hospital,Codes,2004-01,14 days,,", "Own Hospital,Codes,2004-01,3,,no cases",
        "Own Hospital,Codes,2003-12,3,,", "Own Hospital,Codes,2003-12,none,,",
        "Own Hospital,Codes,2003-11,none,,", "Own Hospital,Codes,,2003-11-04,,",
        heads="organization,measure,period,event,value,no_data",
    )  # fmt: skip
    assert told(bring(cast, file=file)) == [
        "Falls is no time between events: it takes no event dates.",
        "“7/1/2004” is no date. Write it as 2004-01-17, or its period in the column “period”.",
        "“none” is of a whole period: name it in the column “period”.",
        "17 December 2003 does not lie in January 2004. Enter it where its own period is open.",
        "13 February 2004 lies in the future. An event is entered once it has happened.",
        "“14 days” is a number of days: it stands in the column “value”. Event dates stand here.",
        "This line has an event and a reason for no data. Keep one of the two.",
        "Line 9 says something else of December 2003: there were events, or there were none.",
        "Line 11 says something else of November 2003: there were events, or there were none.",
    ]
    assert not codes.observations.exists()


def test_a_month_has_its_events_in_one_file_or_its_number(cast: Cast, codes: Measure) -> None:
    line = "Own Hospital,Codes,2004-01,17,,"
    again = read_table("again.csv", f"organization,measure,period,event,note,why\n{line}".encode())
    twice = imports.load(cast.collaborative, [events_file(line), again], at=AT)
    assert told(twice) == [
        "Events of January 2004 stand on events.csv, line 2 already. Keep them in one file."
    ]
    heads = "organization,measure,period,event,value"
    for lines in (("2004-01,17,", "2004-01,,14"), ("2004-01,,14", "2004-01,17,")):
        file = events_file(*(f"Own Hospital,Codes,{line}" for line in lines), heads=heads)
        assert told(bring(cast, file=file)) == [
            "January 2004 of Codes stands on line 2 already. Keep one of the two."
        ]


def test_a_change_of_dates_in_a_closed_month_needs_the_reason_column(cast: Cast, codes: Measure) -> None:
    bring(cast, "Own Hospital,Codes,2003-11,17,,", "Own Hospital,Codes,2003-12,24,,")
    for period in (date(2003, 11, 1), date(2003, 12, 1)):
        closed = date(2004, 1, 20)
        Month.objects.create(collaborative=cast.collaborative, period=period, due_on=closed, closes_on=closed)
    moved = "Own Hospital,Codes,2003-11,18,,"
    assert told(bring(cast, moved)) == ["November 2003 is closed: say why this number changes."]
    assert bring(cast, f"{moved}wrong chart").changed == 1
    later = codes.corrections.filter(period=date(2003, 12, 24)).order_by("-id")[0]
    assert (later.old_words, later.new_words, later.why) == ("37", "36", "wrong chart")


@pytest.mark.parametrize("role", ["member", "faculty", "other_lead"])
def test_nobody_brings_dates_in_the_name_of_who_may_not_record(cast: Cast, codes: Measure, role: str) -> None:
    person = getattr(cast, role)
    assert told(bring(cast, "Own Hospital,Codes,2004-01,17,,", by=person)) == [
        f"{person} may not record numbers for Own Hospital."
    ]


def test_a_bad_line_elsewhere_keeps_the_dates_out_too(cast: Cast, codes: Measure) -> None:
    made(cast.own, "Falls")
    file = events_file(
        "Own Hospital,Codes,2004-01,17,", "Own Hospital,Falls,2004-09,,3",
        heads="organization,measure,period,event,value",
    )  # fmt: skip
    assert bring(cast, file=file).mistakes_found == 1
    assert not codes.observations.exists()
    assert not Correction.objects.exists()


def test_the_queries_of_a_file_of_dates_do_not_grow_with_its_lines(cast: Cast, codes: Measure) -> None:
    def queries(*lines: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            bring(cast, *lines)
        return len(seen)

    bring(cast, 'Own Hospital,Codes,2004-01,"3, 17",,')
    few = queries('Own Hospital,Codes,2003-12,"3, 17",,')
    many = [f'Own Hospital,Codes,2003-{month:02},"3, 17",,' for month in range(1, 12)]
    assert queries(*many) == few
