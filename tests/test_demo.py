"""The demo: loaded by the product's own verbs, on any day, once."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from measures.demo import markings
from measures.demo.public import FILE
from measures.models import (
    ChartSnapshot,
    Correction,
    Freeze,
    Measure,
    Month,
    Observation,
    SignOff,
    today_in,
)
from measures.selectors.today import due
from measures.sentences.freezing import RECOMMENDED
from meetings import demo
from organizations.demo import PASSWORD, sign_ins
from organizations.models import Collaborative, Membership, Organization, Participation, User, standing_of
from organizations.services.people import rosters
from p2.models import AuditEntry
from projects.demo import cincinnati, discharges
from projects.models import Project

pytestmark = pytest.mark.xdist_group("demo")

ADVERSE_DRUG_EVENTS = [
    "2.10",
    "2.56",
    "2.30",
    "2.48",
    "2.63",
    "2.06",
    "1.98",
    "1.91",
    "2.11",
    "1.74",
    "1.82",
    "1.69",
    "1.77",
    "1.61",
    "1.66",
    "1.50",
]


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The small demo, loaded once for all these tests and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        out = StringIO()
        call_command("demo", "--small", stdout=out)
        yield out.getvalue()
        transaction.set_rollback(True)


@pytest.fixture
def programme(loaded: str) -> Collaborative:
    return Collaborative.objects.get(slug="pursuing-perfection")


def test_the_small_demo_has_every_kind_of_organization(programme: Collaborative) -> None:
    phases = {
        organization.short_name or organization.name: [
            taken.phase.ordinal for taken in organization.participations.all()
        ]
        for organization in Organization.objects.filter(collaborative=programme)
    }
    assert phases == {
        "Cincinnati Children’s": [1, 2],
        "Tri-Rivers Health": [1, 2],
        "Jönköping": [1, 2],
        "Sisters of Mercy Valley": [1],
        "Harbor Point Medical": [1],
        "Old Colony Hospitals": [1],
        "Blue Mesa Clinic": [1],
        "Lakeshore Partners": [1],
        "Granite State Care": [],
        "Delta Crossing Hospital": [],
        "Summit Family Medicine": [],
    }
    assert Project.objects.count() == 6
    assert not Participation.objects.filter(since__gt=timezone.now().date()).exists()


def test_every_number_stands_in_its_history_as_it_stands_on_the_sheet(loaded: str) -> None:
    newest = {
        (entry.measure_id, entry.period, entry.ordinal): entry.new_words
        for entry in Correction.objects.order_by("at", "id")
    }
    assert newest == {
        (row.measure_id, row.period, row.ordinal): row.words for row in Observation.objects.all()
    }


def test_nobody_got_a_role_that_the_audit_does_not_know(loaded: str) -> None:
    refs = {membership.ref for membership in Membership.objects.all()}
    told = AuditEntry.objects.filter(verb="enrolled", subject_type="membership")
    assert {entry.subject_ref for entry in told} == refs


def test_every_chart_is_fresh(loaded: str) -> None:
    fresh = ChartSnapshot.objects.filter(version=F("measure__series_version"))
    assert fresh.count() == Measure.objects.count()


def test_the_picture_of_adverse_drug_events_is_on_the_chart(programme: Collaborative) -> None:
    measure = Measure.objects.get(
        organization__short_name="Cincinnati Children’s", name="Adverse drug events per 1,000 doses"
    )
    shown = [f"{row.shown(measure.words):.2f}" for row in measure.observations.all()]
    assert shown[-16:] == ADVERSE_DRUG_EVENTS
    assert (measure.snapshot.state, measure.snapshot.run_length) == ("improvement", 8)
    corrected = measure.corrections.get(old_numerator=15, new_numerator=16)
    assert (corrected.why, str(corrected.by)) == ("one late chart review", "Amara Okafor")


def test_one_measure_is_logged_by_event_dates_and_its_events_have_become_rare(
    programme: Collaborative,
) -> None:
    """The small demo has the last year and a half of them; the whole one is long enough for a verdict."""
    measure = Measure.objects.get(definition__shape="time_between")
    newest = Month.objects.filter(collaborative=programme).order_by("-period")[1].period
    events = measure.observations.filter(ordinal__gt=0)
    gaps = [int(row.value) for row in events if row.value is not None]
    assert gaps == list(cincinnati.SAFETY_GAPS[-len(gaps) :])
    assert min(gaps[-cincinnati.SAFETY_TRAINED :]) > 1.5 * cincinnati.SAFETY.level
    assert [row.no_data for row in events[:1]] == ["first_event"]
    last = events.latest("period").period
    assert newest - last == timedelta(days=cincinnati.SAFETY_QUIET)
    months = measure.observations.filter(ordinal=0)
    assert {row.no_data for row in months} == {"events", "no_events"}
    assert not months.filter(period__gte=newest).exists(), "the open month is the visitor's"
    note = measure.annotations.get()
    assert (note.text, events.filter(period__gte=note.period).count()) == (
        cincinnati.SAFETY_NOTE, cincinnati.SAFETY_TRAINED,
    )  # fmt: skip


def test_one_measure_is_logged_by_the_day_up_to_the_day_before_yesterday(programme: Collaborative) -> None:
    measure = Measure.objects.get(definition__frequency="day")
    days = list(measure.observations.order_by("period").values_list("period", flat=True))
    today = today_in(measure.organization.time_zone, timezone.now())
    assert len(days) == discharges.WORKDAYS
    assert {day.weekday() for day in days} == set(range(5))
    assert timedelta(days=2) <= today - days[-1] <= timedelta(days=4)
    assert (measure.snapshot.state, measure.snapshot.run_length) == ("improvement", discharges.TESTED)
    assert measure.annotations.get().period == days[-discharges.TESTED]
    lead = User.objects.get(name="Tom Adeyemi")
    assert [row.title for row in due(lead, timezone.now()) if "waits for your answer" in row.title] == []
    assert all(row.at.date() <= today for row in measure.corrections.all())


def test_some_sheets_are_signed_off_and_a_number_changed_since_lifted_one(programme: Collaborative) -> None:
    months = [month.period for month in Month.objects.filter(collaborative=programme).order_by("-period")]
    latest = {
        (one.organization.short_name, one.period): one
        for one in SignOff.objects.select_related("organization", "lifted_by").order_by("at")
    }
    places = {name for name, _month in latest}
    assert places == {"Cincinnati Children’s", "Jönköping"}
    opened, before = (latest.get(("Cincinnati Children’s", month)) for month in months[1:3])
    assert opened is None, "the open month is the visitor's"
    assert before is not None
    assert (str(before.lifted_by), before.missing) == ("Amara Okafor", 1)
    assert before.lifted_at is not None
    assert before.at < before.lifted_at
    assert latest["Jönköping", months[1]].lifted_at is None
    ended = SignOff.objects.filter(lifted_at__lt=F("at"))
    assert not ended.exists()


def test_no_baseline_of_the_demo_is_shorter_than_the_site_recommends(loaded: str) -> None:
    assert markings.BASE_POINTS == RECOMMENDED
    assert len(cincinnati.DRUG_EVENTS) - 1 > cincinnati.BEFORE_CHANGES >= RECOMMENDED
    assert not Freeze.objects.exists(), "the small demo has 17 numbers a measure"


def test_of_the_month_before_one_number_of_cincinnatis_sheet_is_late(programme: Collaborative) -> None:
    before = Month.objects.filter(collaborative=programme).order_by("-period")[2]
    assert before.is_closed(timezone.now(), programme.time_zone)
    readmitted = Measure.objects.get(name="Unplanned readmission within 30 days")
    assert not readmitted.observations.filter(period=before.period).exists()


def test_the_published_figures_are_those_of_the_file(loaded: str) -> None:
    with FILE.open(encoding="utf-8") as file:
        published = {
            (row["org_code"], date.fromisoformat(row["period"])): (
                Decimal(row["attendances"]), Decimal(row["breaches"]), Decimal(row["attendances"]),
            )
            for row in csv.DictReader(file)
        }  # fmt: skip
    rows = Observation.objects.filter(measure__organization__collaborative__slug="nhs-public-data")
    values = {
        (row.measure.organization.code, row.period): row.value
        for row in rows.filter(value__isnull=False).select_related("measure__organization")
    }
    ratios = {
        (row.measure.organization.code, row.period): (row.numerator, row.denominator)
        for row in rows.filter(value__isnull=True).select_related("measure__organization")
    }
    assert {key: (values[key], *ratios[key]) for key in values} == published
    assert len(ratios) == len(published) == 360
    assert not Month.objects.filter(collaborative__slug="nhs-public-data").exists()


def test_one_person_a_role_signs_in_with_the_printed_password(loaded: str) -> None:
    request = RequestFactory().post("/")
    people = sign_ins()
    signed_in = [authenticate(request, email=one.email, password=PASSWORD) for one in people]
    assert [str(person) for person in signed_in] == [one.name for one in people]
    assert [line.split()[-1] for line in loaded.splitlines()[-len(people) :]] == [one.email for one in people]


def test_the_demo_writes_no_letters_to_its_people_but_a_few_digests(loaded: str) -> None:
    wanting = User.objects.filter(wants_digest=True)
    assert {person.name for person in wanting} == {"Ruth Bergman", "Dr Helen Marsh", "Tom Adeyemi"}


def test_a_second_load_is_refused_and_changes_nothing(loaded: str) -> None:
    before = Observation.objects.count()
    with pytest.raises(CommandError, match=r"^The demo loads into an empty database only\.$"):
        call_command("demo", "--small")
    assert Observation.objects.count() == before


@pytest.mark.parametrize(
    "at",
    [
        datetime(2027, 1, 1, 0, 30, tzinfo=UTC),
        datetime(2027, 2, 28, 22, tzinfo=UTC),
        datetime(2028, 2, 29, 12, tzinfo=UTC),
        datetime(2027, 8, 21, 12, tzinfo=UTC),
    ],
)
@pytest.mark.django_db
def test_the_newest_complete_month_is_open_for_eight_days_whatever_the_day(at: datetime) -> None:
    demo.load(at=at, is_small=True, say=lambda line: None)
    today = today_in("America/New_York", at)
    newest, before = Month.objects.filter(period__lt=today.replace(day=1)).order_by("-period")[:2]
    assert newest.period == (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    assert newest.days_left(at, "America/New_York") == 8
    assert before.is_closed(at, "America/New_York")
    assert not Observation.objects.filter(recorded_at__gt=at).exists()
    late = Observation.objects.filter(period=before.period, measure__organization__name="Tri-Rivers Health")
    assert 0 < late.count() < Measure.objects.filter(organization__name="Tri-Rivers Health").count()


@pytest.mark.django_db
def test_only_a_site_admin_enrolls_people_without_letters() -> None:
    with pytest.raises(PermissionDenied):
        rosters.enroll([], password="walk-the-ward", by=User.objects.create_user("x@example.org", name="X"))


@pytest.mark.django_db
def test_an_enrolled_person_holds_the_role_from_its_first_day() -> None:
    admin = User.objects.create_superuser("admin@example.org", "walk-the-ward", name="Ada")
    collaborative = Collaborative.objects.create(slug="here", name="Here", time_zone="Europe/Stockholm")
    since = datetime(2004, 1, 1, tzinfo=UTC)
    standing_of(admin)
    people = rosters.enroll(
        [
            rosters.Enrolment("admin@example.org", "Ignored", "office", collaborative, since),
            rosters.Enrolment("new@example.org", "Nora New", "faculty", collaborative, since),
        ],
        password="walk-the-ward",
        by=admin,
    )
    assert (people["admin@example.org"].name, people["new@example.org"].time_zone) == (
        "Ada",
        "Europe/Stockholm",
    )
    assert people["new@example.org"].check_password("walk-the-ward")
    assert [(one.user.name, one.role, one.since) for one in collaborative.roles.order_by("pk")] == [
        ("Ada", "office", since),
        ("Nora New", "faculty", since),
    ]
