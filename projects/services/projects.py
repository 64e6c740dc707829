"""The verbs of a project: starting, changing, completing and stopping it, and its measures."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.models import Measure
from measures.services import care_processes
from organizations.models import Organization, Unit, User, as_of_now
from organizations.services.programme import phases
from p2 import audit, edits
from p2.errors import RuleViolation, ensure
from projects import rules
from projects.models import Project, ProjectMeasure, parted

ENDED: dict[str, Any] = {
    Project.State.COMPLETED: gettext_lazy("This project is completed: it no longer changes."),
    Project.State.STOPPED: gettext_lazy("This project is stopped: it no longer changes."),
}


@transaction.atomic
def create(
    organization: Organization,
    *,
    units: Iterable[Unit] = (),
    by: User,
    at: datetime | None = None,
    **facts: Any,
) -> Project:
    """Start a project with its aim and the day to reach it by."""
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    ensure(rules.may_edit_projects(as_of_now(by), organization))
    phases.ensure_not_past(organization, by=by, at=at)
    _refuse_unfit(Project(organization=organization, **facts))
    care_processes.ensure_listed(organization.collaborative_id, facts.get("care_process", ""))
    project = Project.objects.create(organization=organization, **facts)
    project.units.set(_own(units, organization))
    audit.record("started", project, by=by, at=at)
    return project


@transaction.atomic
def edit(
    project: Project,
    *,
    units: Iterable[Unit] | None = None,
    have: str | None = None,
    by: User,
    at: datetime | None = None,
    **facts: Any,
) -> Project:
    """Change the words, the dates, and with `units` where it is done."""
    Organization.objects.select_for_update(no_key=True).get(
        pk=project.organization_id
    )  # one names its projects
    project = changeable(project, by=by, at=at)
    wanted = {field: facts.get(field, getattr(project, field)) for field in ("name", "starts_on", "aim_on")}
    _refuse_unfit(Project(pk=project.pk, organization=project.organization, **wanted))
    named = facts.get("care_process", project.care_process)
    care_processes.ensure_listed(project.organization.collaborative_id, named, kept=project.care_process)
    placed = {} if units is None else {"units": _own(units, project.organization)}
    edits.apply(project, facts | placed, by=by, at=at, have=have)
    return project


@transaction.atomic
def complete(project: Project, *, by: User, at: datetime | None = None) -> Project:
    """Say that the work is done. The project stays readable and no longer changes."""
    return _close(project, Project.State.COMPLETED, by=by, at=at)


@transaction.atomic
def stop(project: Project, *, by: User, at: datetime | None = None) -> Project:
    """Give the project up. It stays readable and no longer changes."""
    return _close(project, Project.State.STOPPED, by=by, at=at)


@transaction.atomic
def link_measure(
    project: Project, measure: Measure, *, role: str, by: User, at: datetime | None = None
) -> ProjectMeasure:
    """Let one of the organization's measures show how the project goes."""
    project = changeable(project, by=by, at=at)
    measure = Measure.objects.select_for_update(no_key=True).get(pk=measure.pk)
    if measure.organization_id != project.organization_id:
        raise RuleViolation(_("%(name)s belongs to another organization.") % {"name": measure})
    if measure.retired_at:
        raise RuleViolation(_("%(measure)s is no longer logged.") % {"measure": measure})
    if project.project_measures.filter(measure=measure).exists():
        raise RuleViolation(_("%(measure)s is linked to this project already.") % {"measure": measure})
    link = ProjectMeasure.objects.create(
        project=project, measure=measure, role=role, position=project.project_measures.count()
    )
    audit.record("linked", link, by=by, at=at)
    return link


@transaction.atomic
def take_part(measure: Measure, key: str, *, by: User, at: datetime | None = None) -> ProjectMeasure:
    """Link a measure by the key of its part, as `projects.selectors.measure_parts.offered` gave it."""
    ref, role = parted(key)
    project = Project.objects.filter(organization=measure.organization_id, ref=ref).first()
    if project is None or role not in ProjectMeasure.Role.values:
        raise RuleViolation(_("There is no such project any more. Choose another one."))
    return link_measure(project, measure, role=role, by=by, at=at)


@transaction.atomic
def unlink_measure(link: ProjectMeasure, *, by: User, at: datetime | None = None) -> None:
    """Take a measure out of the project; the measure and its numbers stay."""
    project = changeable(link.project, by=by, at=at)
    if not project.project_measures.filter(pk=link.pk).exists():
        raise RuleViolation(
            _("%(measure)s was taken out of the project meanwhile.") % {"measure": link.measure}
        )
    edits.remove(link, verb="unlinked", by=by, at=at)


def changeable(project: Project, *, by: User, at: datetime | None = None) -> Project:
    """The project's row, locked, once it is sure that this person may change it and that it still changes."""
    project = (
        Project.objects.select_for_update(of=("self",)).select_related("organization").get(pk=project.pk)
    )
    ensure(rules.may_edit_project(as_of_now(by), project))
    ensure_changeable(project, by=by, at=at)
    return project


def ensure_changeable(project: Project, *, by: User, at: datetime | None = None) -> None:
    """Refuse where a project stays as it is: of a past participant, completed or stopped."""
    phases.ensure_not_past(project.organization, by=by, at=at)
    if project.state != Project.State.RUNNING:
        raise RuleViolation(str(ENDED[project.state]))


def _close(project: Project, state: Project.State, *, by: User, at: datetime | None) -> Project:
    project = changeable(project, by=by, at=at)
    edits.apply(project, {"state": state.value}, verb=state.value, by=by, at=at)
    return project


def _refuse_unfit(wanted: Project) -> None:
    """A name is used once in an organization, and the aim lies after the start."""
    others = Project.objects.filter(organization=wanted.organization).exclude(pk=wanted.pk)
    if others.filter(name=wanted.name).exists():
        raise RuleViolation(_("There is a project %(name)s already.") % {"name": wanted.name})
    if wanted.aim_on <= wanted.starts_on:
        raise RuleViolation(_("The aim date lies after the start."))


def _own(units: Iterable[Unit], organization: Organization) -> list[Unit]:
    wanted = [unit.pk for unit in units]
    units = list(Unit.objects.select_for_update().filter(pk__in=wanted).order_by("pk"))
    if len(units) < len(set(wanted)):
        raise RuleViolation(_("One of the units was removed meanwhile. Choose again."))
    for unit in units:
        if unit.organization_id != organization.pk:
            raise RuleViolation(_("%(name)s belongs to another organization.") % {"name": unit})
    return units
