"""What the page of a collaborative shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organizations import rules
from organizations.models import Appointment, Collaborative, Organization, Participation, Phase
from p2.words.listing import listed

if TYPE_CHECKING:
    from organizations.models import User

STATES = {"over": _("over"), "running": _("running"), "to_come": _("to come")}
"""How a phase stands to the day, in words."""


@dataclass(frozen=True, slots=True)
class PhaseRow:
    ref: str
    name: str  # "Phase II, Implementation"
    roman: str
    purpose: str
    starts_on: date
    ends_on: date
    state: str  # over, running, to_come
    min_projects: int
    participants: int  # those that the reader may see

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])


@dataclass(frozen=True, slots=True)
class RosterRow:
    name: str
    url: str
    kind: str
    place: str  # "Ohio, US"
    funding: tuple[str, ...]  # one a phase, empty where the organization did not take part
    is_applicant: bool


@dataclass(frozen=True, slots=True)
class RolePeople:
    role: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CollaborativePage:
    phases: tuple[PhaseRow, ...]
    roster: tuple[RosterRow, ...]
    people: tuple[RolePeople, ...]


def page(collaborative: Collaborative, reader: User, *, today: date) -> CollaborativePage:
    """Phases, roster and people as the reader may see them. Four queries whatever the size."""
    phases = list(collaborative.phases.all())
    organizations = list(collaborative.organizations.visible_to(reader).prefetch_related("participations"))
    return CollaborativePage(
        phases=tuple(_phase_row(phase, organizations, today) for phase in phases),
        roster=tuple(_roster_row(organization, collaborative.slug, phases) for organization in organizations),
        people=_people(collaborative, reader),
    )


def _phase_row(phase: Phase, organizations: list[Organization], today: date) -> PhaseRow:
    state = "running"
    if today < phase.starts_on:
        state = "to_come"
    elif today > phase.ends_on:
        state = "over"
    return PhaseRow(
        ref=phase.ref,
        name=str(phase),
        roman=phase.roman,
        purpose=phase.purpose,
        starts_on=phase.starts_on,
        ends_on=phase.ends_on,
        state=state,
        min_projects=phase.min_projects,
        participants=sum(phase.pk in _phases_of(organization) for organization in organizations),
    )


def _roster_row(organization: Organization, slug: str, phases: list[Phase]) -> RosterRow:
    taken = _phases_of(organization)
    return RosterRow(
        name=organization.label,
        url=reverse("projects:organization", args=[slug, organization.ref]),
        kind=organization.get_kind_display(),
        place=listed((organization.region, organization.country)),
        funding=tuple(taken[phase.pk].get_funding_display() if phase.pk in taken else "" for phase in phases),
        is_applicant=not taken,
    )


def _phases_of(organization: Organization) -> dict[int, Participation]:
    return {participation.phase_id: participation for participation in organization.participations.all()}


def _people(collaborative: Collaborative, reader: User) -> tuple[RolePeople, ...]:
    """Who holds which role; the committee alone among the appointed."""
    hidden = () if rules.may_see_committee(reader, collaborative) else (Appointment.Role.COMMITTEE,)
    standing = collaborative.roles.filter(ended_at__isnull=True)
    appointed = list(standing.order_by("user__name").values_list("role", "user__name"))
    roles = (
        RolePeople(role=str(label), names=tuple(name for role, name in appointed if role == value))
        for value, label in Appointment.Role.choices
        if value not in hidden
    )
    return tuple(role for role in roles if role.names)
