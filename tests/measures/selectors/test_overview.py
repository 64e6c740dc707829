"""What a process remembers of the months is what a process that has just begun reads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from measures.models import ChangedOrganization, Definition, Measure, Month, Observation
from measures.selectors.completeness import memory
from measures.selectors.completeness.counting import filled
from measures.selectors.completeness.overview import counts, overview
from measures.services import months
from organizations.models import Collaborative, Organization, Participation, Phase, User
from tests.actors import (
    make_appointee,
    make_collaborative,
    make_member,
    make_organization,
    make_person,
    make_phase,
)
from tests.measures.series import log, make_measure

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2004, 2, 12, 12, tzinfo=UTC)
DECEMBER, JANUARY = date(2003, 12, 1), date(2004, 1, 1)


@pytest.fixture(autouse=True)
def _new_process() -> Iterator[None]:
    counts.forget()
    yield
    counts.forget()


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no transaction were under way: those of other tests, in other databases of this server, would count too."""
    monkeypatch.setattr(memory, "LOOK", memory.LOOK.replace("pg_snapshot_xmin", "pg_snapshot_xmax"))
    monkeypatch.setattr(months, "FORGET", months.FORGET.replace("pg_snapshot_xmin", "pg_snapshot_xmax"))


@pytest.fixture
def home(db: None) -> Collaborative:
    """Two organizations, one monthly measure each, whose numbers of January are missing."""
    collaborative = make_collaborative("months")
    phase = make_phase(collaborative, 1, date(2003, 1, 1), date(2004, 12, 31))
    for period in (DECEMBER, JANUARY):
        Month.objects.create(
            collaborative=collaborative, period=period, due_on=date(2004, 2, 20), closes_on=date(2004, 2, 20)
        )
    for name in ("Hospital", "Practice"):
        measure = make_measure(make_organization(collaborative, name, phases=(phase,)))
        log(_since_2003(measure), [4.0], first=DECEMBER)
    return collaborative


@pytest.fixture
def office(home: Collaborative) -> User:
    return make_appointee(home, "office")


def seen(person: User, home: Collaborative, *, are_open: bool = True) -> list[tuple[Any, ...]]:
    return [
        (one.name, one.month.period, one.expected, one.present, one.reasons)
        for one in overview(person, [home.pk], at=AT, last=4, are_open=are_open)
    ]


def of(name: str) -> Measure:
    return Measure.objects.get(organization__name=name, name="Wait")


def number(value: int) -> None:
    Observation.objects.create(
        measure=of("Hospital"), period=JANUARY, value=Decimal(value), recorded_at=timezone.now()
    )


def queries(person: User, home: Collaborative) -> int:
    with CaptureQueriesContext(connection) as captured:
        seen(person, home)
    return len(captured)


def _since_2003(measure: Measure) -> Measure:
    measure.definitions.update(effective_from=date(2003, 1, 1))
    return measure


def _gone(organization: str) -> None:
    Participation.objects.filter(organization__name=organization).delete()


def _joined(organization: str) -> None:
    Participation.objects.create(
        organization=Organization.objects.get(name=organization), phase=Phase.objects.get(), since=DECEMBER
    )


def _quarterly() -> None:
    facts = {"numerator_words": "Days", "shape": "mean", "unit": "days", "direction": "down"}
    measure = of("Hospital")
    measure.definition = Definition.objects.create(
        measure=measure,
        number=2,
        effective_from=JANUARY,
        why="Seldom",
        frequency="quarter",
        recorded_at=timezone.now(),
        **facts,
    )
    measure.save()


def _moved(name: str, collaborative: str) -> None:
    Organization.objects.filter(name=name).update(
        collaborative=Collaborative.objects.get(slug=collaborative), time_zone="Asia/Tokyo"
    )


def _emptied(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table} CASCADE")


CHANGES: dict[str, Callable[[], Any]] = {
    "a number comes": lambda: number(5),
    "it is a reason": lambda: Observation.objects.filter(period=JANUARY).update(
        value=None, no_data="no_cases"
    ),
    "its period moves": lambda: Observation.objects.filter(period=JANUARY).update(period=date(2003, 6, 1)),
    "and back": lambda: Observation.objects.filter(period=date(2003, 6, 1)).update(period=JANUARY),
    "it goes to another measure": lambda: Observation.objects.filter(period=JANUARY).update(
        measure=of("Practice")
    ),
    "it goes": lambda: Observation.objects.filter(period=JANUARY).delete(),
    "a measure comes": lambda: _since_2003(make_measure(Organization.objects.get(name="Practice"), "Falls")),
    "it begins later": lambda: Measure.objects.get(name="Falls").definitions.update(effective_from=JANUARY),
    "it goes to another organization": lambda: Measure.objects.filter(name="Falls").update(
        organization=Organization.objects.get(name="Hospital")
    ),
    "it is retired": lambda: Measure.objects.filter(name="Falls").update(retired_at=AT),
    "it is taken up again": lambda: Measure.objects.filter(name="Falls").update(retired_at=None),
    "its definition is taken away": lambda: Measure.objects.filter(name="Falls").update(definition=None),
    "a definition comes": _quarterly,
    "it is for every month": lambda: Definition.objects.filter(number=2).update(frequency="month"),
    "all numbers go": lambda: _emptied("measures_observation"),
    "an organization is renamed": lambda: Organization.objects.filter(name="Practice").update(
        short_name="The practice"
    ),
    "a participation goes": lambda: _gone("Hospital"),
    "a participation comes": lambda: _joined("Hospital"),
    "the phase begins later": lambda: Phase.objects.update(starts_on=date(2004, 1, 31)),
    "a month closes": lambda: Month.objects.filter(period=JANUARY).update(closes_on=date(2004, 2, 2)),
    "it is open again": lambda: Month.objects.filter(period=JANUARY).update(closes_on=date(2004, 2, 25)),
    "no months are kept": lambda: Collaborative.objects.update(keeps_months=False),
    "months are kept": lambda: Collaborative.objects.update(keeps_months=True),
    "an organization moves away": lambda: _moved("Hospital", "elsewhere"),
    "an organization comes back": lambda: _moved("Hospital", "months"),
}
"""Every kind of change of what is asked or there, each after the other."""


@pytest.mark.parametrize("role", ["office", "faculty", "funder", "admin", "lead"])
def test_after_every_change_the_memory_tells_what_a_new_process_reads(home: Collaborative, role: str) -> None:
    make_collaborative("elsewhere")
    person = _person(home, role)
    before = seen(person, home)
    for what, change in CHANGES.items():
        change()
        person = User.objects.get(pk=person.pk)
        remembered = seen(person, home), seen(person, home, are_open=False)
        assert list(map(sorted, remembered)) == [
            _asked(person, home, are_open=are) for are in (True, False)
        ], what
        if role != "lead":
            assert remembered[0] != before, f"nothing is seen of it: {what}"
        before = remembered[0]


def _person(home: Collaborative, role: str) -> User:
    if role == "lead":
        return make_member(Organization.objects.get(name="Hospital"), "lead")
    return make_person(is_staff=True) if role == "admin" else make_appointee(home, role)


def _asked(person: User, home: Collaborative, *, are_open: bool) -> list[tuple[Any, ...]]:
    """The same by the statement that everybody else is answered by."""
    visible = Measure.objects.visible_to(person).filter(organization__collaborative=home)
    return sorted(
        (one.name, one.month.period, one.expected, one.present, one.reasons)
        for one in filled(visible, at=AT, last=4, are_open=are_open)
    )


def test_a_second_look_reads_nothing_again_and_a_third_the_changed_alone(
    home: Collaborative, office: User, alone: None
) -> None:
    assert queries(office, home) == 2 + 1  # of them one for the person's standing
    assert queries(office, home) == 1
    number(5)
    with CaptureQueriesContext(connection) as captured:
        seen(office, home)
    assert len(captured) == 2
    assert f"IN ({of('Hospital').organization_id})" in captured.captured_queries[1]["sql"]


def test_a_number_corrected_changes_nothing_that_is_counted(home: Collaborative, office: User) -> None:
    number(5)
    ChangedOrganization.objects.all().delete()
    Observation.objects.filter(period=JANUARY).update(value=7, version=2)
    Measure.objects.update(series_version=9, updated_at=timezone.now())
    assert not ChangedOrganization.objects.exists()


def test_a_statement_notes_an_organization_once(home: Collaborative) -> None:
    ChangedOrganization.objects.all().delete()
    facts = {"measure": of("Hospital"), "value": Decimal(4), "recorded_at": timezone.now()}
    Observation.objects.bulk_create(Observation(period=date(2003, m, 1), **facts) for m in (3, 4, 5))
    assert list(ChangedOrganization.objects.values_list("organization__name", flat=True)) == ["Hospital"]


def apart(ask: Callable[[], Any]) -> Any:
    """In a connection of its own, which sees what is committed alone."""

    def asked() -> Any:
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asked).result(timeout=120)


def test_what_was_begun_before_a_look_and_committed_after_it_is_found(
    home: Collaborative, office: User
) -> None:
    seen(office, home)
    with transaction.atomic():
        number(5)
        apart(lambda: log(of("Practice"), [4.0], first=JANUARY))
        meanwhile = apart(lambda: seen(office, home))
    assert meanwhile[2:] == [("Hospital", JANUARY, 1, 0, 0), ("Practice", JANUARY, 1, 1, 0)]
    assert seen(office, home)[2:] == [("Hospital", JANUARY, 1, 1, 0), ("Practice", JANUARY, 1, 1, 0)]


def test_what_is_rolled_back_is_not_remembered(home: Collaborative, office: User) -> None:
    with transaction.atomic():
        number(5)
        assert seen(office, home)[2] == ("Hospital", JANUARY, 1, 1, 0)
        transaction.set_rollback(True)
    assert seen(office, home)[2] == ("Hospital", JANUARY, 1, 0, 0)


def test_a_memory_older_than_the_list_is_thrown_away(home: Collaborative, office: User, alone: None) -> None:
    seen(office, home)
    number(5)
    make_collaborative("later")
    measure = of("Practice")
    Measure.objects.filter(pk=measure.pk).update(retired_at=AT)
    later = timezone.now() + timedelta(days=2)
    assert months.forget_changes(at=later) > 0
    assert ChangedOrganization.objects.count() == 1
    assert months.forget_changes(at=later) == 0
    assert seen(office, home) == [("Hospital", DECEMBER, 1, 1, 0), ("Hospital", JANUARY, 1, 1, 0)]


def test_the_list_keeps_the_day_and_nothing_of_another_server(home: Collaborative) -> None:
    assert months.forget_changes() == 0
    ChangedOrganization.objects.create(xid=2**60, organization=None)
    assert months.forget_changes() == 1


def test_a_memory_of_a_later_time_is_thrown_away(home: Collaborative, office: User) -> None:
    seen(office, home)
    ((name, one),) = counts._known.items()
    counts._known[name] = type(one)(one.database, one.xmin + 10**6, {})
    assert len(seen(office, home)) == 4


def test_a_new_month_is_counted_anew(home: Collaborative, office: User) -> None:
    seen(office, home)
    assert overview(office, [home.pk], at=datetime(2004, 3, 2, tzinfo=UTC), last=1) == []


def test_who_sees_a_part_is_told_of_that_part(home: Collaborative) -> None:
    Measure.objects.filter(organization__name="Practice").update(is_shared=False)
    seen(make_appointee(home, "office"), home)
    lead = make_member(Organization.objects.get(name="Hospital"), "lead")
    assert {name for name, *_ in seen(lead, home)} == {"Hospital"}
