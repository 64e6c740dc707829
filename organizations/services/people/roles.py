"""Ending what a person is in an organization or in a collaborative. Beginning it is an invitation's work."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations import rules
from organizations.models import Appointment, HeldRole, Membership, Place, User, as_of_now
from p2 import audit
from p2.errors import RuleViolation, ensure

LAST_ONES: dict[str, Any] = {
    Membership.KEEPER: gettext_lazy("%(person)s is the only lead of %(place)s. Invite another lead first."),
    Appointment.KEEPER: gettext_lazy(
        "%(person)s is the only person of the program office. Invite another first."
    ),
}


@transaction.atomic
def end(role: HeldRole, *, by: User, at: datetime | None = None) -> HeldRole:
    """End one role of a person; what they did stays under their name.

    The place is locked first, so that of its last two keepers only one can go.
    """
    place = type(role.place).objects.select_for_update().get(pk=role.place.pk)
    ensure(rules.may_manage_people(as_of_now(by), place))
    role = place.roles.select_for_update().get(pk=role.pk)
    ensure_held(role)
    if role.role == role.KEEPER and _keepers(place, role) == 1:
        raise RuleViolation(LAST_ONES[role.KEEPER] % {"person": role.user, "place": place})
    role.ended_at = at or timezone.now()
    role.save(update_fields=["ended_at"])
    audit.record("ended", role, by=by, at=at)
    return role


def ensure_held(role: HeldRole) -> None:
    """Refuse of a role that has ended; a person may hold it anew since."""
    if role.ended_at:
        said = {"person": role.user, "role": role.get_role_display(), "place": role.place}
        raise RuleViolation(_("%(person)s’s role in %(place)s has ended already: %(role)s.") % said)


def _keepers(place: Place, role: HeldRole) -> int:
    return place.roles.filter(role=role.KEEPER, ended_at__isnull=True).count()
