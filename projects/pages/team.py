"""What the page of a project's team shows."""

from django.urls import reverse
from django.utils.translation import gettext as _

from p2.web.kept_list import KeptList, KeptRow
from projects.models import Project
from projects.selectors.team import team


def page(project: Project) -> KeptList:
    """One query."""
    here = (project.organization.collaborative.slug, project.ref)
    return KeptList(
        title=project.name,
        label=_("Team"),
        heads=(_("Name"), _("Task")),
        rows=tuple(
            KeptRow(
                name=row.name,
                detail=row.task,
                badge=_("leads") if row.is_leader else "",
                remove_url=reverse("projects:remove_team_member", args=[*here, row.ref]),
                remove_label=_("Remove %(name)s") % {"name": row.name},
            )
            for row in team(project)
        ),
        remove=_("Remove"),
        csv_url=reverse("projects:team_csv", args=here),
        empty_title=_("Nobody yet"),
        empty_words=_(
            "A team has a day-to-day leader, somebody who knows the process, "
            "and somebody who keeps the numbers."
        ),
    )
