"""The demo's programme: its phases, organizations and people. Every date hangs on the day of loading."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from organizations.demo import roster
from organizations.demo.sign_ins import ADMIN, PASSWORD, address_of
from organizations.models import Collaborative, Membership, Organization, Phase, Unit, User
from organizations.services.people import presences, rosters
from organizations.services.people.rosters import Enrolment
from organizations.services.programme import collaboratives, organizations, phases, units

HOME = "America/New_York"
PHASES = (
    # name, first and last month counted from the newest complete one, fewest projects, purpose
    ("Planning", -32, -21, 0,
     "Twelve planning grants and one self-funded site write tactical and business plans, guided by Crossing the "
     "Quality Chasm."),
    ("Implementation", -20, 15, 7,
     "Every participant runs at least seven improvement projects, logs its measures every month, and changes how "
     "it is led."),
    ("Ambulatory care and the continuum", 16, 39, 2,
     "Care outside the hospital, and research into mortality, harm and disparities."),
    ("Dissemination", 40, 63, 0, "Participants write down what they learned, and show it to others."),
)  # fmt: skip
ROLES = (
    Membership.Role.LEAD, Membership.Role.DATA_ENTRY, Membership.Role.MEMBER, Membership.Role.SPONSOR,
)  # fmt: skip
VISITED = timedelta(days=33)
"""So long ago the faculty and the leads were here last: what is new to them lies after it."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant with those who work there."""

    key: str
    organization: Organization
    lead: User
    data_entry: User
    members: tuple[Membership, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Programme:
    """What the demo of the apps above stands on."""

    collaborative: Collaborative
    admin: User
    office: User
    faculty: User
    implementation: Phase
    newest: date  # first day of the newest complete month: the open one
    at: datetime
    places: tuple[Participant, ...]

    @property
    def began(self) -> datetime:
        """The first day of implementation: here the participants began to log."""
        return _moment(self.implementation.starts_on)


def load(*, at: datetime, is_small: bool = False) -> Programme:
    """Make the collaborative, its phases, its organizations and its people."""
    admin = User.objects.create_superuser(address_of(ADMIN), PASSWORD, name=ADMIN, wants_digest=False)
    newest = _month(at.astimezone(ZoneInfo(HOME)).date(), -1)
    started = _moment(_month(newest, PHASES[0][1] - 2))
    collaborative = _collaborative(admin, started)
    stages = [_phase(collaborative, number, newest, admin, started) for number in range(len(PHASES))]
    appointed = _appoint(collaborative, admin, started)
    office = appointed[address_of("Ruth Bergman")]
    chosen = [one for one in roster.PARTICIPANTS if not is_small or one.key in roster.SMALL]
    places = _places(collaborative, chosen, stages, office=office, admin=admin)
    _others(collaborative, stages[0], office=office, admin=admin)
    programme = Programme(
        collaborative=collaborative,
        admin=admin,
        office=office,
        faculty=appointed[address_of("Dr Helen Marsh")],
        implementation=stages[1],
        newest=newest,
        at=at,
        places=places,
    )
    team = {member.user for place in places for member in place.members}
    for reader in (programme.faculty, office, *sorted(team, key=lambda person: person.pk)):
        presences.note(reader, collaborative, at=at - VISITED)
    return programme


def _collaborative(admin: User, at: datetime) -> Collaborative:
    return collaboratives.create(
        by=admin,
        at=at,
        slug="pursuing-perfection",
        name="Pursuing Perfection",
        purpose="Raising the bar for health-care performance: organizations that set out to be perfect in the "
        "care they give, learn together, and show others how.",
        banner_title="Simulated data",
        banner_text="Organizations and dates follow Pursuing Perfection, 2001–2008. Every number, and every "
        "person, is invented.",
        time_zone=HOME,
    )


def _phase(collaborative: Collaborative, number: int, newest: date, by: User, at: datetime) -> Phase:
    name, first, last, min_projects, purpose = PHASES[number]
    return phases.add(
        collaborative,
        by=by,
        at=at,
        ordinal=number + 1,
        name=name,
        purpose=purpose,
        min_projects=min_projects,
        starts_on=_month(newest, first),
        ends_on=_month(newest, last + 1) - timedelta(days=1),
    )


def _appoint(collaborative: Collaborative, admin: User, at: datetime) -> dict[str, User]:
    """The office and the first of the faculty want the digest; nobody else of the demo does."""
    wanted = [
        Enrolment(address_of(name), name, role, collaborative, at, name in {"Ruth Bergman", "Dr Helen Marsh"})
        for name, role in roster.APPOINTED
    ]
    return rosters.enroll(wanted, password=PASSWORD, by=admin)


def _places(
    collaborative: Collaborative,
    entries: list[roster.Site],
    stages: list[Phase],
    *,
    office: User,
    admin: User,
) -> tuple[Participant, ...]:
    """The participants: planned by a grant or, in Jönköping's case, by itself; the sponsored came later."""
    planning, implementation = stages[:2]
    made = [_add(collaborative, entry, office, planning) for entry in entries]
    for entry, organization in zip(entries, made, strict=True):
        if entry.country in {"US", "SE"}:
            _admit(organization, planning, entry, office)
        _admit(organization, implementation, entry, office)
    people = _staff(list(zip(entries, made, strict=True)), planning, admin)
    return tuple(
        Participant(
            key=entry.key,
            organization=organization,
            lead=people[_addresses(entry)[0]],
            data_entry=people[_addresses(entry)[1]],
            members=tuple(organization.roles.select_related("user").order_by("pk")),
            units=tuple(units.add(organization, name=name, by=office) for name in entry.units),
        )
        for entry, organization in zip(entries, made, strict=True)
    )


def _others(collaborative: Collaborative, planning: Phase, *, office: User, admin: User) -> None:
    """Those that planned and were not chosen, and applicants that never took part."""
    made = []
    for entry in (*roster.PLANNED_ONLY, *roster.APPLICANTS):
        organization = _add(collaborative, entry, office, planning)
        if entry in roster.PLANNED_ONLY:
            _admit(organization, planning, entry, office)
        made.append((entry, organization))
    _staff(made, planning, admin)


def _add(collaborative: Collaborative, entry: roster.Site, office: User, planning: Phase) -> Organization:
    return organizations.add(
        collaborative,
        by=office,
        at=_moment(planning.starts_on),
        name=entry.name,
        short_name=entry.short_name,
        name_is_invented=entry.is_invented,
        kind=entry.kind,
        size=entry.size,
        region=entry.region,
        country=entry.country,
        time_zone=entry.time_zone,
    )


def _admit(organization: Organization, phase: Phase, entry: roster.Site, office: User) -> None:
    phases.admit(
        organization,
        phase,
        funding=entry.funding,
        by=office,
        at=_moment(phase.starts_on) + timedelta(hours=16),
    )


def _staff(made: list[tuple[roster.Site, Organization]], planning: Phase, admin: User) -> dict[str, User]:
    """The people of these organizations. The first lead wants the digest."""
    since = _moment(planning.starts_on) + timedelta(days=2)
    wanted = []
    for entry, organization in made:
        people = list(zip(entry.people.split(", "), ROLES, strict=False))
        if entry.key == "cincinnati":
            people += [(name, Membership.Role(role)) for name, role in roster.MORE_OF_CINCINNATI]
        wanted += [
            Enrolment(address_of(name), name, role, organization, since, name == "Tom Adeyemi")
            for name, role in people
        ]
    return rosters.enroll(wanted, password=PASSWORD, by=admin)


def _addresses(entry: roster.Site) -> list[str]:
    return [address_of(name) for name in entry.people.split(", ")]


def _month(day: date, steps: int) -> date:
    """The first day of the month `steps` after that of `day`."""
    months = day.year * 12 + day.month - 1 + steps
    return date(months // 12, months % 12 + 1, 1)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
