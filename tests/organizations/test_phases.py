"""Collaboratives, their phases, and who is admitted to them."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from organizations.models import Collaborative, Participation, Phase, standing_of
from organizations.services.people import invitations
from organizations.services.programme import collaboratives, organizations, phases, units
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import Cast

SPRING, AUTUMN = date(2004, 3, 1), date(2004, 10, 31)


def test_a_site_admin_starts_a_collaborative_and_nobody_else(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        collaboratives.create(slug="stroke", name="Stroke", by=cast.office)
    started = collaboratives.create(slug="stroke", name="Stroke", by=cast.site_admin)
    assert Collaborative.objects.get(slug="stroke") == started
    with pytest.raises(RuleViolation, match="is the address of another collaborative"):
        collaboratives.create(slug="stroke", name="Stroke again", by=cast.site_admin)


def test_the_office_changes_the_words_and_the_trail_keeps_the_old_ones(cast: Cast) -> None:
    collaboratives.edit(cast.collaborative, purpose="Perfect care.", by=cast.office)
    assert Collaborative.objects.get(pk=cast.collaborative.pk).purpose == "Perfect care."
    assert AuditEntry.objects.get().changes == {"purpose": ["", "Perfect care."]}


def test_the_address_of_a_collaborative_stays(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="does not change"):
        collaboratives.edit(cast.collaborative, slug="other", by=cast.office)


def test_a_phase_has_a_number_of_its_own_and_ends_after_it_starts(cast: Cast) -> None:
    plan = {"name": "Dissemination", "starts_on": SPRING, "ends_on": AUTUMN}
    with pytest.raises(RuleViolation, match="There is a phase number 2 already"):
        phases.add(cast.collaborative, ordinal=2, by=cast.office, **plan)
    with pytest.raises(RuleViolation, match="ends after it starts"):
        phases.add(cast.collaborative, ordinal=4, by=cast.office, **{**plan, "ends_on": SPRING})
    phase = phases.add(cast.collaborative, ordinal=4, by=cast.office, **plan)
    assert str(Phase.objects.get(pk=phase.pk)) == "Phase IV, Dissemination"


def test_a_phase_changes_its_dates(cast: Cast) -> None:
    phases.edit(cast.implementation, starts_on=SPRING, ends_on=AUTUMN, by=cast.office)
    phase = Phase.objects.get(pk=cast.implementation.pk)
    assert (phase.starts_on, phase.ends_on, phase.min_projects) == (SPRING, AUTUMN, 7)
    with pytest.raises(PermissionDenied):
        phases.edit(phase, name="Mine", by=cast.lead)


def test_an_admitted_applicant_takes_part(cast: Cast) -> None:
    assert standing_of(cast.applicant_lead).sharing == frozenset()
    participation = phases.admit(cast.applicant, cast.implementation, funding="self_funded", by=cast.office)
    again = type(cast.applicant_lead).objects.get(pk=cast.applicant_lead.pk)
    assert standing_of(again).sharing == {cast.collaborative.pk}
    assert (participation.funding, participation.phase) == ("self_funded", cast.implementation)
    with pytest.raises(RuleViolation, match="takes part in Phase II, Implementation already"):
        phases.admit(cast.applicant, cast.implementation, by=cast.office)


def test_an_organization_of_another_collaborative_is_not_admitted(cast: Cast) -> None:
    with pytest.raises(RuleViolation, match="belongs to another collaborative"):
        phases.admit(cast.elsewhere_organization, cast.implementation, by=cast.office)
    assert Participation.objects.filter(organization=cast.elsewhere_organization).count() == 1


def test_only_the_office_of_a_collaborative_plans_its_phases(cast: Cast) -> None:
    for actor in (cast.elsewhere_office, cast.lead, cast.faculty, cast.funder, cast.committee):
        with pytest.raises(PermissionDenied):
            phases.add(cast.collaborative, ordinal=3, name="Mine", starts_on=SPRING, ends_on=AUTUMN, by=actor)


@pytest.mark.parametrize("year", [1, 9999])
def test_a_phase_lies_in_years_that_can_be_meant(cast: Cast, year: int) -> None:
    with pytest.raises(RuleViolation, match=r"^A phase lies between 1990 and 2100\."):
        phases.edit(
            cast.implementation, starts_on=date(min(year, 2004), 1, 1), ends_on=date(max(year, 2005), 12, 31),
            by=cast.office,
        )  # fmt: skip


def test_a_past_participant_changes_neither_facts_nor_units_nor_people(cast: Cast) -> None:
    by = cast.past_lead
    for change in (
        lambda: organizations.edit(cast.past, region="Ohio", by=by),
        lambda: units.add(cast.past, name="Ward A", by=by),
        lambda: invitations.invite(cast.past, email="new@example.org", role="member", by=by),
    ):
        with pytest.raises(RuleViolation, match=r"What it has here stays as it is\.$"):
            change()
    assert organizations.edit(cast.past, region="Ohio", by=cast.office).region == "Ohio"


def test_a_unit_that_somebody_removed_is_told_as_removed(cast: Cast) -> None:
    unit = units.add(cast.own, name="Ward A", by=cast.lead)
    units.remove(unit, by=cast.lead)
    unit.pk = unit.pk or 1
    with pytest.raises(RuleViolation, match=r"^Ward A was removed meanwhile\.$"):
        units.remove(unit, by=cast.lead)


def test_phases_are_numbered_from_one(cast: Cast) -> None:
    plan = {"ordinal": 0, "name": "Nought", "starts_on": SPRING, "ends_on": AUTUMN}
    with pytest.raises(RuleViolation, match="Phases are numbered from 1"):
        phases.add(cast.collaborative, by=cast.office, **plan)
    with pytest.raises(RuleViolation, match="Phases are numbered from 1"):
        phases.edit(cast.implementation, ordinal=0, by=cast.office)
    client = Client()
    client.force_login(cast.office)
    answer = client.post(
        reverse("organizations:new_phase", args=["perfection"]), {**plan, "min_projects": "0"}
    )
    assert answer.context["form"].errors == {"ordinal": ["Phases are numbered from 1."]}
    assert not Phase.objects.filter(ordinal=0).exists()
