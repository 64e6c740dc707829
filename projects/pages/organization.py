"""What the page of an organization shows: plan against done, its projects, measures, units and people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.models import Measure
from measures.rules import may_read_sign_offs
from measures.selectors import charts
from measures.selectors.axis import rows_on_one_axis
from measures.selectors.gains import Gain, gain_of
from measures.selectors.readings import Spark
from measures.sentences import sign_offs
from measures.sentences.periods import label as period_label
from measures.services.rights import nothing_logged
from organizations.models import Organization, Participation, Unit
from organizations.selectors.taking_part import TakingPart, part_on, told
from p2.words.days import Pattern, written
from p2.words.listing import listed, sentences
from p2.words.wording import figure
from p2.words.zones import zone_of
from projects.models import Project, ProjectMeasure
from projects.rules import may_edit_projects
from projects.selectors.countdown import Countdown, countdown
from projects.selectors.rows import MeasureRow, measure_row

if TYPE_CHECKING:
    from organizations.models import User

WITH_BEDS = (Organization.Kind.HOSPITAL, Organization.Kind.SYSTEM)
SIGNED_WITHIN, SIGNED_SHOWN = timedelta(days=184), 8
"""How far back sheets are looked for that were signed off, and how many of them stand on the page."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    name: str
    url: str
    care_process: str
    state: str  # "running", "completed", "stopped"
    state_words: str
    aim_on: date
    left: Countdown
    outcome: str  # the outcome measure's name, empty without one
    spark: Spark | None
    says: str  # "11 points below the median"
    gain: Gain | None  # of its last part over the part before


@dataclass(frozen=True, slots=True)
class PhaseLine:
    name: str
    funding: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class PersonLine:
    name: str
    roles: str  # "Lead, Data entry"


@dataclass(frozen=True, slots=True)
class SignedSheet:
    """A sheet that somebody signed off, and whether a number of it was changed since."""

    sheet: str  # "January 2004"
    words: str  # "Complete: Rosa Diaz, 4 February 2004"
    is_complete: bool


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    facts: str  # "Hospital, 475 beds, Ohio, US"
    phases: tuple[PhaseLine, ...]
    plan: str  # "5 of at least 7 projects", empty before a phase asks for any
    projects: tuple[ProjectRow, ...]
    measures: tuple[MeasureRow, ...]
    no_projects: tuple[str, str]  # title and words in their place
    no_measures: tuple[str, str]
    told: str  # why its own people find less here than others do
    is_past: bool
    units: tuple[Unit, ...]
    people: tuple[PersonLine, ...]
    signed: tuple[SignedSheet, ...] | None  # None: not for this reader


def page(organization: Organization, reader: User, *, today: date) -> OrganizationPage:
    """The organization as the reader may see it. Eight queries whatever the size, one more where nothing is logged."""
    slug = organization.collaborative.slug
    participations = list(organization.participations.select_related("phase"))
    projects = list(_projects(organization, reader))
    last = max((one.phase.ends_on for one in participations), default=None)
    part = part_on(today, last)
    rows = measure_rows(organization, reader)
    return OrganizationPage(
        facts=_facts(organization),
        phases=tuple(_phase_line(participation) for participation in participations),
        plan=_plan(projects, participations, today),
        projects=rows_on_one_axis([_project_row(project, slug, today) for project in projects]),
        measures=rows,
        no_projects=_no_projects(part, may_start=may_edit_projects(reader, organization)),
        no_measures=("", "") if rows else _no_measures(organization, reader, part),
        told=told(organization, reader, part, last),
        is_past=part is TakingPart.TOOK,
        units=tuple(organization.units.all()),
        people=_people(organization),
        signed=_signed(organization, today) if may_read_sign_offs(reader, organization) else None,
    )


def _no_projects(part: TakingPart, *, may_start: bool) -> tuple[str, str]:
    if part is TakingPart.TOOK:
        return _("No project"), _("It started none while it took part.")
    if part is TakingPart.APPLIES:
        return _("No project yet"), _("Projects start once the program office has admitted it to a phase.")
    what = _("A project has an aim with a number and a day, a team, and measures that show it.")
    if may_start:
        return _("No project yet"), sentences(
            what, _("Most organizations start with the harm they know best.")
        )
    return _("No project yet"), sentences(what, _("The organization’s lead starts them."))


def _no_measures(organization: Organization, reader: User, part: TakingPart) -> tuple[str, str]:
    retired = Measure.objects.visible_to(reader).filter(organization=organization)
    return nothing_logged(organization, part, has_retired=retired.exists(), by=reader)


def measure_rows(organization: Organization, reader: User) -> tuple[MeasureRow, ...]:
    """The measures that the reader may see and that are still logged, in the sheet's order."""
    slug = organization.collaborative.slug
    seen = Measure.objects.visible_to(reader).filter(organization=organization).kept()
    return rows_on_one_axis(
        [measure_row(measure, role=measure.area_words, slug=slug) for measure in charts.with_charts(seen)]
    )


def project_rows(organization: Organization, reader: User, *, today: date) -> tuple[ProjectRow, ...]:
    """The projects alone, for the table to take away."""
    slug = organization.collaborative.slug
    return tuple(_project_row(project, slug, today) for project in _projects(organization, reader))


def _projects(organization: Organization, reader: User) -> list[Project]:
    """Each with its outcome measures alone, those that the reader may see."""
    outcomes = ProjectMeasure.objects.filter(
        role=ProjectMeasure.Role.OUTCOME, measure__in=Measure.objects.visible_to(reader)
    ).prefetch_related(Prefetch("measure", queryset=charts.with_charts(Measure.objects.all())))
    seen = Project.objects.visible_to(reader).filter(organization=organization)
    return list(seen.prefetch_related(Prefetch("project_measures", queryset=outcomes)))


def _project_row(project: Project, slug: str, today: date) -> ProjectRow:
    outcome = next(iter(project.project_measures.all()), None)
    first = outcome.measure if outcome else None
    return ProjectRow(
        name=project.name,
        url=reverse("projects:project", args=[slug, project.ref]),
        care_process=project.care_process,
        state=project.state,
        state_words=project.get_state_display(),
        aim_on=project.aim_on,
        left=countdown(project.aim_on, today),
        outcome=str(first) if first else "",
        spark=charts.spark(first) if first else None,
        says=charts.short_words(first) if first else "",
        gain=gain_of(first) if first else None,
    )


def _facts(organization: Organization) -> str:
    kind, size = organization.get_kind_display(), _size(organization)
    return listed((kind, size, organization.region, organization.country))


def _size(organization: Organization) -> str:
    if not organization.size:
        return ""
    if organization.kind in WITH_BEDS:
        said = ngettext("%(count)s bed", "%(count)s beds", organization.size)
    else:
        said = ngettext("%(count)s person", "%(count)s people", organization.size)
    return said % {"count": figure(organization.size, 0)}


def _phase_line(participation: Participation) -> PhaseLine:
    return PhaseLine(
        name=str(participation.phase),
        funding=participation.get_funding_display(),
        starts_on=participation.phase.starts_on,
        ends_on=participation.phase.ends_on,
    )


def _plan(projects: list[Project], participations: list[Participation], today: date) -> str:
    """Projects not stopped, against the fewest that the running phase asks for."""
    asked = [
        participation.phase.min_projects
        for participation in participations
        if participation.phase.starts_on <= today <= participation.phase.ends_on
    ]
    fewest = max(asked, default=0)
    done = sum(project.state != Project.State.STOPPED for project in projects)
    if not fewest:
        return ""
    return ngettext(
        "%(done)d of at least %(fewest)d project", "%(done)d of at least %(fewest)d projects", fewest
    ) % {"done": done, "fewest": fewest}


def _people(organization: Organization) -> tuple[PersonLine, ...]:
    """Each person once, with all their roles."""
    standing = organization.roles.filter(ended_at__isnull=True).select_related("user")
    roles: dict[str, list[str]] = {}
    for membership in standing.order_by("user__name", "role"):
        roles.setdefault(membership.user.name, []).append(membership.get_role_display())
    return tuple(PersonLine(name=name, roles=listed(held)) for name, held in roles.items())


def _signed(organization: Organization, today: date) -> tuple[SignedSheet, ...]:
    """The newest sheets of the last six months that were signed off, but what was taken back. One query."""
    zone = zone_of(organization.time_zone)

    def day(at: datetime) -> str:
        return written(at.astimezone(zone), Pattern.DAY)

    latest = organization.sign_offs.latest_of_sheets(today - SIGNED_WITHIN)
    return tuple(
        SignedSheet(
            sheet=capfirst(period_label(one.period, one.frequency, long=True)),
            words=sign_offs.lifted(one.by, day(one.at), one.lifted_by, day(one.lifted_at))
            if one.lifted_at
            else sign_offs.complete(one.by, day(one.at), one.missing),
            is_complete=one.lifted_at is None,
        )
        for one in latest.filter(withdrawn_at__isnull=True)[:SIGNED_SHOWN]
    )
