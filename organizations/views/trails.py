"""The lines above the titles of pages."""

from organizations.models import Organization

Trail = list[tuple[str, str]]


def organization_trail(organization: Organization) -> Trail:
    """The way to an organization's page: its collaborative, itself."""
    collaborative = organization.collaborative
    return [
        (collaborative.name, collaborative.get_absolute_url()),
        (organization.label, organization.get_absolute_url()),
    ]
