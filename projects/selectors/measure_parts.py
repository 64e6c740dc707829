"""What a measure's page says of the projects that use it."""

from django.utils.translation import gettext as _

from measures.models import Measure
from organizations.models import Organization, User
from p2.spanning.rows import Link, OfferedPart
from projects import rules
from projects.models import Project, ProjectMeasure, part_key


def roles(measure: Measure, reader: User) -> tuple[Link, ...]:
    """Its role in each project that the reader may see."""
    used = (
        ProjectMeasure.objects.filter(measure=measure, project__in=Project.objects.visible_to(reader))
        .select_related("project__organization__collaborative")
        .order_by("role", "project__name")
    )
    return tuple(
        Link(
            _("%(role)s of %(project)s") % {"role": link.get_role_display(), "project": "{link}"},
            str(link.project),
            link.project.get_absolute_url(),
        )
        for link in used
    )


def offered(organization: Organization, user: User) -> tuple[OfferedPart, ...]:
    """The parts that a new measure may take: each role in each running project that the person may change."""
    if not rules.may_edit_projects(user, organization):
        return ()
    running = Project.objects.visible_to(user).filter(organization=organization, state=Project.State.RUNNING)
    return tuple(
        OfferedPart(
            part_key(project, role),
            _("%(role)s of %(project)s") % {"role": label, "project": project},
            str(project),
        )
        for project in running
        for role, label in ProjectMeasure.Role.choices
    )
