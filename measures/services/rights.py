"""What the verbs of a measure ask first: whether this person may, and whether the organization still takes part."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.utils.translation import gettext as _

from measures.models import Measure
from organizations.models import Organization, User, as_of_now
from organizations.services.programme import phases
from p2.errors import RuleViolation, ensure

Row = TypeVar("Row", Organization, Measure)


def ensure_may(
    may: Callable[[User, Row], bool], row: Row, *, by: User | None, at: datetime | None = None
) -> None:
    """Refuse who has not this right over the row, and everybody once the organization's last phase is over.

    Asked of a locked row: the roles are those that hold now, and not those of when the request began.
    `by` None is P2 itself: a job, the console, the loading of the demo.
    """
    if by is None:
        return
    ensure(may(as_of_now(by), row))
    phases.ensure_takes_part(row.organization if isinstance(row, Measure) else row, by=by, at=at)


def ensure_changes(measure: Measure, *, by: User, at: datetime | None = None) -> None:
    """Refuse where what the measure is stays as it is: of a past participant, or retired."""
    phases.ensure_takes_part(measure.organization, by=by, at=at)
    ensure_kept(measure)


def ensure_kept(measure: Measure) -> None:
    """Refuse what only a measure that is still logged takes: numbers, definitions, mark-ups, sharing."""
    if measure.retired_at:
        raise RuleViolation(
            _("%(measure)s is retired: what it has stays as it is. Log it again to change it.")
            % {"measure": measure}
        )
