"""Invitations that wait for a person who already has an account."""

from datetime import datetime

from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import Invitation, User, know_standings
from p2.spanning.rows import Due
from p2.words.zones import zone_of


def due(user: User, at: datetime) -> list[Due]:
    """Open invitations to the person's address. The key is in the letter alone, so there is no button.

    One query, two where there are some.
    """
    waiting = Invitation.objects.filter(
        email__iexact=user.email, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at
    ).select_related("collaborative", "organization__collaborative", "invited_by")
    know_standings(invitation.invited_by for invitation in waiting)
    return [_row(invitation, user, at) for invitation in waiting if rules.is_backed(invitation)]


def _row(invitation: Invitation, user: User, at: datetime) -> Due:
    zone = zone_of(user.time_zone)
    last = invitation.expires_at.astimezone(zone).date()
    return Due(
        title=_("You are invited to %(place)s: %(role)s")
        % {"place": invitation.place, "role": invitation.get_role_display()},
        detail=_("Open the link in the letter to accept."),
        url="",
        verb="",
        on=last,
        days_left=(last - at.astimezone(zone).date()).days,
    )
