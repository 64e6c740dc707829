"""Organizations and their units."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from organizations.models import Organization, Unit
from organizations.services.programme import organizations, units
from p2.errors import RuleViolation
from p2.models import AuditEntry
from projects.models import Project
from tests.actors import Cast, make_unit


def test_the_office_adds_an_applicant(cast: Cast) -> None:
    added = organizations.add(cast.collaborative, name="New Hospital", country="SE", by=cast.office)
    assert (added.participations.count(), added.country) == (0, "SE")
    with pytest.raises(RuleViolation, match="is in this collaborative already"):
        organizations.add(cast.collaborative, name="New Hospital", by=cast.office)
    with pytest.raises(PermissionDenied):
        organizations.add(cast.collaborative, name="Another", by=cast.lead)


def test_a_code_belongs_to_one_organization_of_a_collaborative(cast: Cast) -> None:
    organizations.edit(cast.own, code="R1H", by=cast.lead)
    with pytest.raises(RuleViolation, match="belongs to another organization"):
        organizations.edit(cast.other, code="R1H", by=cast.other_lead)
    organizations.edit(cast.elsewhere_organization, code="R1H", by=cast.elsewhere_lead)
    assert Organization.objects.filter(code="R1H").count() == 2


def test_the_lead_of_an_applicant_edits_its_facts_and_not_its_units(cast: Cast) -> None:
    organizations.edit(cast.applicant, size=300, by=cast.applicant_lead)
    assert Organization.objects.get(pk=cast.applicant.pk).size == 300
    with pytest.raises(PermissionDenied):
        units.add(cast.applicant, name="Ward 1", by=cast.applicant_lead)


def test_an_edit_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    organizations.edit(cast.own, name="Own Hospital", by=cast.lead)
    assert AuditEntry.objects.count() == 0


def test_units_are_added_renamed_and_removed(cast: Cast) -> None:
    unit = units.add(cast.own, name="Ward A4", by=cast.lead)
    with pytest.raises(RuleViolation, match="has a unit Ward A4 already"):
        units.add(cast.own, name="Ward A4", by=cast.lead)
    units.rename(unit, name="Ward A5", kind="clinic", by=cast.lead)
    assert list(cast.own.units.values_list("name", "kind")) == [("Ward A5", "clinic")]
    units.remove(unit, by=cast.lead)
    assert cast.own.units.count() == 0
    assert [entry.verb for entry in AuditEntry.objects.order_by("id")] == ["added", "edited", "removed"]


def test_a_unit_keeps_its_own_name(cast: Cast) -> None:
    unit = make_unit(cast.own)
    units.rename(unit, name=unit.name, kind="site", by=cast.lead)
    assert Unit.objects.get(pk=unit.pk).kind == "site"


def test_a_unit_that_a_project_names_stays(cast: Cast) -> None:
    unit = make_unit(cast.own)
    project = Project.objects.create(
        organization=cast.own,
        name="Medicines",
        aim="None harmed",
        care_process="Harm",
        starts_on=date(2004, 1, 1),
        aim_on=date(2004, 12, 31),
    )
    project.units.add(unit)
    with pytest.raises(RuleViolation, match="is named in a project"):
        units.remove(unit, by=cast.lead)
    assert list(project.units.all()) == [unit]
