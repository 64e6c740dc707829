"""Your aims: the running projects of one's own organizations, on Today."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from measures.models import Measure, today_in
from measures.selectors import charts
from organizations.models import User
from organizations.selectors.frame import homes
from p2.spanning.rows import Aside
from projects.models import Project, ProjectMeasure

MOST = 14


@dataclass(frozen=True, slots=True)
class ProjectAim:
    """A project with its outcome measure's newest value and goal; months left, negative past the aim date."""

    name: str
    url: str
    mark: str
    now: str
    goal: str
    months_left: int


def aims(user: User, at: datetime) -> list[Aside]:
    """One table of the own organizations' running projects. One query, none for who has no organization."""
    own = [home.id for home in homes(user)]
    if not own:
        return []
    outcomes = (
        ProjectMeasure.objects.filter(
            role=ProjectMeasure.Role.OUTCOME,
            project__in=Project.objects.visible_to(user).filter(organization__in=own),
            project__state=Project.State.RUNNING,
        )
        .select_related("project__organization__collaborative", "measure__definition", "measure__snapshot")
        .order_by("project__aim_on", "project__name", "position")
    )
    rows: dict[int, ProjectAim] = {}
    for link in outcomes:
        rows.setdefault(link.project_id, _aim(link.project, link.measure, at))
    return [Aside(_("Your aims"), "projects/_aims.html", tuple(rows.values())[:MOST])] if rows else []


def _aim(project: Project, measure: Measure, at: datetime) -> ProjectAim:
    goal = measure.words.goal
    return ProjectAim(
        name=project.name,
        url=project.get_absolute_url(),
        mark=charts.mark_of(measure).css,
        now=charts.newest_with_sign(measure),
        goal="" if goal is None else charts.figure_with_sign(measure, goal),
        months_left=months_between(today_in(project.organization.time_zone, at), project.aim_on),
    )


def months_between(today: date, day: date) -> int:
    """Whole months from one day to a later one; negative when it is past.

    >>> months_between(date(2004, 2, 12), date(2004, 12, 31)), months_between(date(2004, 2, 12), date(2004, 2, 1))
    (10, -1)
    """
    months = (day.year - today.year) * 12 + day.month - today.month
    return months - (day.day < today.day)
