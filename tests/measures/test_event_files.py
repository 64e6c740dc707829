"""Files and blocks beside event dates: nothing is laid wrong, and what is left out is said."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from measures.exchange.entries import Entry
from measures.models import Measure, NoData
from measures.services.entry import imports, observations
from measures.services.entry.observations import Cell
from tests.actors import Cast
from tests.measures.sheets import address, open_month
from tests.measures.test_imports import AT, load, made

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 1)


@pytest.fixture
def codes(cast: Cast) -> Measure:
    return made(cast.own, "Codes", shape="time_between")


def told(report: imports.Report) -> list[str]:
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
        "“2004-01-17” is the day of an event. Event dates are typed on the sheet, in the cell of their month."
    ]
    assert not codes.observations.exists()


def test_a_number_does_not_take_the_place_of_dates(cast: Cast, codes: Measure) -> None:
    dates = Cell(codes.pk, JANUARY, Entry(no_data=NoData.EVENTS), days=(date(2004, 1, 17),))
    observations.record_many([dates], by=None, at=AT)
    report = load(cast, "Own Hospital,Codes,2004-01,,,14,,,,,")
    assert told(report) == ["Event dates stand there. Change them on the sheet, in the cell of their month."]
    assert codes.observations.count() == 2


def test_event_dates_are_no_reason_that_a_file_may_give(cast: Cast, codes: Measure) -> None:
    (sentence,) = told(load(cast, "Own Hospital,Codes,2004-01,,,,,,event dates,,"))
    assert sentence.startswith("“event dates” is no reason for missing data.")


def test_a_pasted_block_leaves_the_measure_out_and_says_so(
    client: Client, cast: Cast, codes: Measure
) -> None:
    client.force_login(cast.data_entry)
    asked = {"text": "14\t3\n", "measure": codes.ref, "period": open_month(), "frequency": "month"}
    preview = client.post(address(cast, "paste"), asked).text
    assert "It is logged by the dates of its events. Type them in its cell." in preview
