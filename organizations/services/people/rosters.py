"""Bringing in the people of a programme that moves to this site, all at once and without letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Place, User, as_of_now, forget_standing
from p2 import audit
from p2.errors import RuleViolation, ensure


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person in one role: a membership role in an organization, an appointment in a collaborative."""

    email: str
    name: str
    role: str
    place: Place
    since: datetime
    wants_digest: bool = False


@transaction.atomic
def enroll(enrolments: Sequence[Enrolment], *, password: str, by: User) -> dict[str, User]:
    """Give everybody their role; who is new to the site comes in by `password`. Returns people by address."""
    ensure(rules.may_open_collaboratives(as_of_now(by)))
    people = _people(enrolments, make_password(password), by=by)
    for one in enrolments:
        if one.place.roles.filter(user=people[one.email], role=one.role, ended_at__isnull=True).exists():
            raise RuleViolation(_("%(email)s holds this role already.") % {"email": one.email})
        role = one.place.roles.create(user=people[one.email], role=one.role, since=one.since)
        audit.record("enrolled", role, by=by, at=one.since)
    return people


def _people(enrolments: Sequence[Enrolment], encoded: str, *, by: User) -> dict[str, User]:
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
    if new:
        first = min(one.since for one in enrolments)
        audit.record_each("added", (people[email] for email in new), by=by, at=first)
    for user in people.values():
        forget_standing(user)
    return people
