"""What one saved is taken back in one step, by corrections of its own; what changed since is left and named."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Correction, Measure, NoData, Observation
from measures.pages.entry.undo import undo_words
from measures.selectors.sheet_place import open_place
from measures.services import months
from measures.services.entry import observations, undos
from measures.services.entry.observations import Cell, ReasonMissing
from measures.services.entry.undos import Batch, Undone
from organizations.models import User, standing_of
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.measures.series import make_measure
from tests.measures.sheets import address, keep_month, make, open_month

pytestmark = pytest.mark.django_db

JANUARY, DECEMBER = date(2004, 1, 1), date(2003, 12, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
BEFORE, LATER = AT - timedelta(days=2), AT + timedelta(hours=1)
PASTE, MONTH = Batch(JANUARY, "month", AT), Batch(JANUARY, "month")


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


@pytest.fixture
def wait(cast: Cast) -> Measure:
    return make_measure(cast.own, "Wait")


@pytest.fixture
def harm(cast: Cast, wait: Measure) -> Measure:
    return make_measure(cast.own, "Harm")


def save(by: User, *cells: tuple[Measure, date, int | None], at: datetime = AT, why: str = "") -> None:
    entries = [
        Cell(measure.pk, period, Entry(value=None if number is None else Decimal(number)), why=why)
        for measure, period, number in cells
    ]
    observations.record_many(entries, by=by, at=at)


def undo(cast: Cast, batch: Batch, *, by: User | None = None, why: str = "", at: datetime = LATER) -> Undone:
    return undos.take_back(cast.own, batch, why=why, by=by or cast.data_entry, at=at)


def standing() -> list[tuple[str, date, int]]:
    rows = Observation.objects.order_by("measure__name", "period").select_related("measure")
    return [(row.measure.name, row.period, int(row.value or 0)) for row in rows]


def left(undone: Undone) -> list[tuple[str, date, str]]:
    return [(step.measure.name, step.latest.period, step.sentence) for step in undone.left]


def test_a_saved_block_is_undone_and_the_history_keeps_both(cast: Cast, wait: Measure, harm: Measure) -> None:
    save(cast.lead, (wait, DECEMBER, 9), at=BEFORE)
    save(cast.data_entry, (wait, DECEMBER, 7), (wait, JANUARY, 8), (harm, JANUARY, 3))
    undone = undo(cast, PASTE)
    assert (undone.count, left(undone)) == (3, [])
    assert standing() == [("Wait", DECEMBER, 9)]
    history = wait.corrections.filter(period=DECEMBER).order_by("id").values_list("old_value", "new_value")
    assert list(history) == [(None, 9), (9, 7), (7, 9)]


def test_an_undo_can_be_undone(cast: Cast, wait: Measure) -> None:
    save(cast.data_entry, (wait, JANUARY, 8))
    undo(cast, PASTE)
    assert undo(cast, Batch(JANUARY, "month", LATER), at=LATER + timedelta(minutes=1)).count == 1
    assert standing() == [("Wait", JANUARY, 8)]


def test_what_anybody_changed_since_is_left_and_named(cast: Cast, wait: Measure, harm: Measure) -> None:
    save(cast.data_entry, (wait, DECEMBER, 7), (wait, JANUARY, 8), (harm, DECEMBER, 2), (harm, JANUARY, 3))
    save(cast.lead, (wait, JANUARY, 6), (harm, JANUARY, None), at=AT + timedelta(minutes=5))
    save(cast.data_entry, (harm, DECEMBER, 1), at=AT + timedelta(minutes=6))
    undone = undo(cast, PASTE)
    assert left(undone) == [
        ("Wait", JANUARY, "Lea Lead saved 6 since."),
        ("Harm", DECEMBER, f"{cast.data_entry} saved 1 since."),
        ("Harm", JANUARY, "Lea Lead cleared it since."),
    ]
    assert undone.count == 1
    assert standing() == [("Harm", DECEMBER, 1), ("Wait", JANUARY, 6)]


def test_a_number_that_was_cleared_and_cleared_again_by_another_is_left(cast: Cast, wait: Measure) -> None:
    save(cast.lead, (wait, JANUARY, 9), at=BEFORE)
    save(cast.data_entry, (wait, JANUARY, None))
    save(cast.lead, (wait, JANUARY, 5), at=AT + timedelta(minutes=5))
    save(cast.lead, (wait, JANUARY, None), at=AT + timedelta(minutes=6))
    assert left(undo(cast, PASTE)) == [("Wait", JANUARY, "Lea Lead cleared it since.")]
    assert standing() == []


def test_a_logged_month_goes_back_to_what_stood_before_ones_own_saves(
    cast: Cast, wait: Measure, harm: Measure
) -> None:
    save(cast.lead, (harm, DECEMBER, 4), at=BEFORE)
    save(cast.lead, (wait, JANUARY, 5), at=AT - timedelta(hours=2))
    save(cast.data_entry, (wait, JANUARY, 6), at=AT)
    save(cast.data_entry, (wait, JANUARY, 7), at=AT + timedelta(minutes=1))
    save(cast.data_entry, (harm, JANUARY, 3), (harm, DECEMBER, 2), at=AT + timedelta(minutes=2))
    assert undo(cast, MONTH).count == 2
    assert standing() == [("Harm", DECEMBER, 2), ("Wait", JANUARY, 5)]
    with pytest.raises(RuleViolation, match="nothing of yours"):
        undo(cast, MONTH)


def test_a_logged_month_leaves_the_weeks_that_lie_in_it(cast: Cast, wait: Measure) -> None:
    weekly, week = make_measure(cast.own, "Falls", frequency="week"), date(2004, 1, 5)
    save(cast.data_entry, (wait, JANUARY, 8), (weekly, week, 2))
    assert undo(cast, MONTH).count == 1
    assert standing() == [("Falls", week, 2)]


def test_a_number_that_is_back_already_is_not_listed_to_come_back(cast: Cast, wait: Measure) -> None:
    save(cast.lead, (wait, JANUARY, 9), at=BEFORE)
    save(cast.data_entry, (wait, JANUARY, 7), at=AT)
    save(cast.data_entry, (wait, JANUARY, 9), at=AT + timedelta(minutes=1))
    assert undos.plan(cast.own, MONTH, by=cast.data_entry, at=LATER) == undos.Undo()


def test_of_event_dates_ones_latest_go_and_a_colleagues_before_them_stay(cast: Cast) -> None:
    codes = make_measure(cast.own, "Codes", shape="time_between", decimals=0, direction="up")
    days = [date(2004, 1, day) for day in (5, 10, 15)]
    for step, by in enumerate((cast.data_entry, cast.lead, cast.data_entry), start=1):
        cell = Cell(codes.pk, JANUARY, Entry(no_data=NoData.EVENTS), days=tuple(days[:step]))
        observations.record_many([cell], by=by, at=AT + timedelta(minutes=step))
    assert undo(cast, MONTH).count == 1
    assert list(codes.observations.filter(ordinal=1).values_list("period", flat=True)) == days[:2]


def test_a_closed_month_asks_its_reason_and_writes_nothing_without_it(cast: Cast, wait: Measure) -> None:
    months.month_of(cast.collaborative, DECEMBER).save()
    save(cast.data_entry, (wait, DECEMBER, 7), (wait, JANUARY, 8))
    assert undos.plan(cast.own, PASTE, by=cast.data_entry, at=LATER).needs_reason
    with pytest.raises(ReasonMissing):
        undo(cast, PASTE)
    assert standing() == [("Wait", DECEMBER, 7), ("Wait", JANUARY, 8)]
    undo(cast, PASTE, why="Pasted twice")
    reasons = Correction.objects.filter(at=LATER).order_by("period").values_list("period", "why")
    assert list(reasons) == [(DECEMBER, "Pasted twice"), (JANUARY, "")]


def test_it_is_ones_own_saves_for_a_day_and_while_one_may_log(cast: Cast, wait: Measure) -> None:
    save(cast.data_entry, (wait, JANUARY, 8))
    with pytest.raises(RuleViolation, match="nothing of yours"):
        undo(cast, PASTE, by=cast.lead)
    with pytest.raises(RuleViolation, match="more than 24 hours ago"):
        undo(cast, PASTE, at=AT + timedelta(hours=24, seconds=1))
    with pytest.raises(RuleViolation, match="nothing of yours"):
        undo(cast, MONTH, at=AT + timedelta(hours=24, seconds=1))
    with pytest.raises(PermissionDenied):
        undo(cast, PASTE, by=cast.faculty)
    assert standing() == [("Wait", JANUARY, 8)]


def test_a_new_number_with_a_note_is_left_since_the_note_would_be_lost(cast: Cast, wait: Measure) -> None:
    noted = Entry(value=Decimal(8), note="Two nurses ill")
    observations.record(wait, JANUARY, noted, by=cast.data_entry, at=AT)
    assert left(undo(cast, PASTE)) == [("Wait", JANUARY, "A note stands beside it.")]
    assert standing() == [("Wait", JANUARY, 8)]


def test_looking_at_an_undo_costs_the_same_for_one_and_for_thirty(cast: Cast) -> None:
    counts = []
    for size in (1, 30):
        cells = [(make_measure(cast.own, f"W{size}-{n}"), JANUARY, n) for n in range(size)]
        save(cast.data_entry, *cells)
        standing_of(cast.data_entry)
        with CaptureQueriesContext(connection) as queries:
            undos.plan(cast.own, PASTE, by=cast.data_entry, at=LATER)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


# --- its pages


@pytest.fixture
def today(db: None) -> Cast:
    return make_cast(timezone.now().date())


def test_the_answer_after_a_paste_offers_the_way_back(client: Client, today: Cast) -> None:
    wait = make_measure(today.own, "Wait")
    client.force_login(today.data_entry)
    block = {"text": "9\t8", "measure": wait.ref, "period": open_month(), "frequency": "month", "seen": "[]"}
    sheet = client.post(address(today, "paste_save"), block, follow=True)
    assert "You can undo this until" in sheet.text
    saved_at = sheet.request["QUERY_STRING"].partition("undo=")[2]
    assert Observation.objects.count() == 2
    given = {"period": open_month(), "frequency": "month", "saved_at": sheet.context["undo"]}
    assert saved_at
    back = client.post(address(today, "undo"), given, follow=True)
    assert "2 numbers put back." in back.text
    assert Observation.objects.count() == 0


def test_an_instant_that_is_none_undoes_nothing(client: Client, today: Cast) -> None:
    wait = make_measure(today.own, "Wait")
    observations.record(wait, open_month(), Entry(value=Decimal(8)), by=today.data_entry)
    client.force_login(today.data_entry)
    for wrong in ("x", "2004-02-12T15:00", "2004-02-45T15:00Z", "\x00"):
        given = {"period": open_month(), "frequency": "month", "saved_at": wrong}
        assert client.post(address(today, "undo"), given).status_code == 404
    assert Observation.objects.count() == 1


def test_the_page_lists_what_comes_back_and_a_closed_month_asks_why(client: Client, today: Cast) -> None:
    closed = periods.following(open_month(), periods.MONTH, -3)
    wait = make(today.own, "Wait", since=closed)
    keep_month(today, closed)
    observations.record(wait, closed, Entry(value=Decimal(8)), by=today.data_entry)
    client.force_login(today.data_entry)
    given = {"period": closed, "frequency": "month"}
    page = client.get(address(today, "undo"), given).text
    assert f"Wait, {closed:%B %Y}" in page
    assert "Put back 1 number" in page
    asked = client.post(address(today, "undo"), given).text
    assert ('name="why"' in asked, 'role="alert"' in asked) == (True, False)  # asked before it is a fault
    assert 'role="alert"' in client.post(address(today, "undo"), {**given, "why": ""}).text
    assert Observation.objects.count() == 1
    client.post(address(today, "undo"), {**given, "why": "Typed into the wrong month"})
    assert Observation.objects.count() == 0


def test_a_month_saved_without_the_script_offers_the_way_back(client: Client, today: Cast) -> None:
    wait = make_measure(today.own, "Wait")
    client.force_login(today.data_entry)
    typed = {"period": open_month(), f"{wait.ref}-value": "9", f"{wait.ref}-have": "0"}
    assert "You can undo this until" in client.post(address(today), typed, follow=True).text


def test_the_way_back_is_still_there_when_the_sheet_is_opened_again_and_for_nobody_else(
    client: Client, today: Cast
) -> None:
    wait = make_measure(today.own, "Wait")
    hidden = []
    for saved_at in (timezone.now(), timezone.now() - timedelta(hours=25)):
        observations.record(
            wait, open_month(), Entry(value=Decimal(saved_at.hour)), by=today.data_entry, at=saved_at
        )
        for reader in (today.data_entry, today.lead):
            client.force_login(reader)
            hidden.append("data-undo hidden" in client.get(address(today)).text)
        wait.observations.all().delete()
    assert hidden == [False, True, True, True]


def test_the_hour_until_which_a_save_is_undone_names_its_zone(today: Cast) -> None:
    today.own.time_zone = "Europe/Stockholm"
    place = open_place(today.own, frequency="month", at=AT, period=JANUARY)
    assert undo_words(AT.isoformat(), place) == "You can undo this until 16:00 (CET) on 13 February 2004."


def test_where_nothing_can_be_undone_there_is_nothing_to_cancel(client: Client, today: Cast) -> None:
    make_measure(today.own, "Wait")
    client.force_login(today.data_entry)
    page = client.get(address(today, "undo")).text
    assert ("Back to the sheet" in page, "Cancel" in page) == (True, False)
