"""Ending roles, one's own profile, and visits."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organizations.models import Presence, standing_of
from organizations.services.people import presences, profiles, roles
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import Cast, appoint, join


def test_an_ended_membership_gives_nothing_and_stays_as_history(cast: Cast) -> None:
    at = timezone.now()
    ended = roles.end(cast.member.memberships.get(), by=cast.lead, at=at)
    assert standing_of(cast.member).roles == {}
    assert cast.member.memberships.get().ended_at == ended.ended_at == at
    with pytest.raises(RuleViolation, match="has ended already"):
        roles.end(ended, by=cast.lead)


def test_the_only_lead_stays_until_another_is_there(cast: Cast) -> None:
    membership = cast.lead.memberships.get()
    with pytest.raises(RuleViolation, match="is the only lead of Own Hospital"):
        roles.end(membership, by=cast.lead)
    join(cast.member, cast.own, "lead")
    roles.end(membership, by=cast.lead)
    assert cast.own.roles.filter(role="lead", ended_at=None).get().user == cast.member


def test_another_organizations_lead_ends_nothing(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        roles.end(cast.member.memberships.get(), by=cast.other_lead)


def test_the_only_officer_stays_until_another_is_there(cast: Cast) -> None:
    appointment = cast.office.appointments.get()
    with pytest.raises(RuleViolation, match="is the only person of the program office"):
        roles.end(appointment, by=cast.site_admin)
    appoint(cast.faculty, cast.collaborative, "office")
    roles.end(appointment, by=cast.office)
    assert standing_of(cast.faculty).appointed_as("office") == {cast.collaborative.pk}
    assert cast.office.appointments.filter(ended_at=None).count() == 0


def test_the_office_ends_any_appointment_of_its_own_collaborative(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        roles.end(cast.faculty.appointments.get(), by=cast.elsewhere_office)
    roles.end(cast.faculty.appointments.get(), by=cast.office)
    assert standing_of(cast.faculty).appointments == {}


def test_a_person_changes_their_own_profile_and_the_trail_shows_it(cast: Cast) -> None:
    profiles.edit(
        cast.member, name="Mia Maria", time_zone="Europe/Stockholm", language="sv", wants_digest=False
    )
    cast.member.refresh_from_db()
    assert (cast.member.name, cast.member.time_zone, cast.member.wants_digest) == (
        "Mia Maria",
        "Europe/Stockholm",
        False,
    )
    assert AuditEntry.objects.get().changes == {
        "name": ["Mia Member", "Mia Maria"],
        "time_zone": ["UTC", "Europe/Stockholm"],
        "language": ["", "sv"],
        "wants_digest": [True, False],
    }


def test_a_new_visit_begins_after_half_an_hour_of_silence(cast: Cast) -> None:
    start = timezone.now()
    minutes = [0, 10, 39, 69, 70, 200]
    answers = [
        presences.note(cast.lead, cast.collaborative, at=start + timedelta(minutes=minute))
        for minute in minutes
    ]
    first_end, second_end = start + timedelta(minutes=39), start + timedelta(minutes=70)
    assert answers == [None, None, None, first_end, first_end, second_end]


def test_a_visit_costs_two_queries_and_within_a_minute_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    start = timezone.now()
    for seconds, queries in [(0, 2), (20, 1), (120, 2), (7200, 2)]:
        with django_assert_num_queries(queries):
            presences.note(cast.lead, cast.collaborative, at=start + timedelta(seconds=seconds))
    visit = Presence.objects.get()
    assert (visit.latest_at, visit.previous_at) == (
        start + timedelta(seconds=7200),
        start + timedelta(seconds=120),
    )
