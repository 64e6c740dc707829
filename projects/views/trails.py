"""The lines above the titles of this app's pages."""

from organizations.views.trails import Trail, organization_trail
from projects.models import Project


def project_trail(project: Project, here: str) -> Trail:
    return [*organization_trail(project.organization), (project.name, project.get_absolute_url()), (here, "")]
