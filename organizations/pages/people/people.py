"""The people of a place and its invitations, with addresses: for those who may manage them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from organizations import rules
from organizations.models import Place, know_standings


@dataclass(frozen=True, slots=True)
class PersonRow:
    ref: str  # of the membership or appointment
    name: str
    email: str
    role: str
    since: datetime
    may_end: bool  # not of the last lead, nor of the last person of the office


@dataclass(frozen=True, slots=True)
class InvitationRow:
    ref: str
    email: str
    role: str
    place: str
    by: str
    expires_at: datetime
    has_run_out: bool
    is_backed: bool  # its sender may still invite


def holders(place: Place) -> tuple[PersonRow, ...]:
    """Who holds a role there, a row each: members by name, appointments by role."""
    standing = place.roles.filter(ended_at__isnull=True).select_related("user")
    held = list(standing.order_by(*standing.model.LISTED_BY))
    keepers = sum(role.role == role.KEEPER for role in held)
    return tuple(
        PersonRow(
            ref=role.ref,
            name=role.user.name,
            email=role.user.email,
            role=role.get_role_display(),
            since=role.since,
            may_end=role.role != role.KEEPER or keepers > 1,
        )
        for role in held
    )


def open_invitations(place: Place, *, at: datetime) -> tuple[InvitationRow, ...]:
    """Neither used nor withdrawn; a collaborative's include those of its organizations."""
    unused = place.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)
    waiting = list(unused.select_related("organization__collaborative", "collaborative", "invited_by"))
    know_standings(invitation.invited_by for invitation in waiting)
    return tuple(
        InvitationRow(
            ref=invitation.ref,
            email=invitation.email,
            role=invitation.get_role_display(),
            place=str(invitation.place),
            by=str(invitation.invited_by),
            expires_at=invitation.expires_at,
            has_run_out=at >= invitation.expires_at,
            is_backed=rules.is_backed(invitation),
        )
        for invitation in waiting
    )
