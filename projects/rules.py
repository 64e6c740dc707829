"""Who may do what with projects (docs/build/roles.md): the lead of a participant; nobody from above."""

from organizations.models import Organization, Person
from organizations.rules import leads_participant
from projects.models import Project


def may_edit_projects(user: Person, organization: Organization) -> bool:
    """Start projects there, change their aims, teams and measures, complete and stop them."""
    return leads_participant(user, organization)


def may_edit_project(user: Person, project: Project) -> bool:
    return may_edit_projects(user, project.organization)
