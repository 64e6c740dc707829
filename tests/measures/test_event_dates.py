"""Event dates on the sheet: what its cell shows and takes, with and without its script, and what the pages say then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, Month, NoData
from measures.pages.measure.chart import reading
from measures.selectors import today
from measures.selectors.charts import with_charts
from measures.selectors.completeness.counting import filled
from measures.services import charts, markups
from measures.services.entry import observations, sheets, undos
from measures.services.entry.observations import Cell
from tests.actors import Cast
from tests.measures.series import WAIT, log
from tests.measures.sheets import address, keep_month, make, open_month

pytestmark = pytest.mark.django_db

BETWEEN = {**WAIT, "shape": "time_between", "unit": "days", "decimals": 0, "direction": "up"}


@pytest.fixture
def codes(cast: Cast) -> Measure:
    return make(cast.own, "Codes", since=periods.following(open_month(), "month", -3), words=BETWEEN)


@pytest.fixture
def sheet(client: Client, cast: Cast) -> Client:
    client.force_login(cast.data_entry)
    return client


def enter(measure: Measure, month: date, *days: int) -> None:
    dates = tuple(month.replace(day=day) for day in days)
    key = NoData.EVENTS if days else NoData.NO_EVENTS
    observations.record_many([Cell(measure.pk, month, Entry(no_data=key), days=dates)], by=None)


def fields(measure: Measure, text: str, have: int = 0, **more: str) -> dict[str, object]:
    named = {f"{measure.ref}-{name}": value for name, value in more.items()}
    return {"period": open_month(), f"{measure.ref}-value": text, f"{measure.ref}-have": have, **named}


def save_row(sheet: Client, cast: Cast, measure: Measure, text: str, have: int = 0, **more: str) -> str:
    answer = sheet.post(address(cast), {"row": measure.ref, **fields(measure, text, have, **more)})
    assert answer.status_code == 200
    return answer.text


def days(measure: Measure) -> list[int]:
    return [row.period.day for row in measure.observations.filter(ordinal__gt=0)]


def value_of(measure: Measure, text: str) -> str:
    """What stands in the measure's field on a page."""
    field = text.split(f'name="{measure.ref}-value" value="', 1)[1]
    return field.split('"', 1)[0]


def test_the_cell_takes_dates_and_shows_them(sheet: Client, cast: Cast, codes: Measure) -> None:
    answer = save_row(sheet, cast, codes, "17, 3, 17")
    month = f"{open_month():%b}"
    assert days(codes) == [3, 17, 17]
    assert value_of(codes, answer) == f"3 {month}, 17 {month}, 17 {month}"
    assert 'data-state="saved"' in answer
    again = sheet.get(address(cast)).text
    assert value_of(codes, again) == value_of(codes, answer)
    label = f"Codes, event dates, {open_month():%B %Y}"
    assert f'aria-label="{label}"' in again


def test_without_its_script_the_whole_form_saves_dates_and_leaves_what_stands(
    sheet: Client, cast: Cast, codes: Measure
) -> None:
    enter(codes, open_month(), 3)
    page = sheet.get(address(cast)).text
    version = codes.observations.get(ordinal=0).version
    sheet.post(address(cast), fields(codes, value_of(codes, page), version))
    assert codes.observations.get(ordinal=0).version == version
    sheet.post(address(cast), fields(codes, "3; 9", version))
    assert days(codes) == [3, 9]


def test_none_is_saved_shown_and_answers_the_month(sheet: Client, cast: Cast, codes: Measure) -> None:
    keep_month(cast, open_month())
    of_own = Measure.objects.filter(pk=codes.pk)
    at = timezone.now()
    assert [(month.expected, month.present) for month in filled(of_own, at=at, last=1)] == [(1, 0)]
    assert today.count(cast.data_entry, at) == 1
    answer = save_row(sheet, cast, codes, "none")
    assert (value_of(codes, answer), 'data-state="saved"' in answer) == ("none", True)
    del cast.data_entry.__dict__["_own_months"]
    assert today.count(cast.data_entry, at) == 0
    (month,) = filled(of_own, at=at, last=1)
    assert (month.present, month.reasons) == (1, 0)


def test_one_event_answers_its_month_and_two_are_one_answer(cast: Cast, codes: Measure) -> None:
    keep_month(cast, open_month())
    enter(codes, open_month(), 3, 17)
    (month,) = filled(Measure.objects.filter(pk=codes.pk), at=timezone.now(), last=1)
    assert (month.expected, month.present, month.reasons) == (1, 1, 0)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", "“soon” is no date."),
        ("3, 40", "has no day 40."),
        ("14 weeks", "“14 weeks” is no date."),
        ("2003-01-05", "5 January 2003 does not lie in"),
    ],
)
def test_what_cannot_be_taken_is_said_in_the_row_and_stays_typed(
    sheet: Client, cast: Cast, codes: Measure, text: str, sentence: str
) -> None:
    answer = save_row(sheet, cast, codes, text)
    assert (value_of(codes, answer), sentence in answer) == (text, True)
    assert not codes.observations.exists()


def test_a_day_to_come_is_refused(sheet: Client, cast: Cast, codes: Measure) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    month = periods.start_of(tomorrow, "month")
    typed = {**fields(codes, str(tomorrow)), "period": periods.start_of(timezone.localdate(), "month")}
    said = "lies in the future" if month == typed["period"] else "does not lie in"
    assert said in sheet.post(address(cast), {"row": codes.ref, **typed}).text


def test_a_closed_month_asks_why(sheet: Client, cast: Cast, codes: Measure) -> None:
    keep_month(cast, open_month())
    Month.objects.update(closes_on=timezone.localdate() - timedelta(days=3))
    enter(codes, open_month(), 3)
    version = codes.observations.get(ordinal=0).version
    asked = save_row(sheet, cast, codes, "4", version)
    assert "is closed: say why this number changes." in asked
    assert f'name="{codes.ref}-why"' in asked
    save_row(sheet, cast, codes, "4", version, why="Wrong day")
    assert days(codes) == [4]


def test_of_two_editors_the_second_chooses(sheet: Client, cast: Cast, codes: Measure) -> None:
    enter(codes, open_month(), 3)
    answer = save_row(sheet, cast, codes, "9", have=0)
    month = f"{open_month():%b}"
    assert f"Somebody saved 3 {month} at" in answer
    assert f"Keep 3 {month}" in answer
    version = codes.observations.get(ordinal=0).version
    assert f'value="{version}" data-over' in answer
    assert days(codes) == [3]


def test_a_reason_takes_the_place_of_dates(sheet: Client, cast: Cast, codes: Measure) -> None:
    enter(codes, open_month(), 3)
    version = codes.observations.get(ordinal=0).version
    answer = save_row(sheet, cast, codes, f"3 {open_month():%b}", version, no_data="system_down")
    assert ("system down" in answer, days(codes)) == (True, [])
    assert "first event" not in answer


def test_a_number_logged_for_a_month_stays_readable_and_saves_unchanged(
    sheet: Client, cast: Cast, codes: Measure
) -> None:
    log(codes, [14], first=open_month())
    page = sheet.get(address(cast)).text
    assert value_of(codes, page) == "14 days"
    version = codes.observations.get().version
    save_row(sheet, cast, codes, "14 days", version)
    assert codes.observations.get().version == version
    save_row(sheet, cast, codes, "14", version)
    assert days(codes) == [14]
    assert codes.observations.get(ordinal=0).no_data == "events"


def test_earlier_months_show_their_days(sheet: Client, cast: Cast, codes: Measure) -> None:
    before = [periods.following(open_month(), "month", -step) for step in (3, 2, 1)]
    enter(codes, before[0], 3, 17)
    enter(codes, before[1])
    enter(codes, before[2], 1, 2, 3)
    text = sheet.get(address(cast)).text
    months = [f"{month:%b}" for month in before]
    for words in (
        f'title="3 {months[0]}, 17 {months[0]}">3, 17</a>', ">none</a>",
        f'title="1 {months[2]}, 2 {months[2]}, 3 {months[2]}">3 events</a>',
    ):  # fmt: skip
        assert words in text


def test_saving_dates_costs_two_queries_more_at_most(sheet: Client, cast: Cast, codes: Measure) -> None:
    save_row(sheet, cast, codes, "3")
    version = codes.observations.get(ordinal=0).version
    with CaptureQueriesContext(connection) as captured:
        save_row(sheet, cast, codes, "4, 9", version)
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 12


def charted(measure: Measure) -> Measure:
    charts.refresh_stale()
    return with_charts(Measure.objects).get(pk=measure.pk)


def test_each_event_is_a_point_named_by_its_day(cast: Cast, codes: Measure) -> None:
    month, before = open_month(), periods.following(open_month(), "month", -1)
    log(codes, [21], first=periods.following(before, "month", -1))
    enter(codes, before, 3, 17, 17)
    enter(codes, month)
    chart = reading(charted(codes), private=True)
    assert [(point.label, point.value, point.is_event) for point in chart.points] == [
        (f"{periods.following(before, 'month', -1):%b %Y}", 21.0, False),
        (f"3 {before:%b %Y}", None, True),
        (f"17 {before:%b %Y}", 14.0, True),
        (f"17 {before:%b %Y}", 0.0, True),
    ]
    assert (chart.unit, chart.points[1].no_data_reason) == ("days between events", "first event")


def test_the_measures_page_lists_events_and_its_file_and_history_too(
    sheet: Client, cast: Cast, codes: Measure
) -> None:
    month = open_month()
    enter(codes, month, 3, 17)
    charts.refresh_stale()
    place = [cast.collaborative.slug, codes.ref]
    page = sheet.get(reverse("measures:measure", args=place)).text
    for words in (
        '<th scope="col">Event</th>', "Days between", f"17 {month:%b %Y}", "days between events",
        f"logged 17 {month:%B %Y}: 14", f"logged 3 {month:%B %Y}: first event",
    ):  # fmt: skip
        assert words in page
    assert "event dates" not in page
    table = sheet.get(reverse("measures:points", args=place)).text
    assert f'"{month}","{month.replace(day=17)}","","","14",' in table
    figure = sheet.get(reverse("measures:figure", args=place)).json()
    marks = figure["data"][-1]
    assert marks["x"] == [0, 1]
    assert marks["customdata"][1][:3] == [
        f"17 {month:%B %Y}", "14", f"days since the event of 3 {month:%B %Y}",
    ]  # fmt: skip


def test_an_event_is_left_out_of_the_median_by_its_day(cast: Cast, codes: Measure) -> None:
    enter(codes, open_month(), 3, 17, 20)
    markups.exclude(codes, open_month().replace(day=17), why="Power cut", by=cast.lead)
    chart = reading(charted(codes), private=False)
    assert [point.included for point in chart.points] == [True, False, True]
    assert chart.points[-1].value == Decimal(3)


def test_an_undo_puts_the_dates_back_and_names_what_others_changed_since(cast: Cast, codes: Measure) -> None:
    month, at = open_month(), timezone.now()
    first, second, third = (at - timedelta(minutes=step) for step in (9, 6, 3))
    typed = {"by": cast.data_entry}
    sheets.log({codes: sheets.Typed(value="3, 17")}, month, at=first, by=cast.lead)
    version = codes.observations.get(ordinal=0).version
    sheets.log({codes: sheets.Typed(value="9, 17, 17", have=version)}, month, at=second, **typed)
    batch = undos.Batch(month, "month", second)
    (step,) = undos.plan(cast.own, batch, by=cast.data_entry, at=at).steps
    name = f"{month:%b}"
    assert (step.now_words, step.back_words) == (f"9 {name}, 17 {name}, 17 {name}", f"3 {name}, 17 {name}")
    assert undos.take_back(cast.own, batch, by=cast.data_entry, at=third).count == 1
    assert days(codes) == [3, 17]
    assert [row.words for row in codes.observations.all()] == ["event dates", "first event", "14"]
    (own,) = undos.plan(cast.own, undos.Batch(month, "month", first), by=cast.lead, at=at).left
    assert own.sentence == f"{cast.data_entry} saved event dates since."


def test_an_undo_of_the_first_dates_empties_the_month(sheet: Client, cast: Cast, codes: Measure) -> None:
    save_row(sheet, cast, codes, "3, 17")
    undone = undos.take_back(cast.own, undos.Batch(open_month(), "month"), by=cast.data_entry)
    assert (undone.count, codes.observations.count()) == (1, 0)
    page = sheet.get(address(cast)).text
    assert (value_of(codes, page), 'data-state="no-number"' in page) == ("", True)


def test_dates_and_none_are_saved_cells_of_todays_strip_and_a_reason_is_none(
    cast: Cast, codes: Measure
) -> None:
    keep_month(cast, open_month())
    others = [
        make(cast.own, name, since=open_month(), words=BETWEEN) for name in ("Falls", "Infections", "Open")
    ]
    enter(codes, open_month(), 3)
    enter(others[0], open_month())
    observations.record(others[1], open_month(), Entry(no_data=NoData.SYSTEM_DOWN), by=None)
    (row,) = [one for one in today.due(cast.data_entry, timezone.now()) if one.cells]
    assert {cell.name: cell.state for cell in row.cells} == {
        "Codes": "saved", "Falls": "saved", "Infections": "no-data", "Open": "due",
    }  # fmt: skip
