"""Log the month: what the sheet shows, and at what cost."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.exchange.entries import Entry
from measures.pages.entry.sheet.page import Sheet, sheet
from measures.services import charts, measures
from measures.services.entry import observations
from organizations.models import standing_of
from tests.actors import Cast, make_cast
from tests.measures.series import NAMING, SHARE, WAIT, log
from tests.measures.sheets import keep_month, make, open_month

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


def seen(cast: Cast, *, at: datetime = AT, **asked: object) -> Sheet:
    return sheet(cast.own, reader=cast.data_entry, at=at, **asked)  # type: ignore[arg-type]


def test_the_newest_complete_month_of_the_organizations_zone_is_open(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    new_year = datetime(2004, 2, 1, 2, tzinfo=UTC)
    assert seen(cast, at=new_year).label == "January 2004"
    cast.own.time_zone = "America/New_York"
    assert seen(cast, at=new_year).label == "December 2003"


def test_eleven_months_stand_before_the_open_one(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    heads = [column.head for column in seen(cast).columns]
    assert heads == ["Feb ’03", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def test_a_past_month_can_be_opened_and_a_future_one_cannot(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    assert seen(cast, period=date(1999, 5, 1)).label == "May 1999"
    assert seen(cast, period=date(2031, 5, 1)).label == "February 2004"


def test_the_closing_is_told_with_its_day_place_and_zone(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    keep_month(cast, JANUARY)
    cast.own.time_zone, cast.own.region = "America/New_York", "Cincinnati, Ohio"
    page = seen(cast)
    assert (page.title, page.closing, page.closes) == (
        "January 2004 closes in 8 days",
        "Friday 20 February, midnight in Cincinnati (EST)",
        "closes 20 Feb",
    )


def test_a_closed_month_still_takes_late_numbers_and_says_so(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    keep_month(cast, JANUARY)
    page = seen(cast, at=datetime(2004, 3, 12, tzinfo=UTC), period=JANUARY)
    assert page.title == "January 2004 closed on 20 February"
    assert page.closing == "Late numbers are still taken; a change needs a reason."
    assert page.rows[0].state_words == "Late"


def test_where_no_months_are_kept_nothing_closes_and_nothing_is_due(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    page = seen(cast)
    assert (page.title, page.closing, page.closes) == ("January 2004", "", "")
    assert (page.rows[0].state, page.rows[0].state_words) == ("no-number", "No number")


def test_on_a_sheet_that_owes_nothing_numbers_are_open_and_none_is_due(client: Client, cast: Cast) -> None:
    for period in (open_month(), JANUARY):
        keep_month(cast, period)
    one = make(cast.applicant, "Wait", since=JANUARY)
    make(cast.applicant, "Falls", since=date(2030, 1, 1))
    log(one, [9], first=open_month())
    client.force_login(cast.applicant_lead)
    told = client.get(reverse("measures:sheet", args=["perfection", cast.applicant.ref])).text
    page = sheet(cast.applicant, reader=cast.applicant_lead, at=timezone.now())
    progress = page.progress
    assert (progress.done, progress.due, progress.total, progress.waiting) == (1, 1, 2, "no-number")
    assert [words for _key, words, _count in page.shows] == ["Needs you", "Open", "Done"]
    assert "<b>1</b> of 2 done, <b>0</b> need you, 1 open" in told
    assert ("Next without a number" in told, "Next that needs you" in told) == (True, False)
    assert re.findall(r">[^<>]*\bdue\b[^<>]*<", told) == []


def test_what_had_not_begun_is_not_counted_where_others_are_due(cast: Cast) -> None:
    keep_month(cast, JANUARY)
    make(cast.own, "Wait", since=JANUARY)
    make(cast.own, "Falls", since=date(2004, 2, 1))
    page = seen(cast)
    assert [row.state for row in page.rows] == ["due", "no-number"]
    assert (page.progress.due, page.progress.total, page.progress.is_asked) == (1, 1, True)


def test_what_an_organization_did_not_take_part_in_is_neither_due_nor_late(cast: Cast) -> None:
    for period in (date(2003, 12, 1), JANUARY):
        keep_month(cast, period)
    for place, lead in ((cast.past, cast.past_lead), (cast.applicant, cast.applicant_lead)):
        make(place, "Wait", since=date(2003, 12, 1))
        page = sheet(place, reader=lead, at=AT)
        row = page.rows[0]
        assert (page.title, row.past[-1].kind, row.state_words) == ("January 2004", "empty", "No number")


def test_cells_are_a_number_a_reason_late_or_empty(cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=date(2003, 11, 1))
    for period in (date(2003, 11, 1), date(2003, 12, 1), JANUARY):
        keep_month(cast, period)
    log(wait, [12.5], first=date(2003, 9, 1))
    observations.record(wait, date(2003, 10, 1), Entry(no_data="vendor_late"), by=cast.data_entry, at=AT)
    observations.record(wait, date(2003, 11, 1), Entry(value=Decimal(9)), by=cast.data_entry, at=AT)
    row = seen(cast).rows[0]
    shown = [(past.kind, past.text, past.title) for past in row.past[-5:]]
    assert shown == [
        ("empty", "", ""),
        ("number", "12.5", ""),
        ("no-data", "n/d", "No data: vendor late"),
        ("number", "9.0", "logged late"),
        ("late", "late", "Not yet logged"),
    ]
    assert (row.state_words, row.previous) == ("Dec and Jan due", "December: Not yet logged")


def test_a_stratum_stands_under_its_measure(cast: Cast) -> None:
    whole = make(cast.own, "Care by evidence", since=JANUARY, words=SHARE)
    make(cast.own, "Wait", since=JANUARY)
    measures.create(
        cast.own,
        naming={**NAMING, "name": whole.name, "stratum_of": whole, "stratum_label": "Medicaid families"},
        definition=SHARE,
        by=None,
    )
    assert [row.name for row in seen(cast).rows] == [
        "Care by evidence",
        "of these, Medicaid families",
        "Wait",
    ]


def test_progress_counts_done_trouble_due_and_late(cast: Cast) -> None:
    keep_month(cast, date(2003, 12, 1))
    keep_month(cast, JANUARY)
    done, none, leap, _due = (make(cast.own, name, since=date(2003, 12, 1)) for name in ("a", "b", "c", "d"))
    for measure in (done, none, leap):
        log(measure, [10] * 11, first=date(2003, 2, 1))
    log(done, [10], first=JANUARY)
    log(leap, [50], first=JANUARY)
    observations.record(none, JANUARY, Entry(no_data="no_cases"), by=cast.data_entry, at=AT)
    charts.refresh_stale()
    progress = seen(cast).progress
    assert [row.state for row in progress.rows] == ["saved", "no-data", "outside-limits", "due"]
    assert (progress.done, progress.needs_you, progress.due) == (2, 1, 1)
    assert (progress.late, progress.late_from) == (1, "December")


def test_weeks_and_quarters_have_their_own_sheet(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY)
    make(cast.own, "Cost", since=JANUARY, words={**WAIT, "frequency": "quarter"})
    page = seen(cast, frequency="quarter")
    assert (page.frequencies, page.label, [row.name for row in page.rows]) == (
        ("month", "quarter"),
        "Q4 2003",
        ["Cost"],
    )


def test_a_week_says_its_days(cast: Cast) -> None:
    make(cast.own, "Wait", since=JANUARY, words={**WAIT, "frequency": "week"})
    page = seen(cast, frequency="week")
    assert page.label == "week 6, 2 to 8 February 2004"
    assert (page.earlier.label, page.earlier.days) == (
        "week 5, 26 January to 1 February 2004",
        "26\N{NO-BREAK SPACE}Jan–1\N{NO-BREAK SPACE}Feb",
    )


def test_the_sheet_costs_four_queries_whatever_its_size(cast: Cast) -> None:
    standing_of(cast.data_entry)  # the reader's own query, made once a request
    counts = []
    for upto in (1, 30):
        for at in range(cast.own.measures.count(), upto):
            log(
                make(cast.own, f"Wait {at}", since=JANUARY),
                [10 + n % 3 for n in range(36)],
                first=date(2001, 2, 1),
            )
        charts.refresh_stale()
        with CaptureQueriesContext(connection) as queries:
            assert len(seen(cast).rows) == upto
        counts.append(len(queries))
    assert counts == [4, 4]
