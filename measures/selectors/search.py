"""Measures by words of their names and of their organization's."""

from measures.models import Measure
from organizations.models import User
from organizations.selectors.search import matching, own_first
from p2.spanning.rows import Hit


def find(user: User, words: tuple[str, ...], limit: int, *, is_forgiving: bool = False) -> list[Hit]:
    """Kept measures the person may see; each word stands in its name or its organization's. One query.

    Those of the person's own organizations come first.
    """
    found = matching(
        Measure.objects.visible_to(user).kept(),
        words,
        own=("folded",),
        around=("organization__folded",),
        is_forgiving=is_forgiving,
    ).select_related("organization__collaborative")
    return [
        Hit("measure", str(measure), str(measure.organization), measure.get_absolute_url())
        for measure in own_first(found, user, "organization")[:limit]
    ]
