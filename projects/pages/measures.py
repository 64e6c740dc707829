"""What the page of a project's measures shows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.models import User
from p2.web.kept_list import KeptList, KeptRow
from projects.models import Project
from projects.selectors.projects import measure_rows


def page(project: Project, reader: User) -> KeptList:
    """Two queries."""
    here = (project.organization.collaborative.slug, project.ref)
    return KeptList(
        title=project.name,
        label=_("Measures"),
        heads=(_("Measure"), _("Role")),
        rows=tuple(
            KeptRow(
                name=row.name,
                url=row.url,
                detail=row.role,
                remove_url=reverse("projects:unlink_measure", args=[*here, row.ref]),
                remove_label=_("Unlink %(name)s") % {"name": row.name},
            )
            for row in measure_rows(project, reader)
        ),
        remove=_("Unlink"),
        csv_url=reverse("projects:project_measures_csv", args=here),
        empty_title=_("No measure yet"),
        empty_words=_(
            "An outcome measure shows the aim, process measures show the work, "
            "balancing measures show what it costs elsewhere."
        ),
    )
