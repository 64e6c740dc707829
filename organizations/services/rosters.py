"""Bringing in the people of a programme that moves to this site, all at once and without letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from organizations import rules
from organizations.models import Appointment, Collaborative, Membership, Organization, User, forget_standing
from p2 import audit
from p2.http import ensure


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person in one role: a membership role in an organization, an appointment in a collaborative."""

    email: str
    name: str
    role: str
    place: Organization | Collaborative
    since: datetime
    wants_digest: bool = False


@transaction.atomic
def enroll(enrolments: Sequence[Enrolment], *, password: str, by: User) -> dict[str, User]:
    """Give everybody their role; who is new to the site comes in by `password`. Returns people by address."""
    ensure(rules.may_open_collaboratives(by))
    people = _people(enrolments, make_password(password))
    roles = [_role(enrolment, people[enrolment.email]) for enrolment in enrolments]
    Membership.objects.bulk_create([role for role in roles if isinstance(role, Membership)])
    Appointment.objects.bulk_create([role for role in roles if isinstance(role, Appointment)])
    for enrolment, role in zip(enrolments, roles, strict=True):
        place = enrolment.place
        home = place.collaborative if isinstance(place, Organization) else place
        audit.record("enrolled", role, by=by, at=enrolment.since, slug=home.slug)
    return people


def _people(enrolments: Sequence[Enrolment], encoded: str) -> dict[str, User]:
    """Everybody named, made where they are new, each once."""
    people = {user.email: user for user in User.objects.filter(email__in={one.email for one in enrolments})}
    new = {
        one.email: User(
            email=one.email,
            name=one.name,
            password=encoded,
            time_zone=one.place.time_zone,
            wants_digest=one.wants_digest,
        )
        for one in enrolments
        if one.email not in people
    }
    for user in User.objects.bulk_create(new.values()):
        people[user.email] = user
    for user in people.values():
        forget_standing(user)
    return people


def _role(enrolment: Enrolment, user: User) -> Membership | Appointment:
    if isinstance(enrolment.place, Organization):
        return Membership(user=user, organization=enrolment.place, role=enrolment.role, since=enrolment.since)
    return Appointment(user=user, collaborative=enrolment.place, role=enrolment.role, since=enrolment.since)
