"""What a measure's page says of the projects that use it."""

from django.utils.translation import gettext as _

from measures.models import Measure
from organizations.models import User
from p2.spanning.rows import Link
from projects.models import Project, ProjectMeasure


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
