"""Today, for each kind of reader."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Annotation, ChartSnapshot, Measure, Month
from measures.selectors.today import count, due
from measures.services import charts
from measures.services.entry import observations
from measures.services.entry.observations import Cell
from organizations.models import Presence, User
from p2.spanning.today import compose
from tests.actors import Cast, join
from tests.measures.series import confirm, log, make_measure

STABLE = [20.0, 22.0, 19.0, 23.0, 18.0, 21.0, 20.5, 19.5, 22.5, 18.5, 21.5, 20.0]
WORSE = [*STABLE, *[30.0 + number for number in range(10)]]


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def month(cast: Cast, at: datetime) -> Month:
    """The newest complete month; it closes in eight days."""
    closes_on = at.date() + timedelta(days=8)
    period = periods.latest_complete(at.date(), periods.MONTH)
    return Month.objects.create(
        collaborative=cast.collaborative, period=period, due_on=closes_on, closes_on=closes_on
    )


def kept(organization: object, name: str, month: Month, **words: object) -> Measure:
    measure = make_measure(organization, name, **words)  # type: ignore[arg-type]
    measure.definitions.update(effective_from=month.period - timedelta(days=700))
    return measure


def far_off(cast: Cast, month: Month) -> Measure:
    """A measure whose number of the month is unlike all before it."""
    measure = kept(cast.own, "Falls", month)
    log(measure, [*STABLE, 90.0], first=periods.following(month.period, periods.MONTH, -len(STABLE)))
    charts.refresh_stale()
    return measure


def worse(measure: Measure, month: Month) -> Measure:
    """A measure in the wrong direction, computed now."""
    log(measure, WORSE, first=periods.following(month.period, periods.MONTH, 1 - len(WORSE)))
    charts.refresh_stale()
    return measure


def page(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get(reverse("today")).content.decode()


def test_the_open_month_is_the_first_thing(cast: Cast, month: Month, at: datetime) -> None:
    for name in ("Falls", "Harm", "Wait"):
        kept(cast.own, name, month)
    log(Measure.objects.get(name="Harm"), [3.0], first=month.period)

    first = compose(cast.data_entry, previous=None, at=at).first

    assert first is not None
    assert first.title == f"{month.period:%B %Y} closes in 8 days: 2 of 3 numbers are still open"
    assert [(cell.state, cell.name) for cell in first.cells] == [
        ("due", "Falls"),
        ("saved", "Harm"),
        ("due", "Wait"),
    ]
    assert (
        first.url
        == reverse("measures:sheet", args=["perfection", cast.own.ref]) + f"?period={month.period:%Y-%m}"
    )
    assert (first.verb, first.days_left) == ("Log the month", 8)


def test_a_reason_fills_a_cell_too(cast: Cast, month: Month, at: datetime) -> None:
    measure = kept(cast.own, "Falls", month)
    kept(cast.own, "Wait", month)
    observations.record_many(
        [Cell(measure.pk, month.period, Entry(no_data="vendor_late"))], by=cast.data_entry
    )

    (row,) = due(cast.data_entry, at)

    assert [cell.state for cell in row.cells] == ["no-data", "due"]


def test_a_number_outside_its_limits_is_asked_about_until_somebody_says_it_is_right(
    cast: Cast, month: Month, at: datetime
) -> None:
    measure = far_off(cast, month)
    kept(cast.own, "Wait", month)

    (row,) = due(cast.data_entry, at)
    assert [cell.state for cell in row.cells] == ["outside-limits", "due"]
    assert row.detail == "1 needs you: outside its limits."

    confirm(measure, month.period, by=cast.data_entry)
    (row,) = due(cast.data_entry, at)
    assert ([cell.state for cell in row.cells], row.detail) == (["saved", "due"], "")


def test_a_full_month_waits_for_the_answer_to_a_number_outside_its_limits(
    cast: Cast, month: Month, at: datetime
) -> None:
    measure = far_off(cast, month)

    (row,) = due(cast.data_entry, at)
    assert row.title == f"{month.period:%B %Y} is logged: 1 number waits for your answer"
    assert (row.verb, row.is_first) == ("Answer", False)

    confirm(measure, month.period, by=cast.data_entry)
    assert due(cast.data_entry, at) == []


def test_a_full_month_is_not_due(cast: Cast, month: Month, at: datetime) -> None:
    log(kept(cast.own, "Falls", month), [3.0], first=month.period)

    assert due(cast.data_entry, at) == []
    assert count(cast.data_entry, at) == 0


def test_a_closed_month_is_told_after_the_open_one(cast: Cast, month: Month, at: datetime) -> None:
    before = periods.following(month.period, periods.MONTH, -1)
    gone = at.date() - timedelta(days=3)
    Month.objects.create(collaborative=cast.collaborative, period=before, due_on=gone, closes_on=gone)
    kept(cast.own, "Falls", month)

    assert [row.title for row in due(cast.lead, at)] == [
        f"{month.period:%B %Y} closes in 8 days: 1 of 1 numbers is still open",
        f"{before:%B %Y} is closed: 1 of 1 numbers is missing",
    ]


@pytest.mark.parametrize(
    "role", ["member", "sponsor", "faculty", "funder", "committee", "stranger", "applicant_lead"]
)
def test_who_records_nothing_owes_no_number(cast: Cast, month: Month, at: datetime, role: str) -> None:
    kept(cast.own, "Falls", month)
    kept(cast.applicant, "Wait", month)

    assert due(getattr(cast, role), at) == []


def test_the_office_sees_who_lacks_numbers(cast: Cast, month: Month, at: datetime) -> None:
    for name in ("Falls", "Wait"):
        kept(cast.own, name, month)
    log(kept(cast.other, "Falls", month), [3.0], first=month.period)

    (row,) = due(cast.office, at)

    assert row.title == f"{month.period:%B %Y} closes in 8 days: 1 of 2 organizations lacks numbers"
    assert row.detail == "Own Hospital, 2 numbers."
    assert row.url == reverse("projects:portfolio", args=["perfection"])


def test_a_person_of_two_organizations_sees_both_by_name(cast: Cast, month: Month, at: datetime) -> None:
    join(cast.lead, cast.other, "data_entry")
    kept(cast.own, "Falls", month)
    kept(cast.other, "Falls", month)

    assert [row.detail for row in due(cast.lead, at)] == ["Other Hospital", "Own Hospital"]


def test_a_new_concern_stands_with_its_words(cast: Cast, month: Month, at: datetime) -> None:
    measure = worse(kept(cast.own, "Wait", month), month)

    (row,) = compose(cast.member, previous=at - timedelta(days=1), at=timezone.now()).signals

    assert (row.mark, row.title) == ("concern", "A shift in the wrong direction")
    assert row.detail == "Wait, days: 10 points above the median"
    assert (row.url, row.value) == (measure.get_absolute_url(), "39.0")


def test_what_was_there_at_the_last_visit_is_not_news(cast: Cast, month: Month) -> None:
    worse(kept(cast.own, "Wait", month), month)
    later = timezone.now() + timedelta(days=1)

    assert compose(cast.member, previous=timezone.now(), at=later).signals == ()


def test_a_concern_comes_before_an_improvement_and_both_before_a_note(
    cast: Cast, month: Month, at: datetime
) -> None:
    bad, good = kept(cast.own, "Bad", month), kept(cast.own, "Good", month)
    worse(bad, month)
    log(
        good,
        [40 - value for value in WORSE],
        first=periods.following(month.period, periods.MONTH, 1 - len(WORSE)),
    )
    charts.refresh_stale()
    Annotation.objects.create(
        measure=good, period=month.period, text="New order set", by=cast.lead, at=timezone.now()
    )

    today = compose(cast.data_entry, previous=at, at=timezone.now())

    assert [row.mark for row in today.signals] == ["concern", "improvement"]
    assert [row.title for row in today.news] == [f"Change on Good, {month.period:%b %Y}"]


def test_ones_own_note_is_no_news(cast: Cast, month: Month, at: datetime) -> None:
    measure = kept(cast.own, "Good", month)
    Annotation.objects.create(measure=measure, period=month.period, text="New order set", by=cast.lead, at=at)

    assert compose(cast.lead, previous=at - timedelta(days=1), at=timezone.now()).news == ()


def test_a_team_hears_of_its_own_signals_and_the_faculty_of_all(
    cast: Cast, month: Month, at: datetime
) -> None:
    worse(kept(cast.own, "Wait", month), month)
    worse(kept(cast.other, "Wait", month), month)

    assert [
        sorted(row.title for row in compose(person, previous=at, at=timezone.now()).signals)
        for person in (cast.member, cast.other_lead, cast.faculty, cast.elsewhere_lead, cast.committee)
    ] == [
        ["A shift in the wrong direction"],
        ["A shift in the wrong direction"],
        ["Other Hospital: a shift in the wrong direction", "Own Hospital: a shift in the wrong direction"],
        [],
        [],
    ]


def test_today_says_since_when(cast: Cast, client: Client, at: datetime) -> None:
    Presence.objects.create(
        user=cast.member, collaborative=cast.collaborative, latest_at=at - timedelta(days=3)
    )

    assert f"Changed since {at - timedelta(days=3):%A}" in page(client, cast.member)
    assert "Changed in the last 30 days" in page(client, cast.lead)


def test_who_has_nothing_to_do_is_told_so(client: Client, cast: Cast) -> None:
    text = page(client, cast.member)

    assert "Nothing is due." in text
    assert "Nothing has changed in what you follow." in text
    assert "button filled" not in text


def test_there_is_one_filled_button(client: Client, cast: Cast, month: Month) -> None:
    kept(cast.own, "Falls", month)
    join(cast.lead, cast.other, "data_entry")
    kept(cast.other, "Falls", month)

    assert page(client, cast.lead).count("button filled") == 1


def test_thirty_rows_cost_as_many_queries_as_one(
    client: Client, cast: Cast, month: Month, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    worse(kept(cast.own, "Wait 0", month), month)
    kept(cast.own, "Open 0", month)
    client.force_login(cast.data_entry)
    client.get(reverse("today"))
    with django_assert_num_queries(17):
        client.get(reverse("today"))
    for number in range(1, 30):
        worse(kept(cast.own, f"Wait {number}", month), month)
        kept(cast.own, f"Open {number}", month)

    with django_assert_num_queries(17):
        client.get(reverse("today"))
    assert ChartSnapshot.objects.filter(state="concern").count() == 30


@pytest.mark.parametrize("role", ["data_entry", "office"])
def test_the_months_are_counted_once_a_request(client: Client, cast: Cast, month: Month, role: str) -> None:
    kept(cast.own, "Falls", month)
    client.force_login(getattr(cast, role))

    with CaptureQueriesContext(connection) as asked:
        text = client.get(reverse("today")).content.decode()

    assert "Open the portfolio" in text or "Log the month" in text
    assert sum("JOIN counted ON" in query["sql"] for query in asked) == 1
