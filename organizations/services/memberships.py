"""Ending what a person is in an organization. Beginning it is an invitation's work."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from organizations import rules
from organizations.models import Membership, Organization, User
from p2 import audit
from p2.errors import RuleViolation
from p2.http import ensure


@transaction.atomic
def end(membership: Membership, *, by: User, at: datetime | None = None) -> Membership:
    """End one role of a person; what they did stays under their name."""
    ensure(rules.may_manage_people(by, membership.organization))
    organization = Organization.objects.select_for_update().get(pk=membership.organization_id)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if membership.ended_at:
        raise RuleViolation(f"{membership} has ended already.")
    if membership.role == Membership.Role.LEAD and _leads(organization) == 1:
        raise RuleViolation(
            f"{membership.user} is the only lead of {organization}. Invite another lead first."
        )
    membership.ended_at = at or timezone.now()
    membership.save(update_fields=["ended_at"])
    audit.record("ended", membership, by=by, at=at, slug=organization.collaborative.slug)
    return membership


def _leads(organization: Organization) -> int:
    return organization.memberships.filter(role=Membership.Role.LEAD, ended_at__isnull=True).count()
