"""A sheet signed off: who may, what it takes, and that any later change of its numbers lifts it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from measures import periods
from measures.exchange.entries import Entry
from measures.exchange.tables import read_table
from measures.models import Measure, NoData, Observation, SignOff
from measures.selectors.sheet_place import SheetPlace, place_of
from measures.services.entry import imports, observations, pastes, sheets, sign_offs, undos
from measures.services.entry.observations import Cell
from measures.services.entry.pastes import PastedBlock
from measures.services.entry.sheets import Typed
from measures.services.entry.sign_offs import NumbersMissing
from organizations.models import User
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import Cast, make_cast
from tests.at_once import while_it_waits
from tests.measures.series import WAIT, confirm
from tests.measures.sheets import keep_month, make

pytestmark = pytest.mark.django_db

JANUARY, FEBRUARY = date(2004, 1, 1), date(2004, 2, 1)
AT, LATER = (datetime(2004, 2, day, 15, tzinfo=UTC) for day in (4, 5))


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast(AT.date())


@pytest.fixture
def wait(cast: Cast) -> Measure:
    return make(cast.own, "Wait", since=date(2003, 11, 1))


def place(cast: Cast, period: date = JANUARY, frequency: str = "month") -> SheetPlace:
    return place_of(cast.own, period, frequency=frequency, at=AT)


def put(measure: Measure, value: int, by: User | None, *, at: datetime = AT) -> Observation:
    saved = observations.record(measure, JANUARY, Entry(value=Decimal(value)), by=by, at=at)
    assert saved.observation
    return saved.observation


def sign(cast: Cast, **how: object) -> SignOff:
    return sign_offs.sign(cast.own, place(cast), by=cast.data_entry, at=AT, **how)  # type: ignore[arg-type]


def signed(cast: Cast, measure: Measure) -> SignOff:
    put(measure, 9, cast.data_entry)
    return sign(cast)


def test_a_sheet_is_signed_off_by_whoever_logs_and_the_trail_says_so(cast: Cast, wait: Measure) -> None:
    found = signed(cast, wait)
    entry = AuditEntry.objects.get(verb="signed off")
    assert (found.by, found.at, found.missing, str(found)) == (
        cast.data_entry, AT, 0, "Own Hospital, January 2004",
    )  # fmt: skip
    assert (entry.by, entry.subject_ref, entry.subject_label) == (cast.data_entry, found.ref, str(found))


@pytest.mark.parametrize("actor", ["member", "sponsor", "faculty", "other_lead", "stranger", "site_admin"])
def test_who_does_not_log_neither_signs_nor_takes_back(cast: Cast, wait: Measure, actor: str) -> None:
    found, person = signed(cast, wait), getattr(cast, actor)
    for verb in (
        lambda: sign_offs.sign(cast.own, place(cast), by=person, at=AT),
        lambda: sign_offs.withdraw(cast.own, found.ref, by=person, at=AT),
        lambda: sign_offs.look(cast.own, place(cast), by=person),
    ):
        with pytest.raises(PermissionDenied):
            verb()
    assert SignOff.objects.standing().count() == 1


def test_a_past_participant_signs_nothing(cast: Cast) -> None:
    make(cast.past, "Wait", since=JANUARY)
    there = place_of(cast.past, JANUARY, frequency="month", at=AT)
    with pytest.raises(RuleViolation, match=r"^Past Hospital took part until .+ Its numbers stay"):
        sign_offs.sign(cast.past, there, by=cast.past_lead, at=AT)


def test_missing_numbers_are_named_and_then_taken_for_granted(cast: Cast, wait: Measure) -> None:
    falls = make(cast.own, "Falls", since=date(2003, 11, 1))
    make(cast.own, "New", since=FEBRUARY)  # it had not begun
    keep_month(cast, JANUARY)
    put(wait, 9, cast.data_entry)
    with pytest.raises(NumbersMissing, match=r"^1 number of this sheet is missing") as refused:
        sign(cast)
    assert refused.value.missing == (falls,)
    with pytest.raises(NumbersMissing):
        sign(cast, without=[wait.ref])
    assert sign(cast, without=[falls.ref]).missing == 1
    assert AuditEntry.objects.get(verb="signed off").changes == {"missing": [None, 1]}


def test_a_reason_for_no_data_is_no_missing_number(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, Entry(no_data=NoData.NO_CASES), by=cast.data_entry, at=AT)
    assert sign(cast).missing == 0


def test_one_sign_off_a_sheet_and_each_sheet_its_own(cast: Cast, wait: Measure) -> None:
    signed(cast, wait)
    with pytest.raises(
        RuleViolation, match=r"^Dan Entry has signed off January 2004 already, on 4 February 2004"
    ):
        sign_offs.sign(cast.own, place(cast), by=cast.lead, at=LATER)
    december = place(cast, date(2003, 12, 1))
    assert sign_offs.sign(cast.own, december, without=[wait.ref], by=cast.lead, at=AT).missing == 1


def test_what_still_runs_or_has_no_measure_is_not_complete(cast: Cast, wait: Measure) -> None:
    with pytest.raises(RuleViolation, match=r"^February 2004 is not over yet"):
        sign_offs.sign(cast.own, place(cast, FEBRUARY), by=cast.lead, at=AT)
    with pytest.raises(RuleViolation, match=r"^There is no measure on this sheet"):
        sign_offs.sign(cast.own, place(cast, JANUARY, "quarter"), by=cast.lead, at=AT)


def test_it_can_be_taken_back_once_and_signed_again(cast: Cast, wait: Measure) -> None:
    found = signed(cast, wait)
    sign_offs.withdraw(cast.own, found.ref, by=cast.lead, at=LATER)
    found.refresh_from_db()
    assert (found.withdrawn_by, found.withdrawn_at, found.lifted_at) == (cast.lead, LATER, None)
    with pytest.raises(RuleViolation, match="taken back before"):
        sign_offs.withdraw(cast.own, found.ref, by=cast.lead, at=LATER)
    sign(cast)
    assert (SignOff.objects.count(), SignOff.objects.standing().count()) == (2, 1)
    assert AuditEntry.objects.get(verb="withdrew").subject_ref == found.ref


def test_a_number_that_changed_since_it_was_seen_is_not_signed(cast: Cast, wait: Measure) -> None:
    seen = {wait.ref: put(wait, 9, cast.data_entry).version}
    put(wait, 8, cast.lead)
    with pytest.raises(RuleViolation, match=r"^Lea Lead saved 8 for Wait since you opened the sheet"):
        sign(cast, seen=seen)
    observations.record(wait, JANUARY, Entry(), by=cast.lead, at=AT)
    with pytest.raises(RuleViolation, match=r"^Lea Lead cleared Wait since you opened the sheet"):
        sign(cast, seen=seen, without=[wait.ref])
    assert not SignOff.objects.exists()


def _by_sheet(cast: Cast, wait: Measure) -> None:
    have = Observation.objects.get(measure=wait, period=JANUARY).version
    sheets.log({wait: Typed(value="8", have=have)}, JANUARY, by=cast.lead, at=LATER)


def _by_paste(cast: Cast, wait: Measure) -> None:
    block = PastedBlock("Jan 2004\t8", wait.ref, JANUARY, "month", is_down=True)
    paste = pastes.compare(cast.own, block, reader=cast.lead, at=LATER)
    versions = {where: cell.version for where, cell in paste.cells.items()}
    pastes.save(cast.own, block, seen=versions, why="", by=cast.lead, at=LATER)


def _by_import(cast: Cast, wait: Measure) -> None:
    content = f"organization,measure,period,value\n{cast.own.ref},Wait,2004-01,8\n".encode()
    report = imports.load(cast.collaborative, [read_table("a.csv", content)], by=cast.lead, at=LATER)
    assert report.changed == 1


def _by_clearing(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, Entry(), by=cast.lead, at=LATER)


def _by_a_reason(cast: Cast, wait: Measure) -> None:
    observations.record(wait, JANUARY, Entry(no_data=NoData.CLOSED), by=cast.lead, at=LATER)


ROADS = {one.__name__: one for one in (_by_sheet, _by_paste, _by_import, _by_clearing, _by_a_reason)}


@pytest.mark.parametrize("road", ROADS)
def test_a_later_change_by_any_road_lifts_it(cast: Cast, wait: Measure, road: str) -> None:
    found = signed(cast, wait)
    ROADS[road](cast, wait)
    found.refresh_from_db()
    entry = AuditEntry.objects.get(verb="lifted")
    assert (found.lifted_by, found.lifted_at, found.withdrawn_at) == (cast.lead, LATER, None)
    assert (entry.by, entry.at, entry.subject_ref, entry.subject_label) == (
        cast.lead, LATER, found.ref, "Own Hospital, January 2004",
    )  # fmt: skip
    with pytest.raises(RuleViolation, match="a number was changed since"):
        sign_offs.withdraw(cast.own, found.ref, by=cast.lead, at=LATER)


def test_an_undo_lifts_it_too(cast: Cast, wait: Measure) -> None:
    put(wait, 7, cast.lead)
    put(wait, 9, cast.data_entry, at=AT)
    found = sign(cast)
    undos.take_back(cast.own, undos.Batch(JANUARY, "month", AT), by=cast.data_entry, at=LATER)
    found.refresh_from_db()
    assert (Observation.objects.get().value, found.lifted_by) == (7, cast.data_entry)


def test_the_console_lifts_it_in_nobodys_name(cast: Cast, wait: Measure) -> None:
    found = signed(cast, wait)
    put(wait, 8, None, at=LATER)
    found.refresh_from_db()
    assert (found.lifted_by, found.lifted_at) == (None, LATER)


UNMOVED: dict[str, Callable[[Cast, Measure], object]] = {
    "the same number": lambda cast, wait: put(wait, 9, cast.lead, at=LATER),
    "a note alone": lambda cast, wait: observations.record(
        wait, JANUARY, Entry(value=Decimal(9), note="A strike"), by=cast.lead, at=LATER
    ),
    "that it is right": lambda cast, wait: confirm(wait, JANUARY, by=cast.lead, at=LATER),
    "another month": lambda cast, wait: observations.record(
        wait, date(2003, 12, 1), Entry(value=Decimal(3)), by=cast.lead, at=LATER
    ),
    "another frequency": lambda cast, wait: observations.record(
        make(cast.own, "Weekly", since=JANUARY, words={**WAIT, "frequency": "week"}),
        date(2004, 1, 5), Entry(value=Decimal(3)), by=cast.lead, at=LATER,
    ),
    "another organization": lambda cast, wait: put(
        make(cast.other, "Wait", since=JANUARY), 3, cast.other_lead, at=LATER
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNMOVED)
def test_what_changes_no_number_of_the_sheet_leaves_it(cast: Cast, wait: Measure, what: str) -> None:
    signed(cast, wait)
    UNMOVED[what](cast, wait)
    assert SignOff.objects.standing().count() == 1
    assert not AuditEntry.objects.filter(verb="lifted").exists()


def test_event_dates_lift_their_own_sheet_and_each_whose_days_between_change(cast: Cast) -> None:
    words = {**WAIT, "shape": "time_between", "decimals": 0, "direction": "up"}
    falls = make(cast.own, "Falls", since=date(2003, 11, 1), words=words)
    months = [date(2003, 11, 1), date(2003, 12, 1), JANUARY]
    for month in months:
        observations.record_many([_events(falls, month, 10)], by=cast.lead, at=AT)
        sign_offs.sign(cast.own, place(cast, month), by=cast.lead, at=AT)
    observations.record_many([_events(falls, months[1], 12)], by=cast.lead, at=LATER)
    lifted = SignOff.objects.filter(lifted_at=LATER).order_by("period").values_list("period", flat=True)
    assert list(lifted) == months[1:]


def _events(measure: Measure, month: date, day: int) -> Cell:
    return Cell(measure.pk, month, Entry(no_data=NoData.EVENTS), days=(month.replace(day=day),))


def test_many_sheets_are_lifted_in_as_many_statements_as_one(
    cast: Cast, wait: Measure, django_assert_num_queries: Callable[..., object]
) -> None:
    months = [periods.following(JANUARY, "month", -step) for step in range(3)]
    for month in months:
        sign_offs.sign(cast.own, place(cast, month), without=[wait.ref], by=cast.lead, at=AT)
    cells = [Cell(wait.pk, month, Entry(value=Decimal(4))) for month in months]
    with django_assert_num_queries(10):  # seven of any save, its savepoint, one entry for all
        observations.record_many(cells, by=cast.lead, at=LATER)
    assert AuditEntry.objects.filter(verb="lifted").count() == 3


@pytest.mark.parametrize(
    "ended",
    [
        {"withdrawn_at": AT},
        {"lifted_by_id": 1},
        {"withdrawn_at": AT, "withdrawn_by_id": 1, "lifted_at": AT},
    ],
)
def test_the_database_knows_how_a_sign_off_ends(cast: Cast, wait: Measure, ended: dict[str, object]) -> None:
    found = signed(cast, wait)
    keys = {name: cast.lead.pk if name.endswith("_id") else value for name, value in ended.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.filter(pk=found.pk).update(**keys)


@pytest.mark.django_db(transaction=True)
def test_a_save_under_way_is_waited_for_and_seen(cast: Cast, wait: Measure) -> None:
    seen = {wait.ref: put(wait, 9, cast.data_entry).version}
    refused = while_it_waits(lambda: put(wait, 8, cast.lead), lambda: _refusal(cast, seen))
    assert refused == "Lea Lead saved 8 for Wait since you opened the sheet. Look at it before you sign."
    assert not SignOff.objects.exists()


def _refusal(cast: Cast, seen: dict[str, int]) -> str:
    with pytest.raises(RuleViolation) as refused:
        sign(cast, seen=seen)
    return str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_a_save_that_waits_for_the_sign_off_lifts_it(cast: Cast, wait: Measure) -> None:
    put(wait, 9, cast.data_entry)
    while_it_waits(lambda: sign(cast), lambda: put(wait, 8, cast.lead, at=LATER))
    assert SignOff.objects.get().lifted_by == cast.lead
