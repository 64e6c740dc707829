"""Who may do what with projects (docs/build/roles.md): the lead of a participant; nobody from above."""

from organizations.models import OVERSEERS, Organization, Person, standing_of
from organizations.rules import leads_participant
from projects.models import Project


def may_read_work(user: Person, organization: Organization) -> bool:
    """See its projects and shared measures: its own people, who oversees the collaborative, the participants."""
    standing = standing_of(user)
    return (
        standing.is_site_admin
        or organization.pk in standing.organizations
        or organization.collaborative_id in standing.sharing
        or standing.is_appointed(organization.collaborative_id, *OVERSEERS)
    )


def may_edit_projects(user: Person, organization: Organization) -> bool:
    """Start projects there, change their aims, teams and measures, complete and stop them."""
    return leads_participant(user, organization)


def may_edit_project(user: Person, project: Project) -> bool:
    return may_edit_projects(user, project.organization)
