"""Event dates are written, moved and taken back; the days between follow, each change with its correction."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from measures.exchange.entries import Entry
from measures.models import Correction, Measure, Month, NoData, Observation
from measures.services import measures, months
from measures.services.entry import observations
from measures.services.entry.observations import Cell, EntryRefused, ReasonMissing, Saved, TwoEntries
from organizations.models import User
from p2.errors import RuleViolation
from tests.actors import Cast, make_cast
from tests.measures.series import make_measure

pytestmark = pytest.mark.django_db

AT = datetime(2026, 5, 12, 15, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


@pytest.fixture
def codes(cast: Cast) -> Measure:
    return make_measure(cast.own, "Days between codes", shape="time_between", unit="days")


def enter(
    measure: Measure, month: date, *days: int, by: User | None = None, have: int | None = None, why: str = "",
    entry: Entry | None = None, at: datetime = AT,
) -> Saved:  # fmt: skip
    """The events of a month by their day numbers; none of them: there were none."""
    entry = entry or Entry(no_data=NoData.EVENTS if days else NoData.NO_EVENTS)
    dates = tuple(month.replace(day=day) for day in days)
    cell = Cell(measure.pk, month, entry, have=have, why=why, days=dates)
    return observations.record_many([cell], by=by, at=at)[0]


def standing(measure: Measure) -> list[tuple[str, int, str]]:
    """Every event's day, its place on the day, and what stands there."""
    rows = measure.observations.filter(ordinal__gt=0)
    return [(f"{row.period:%d %b}", row.ordinal, row.words) for row in rows]


def history(measure: Measure, at: datetime) -> set[tuple[str, str, str]]:
    """What changed at an instant: the day, what stood and what stands."""
    changes = Correction.objects.filter(measure=measure, at=at, ordinal__gt=0)
    return {(f"{one.period:%d %b}", one.old_words, one.new_words) for one in changes}


def test_an_event_stands_on_its_day_with_the_days_since_the_one_before(cast: Cast, codes: Measure) -> None:
    enter(codes, MARCH, 17, 3, 17, by=cast.data_entry)
    enter(codes, APRIL, 2, by=cast.lead)
    assert standing(codes) == [
        ("03 Mar", 1, "first event"), ("17 Mar", 1, "14"), ("17 Mar", 2, "0"), ("02 Apr", 1, "16"),
    ]  # fmt: skip
    months_own = codes.observations.filter(ordinal=0).values_list("period", "no_data")
    assert list(months_own) == [(MARCH, "events"), (APRIL, "events")]
    assert {row.recorded_by for row in codes.observations.filter(period__lt=APRIL)} == {cast.data_entry}


def test_an_event_put_between_changes_the_one_after_it_and_no_other(codes: Measure) -> None:
    enter(codes, MARCH, 3, 17, 27)
    later = AT + timedelta(minutes=5)
    before = {row.period: row.version for row in codes.observations.filter(ordinal=1)}
    enter(codes, MARCH, 3, 10, 17, 27, at=later)
    assert standing(codes) == [
        ("03 Mar", 1, "first event"), ("10 Mar", 1, "7"), ("17 Mar", 1, "7"), ("27 Mar", 1, "10"),
    ]  # fmt: skip
    assert history(codes, later) == {("10 Mar", "", "7"), ("17 Mar", "14", "7")}
    after = {row.period: row.version for row in codes.observations.filter(ordinal=1)}
    assert after[date(2026, 3, 27)] == before[date(2026, 3, 27)]


def test_an_event_moved_or_taken_back_changes_the_first_of_the_next_month(codes: Measure) -> None:
    enter(codes, MARCH, 3, 17)
    enter(codes, APRIL, 2)
    moved, back = AT + timedelta(minutes=5), AT + timedelta(minutes=9)
    enter(codes, MARCH, 3, 18, at=moved)
    assert history(codes, moved) == {("17 Mar", "14", ""), ("18 Mar", "", "15"), ("02 Apr", "16", "15")}
    enter(codes, MARCH, 18, at=back)
    assert history(codes, back) == {("03 Mar", "first event", ""), ("18 Mar", "15", "first event")}
    assert standing(codes) == [("18 Mar", 1, "first event"), ("02 Apr", 1, "15")]


def test_an_earlier_month_entered_later_gives_the_first_event_its_days(codes: Measure) -> None:
    enter(codes, APRIL, 2)
    enter(codes, MARCH, 30)
    assert standing(codes) == [("30 Mar", 1, "first event"), ("02 Apr", 1, "3")]


def test_of_two_on_one_day_one_is_taken_back(codes: Measure) -> None:
    enter(codes, MARCH, 3, 17, 17)
    enter(codes, MARCH, 3, 17)
    assert standing(codes) == [("03 Mar", 1, "first event"), ("17 Mar", 1, "14")]


def test_none_stands_in_the_months_own_row_and_gives_way_to_dates(codes: Measure) -> None:
    enter(codes, MARCH)
    assert codes.observations.get().no_data == NoData.NO_EVENTS
    enter(codes, MARCH, 3)
    enter(codes, APRIL, 2)
    enter(codes, MARCH)
    assert standing(codes) == [("02 Apr", 1, "first event")]
    enter(codes, APRIL, entry=Entry())
    assert [(row.period, row.no_data) for row in codes.observations.all()] == [(MARCH, "no_events")]


def test_a_reason_or_a_number_for_the_month_takes_the_place_of_its_dates(codes: Measure) -> None:
    enter(codes, MARCH, 3, 17)
    observations.record(codes, MARCH, Entry(no_data=NoData.SYSTEM_DOWN), by=None, at=AT)
    assert standing(codes) == []
    observations.record(codes, MARCH, Entry(value=Decimal(14)), by=None, at=AT)
    assert codes.observations.get().words == "14"


def test_numbers_logged_by_the_month_stay_beside_dates(codes: Measure) -> None:
    observations.record(codes, date(2026, 2, 1), Entry(value=Decimal(21)), by=None, at=AT)
    enter(codes, MARCH, 3, 17)
    assert [row.words for row in codes.observations.all()] == ["21", "event dates", "first event", "14"]


def test_saving_the_same_dates_again_changes_nothing(codes: Measure) -> None:
    enter(codes, MARCH, 3, 17)
    count, version = Correction.objects.count(), Measure.objects.get(pk=codes.pk).series_version
    assert not enter(codes, MARCH, 17, 3).is_changed
    assert (Correction.objects.count(), Measure.objects.get(pk=codes.pk).series_version) == (count, version)


def test_of_two_editors_the_second_is_told_whose_dates_stand(cast: Cast, codes: Measure) -> None:
    first = enter(codes, MARCH, 3, by=cast.lead, have=0).observation
    assert first
    with pytest.raises(TwoEntries, match="Lea Lead saved 3 Mar while you typed"):
        enter(codes, MARCH, 17, by=cast.data_entry, have=0)
    second = enter(codes, MARCH, 3, 17, by=cast.data_entry, have=first.version).observation
    assert second
    enter(codes, MARCH, 3, by=cast.lead, have=second.version)
    with pytest.raises(TwoEntries):
        enter(codes, MARCH, 3, 20, by=cast.data_entry, have=second.version)
    assert standing(codes) == [("03 Mar", 1, "first event")]


def test_dates_of_another_month_or_of_days_to_come_are_refused_whole(codes: Measure) -> None:
    for days, sentence in (
        ((date(2026, 5, 2), date(2026, 5, 13)), "13 May 2026 lies in the future"),
        ((date(2026, 4, 30),), "30 April 2026 does not lie in May 2026"),
    ):
        cell = Cell(codes.pk, date(2026, 5, 1), Entry(no_data=NoData.EVENTS), days=days)
        with pytest.raises(EntryRefused, match=sentence):
            observations.record_many([cell], by=None, at=AT)
    assert not Observation.objects.exists()


def test_a_closed_month_asks_why_and_marks_new_events_as_late(cast: Cast, codes: Measure) -> None:
    codes.definitions.update(effective_from=MARCH)
    measures.define(codes, definition={"unit": "days between"}, effective_from=MARCH, why="Words", by=None)
    months.open_months(at=AT)
    Month.objects.filter(period__in=(MARCH, APRIL)).update(closes_on=AT.date() - timedelta(days=2))
    enter(codes, APRIL, 20, by=cast.data_entry)
    enter(codes, date(2026, 2, 1), 10, by=cast.data_entry)  # the first event of April had no number
    assert codes.observations.get(period=date(2026, 4, 20)).is_late
    with pytest.raises(ReasonMissing, match="April 2026 is closed: say why this number changes"):
        enter(codes, APRIL, 2, 20, by=cast.data_entry)
    with pytest.raises(ReasonMissing, match="April 2026 is closed: say why this number changes"):
        enter(
            codes, MARCH, 3, by=cast.data_entry
        )  # its own month is empty, the next one's first event changes
    assert standing(codes) == [("10 Feb", 1, "first event"), ("20 Apr", 1, "69")]
    enter(codes, MARCH, 3, by=cast.data_entry, why="Found in the log")
    assert standing(codes)[1:] == [("03 Mar", 1, "21"), ("20 Apr", 1, "48")]
    assert set(Correction.objects.filter(why="Found in the log").values_list("new_value", flat=True)) == {
        None, Decimal(21), Decimal(48),
    }  # fmt: skip


def test_a_note_stands_beside_the_months_dates_and_stays_when_they_change(codes: Measure) -> None:
    enter(codes, MARCH, 3, entry=Entry(no_data=NoData.EVENTS, note="On the ward"))
    enter(codes, MARCH, 3, 17)
    assert codes.observations.get(ordinal=0).note == "On the ward"


def test_only_who_may_record_numbers_may_enter_dates(cast: Cast, codes: Measure) -> None:
    for name in ("member", "sponsor", "faculty", "other_lead", "stranger"):
        with pytest.raises(PermissionDenied):
            enter(codes, MARCH, 3, by=getattr(cast, name))
    for name in ("data_entry", "lead", "office"):
        enter(codes, MARCH, 3, by=getattr(cast, name))


def test_the_shape_stays_once_events_are_there(cast: Cast, codes: Measure) -> None:
    enter(codes, MARCH, 3)
    with pytest.raises(RuleViolation, match="Numbers are logged in the present shape"):
        measures.define(codes, definition={"shape": "count"}, effective_from=MARCH, why="Why", by=cast.lead)


def test_a_history_entered_at_once_has_one_correction_an_event_and_asks_no_reason_for_its_own_events(
    cast: Cast, codes: Measure
) -> None:
    enter(codes, APRIL, 2)
    for period in (date(2026, 1, 1), MARCH, APRIL):
        closed = date(2026, 5, 1)
        Month.objects.create(collaborative=cast.collaborative, period=period, due_on=closed, closes_on=closed)
    later = AT + timedelta(minutes=5)
    entry, january = Entry(no_data=NoData.EVENTS), date(2026, 1, 1)
    months_of = {january: (date(2026, 1, 31),), MARCH: (date(2026, 3, 3), date(2026, 3, 3))}
    cells = [Cell(codes.pk, period, entry, days=days) for period, days in months_of.items()]

    saved = observations.record_many(cells, by=cast.data_entry, at=later)

    assert [one.observation.period for one in saved if one.observation] == [january, MARCH]
    assert history(codes, later) == {
        ("31 Jan", "", "first event"), ("03 Mar", "", "31"), ("03 Mar", "", "0"), ("02 Apr", "first event", "30"),
    }  # fmt: skip
    assert Correction.objects.filter(measure=codes, at=later, ordinal__gt=0).count() == 4
