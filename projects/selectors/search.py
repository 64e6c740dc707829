"""Projects by words of their names, aims and organizations."""

from organizations.models import User
from organizations.selectors.search import matching, own_first
from p2.spanning.rows import Hit
from projects.models import Project


def find(user: User, words: tuple[str, ...], limit: int, *, is_forgiving: bool = False) -> list[Hit]:
    """Projects the person may see; each word stands in its name, its aim or its organization's name. One query.

    Those of the person's own organizations come first.
    """
    found = matching(
        Project.objects.visible_to(user),
        words,
        own=("folded",),
        around=("organization__folded",),
        is_forgiving=is_forgiving,
    ).select_related("organization__collaborative")
    return [
        Hit("project", project.name, str(project.organization), project.get_absolute_url())
        for project in own_first(found, user, "organization")[:limit]
    ]
