"""Daily measures: their sheet, what a month asks of them, their chart, and the labels that name a day."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.exchange.blocks import lay
from measures.exchange.entries import Entry
from measures.exchange.grids import read_grid
from measures.exchange.labels import read_period
from measures.exchange.labels.likeness import looks_like_a_period
from measures.exchange.pieces import Ground, Target
from measures.exchange.tables import read_table
from measures.figures import run_chart
from measures.forms.measures import MeasureForm
from measures.models import Measure, Observation
from measures.pages.entry.sheet.page import Sheet, sheet
from measures.pages.measure.chart import reading
from measures.selectors.charts import spark, with_charts
from measures.selectors.completeness.counting import filled
from measures.selectors.today import due
from measures.services import charts
from measures.services.entry import imports, observations
from organizations.models import Phase
from tests.actors import Cast, make_cast
from tests.measures.series import WAIT, log
from tests.measures.sheets import keep_month, make

JANUARY = date(2004, 1, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
DAILY = {**WAIT, "frequency": "day"}


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


@pytest.fixture
def falls(cast: Cast) -> Measure:
    keep_month(cast, JANUARY)
    return make(cast.own, "Falls", since=JANUARY, words=DAILY)


def seen(cast: Cast, *, at: datetime = AT, period: date | None = None) -> Sheet:
    return sheet(cast.own, reader=cast.data_entry, at=at, frequency="day", period=period)


def asked(cast: Cast, at: datetime = AT) -> list[tuple[int, int, int]]:
    found = filled(Measure.objects.all(), at=at, last=1)
    return [(one.expected, one.present, one.reasons) for one in found]


def test_the_sheet_of_a_day_has_the_days_before_it_and_no_blank_one_is_late(
    cast: Cast, falls: Measure
) -> None:
    log(falls, [4.0, None, None, 6.0], first=date(2004, 2, 6))

    page = seen(cast)

    assert (page.label, page.earlier.key, page.today) == (
        "Wednesday 11 February 2004",
        "2004-02-10",
        "2004-02-12",
    )
    assert [column.head for column in page.columns][::5] == [
        "Sat 31\N{NO-BREAK SPACE}Jan\N{NO-BREAK SPACE}’04",
        "Thu 5\N{NO-BREAK SPACE}Feb",
        "Tue 10\N{NO-BREAK SPACE}Feb",
    ]
    (row,) = page.rows
    assert [(past.kind, past.text) for past in row.past[-5:]] == [
        ("number", "4.0"),
        ("empty", ""),
        ("empty", ""),
        ("number", "6.0"),
        ("empty", ""),
    ]
    assert (row.state_words, page.can_jump) == ("No number", True)  # nobody keeps February yet


def test_a_day_is_due_while_its_month_is_open_and_never_late(cast: Cast, falls: Measure) -> None:
    states = [
        seen(cast, at=at, period=date(2004, 1, 31)).rows[0].state_words
        for at in (AT, datetime(2004, 2, 22, 12, tzinfo=UTC))
    ]
    assert states == ["Due", "No number"]
    assert seen(cast, at=datetime(2004, 2, 22, 12, tzinfo=UTC), period=date(2004, 1, 31)).progress.late == 0


@pytest.mark.parametrize(
    ("day", "present"), [(date(2004, 1, 24), 0), (date(2004, 1, 25), 1), (date(2004, 1, 31), 1)]
)
def test_a_month_asks_a_daily_measure_for_a_number_of_its_last_seven_days(
    cast: Cast, falls: Measure, day: date, present: int
) -> None:
    log(falls, [4.0], first=day)
    log(falls, [4.0], first=date(2004, 2, 1))

    assert asked(cast) == [(1, present, 0)]
    assert [row.days_left for row in due(cast.data_entry, AT)] == [8] * (not present)


def test_thirty_one_days_are_one_answer_and_only_reasons_are_a_reason(cast: Cast, falls: Measure) -> None:
    reason = Entry(no_data="closed")
    for day in (30, 31):
        observations.record(falls, date(2004, 1, day), reason, by=cast.data_entry, at=AT)
    assert asked(cast) == [(1, 1, 1)]
    make(cast.own, "Wait", since=JANUARY)
    (row,) = due(cast.data_entry, AT)
    assert [cell.state for cell in row.cells] == ["due"]  # of the month's own sheet

    log(falls, [float(day) for day in range(1, 30)], first=JANUARY)
    assert asked(cast) == [(2, 1, 0)]


def test_today_has_one_row_for_all_days_and_says_how_many_are_logged(cast: Cast, falls: Measure) -> None:
    make(cast.own, "Wait", since=date(2004, 1, 22), words=DAILY)
    log(falls, [4.0] * 12, first=JANUARY)
    log(Measure.objects.get(name="Wait"), [4.0], first=date(2004, 1, 30))

    (row,) = due(cast.data_entry, AT)

    assert row.title == "January 2004 closes in 8 days: 1 of 2 daily measures lacks its last days"
    assert row.detail == "13 of 41 days are logged."
    assert [cell.state for cell in row.cells] == ["due", "saved"]
    assert (row.verb, row.url) == (
        "Log the days",
        reverse("measures:sheet", args=[cast.collaborative.slug, cast.own.ref])
        + "?period=2004-01-31&frequency=day",
    )


def test_days_without_a_number_are_no_points_and_a_reason_is_one(cast: Cast, falls: Measure) -> None:
    log(falls, [5.0, 6.0, None, None, 7.0], first=date(2004, 2, 5))
    observations.record(falls, date(2004, 2, 10), Entry(no_data="closed"), by=cast.data_entry, at=AT)
    charts.refresh_stale()

    measure = with_charts(Measure.objects.all()).get(pk=falls.pk)
    chart = reading(measure, private=True)

    assert [(point.label, point.value) for point in chart.points] == [
        ("Thu 5 Feb 2004", 5.0),
        ("Fri 6 Feb 2004", 6.0),
        ("Mon 9 Feb 2004", 7.0),
        ("Tue 10 Feb 2004", None),
    ]
    assert spark(measure).values == (5.0, 6.0, 7.0, None)


def test_a_year_of_days_is_drawn_and_named_by_its_months(cast: Cast, falls: Measure) -> None:
    log(falls, [5.0 + (7 * at) % 11 for at in range(366)], first=date(2003, 2, 11))
    charts.refresh_stale()

    chart = reading(with_charts(Measure.objects.all()).get(pk=falls.pk), private=False)
    drawn = run_chart(chart, theme="light", width=900)

    points = next(trace for trace in drawn["data"] if trace.get("name") == "points")
    assert len(points["x"]) == 366
    assert points["customdata"][-1][0] == "Wednesday 11 February 2004"
    assert len(spark(with_charts(Measure.objects.all()).get(pk=falls.pk)).values) == 24


@pytest.mark.parametrize(
    "label",
    [
        "2025-03-07",
        "2025/03/07",
        "2025.03.07",
        "07.03.2025",
        "7 Mar 2025",
        "7. mars 2025",
        "07-Mar-2025",
        "Mar 7, 2025",
        "March 7th, 2025",
        "Fri 7 Mar 2025",
        "Friday, March 7, 2025",
        "fre 7 mar 2025",
        "Fri 7 Mar ’25",
        "2025-03-07T00:00:00",
    ],
)
def test_a_label_that_can_be_one_day_alone_is_read(label: str) -> None:
    assert read_period(label, "day") == date(2025, 3, 7)
    assert looks_like_a_period("Fri 7 Mar")


@pytest.mark.parametrize(
    ("label", "sentence"),
    [
        ("Mon 7 Mar 2025", "“Mon 7 Mar 2025” is no period."),  # it was a Friday
        ("Mar 2025", "“Mar 2025” names a month, and the measure is not logged by the month."),
        ("2025-03", "“2025-03” names a month"),
        ("week 8, 2025", "“week 8, 2025” names a week"),
        ("week 10, 3 to 9 March 2025", "names a week"),
        ("Q1 2025", "“Q1 2025” names a quarter"),
    ],
)
def test_a_label_of_another_length_or_of_no_day_names_none(label: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as refused:
        read_period(label, "day")
    assert sentence in str(refused.value)


def test_mar_is_a_month_where_no_day_follows_and_a_month_still_takes_its_days() -> None:
    assert read_period("mar 2025", "month") == date(2025, 3, 1)
    assert read_period("Fri 7 Mar 2025", "month") == date(2025, 3, 1)


@pytest.mark.parametrize(
    "labels",
    [
        ("Fri 7 Mar ’25", "Mon 10 Mar", "Tue 11 Mar"),
        ("20250307", "20250310", "20250311"),
        ("45723", "45726", "45727"),
        ("3/7/2025", "3/10/2025", "3/11/2025"),
        ("7/3/2025", "10/3/2025", "11/3/2025"),
    ],
)
def test_a_block_of_days_is_laid_by_its_labels_over_a_weekend(labels: tuple[str, ...]) -> None:
    today = date(2025, 3, 12)
    ground = Ground((Target("Falls", ("falls",), False),), 0, today, "day", today, today, is_month_first=True)
    if labels[0].startswith("7/"):
        labels = ("13/3/2025", *labels[1:])  # what cannot be a month tells the others

    laid = lay(read_grid("\n".join(f"{label}\t{at}" for at, label in enumerate(labels))), ground)

    first = 13 if labels[0].startswith("13/") else 7
    assert [piece.period.day for piece in laid.pieces] == [first, 10, 11]


def test_a_months_label_beside_days_is_asked_about() -> None:
    today = date(2025, 3, 12)
    ground = Ground((Target("Falls", ("falls",), False),), 0, today, "day", today, today)
    with pytest.raises(ValueError, match="names a month, and the measure is not logged by the month"):
        lay(read_grid("Jan 2025\t3\nFeb 2025\t4"), ground)


def test_a_file_of_days_is_imported_and_a_line_of_a_month_refused(cast: Cast, falls: Measure) -> None:
    lines = "Own Hospital,Falls,2004-02-06,3\nOwn Hospital,Falls,Mon 9 Feb 2004,4\n"
    head = "organization,measure,period,value\n"

    refused = imports.load(
        cast.collaborative,
        [read_table("d.csv", (head + lines + "Own Hospital,Falls,2004-01,5\n").encode())],
        at=AT,
    )
    assert [str(mistake) for mistake in refused.mistakes] == [
        "d.csv, line 4: “2004-01” names a month, and the measure is not logged by the month."
    ]

    imports.load(cast.collaborative, [read_table("d.csv", (head + lines).encode())], at=AT)
    assert list(Observation.objects.order_by("period").values_list("period", "value")) == [
        (date(2004, 2, 6), 3),
        (date(2004, 2, 9), 4),
    ]


def test_a_day_to_come_takes_no_number(cast: Cast, falls: Measure) -> None:
    with pytest.raises(Exception, match="Friday 13 February 2004 lies in the future"):
        observations.record(
            falls,
            date(2004, 2, 13),
            Entry(value=3),
            by=cast.data_entry,
            at=AT,  # type: ignore[arg-type]
        )


def test_the_form_and_the_api_offer_days(client: Client, cast: Cast, falls: Measure) -> None:
    assert MeasureForm(organization=cast.own).fields["frequency"].choices[0] == ("day", "Daily")  # type: ignore[attr-defined]
    client.force_login(cast.lead)
    told = client.get(f"/api/v1/measures/{falls.ref}/").json()
    assert told["definition"]["frequency"] == "day"


def test_the_page_of_a_daily_measure_names_its_days(client: Client, cast: Cast, falls: Measure) -> None:
    log(falls, [5.0], first=date(2004, 2, 5))
    charts.refresh_stale()
    Phase.objects.update(ends_on=timezone.localdate())  # who took part until 2004 logs no days any more
    client.force_login(cast.lead)

    page = client.get(falls.get_absolute_url()).content.decode()

    assert "Thu 5 Feb 2004" in page
    assert "Log the days" in page
