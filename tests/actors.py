"""People and places for the tests: real rows, made in as few words as the test needs.

`make_cast()` is a small collaborative with every kind of actor; the functions before it make one thing each.
Dates lie around `today`, so that the implementation phase is running and the planning phase is over.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from measures.models import CareProcess
from organizations.models import (
    Appointment,
    Collaborative,
    Membership,
    Organization,
    Participation,
    Phase,
    Unit,
    User,
)
from projects.models import Project

LISTED = "Medicines and harm"
"""The care process that every collaborative of the tests has."""

_numbers = count(1)


def make_person(name: str = "", **fields: Any) -> User:
    """A person without any role. Without a password too: `client.force_login` signs in."""
    number = next(_numbers)
    return User.objects.create_user(
        fields.pop("email", f"person{number}@example.org"), name=name or f"Person {number}", **fields
    )


def make_collaborative(slug: str = "perfection", **fields: Any) -> Collaborative:
    """With one care process on its list."""
    collaborative = Collaborative.objects.create(**{"slug": slug, "name": slug.title(), **fields})
    CareProcess.objects.create(collaborative=collaborative, name=LISTED)
    return collaborative


def make_phase(
    collaborative: Collaborative, ordinal: int, starts_on: date, ends_on: date, **fields: Any
) -> Phase:
    words = {"name": f"Phase number {ordinal}", **fields}
    return Phase.objects.create(
        collaborative=collaborative, ordinal=ordinal, starts_on=starts_on, ends_on=ends_on, **words
    )


def make_organization(
    collaborative: Collaborative, name: str = "", *, phases: tuple[Phase, ...] = (), **fields: Any
) -> Organization:
    """An applicant, or with `phases` a participant."""
    organization = Organization.objects.create(
        collaborative=collaborative, name=name or f"Hospital {next(_numbers)}", **fields
    )
    for phase in phases:
        Participation.objects.create(organization=organization, phase=phase, since=phase.starts_on)
    return organization


def make_unit(organization: Organization, name: str = "Ward A4") -> Unit:
    return Unit.objects.create(organization=organization, name=name)


def make_project(organization: Organization, name: str = "No child harmed", **fields: Any) -> Project:
    """A running project with a year before it."""
    today = timezone.localdate()
    facts = {"aim": "None harmed by a medicine", "care_process": LISTED, **fields}
    dates = {"starts_on": today - timedelta(days=30), "aim_on": today + timedelta(days=335)}
    return Project.objects.create(organization=organization, name=name, **{**dates, **facts})


def join(user: User, organization: Organization, role: str) -> Membership:
    return Membership.objects.create(
        user=user, organization=organization, role=role, since=timezone.now() - timedelta(days=300)
    )


def appoint(user: User, collaborative: Collaborative, role: str) -> Appointment:
    return Appointment.objects.create(
        user=user, collaborative=collaborative, role=role, since=timezone.now() - timedelta(days=300)
    )


def make_member(organization: Organization, role: str, name: str = "") -> User:
    """A person with one membership role: lead, data_entry, member or sponsor."""
    user = make_person(name)
    join(user, organization, role)
    return user


def make_appointee(collaborative: Collaborative, role: str, name: str = "") -> User:
    """A person with one appointment: office, faculty, committee or funder."""
    user = make_person(name)
    appoint(user, collaborative, role)
    return user


@dataclass(frozen=True)
class Cast:
    """A small collaborative with every actor, and another one beside it."""

    collaborative: Collaborative
    planning: Phase  # over
    implementation: Phase  # running
    own: Organization
    lead: User
    data_entry: User
    member: User
    sponsor: User
    applicant: Organization  # no participation
    applicant_lead: User
    other: Organization  # participates too
    other_lead: User
    past: Organization  # took part in planning only
    past_lead: User
    faculty: User
    committee: User
    office: User
    funder: User
    elsewhere: Collaborative
    elsewhere_organization: Organization
    elsewhere_lead: User
    elsewhere_office: User
    site_admin: User
    stranger: User


def make_cast(today: date | None = None) -> Cast:
    today, year = today or timezone.localdate(), timedelta(days=365)
    collaborative, elsewhere = make_collaborative("perfection"), make_collaborative("elsewhere")
    planning = make_phase(collaborative, 1, today - 2 * year, today - year, name="Planning")
    implementation = make_phase(
        collaborative, 2, today - year, today + year, name="Implementation", min_projects=7
    )
    abroad = make_phase(elsewhere, 1, today - year, today + year)
    own = make_organization(collaborative, "Own Hospital", phases=(planning, implementation))
    applicant = make_organization(collaborative, "Applicant Hospital")
    other = make_organization(collaborative, "Other Hospital", phases=(planning, implementation))
    past = make_organization(collaborative, "Past Hospital", phases=(planning,))
    elsewhere_organization = make_organization(elsewhere, "Elsewhere Hospital", phases=(abroad,))
    return Cast(
        collaborative=collaborative,
        planning=planning,
        implementation=implementation,
        own=own,
        lead=make_member(own, "lead", "Lea Lead"),
        data_entry=make_member(own, "data_entry", "Dan Entry"),
        member=make_member(own, "member", "Mia Member"),
        sponsor=make_member(own, "sponsor", "Sam Sponsor"),
        applicant=applicant,
        applicant_lead=make_member(applicant, "lead", "Ann Applicant"),
        other=other,
        other_lead=make_member(other, "lead", "Otto Other"),
        past=past,
        past_lead=make_member(past, "lead", "Pia Past"),
        faculty=make_appointee(collaborative, "faculty", "Fay Culty"),
        committee=make_appointee(collaborative, "committee", "Com Mittee"),
        office=make_appointee(collaborative, "office", "Ofelia Fice"),
        funder=make_appointee(collaborative, "funder", "Fred Under"),
        elsewhere=elsewhere,
        elsewhere_organization=elsewhere_organization,
        elsewhere_lead=make_member(elsewhere_organization, "lead", "Ella Elsewhere"),
        elsewhere_office=make_appointee(elsewhere, "office", "Otis Elsewhere"),
        site_admin=make_person("Sita Admin", is_staff=True),
        stranger=make_person("Stu Stranger"),
    )
