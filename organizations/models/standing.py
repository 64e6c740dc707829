"""All that a person is on this site, as `visible_to` and rules ask it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.contrib.auth.models import AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """All that a person is on this site, as ids: what `visible_to` and rules ask."""

    is_site_admin: bool
    roles: dict[int, frozenset[str]]  # organization → membership roles
    homes: dict[int, int]  # organization → its collaborative
    last_days: dict[int, date]  # own organization that takes or took part → the end of its last phase
    appointments: dict[int, frozenset[str]]  # collaborative → appointment roles
    language: str = ""  # of the first collaborative

    @property
    def organizations(self) -> frozenset[int]:
        return frozenset(self.roles)

    @property
    def participants(self) -> frozenset[int]:
        """Own organizations that take or took part in a phase."""
        return frozenset(self.last_days)

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


NOBODY = Standing(is_site_admin=False, roles={}, homes={}, last_days={}, appointments={})


class Somebody(Protocol):
    """A person with an account: what of the User model is asked here, so that no model below it imports it."""

    @property
    def standing(self) -> Standing: ...


Person = Somebody | AnonymousUser


def standing_of(person: Person) -> Standing:
    """The person's standing: one query the first time in a request, then none."""
    return NOBODY if isinstance(person, AnonymousUser) else person.standing
