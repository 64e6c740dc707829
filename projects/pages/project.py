"""What the page of a project shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from p2.words.listing import listed
from projects.models import Project
from projects.selectors.countdown import Countdown, countdown
from projects.selectors.projects import measure_rows
from projects.selectors.rows import MeasureRow
from projects.selectors.team import TeamRow, team

if TYPE_CHECKING:
    from organizations.models import User


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
        leaders=listed(row.name for row in members if row.is_leader),
        others=listed(row.name for row in members if not row.is_leader),
        team=members,
        measures=measure_rows(project, reader),
        units=tuple(project.units.values_list("name", flat=True)),
    )
