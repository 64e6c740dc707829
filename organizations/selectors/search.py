"""Organizations by words of their names; and how every app searches its folded columns."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from organizations.models import Organization, User
from p2.spanning.rows import Hit


def find(user: User, words: tuple[str, ...], limit: int) -> list[Hit]:
    """Organizations the person may see, whose names hold every word. One query."""
    found = matching(Organization.objects.visible_to(user), words, own=("folded",)).select_related(
        "collaborative"
    )
    return [
        Hit("organization", str(organization), _detail(organization), organization.get_absolute_url())
        for organization in found[:limit]
    ]


def matching(rows: Any, words: tuple[str, ...], *, own: tuple[str, ...], around: tuple[str, ...] = ()) -> Any:
    """Rows that hold every folded word in the columns `own` or `around`, and at least one of them in `own`."""
    for word in words:
        rows = rows.filter(_holds((*own, *around), word))
    return rows.filter(reduce(or_, (_holds(own, word) for word in words))) if words else rows.none()


def _holds(columns: tuple[str, ...], word: str) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": word}) for column in columns))


def _detail(organization: Organization) -> str:
    return ", ".join(
        part for part in (organization.get_kind_display(), organization.region, organization.country) if part
    )
