"""What a site admin decides of a person: the name, whether they may sign in, whether they are a site admin too."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Collaborative, User, as_of_now
from p2 import edits
from p2.errors import RuleViolation, ensure


@transaction.atomic
def edit(user: User, *, by: User, have: str | None = None, at: datetime | None = None, **facts: Any) -> User:
    """Change name, `is_active` or `is_staff`. Every collaborative in which the person has a role reads it in its trail.

    The rows of all site admins are locked, so that of the last two only one can go.
    """
    admins = set(
        User.objects.select_for_update()
        .filter(is_staff=True, is_active=True)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    user = User.objects.select_for_update().get(pk=user.pk)
    ensure(rules.may_keep_accounts(as_of_now(by)))
    is_admin = facts.get("is_staff", user.is_staff) and facts.get("is_active", user.is_active)
    if admins == {user.pk} and not is_admin:
        raise RuleViolation(
            _("%(person)s is the only site admin. Make somebody else one first.") % {"person": user}
        )
    edits.apply(user, facts, by=by, at=at or timezone.now(), have=have, slugs=_slugs_of(user))
    return user


def _slugs_of(user: User) -> list[str]:
    """Of the collaboratives in which the person has a role; an empty one, the site's, where there is none."""
    homes = Collaborative.objects.filter(roles__user=user, roles__ended_at__isnull=True)
    homes |= Collaborative.objects.filter(
        organizations__roles__user=user, organizations__roles__ended_at__isnull=True
    )
    return sorted(set(homes.values_list("slug", flat=True))) or [""]
