"""The sites, wards and clinics of an organization."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Organization, Unit, User, as_of_now
from organizations.selectors.units import in_use
from organizations.services.programme import phases
from p2 import audit, edits
from p2.errors import RuleViolation, ensure


@transaction.atomic
def add(
    organization: Organization,
    *,
    name: str,
    kind: str = Unit.Kind.WARD,
    by: User,
    at: datetime | None = None,
) -> Unit:
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    ensure(rules.may_edit_units(as_of_now(by), organization))
    phases.ensure_not_past(organization, by=by, at=at)
    _refuse_taken(organization, name)
    unit = Unit.objects.create(organization=organization, name=name, kind=kind)
    audit.record("added", unit, by=by, at=at)
    return unit


@transaction.atomic
def rename(
    unit: Unit,
    *,
    name: str,
    kind: str | None = None,
    have: str | None = None,
    by: User,
    at: datetime | None = None,
) -> Unit:
    """Another name, and another kind where one is given."""
    organization = Organization.objects.select_for_update().get(pk=unit.organization_id)
    ensure(rules.may_edit_units(as_of_now(by), organization))
    phases.ensure_not_past(organization, by=by, at=at)
    unit = _locked(unit)
    _refuse_taken(organization, name, beside=unit)
    edits.apply(unit, {"name": name, "kind": kind or unit.kind}, by=by, at=at, have=have)
    return unit


@transaction.atomic
def remove(unit: Unit, *, by: User, at: datetime | None = None) -> None:
    """Remove a unit that nothing names; one that is named stays, so that its history stays readable."""
    organization = Organization.objects.select_for_update().get(pk=unit.organization_id)
    ensure(rules.may_edit_units(as_of_now(by), organization))
    phases.ensure_not_past(organization, by=by, at=at)
    unit = _locked(unit)
    if in_use(Unit.objects.filter(pk=unit.pk)):
        raise RuleViolation(_("%(unit)s is named in a project. Take it out there first.") % {"unit": unit})
    edits.remove(unit, by=by, at=at)


def _locked(unit: Unit) -> Unit:
    found = Unit.objects.select_for_update(of=("self",)).select_related("organization").filter(pk=unit.pk)
    if not found:
        raise RuleViolation(_("%(unit)s was removed meanwhile.") % {"unit": unit})
    return found[0]


def _refuse_taken(organization: Organization, name: str, beside: Unit | None = None) -> None:
    if organization.units.filter(name=name).exclude(pk__in=[beside.pk] if beside else []).exists():
        raise RuleViolation(
            _("%(organization)s has a unit %(unit)s already.") % {"organization": organization, "unit": name}
        )
