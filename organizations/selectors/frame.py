"""What the frame of a page says of the person and the place: at most two queries, none for what is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from organizations.models import (
    Appointment,
    Collaborative,
    Membership,
    Organization,
    OrganizationQuerySet,
    User,
    standing_of,
)

ROLE_ORDER = tuple(Membership.Role.values)


@dataclass(frozen=True, slots=True)
class FramedCollaborative:
    """A collaborative as the top bar shows it."""

    id: int
    name: str
    slug: str
    url: str
    banner: str  # "Simulated data. Every number is invented."
    keeps_months: bool


@dataclass(frozen=True, slots=True)
class OwnOrganization:
    """An own organization: all that navigation needs of it."""

    id: int
    ref: str
    label: str
    collaborative_id: int
    slug: str
    roles: frozenset[str]
    is_participant: bool  # now or once
    last_day: date | None  # of its last phase
    time_zone: str

    def is_in(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    initials: str
    role_line: str  # "Data entry, Cincinnati Children’s"
    has_home: bool = False  # a role in an organization
    leads: bool = False  # one or more of them


@dataclass(frozen=True, slots=True)
class Around:
    collaborative: FramedCollaborative | None
    collaboratives: tuple[tuple[str, str], ...]
    person: Person


def around(user: User, slug: str = "", *, last: str = "") -> Around:
    """The collaborative named in the address, or else the last one, or else a running one; who is signed in."""
    places = _places(user)
    if slug:
        here = place_of(user, slug)
    else:
        here = place_of(user, last) or max(places, key=lambda place: place.keeps_months, default=None)
    return Around(
        collaborative=here,
        collaboratives=tuple((place.name, place.url) for place in places),
        person=_person(user, here),
    )


def _person(user: User, here: FramedCollaborative | None) -> Person:
    roles = standing_of(user).roles.values()
    return Person(
        name=str(user),
        initials=user.initials,
        role_line=_role_line(user, here),
        has_home=bool(roles),
        leads=any("lead" in held for held in roles),
    )


def homes(user: User) -> tuple[OwnOrganization, ...]:
    """The person's own organizations, by name; read once a request."""
    _read(user)
    known: tuple[OwnOrganization, ...] = user.__dict__["_homes"]
    return known


def collaborative(user: User, slug: str) -> Collaborative | None:
    """The collaborative with this slug as a whole row, where the person may open it."""
    _read(user)
    known: dict[str, Collaborative] = user.__dict__["_collaboratives"]
    return known.get(slug)


def place_of(user: User, slug: str) -> FramedCollaborative | None:
    """The collaborative with this slug, where the person may open it."""
    return next((place for place in _places(user) if place.slug == slug), None)


def _places(user: User) -> tuple[FramedCollaborative, ...]:
    _read(user)
    known: tuple[FramedCollaborative, ...] = user.__dict__["_places"]
    return known


def _read(user: User) -> None:
    """Own organizations bring their collaborative along; a second query reads those without one."""
    if "_places" in user.__dict__:
        return
    standing = standing_of(user)
    own = list(_own(user)) if standing.organizations else []
    known = {one.collaborative_id: one.collaborative for one in own}
    if standing.is_site_admin or standing.collaboratives - known.keys():
        known |= {one.pk: one for one in Collaborative.objects.visible_to(user)}
    user.__dict__["_collaboratives"] = {one.slug: one for one in known.values()}
    user.__dict__["_places"] = tuple(_place(one) for one in sorted(known.values(), key=lambda one: one.name))
    user.__dict__["_homes"] = tuple(
        OwnOrganization(
            id=organization.pk,
            ref=organization.ref,
            label=organization.label,
            collaborative_id=organization.collaborative_id,
            slug=organization.collaborative.slug,
            roles=standing.roles[organization.pk],
            is_participant=organization.pk in standing.participants,
            last_day=standing.last_days.get(organization.pk),
            time_zone=organization.time_zone,
        )
        for organization in own
    )


def _own(user: User) -> OrganizationQuerySet:
    own = Organization.objects.visible_to(user).filter(pk__in=standing_of(user).organizations)
    return own.select_related("collaborative")


def _place(collaborative: Collaborative) -> FramedCollaborative:
    return FramedCollaborative(
        id=collaborative.pk,
        name=collaborative.name,
        slug=collaborative.slug,
        url=collaborative.get_absolute_url(),
        banner=collaborative.banner,
        keeps_months=collaborative.keeps_months,
    )


def _role_line(user: User, here: FramedCollaborative | None) -> str:
    """What the person is here: appointments first, then the first role in each own organization."""
    standing = standing_of(user)
    if here is None:
        return _("Site admin") if standing.is_site_admin else ""
    held = standing.appointments.get(here.id, frozenset())
    lines = [str(label) for role, label in Appointment.Role.choices if role in held]
    lines += [
        _("%(role)s, %(organization)s") % {"role": _first_role(home.roles), "organization": home.label}
        for home in homes(user)
        if home.slug == here.slug
    ]
    return "; ".join(lines) or (_("Site admin") if standing.is_site_admin else "")


def _first_role(roles: Iterable[str]) -> str:
    """The first by their order; one that is no role any more stands behind all of them, by its key."""
    named = dict(Membership.Role.choices)
    first = min(roles, key=lambda role: ROLE_ORDER.index(role) if role in named else len(ROLE_ORDER))
    return str(named.get(first, first))
