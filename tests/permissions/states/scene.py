"""One row of every kind around one organization, and how each comes into a state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from measures import periods
from measures.exchange.entries import Entry
from measures.models import (
    Annotation,
    CareProcess,
    CoreMeasure,
    Freeze,
    Measure,
    Month,
    Observation,
    Rebase,
    SignOff,
)
from measures.selectors.sheet_place import SheetPlace, loggable, place_of
from measures.services import core_measures, markups, months
from measures.services.entry import observations
from organizations.models import (
    Appointment,
    Invitation,
    Membership,
    Organization,
    Participation,
    Phase,
    Unit,
    User,
    hash_of,
)
from projects.models import Project, ProjectMeasure, TeamMember
from tests.actors import Cast, join, make_cast, make_person, make_phase, make_project, make_unit
from tests.measures.series import NAMING, WAIT, log, make_measure

EARLY, LATER = date(2020, 1, 1), date(2020, 6, 1)
BASELINE = date(2021, 12, 1)


@dataclass(frozen=True)
class Scene:
    """The cast with its own organization's rows; a state changes them, and is rolled back."""

    cast: Cast
    place: SheetPlace  # the newest complete month
    month: Month
    closed_phase: Phase
    unit: Unit
    used_unit: Unit
    token: str
    invitation: Invitation
    membership: Membership
    appointment: Appointment
    process: CareProcess
    core: CoreMeasure
    measure: Measure
    shown: Measure  # the same, as its sheet was opened
    words: Annotation
    rebase: Rebase
    freeze: Freeze
    signed: SignOff
    project: Project
    spare: Measure  # in no project
    link: ProjectMeasure
    team_member: TeamMember
    newcomer: Membership  # in no team yet

    @property
    def own(self) -> Organization:
        return self.cast.own

    @property
    def period(self) -> date:
        return self.place.period


def make_scene() -> Scene:
    cast, now = make_cast(), timezone.now()
    own, day = cast.own, timezone.localdate()
    last = periods.latest_complete(day, "month")
    measure = make_measure(own)
    log(measure, [10, 11, 12] * 8)
    observations.record(measure, last, Entry(value=Decimal(11)), by=None, at=now - timedelta(days=2))
    project = make_project(own)
    used = make_unit(own, "Ward B1")
    project.units.add(used)
    membership = Membership.objects.get(user=cast.member)
    return Scene(
        cast=cast,
        place=place_of(own, last, frequency="month", at=now),
        month=_open_month(cast, last),
        closed_phase=make_phase(cast.collaborative, 3, day - timedelta(days=900), day - timedelta(days=800)),
        unit=make_unit(own),
        used_unit=used,
        token="a-key",
        invitation=_invitation(cast),
        membership=membership,
        appointment=Appointment.objects.get(user=cast.faculty),
        process=CareProcess.objects.get(collaborative=cast.collaborative),
        core=_core(cast),
        measure=measure,
        shown=loggable(cast.lead).get(pk=measure.pk),
        words=markups.annotate(measure, EARLY, kind="note", text="Smart pumps", by=None),
        rebase=markups.rebase(measure, LATER, why="A new way", by=None),
        freeze=_frozen(cast),
        signed=_signed_before(cast, last),
        project=project,
        spare=make_measure(own, "Stay"),
        link=ProjectMeasure.objects.create(project=project, measure=measure, role="outcome"),
        team_member=TeamMember.objects.create(project=project, membership=membership),
        newcomer=join(make_person(), own, "member"),
    )


def _open_month(cast: Cast, period: date) -> Month:
    month = months.month_of(cast.collaborative, period)
    month.due_on = month.closes_on = timezone.localdate() + timedelta(days=7)
    month.save()
    return month


def _invitation(cast: Cast) -> Invitation:
    now = timezone.now()
    return Invitation.objects.create(
        collaborative=cast.collaborative,
        organization=cast.own,
        email="new@example.org",
        role="member",
        token_hash=hash_of("a-key"),
        invited_by=cast.lead,
        invited_at=now,
        expires_at=now + timedelta(days=14),
    )


def _core(cast: Cast) -> CoreMeasure:
    naming = {**NAMING, "name": "Infections"}
    return core_measures.create(collaborative=cast.collaborative, naming=naming, definition=WAIT, by=None)


def _frozen(cast: Cast) -> Freeze:
    measure = make_measure(cast.own, "Frozen")
    return Freeze.objects.create(measure=measure, period=BASELINE, text="The baseline", at=timezone.now())


def _signed_before(cast: Cast, last: date) -> SignOff:
    """Of the month before the newest complete one."""
    return SignOff.objects.create(
        organization=cast.own,
        period=periods.following(last, "month", -1),
        frequency="month",
        by=cast.data_entry,
        at=timezone.now(),
    )


State = Callable[[Scene], object]
Verb = Callable[[Scene, User], object]


def _taken_part(at: Scene) -> QuerySet[Participation]:
    return Participation.objects.filter(organization=at.own)


def _invited(**facts: object) -> State:
    return lambda at: Invitation.objects.filter(pk=at.invitation.pk).update(**facts)


def _marked(at: Scene, **facts: object) -> None:
    for mark in (at.words, at.rebase, at.freeze):
        type(mark)._default_manager.filter(pk=mark.pk).update(**facts)


def _month(**facts: object) -> State:
    return lambda at: Month.objects.filter(pk=at.month.pk).update(**facts)


def _signed(at: Scene, **facts: object) -> None:
    SignOff.objects.filter(pk=at.signed.pk).update(**facts)


def _project(state: str) -> State:
    return lambda at: Project.objects.filter(pk=at.project.pk).update(state=state)


def _past(at: Scene) -> None:
    _taken_part(at).exclude(phase=at.cast.planning).delete()


def _past_by_office(at: Scene) -> None:
    _past(at)
    Invitation.objects.filter(pk=at.invitation.pk).update(invited_by=at.cast.office)


def _removed(at: Scene) -> None:
    for row in (at.unit, at.process, at.link, at.team_member):
        type(row)._default_manager.filter(pk=row.pk).delete()


def _ended(at: Scene) -> None:
    for role in (at.membership, at.newcomer, at.appointment):
        type(role)._default_manager.filter(pk=role.pk).update(ended_at=NOW)


DAY = timedelta(days=1)
NOW = timezone.now()
YESTERDAY = timezone.localdate() - DAY

STATES: dict[str, State] = {
    "-": lambda at: None,
    # the organization: its last phase is over; over, and its last month still open; it never took part
    "past": _past,
    "leaving": lambda at: Phase.objects.filter(pk=at.cast.implementation.pk).update(ends_on=YESTERDAY),
    "applicant": lambda at: _taken_part(at).delete(),
    # the collaborative: every phase is over
    "over": lambda at: Phase.objects.update(starts_on=NOW - 900 * DAY, ends_on=NOW - 500 * DAY),
    # its month: by its day, by the office, open again
    "closed": _month(closes_on=YESTERDAY),
    "closed-by": lambda at: _month(closed_at=NOW - DAY, closed_by=at.cast.office)(at),
    "reopened": lambda at: _month(closes_on=YESTERDAY, reopened_at=NOW, reopened_by=at.cast.office)(at),
    # measures
    "retired": lambda at: Measure.objects.filter(organization=at.own).update(retired_at=NOW),
    "core": lambda at: Measure.objects.filter(pk=at.measure.pk).update(core_measure=at.core),
    "core-retired": lambda at: Measure.objects.filter(pk=at.measure.pk).update(
        core_measure=at.core, retired_at=NOW
    ),
    "adopted": lambda at: core_measures.adopt(at.own, at.core, by=None),
    "unlogged": lambda at: Observation.objects.filter(period=at.period).delete(),
    "unmarked": lambda at: _marked(at, withdrawn_at=NOW, withdrawn_by=at.cast.lead),
    # sheets
    "signed": lambda at: _signed(at, period=at.period),
    "lifted": lambda at: _signed(at, lifted_at=NOW, lifted_by=at.cast.lead),
    "unsigned": lambda at: _signed(at, withdrawn_at=NOW, withdrawn_by=at.cast.lead),
    # projects
    "completed": _project(Project.State.COMPLETED),
    "stopped": _project(Project.State.STOPPED),
    "removed": _removed,
    # people
    "run-out": _invited(invited_at=NOW - 20 * DAY, expires_at=NOW - DAY),
    "accepted": lambda at: _invited(accepted_at=NOW, accepted_by=at.cast.member)(at),
    "withdrawn": lambda at: _invited(withdrawn_at=NOW, withdrawn_by=at.cast.lead)(at),
    "office-past": _past_by_office,
    "ended": _ended,
}
