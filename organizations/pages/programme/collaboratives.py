"""Every collaborative of the site, for its admins."""

from dataclasses import dataclass

from organizations.models import Collaborative


@dataclass(frozen=True, slots=True)
class CollaborativeRow:
    name: str
    url: str
    organizations: int
    phases: int


def directory() -> tuple[CollaborativeRow, ...]:
    """Every collaborative of the site, for its admins."""
    found = Collaborative.objects.prefetch_related("organizations", "phases")
    return tuple(
        CollaborativeRow(
            name=collaborative.name,
            url=collaborative.get_absolute_url(),
            organizations=len(collaborative.organizations.all()),
            phases=len(collaborative.phases.all()),
        )
        for collaborative in found
    )
