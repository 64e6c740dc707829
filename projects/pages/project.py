"""What the page of a project shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from projects.models import Project, ProjectMeasure, TeamMember
from projects.selectors.countdown import Countdown, countdown
from projects.selectors.projects import links_seen
from projects.selectors.rows import MeasureRow, measure_row

if TYPE_CHECKING:
    from organizations.models import User

ROLE_ORDER = ProjectMeasure.Role.values


@dataclass(frozen=True, slots=True)
class TeamRow:
    ref: str
    name: str
    task: str
    is_leader: bool
    has_left: bool  # the organization; the name stays for the record


@dataclass(frozen=True, slots=True)
class ProjectPage:
    left: Countdown
    leaders: str  # "Tom Adeyemi", empty without one
    others: str  # "Asha Patel, Rosa Lindqvist"
    team: tuple[TeamRow, ...]
    measures: tuple[MeasureRow, ...]  # outcome first, then process, then balancing
    units: tuple[str, ...]


def page(project: Project, reader: User, *, today: date) -> ProjectPage:
    """The project as the reader may see it. Three queries whatever the size."""
    members = team(project)
    return ProjectPage(
        left=countdown(project.aim_on, today),
        leaders=", ".join(row.name for row in members if row.is_leader),
        others=", ".join(row.name for row in members if not row.is_leader),
        team=members,
        measures=measure_rows(project, reader),
        units=tuple(project.units.values_list("name", flat=True)),
    )


def team(project: Project) -> tuple[TeamRow, ...]:
    """The leader first."""
    return tuple(
        TeamRow(
            ref=member.ref,
            name=member.membership.user.name,
            task=member.task,
            is_leader=member.is_leader,
            has_left=member.membership.ended_at is not None,
        )
        for member in TeamMember.objects.filter(project=project).select_related("membership__user")
    )


def measure_rows(project: Project, reader: User) -> tuple[MeasureRow, ...]:
    """The measures by their role; those that the reader may not see are left out."""
    slug = project.organization.collaborative.slug
    prefetch_related_objects([project], links_seen(reader))
    links = sorted(project.project_measures.all(), key=lambda link: ROLE_ORDER.index(link.role))
    return tuple(
        measure_row(link.measure, role=link.get_role_display(), slug=slug, ref=link.ref) for link in links
    )
