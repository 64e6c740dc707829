"""Adding an organization to a collaborative and changing its facts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Collaborative, Organization, User, as_of_now
from organizations.services.programme import phases
from p2 import audit, edits
from p2.errors import RuleViolation, ensure


@transaction.atomic
def add(collaborative: Collaborative, *, by: User, at: datetime | None = None, **facts: Any) -> Organization:
    """Add an applicant: it takes part once it is admitted to a phase."""
    collaborative = Collaborative.objects.select_for_update().get(pk=collaborative.pk)
    ensure(rules.may_add_organization(as_of_now(by), collaborative))
    _refuse_taken(Organization(collaborative=collaborative, **facts))
    organization = Organization.objects.create(collaborative=collaborative, **facts)
    audit.record("added", organization, by=by, at=at)
    return organization


@transaction.atomic
def edit(
    organization: Organization,
    *,
    have: str | None = None,
    by: User,
    at: datetime | None = None,
    **facts: Any,
) -> Organization:
    """Change its facts; the members and the participations are other verbs'."""
    collaborative = Collaborative.objects.select_for_update().get(pk=organization.collaborative_id)
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    ensure(rules.may_edit_organization(as_of_now(by), organization))
    phases.ensure_not_past(organization, by=by, at=at)
    _refuse_taken(
        Organization(
            pk=organization.pk,
            collaborative=collaborative,
            name=facts.get("name", organization.name),
            code=facts.get("code", organization.code),
        )
    )
    edits.apply(organization, facts, by=by, at=at, have=have)
    return organization


def _refuse_taken(wanted: Organization) -> None:
    """Name and code are once in a collaborative, whose row the caller has locked."""
    others = Organization.objects.filter(collaborative=wanted.collaborative).exclude(pk=wanted.pk)
    if others.filter(name=wanted.name).exists():
        raise RuleViolation(
            _("%(name)s is in this collaborative already. Take another name.") % {"name": wanted.name}
        )
    if wanted.code and others.filter(code=wanted.code).exists():
        raise RuleViolation(_("The code %(code)s belongs to another organization.") % {"code": wanted.code})
