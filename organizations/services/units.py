"""The sites, wards and clinics of an organization."""

from datetime import datetime

from django.db import transaction

from organizations import rules
from organizations.models import Organization, Unit, User
from p2 import audit, edits
from p2.errors import RuleViolation
from p2.http import ensure


@transaction.atomic
def add(
    organization: Organization,
    *,
    name: str,
    kind: str = Unit.Kind.WARD,
    by: User,
    at: datetime | None = None,
) -> Unit:
    ensure(rules.may_edit_units(by, organization))
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    _refuse_taken(organization, name)
    unit = Unit.objects.create(organization=organization, name=name, kind=kind)
    audit.record("added", unit, by=by, at=at, slug=organization.collaborative.slug)
    return unit


@transaction.atomic
def rename(unit: Unit, *, name: str, kind: str | None = None, by: User, at: datetime | None = None) -> Unit:
    """Another name, and another kind where one is given."""
    ensure(rules.may_edit_units(by, unit.organization))
    organization = Organization.objects.select_for_update().get(pk=unit.organization_id)
    unit = Unit.objects.get(pk=unit.pk)
    _refuse_taken(organization, name, beside=unit)
    edits.apply(
        unit, {"name": name, "kind": kind or unit.kind}, by=by, at=at, slug=organization.collaborative.slug
    )
    return unit


@transaction.atomic
def remove(unit: Unit, *, by: User, at: datetime | None = None) -> None:
    """Remove a unit that nothing names; one that is named stays, so that its history stays readable."""
    ensure(rules.may_edit_units(by, unit.organization))
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if _is_used(unit):
        raise RuleViolation(f"{unit} is named in a project. Take it out there first.")
    audit.record("removed", unit, by=by, at=at, slug=unit.organization.collaborative.slug)
    unit.delete()


def _refuse_taken(organization: Organization, name: str, beside: Unit | None = None) -> None:
    if organization.units.filter(name=name).exclude(pk__in=[beside.pk] if beside else []).exists():
        raise RuleViolation(f"{organization} has a unit {name} already.")


def _is_used(unit: Unit) -> bool:
    """Whether any table points at the unit; the apps above are asked by relation, not by import."""
    return any(
        getattr(unit, relation.get_accessor_name() or "").exists() for relation in Unit._meta.related_objects
    )
