"""What a person is here, where that is less than they may look for; invitations that wait for who has an account."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations import rules
from organizations.models import HeldRole, Invitation, User, know_standings, standing_of
from organizations.selectors.frame import OwnOrganization, homes
from organizations.selectors.taking_part import TakingPart, part_on, told_to_its_own
from p2.spanning.rows import Due, Notice
from p2.words.listing import any_of, sentences
from p2.words.wording import written_day
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


def told(user: User, at: datetime) -> list[Notice]:
    """Of each own organization that applies or took part what is left to its people; that no role is left.

    No query for who holds a role, three for who holds none.
    """
    standing = standing_of(user)
    if not (standing.roles or standing.appointments or standing.is_site_admin):
        return [Notice(_no_role(user), is_all=True)]
    return [row for home in homes(user) if (row := _told(home, at))]


def _told(home: OwnOrganization, at: datetime) -> Notice | None:
    part = part_on(at.astimezone(zone_of(home.time_zone)).date(), home.last_day)
    if part is TakingPart.TAKES:
        return None
    words = told_to_its_own(home.label, part, home.last_day, is_lead=home.is_in("lead"))
    page = reverse("projects:organization", args=[home.slug, home.ref])
    return Notice(words, url=page, verb=_("Open its page"))


def _no_role(user: User) -> str:
    """Which role ended last, and who can give another."""
    ended: list[HeldRole] = [
        *user.memberships.order_by("-ended_at")[:1],
        *user.appointments.order_by("-ended_at")[:1],
    ]
    last = max(ended, key=lambda role: (role.ended_at is not None, role.ended_at), default=None)
    ask = _("Nothing is open to you without one; an invitation gives it.")
    if last is None or last.ended_at is None:
        return sentences(_("You hold no role here."), ask, _("Ask your team’s lead, or the program office."))
    said = {"role": last.get_role_display(), "place": last.place, "day": written_day(last.ended_at)}
    keepers = last.place.roles.filter(role=last.KEEPER, ended_at__isnull=True).select_related("user")
    names = any_of(sorted({role.user.name for role in keepers}))
    whom = _("Ask %(people)s.") % {"people": names} if names else _("Ask the program office.")
    return sentences(
        _("You hold no role here any more: the last one, %(role)s of %(place)s, ended on %(day)s.") % said,
        ask,
        whom,
    )
