"""What the verbs of a measure ask first: whether this person may, and whether the organization still takes part."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from measures.models import Measure
from organizations.models import Organization, User
from organizations.services.programme import phases
from p2.errors import ensure

Row = TypeVar("Row", Organization, Measure)


def ensure_may(
    may: Callable[[User, Row], bool], row: Row, *, by: User | None, at: datetime | None = None
) -> None:
    """Refuse who has not this right over the row, and everybody once the organization's last phase is over.

    `by` None is P2 itself: a job, the console, the loading of the demo.
    """
    if by is None:
        return
    ensure(may(by, row))
    phases.ensure_takes_part(row.organization if isinstance(row, Measure) else row, by=by, at=at)
