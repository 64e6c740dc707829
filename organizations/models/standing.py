"""All that a person is on this site, read once a request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, IntegerField, OuterRef, Value

from organizations.models.phase import Participation

if TYPE_CHECKING:
    from organizations.models.people import User


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a person is on this site, as ids: what `visible_to` and rules ask."""

    is_site_admin: bool
    roles: dict[int, frozenset[str]]  # organization → membership roles
    homes: dict[int, int]  # organization → its collaborative
    participants: frozenset[int]  # own organizations that take or took part in a phase
    appointments: dict[int, frozenset[str]]  # collaborative → appointment roles

    @property
    def organizations(self) -> frozenset[int]:
        return frozenset(self.roles)

    @property
    def collaboratives(self) -> frozenset[int]:
        return frozenset(self.homes.values()) | frozenset(self.appointments)

    @property
    def sharing(self) -> frozenset[int]:
        """Collaboratives in which an own organization takes or took part: what is shared there is theirs to read."""
        return frozenset(self.homes[organization] for organization in self.participants)

    def is_in(self, organization_id: int, *roles: str) -> bool:
        """Whether the person holds one of the membership roles there."""
        return not self.roles.get(organization_id, frozenset()).isdisjoint(roles)

    def is_appointed(self, collaborative_id: int, *roles: str) -> bool:
        """Whether the person holds one of the appointment roles there."""
        return not self.appointments.get(collaborative_id, frozenset()).isdisjoint(roles)

    def appointed_as(self, *roles: str) -> frozenset[int]:
        """The collaboratives in which the person holds one of the appointment roles."""
        return frozenset(c for c, held in self.appointments.items() if not held.isdisjoint(roles))


NOBODY = Standing(is_site_admin=False, roles={}, homes={}, participants=frozenset(), appointments={})


def standing_of(user: User | AnonymousUser) -> Standing:
    """The person's standing: one query the first time in a request, then none."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return NOBODY
    known: Standing | None = user.__dict__.get("_standing")
    if known is None:
        known = user.__dict__["_standing"] = _read_standing(user)
    return known


def forget_standing(user: User) -> None:
    """Read the standing anew at the next question: a verb has just changed it."""
    user.__dict__.pop("_standing", None)


def _read_standing(user: User) -> Standing:
    """Memberships and appointments in one union; an appointment has no organization."""
    takes_part = Exists(Participation.objects.filter(organization=OuterRef("organization")))
    appointed = (
        user.appointments.filter(ended_at__isnull=True)
        .annotate(place=Value(None, IntegerField()), takes_part=Value(False))
        .values_list("place", "role", "collaborative", "takes_part")
    )
    roles = list(
        user.memberships.filter(ended_at__isnull=True)
        .annotate(place=F("organization"), home=F("organization__collaborative"), takes_part=takes_part)
        .values_list("place", "role", "home", "takes_part")
        .union(appointed, all=True)
    )
    return Standing(
        is_site_admin=user.is_staff,
        roles=_gathered((place, role) for place, role, _, _ in roles if place is not None),
        homes={place: home for place, _, home, _ in roles if place is not None},
        participants=frozenset(place for place, _, _, participates in roles if participates),
        appointments=_gathered((home, role) for place, role, home, _ in roles if place is None),
    )


def _gathered(pairs: Iterable[tuple[int, str]]) -> dict[int, frozenset[str]]:
    gathered: dict[int, set[str]] = {}
    for key, role in pairs:
        gathered.setdefault(key, set()).add(role)
    return {key: frozenset(roles) for key, roles in gathered.items()}
