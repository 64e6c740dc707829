"""Numbers are written by one verb: what it takes, what it refuses, what it keeps of every change."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from measures.exchange.entries import Entry
from measures.models import Correction, Measure, Month, Observation
from measures.services import months
from measures.services.entry import observations
from measures.services.entry.observations import Cell, EntryRefused, ReasonMissing, Saved, TwoEntries
from organizations.models import standing_of
from tests.actors import Cast, make_cast
from tests.measures.series import SHARE, confirm, log, make_measure

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2004, 1, 1), date(2004, 2, 1)
AT = datetime(2004, 2, 12, 15, tzinfo=UTC)
MUCH_LATER = datetime(2004, 6, 12, 15, tzinfo=UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """The implementation phase runs on the days of these tests."""
    return make_cast(AT.date())


def ratio(above: float | str, below: float | str) -> Entry:
    return Entry(numerator=Decimal(str(above)), denominator=Decimal(str(below)))


def number(value: float | str) -> Entry:
    return Entry(value=Decimal(str(value)))


@pytest.fixture
def share(cast: Cast) -> Measure:
    return make_measure(cast.own, "Seen in time", **SHARE)


@pytest.fixture
def wait(cast: Cast) -> Measure:
    measure = make_measure(cast.own, "Wait")
    measure.definitions.update(effective_from=date(2003, 1, 1))
    return measure


@pytest.fixture
def month(cast: Cast) -> Month:
    made = months.month_of(cast.collaborative, JANUARY)
    made.save()
    return made


def test_a_first_number_is_kept_with_who_and_when(cast: Cast, share: Measure) -> None:
    saved = observations.record(share, JANUARY, ratio(14, 9310), by=cast.data_entry, at=AT)
    row = Observation.objects.get()
    assert (row.words, row.recorded_by, row.recorded_at, row.is_late) == (
        "14 of 9,310",
        cast.data_entry,
        AT,
        False,
    )
    assert (saved.observation, saved.is_changed, saved.warning, saved.series) == (row, True, "", (row,))


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (
            ratio(132, 128),
            "132 of 128: the numerator is greater than the denominator. Correct one of them and it saves.",
        ),
        (ratio(-1, 128), "-1 is negative: a count of events starts at 0."),
        (
            ratio(3, 0),
            "3 of 0: nothing can be divided by 0. Where there were no cases, choose no data and “no cases”.",
        ),
        (
            Entry(numerator=Decimal(3)),
            "3 alone is not enough: this measure takes a numerator and a denominator, side by side or as 12/388.",
        ),
        (ratio("NaN", 128), "NaN is too large to be true: numbers stay below one million million."),
        (ratio(1, "1e12"), "1E+12 is too large to be true: numbers stay below one million million."),
        (
            Entry(numerator=Decimal(1), denominator=Decimal(2), note="x" * 10_000_000),
            "The note has 10,000,000 characters; 1,000 are kept. Shorten it.",
        ),
    ],
)
def test_what_cannot_be_true_is_refused_with_a_sentence(
    cast: Cast, share: Measure, entry: Entry, sentence: str
) -> None:
    with pytest.raises(EntryRefused) as refusal:
        observations.record(share, JANUARY, entry, by=cast.data_entry, at=AT)
    assert str(refusal.value) == sentence
    assert Observation.objects.count() == 0


def test_a_count_is_whole_and_not_negative(cast: Cast) -> None:
    falls = make_measure(cast.own, "Falls", shape="count")
    for entry, word in ((number(-2), "negative"), (number("2.5"), "not whole")):
        with pytest.raises(EntryRefused, match=f"is {word}: this measure counts"):
            observations.record(falls, JANUARY, entry, by=cast.data_entry, at=AT)


def test_a_period_that_has_not_begun_is_refused_in_the_organizations_own_zone(
    cast: Cast, wait: Measure
) -> None:
    at = datetime(2004, 2, 1, 2, tzinfo=UTC)
    cast.own.time_zone = "America/New_York"
    cast.own.save()
    with pytest.raises(EntryRefused, match="February 2004 lies in the future"):
        observations.record(wait, FEBRUARY, number(9), by=cast.data_entry, at=at)
    cast.own.time_zone = "Europe/Stockholm"
    cast.own.save()
    assert observations.record(wait, FEBRUARY, number(9), by=cast.data_entry, at=at).is_changed


def test_of_two_people_the_second_sees_what_the_first_saved_and_chooses(cast: Cast, wait: Measure) -> None:
    first = observations.record(wait, JANUARY, number(6), by=cast.lead, at=AT, have=0)
    with pytest.raises(TwoEntries) as clash:
        observations.record(wait, JANUARY, number(8), by=cast.data_entry, at=AT, have=0)
    assert str(clash.value) == "Lea Lead saved 6 while you typed."
    assert clash.value.theirs == first.observation
    assert Observation.objects.get().value == 6
    assert first.observation
    chosen = observations.record(
        wait, JANUARY, number(8), by=cast.data_entry, at=AT, have=first.observation.version
    )
    assert chosen.observation
    assert (chosen.observation.value, chosen.observation.recorded_by) == (8, cast.data_entry)


def test_two_people_who_save_the_same_number_do_not_clash(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, number(6), by=cast.lead, at=AT, have=0)
    again = observations.record(wait, JANUARY, number("6.0"), by=cast.data_entry, at=AT, have=0)
    assert (again.is_changed, Correction.objects.count()) == (False, 1)


def test_a_month_before_the_measure_began_is_history_and_not_late(
    cast: Cast, wait: Measure, month: Month
) -> None:
    wait.definitions.update(effective_from=date(2004, 2, 1))
    saved = observations.record(wait, JANUARY, number(6), by=cast.data_entry, at=MUCH_LATER)
    assert saved.observation
    assert not saved.observation.is_late


def test_once_the_last_month_of_its_last_phase_closed_a_past_participant_only_reads(
    cast: Cast, wait: Measure
) -> None:
    cast.own.participations.exclude(phase=cast.planning).delete()
    cast.planning.ends_on = date(2004, 1, 31)
    cast.planning.save()
    still, over = datetime(2004, 2, 20, 12, tzinfo=UTC), datetime(2004, 2, 21, 12, tzinfo=UTC)
    assert observations.record(wait, JANUARY, number(6), by=cast.lead, at=still).observation
    with pytest.raises(EntryRefused, match="took part until 31 January 2004"):
        observations.record(wait, JANUARY, number(7), by=cast.lead, at=over, why="recount")
    assert observations.record(wait, JANUARY, number(8), by=cast.office, at=over, why="recount").observation


def test_after_closing_a_first_number_is_late_and_a_change_needs_a_reason(
    cast: Cast, wait: Measure, month: Month
) -> None:
    saved = observations.record(wait, JANUARY, number(6), by=cast.data_entry, at=MUCH_LATER)
    assert saved.observation
    assert saved.observation.is_late
    with pytest.raises(ReasonMissing, match="January 2004 is closed: say why this number changes"):
        observations.record(wait, JANUARY, number(7), by=cast.data_entry, at=MUCH_LATER)
    observations.record(wait, JANUARY, number(7), by=cast.data_entry, at=MUCH_LATER, why="Late chart review")
    assert list(Correction.objects.values_list("old_value", "new_value", "why")) == [
        (6, 7, "Late chart review"),
        (None, 6, ""),
    ]


def test_a_month_outside_the_phases_of_an_organization_does_not_bind_it(cast: Cast, month: Month) -> None:
    waits = make_measure(cast.past, "Wait"), make_measure(cast.applicant, "Wait")
    for wait in waits:
        observations.record(wait, JANUARY, number(6), by=None, at=MUCH_LATER)
        observations.record(wait, JANUARY, number(7), by=None, at=MUCH_LATER)
    assert list(Observation.objects.values_list("value", "is_late")) == [(7, False), (7, False)]


def test_a_quarter_closes_with_its_last_month(cast: Cast, month: Month) -> None:
    cost = make_measure(cast.own, "Cost", frequency="quarter")
    saved = observations.record(
        cost, JANUARY, number(6), by=cast.data_entry, at=datetime(2004, 4, 2, tzinfo=UTC)
    )
    assert saved.observation
    assert not saved.observation.is_late


def test_clearing_a_cell_is_a_correction_too(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, number(6), by=cast.data_entry, at=AT)
    cleared = observations.record(wait, JANUARY, Entry(), by=cast.lead, at=AT)
    latest = Correction.objects.first()
    assert latest
    assert (cleared.observation, cleared.series, Observation.objects.count()) == (None, (), 0)
    assert (latest.old_value, latest.new_value, latest.version, latest.by) == (6, None, 0, cast.lead)


def test_the_same_number_typed_again_keeps_its_standard_deviation(cast: Cast, wait: Measure) -> None:
    entry = Entry(value=Decimal("6.1234567"), sd=Decimal("1.5"), size=12)
    observations.record(wait, JANUARY, entry, by=cast.data_entry, at=AT)
    again = observations.record(wait, JANUARY, number("6.1234567"), by=cast.data_entry, at=AT)
    row = Observation.objects.get()
    assert (again.is_changed, row.value, row.sd, row.size) == (False, Decimal("6.123457"), Decimal("1.5"), 12)


def test_corrections_cannot_be_changed_or_deleted(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, number(6), by=cast.data_entry, at=AT)
    changes: list[Any] = [
        lambda: Correction.objects.update(why="rewritten"),
        lambda: Correction.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Correction.objects.get().why == ""


def test_many_cells_are_saved_together_or_not_at_all(cast: Cast, wait: Measure, share: Measure) -> None:
    cells = [Cell(wait.pk, JANUARY, number(6)), Cell(share.pk, JANUARY, ratio(132, 128))]
    with pytest.raises(EntryRefused) as refusal:
        observations.record_many(cells, by=cast.data_entry, at=AT)
    assert (refusal.value.cell, Observation.objects.count()) == (cells[1], 0)


def test_a_month_that_stands_twice_in_one_write_is_refused(cast: Cast, wait: Measure) -> None:
    twice = [Cell(wait.pk, JANUARY, number(6)), Cell(wait.pk, JANUARY, number(7))]
    with pytest.raises(EntryRefused, match="Wait, January 2004 stands twice: keep one of the two"):
        observations.record_many(twice, by=cast.data_entry, at=AT)


def test_of_each_cell_for_itself_the_good_ones_are_saved(cast: Cast, wait: Measure, share: Measure) -> None:
    cells = [Cell(share.pk, JANUARY, ratio(132, 128)), Cell(wait.pk, JANUARY, number(6))]
    refused, saved = observations.record_each(cells, by=cast.data_entry, at=AT)
    assert isinstance(refused, EntryRefused)
    assert isinstance(saved, Saved)
    assert Observation.objects.get().measure == wait


def test_the_number_of_queries_does_not_grow_with_the_cells(cast: Cast) -> None:
    measures = [make_measure(cast.own, f"Wait {at}") for at in range(30)]
    counts, _ = [], standing_of(cast.data_entry)  # which a request has read before
    for chosen in (measures[:1], measures):
        cells = [Cell(measure.pk, JANUARY, number(len(chosen))) for measure in chosen]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            observations.record_many(cells, by=cast.data_entry, at=AT)
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts == [7, 8]  # one reads the measures before they are held; the second corrects one cell, too


def test_a_leap_beyond_all_before_is_saved_with_a_warning_until_somebody_says_it_is_right(
    cast: Cast, share: Measure
) -> None:
    log(share, [(n, 100) for n in (84, 88, 86, 91, 89, 90, 87, 92, 94, 91, 93)], first=date(2003, 2, 1))
    saved = observations.record(share, JANUARY, ratio(61, 88), by=cast.data_entry, at=AT)
    assert saved.warning == (
        "69.3 is below everything this measure has shown (limits 84.0 to 94.0). It is saved."
    )
    confirm(share, JANUARY, by=cast.data_entry, at=AT)
    again = observations.record(share, JANUARY, ratio(61, 88), by=cast.data_entry, at=AT)
    assert again.warning == ""


@pytest.mark.parametrize(
    ("earlier", "typed", "warning"),
    [
        ([10, 12] * 5, "5", "5.0 is below everything this measure has shown (limits 10.0 to 12.0)."),
        ([10, 12] * 5, "15.5", "15.5 is above everything this measure has shown (limits 10.0 to 12.0)."),
        ([10, 12] * 5, "12.6", ""),  # a slight record
        ([10, 12] * 5, "12", ""),
        ([10, 12] * 5, "12.04", ""),  # shown as 12.0
        ([10, 12] * 4 + [10], "99", ""),  # nine numbers: too few
    ],
)
def test_ten_earlier_numbers_are_the_limits_of_the_next(
    cast: Cast, wait: Measure, earlier: list[int], typed: str, warning: str
) -> None:
    log(wait, earlier, first=date(2003, 2, 1))
    saved = observations.record(wait, JANUARY, number(typed), by=cast.data_entry, at=AT)
    assert saved.warning.removesuffix(" It is saved.") == warning
