"""What the verbs of a measure ask first: whether this person may, and whether the organization still takes part."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from measures.models import Measure, today_in
from measures.rules import may_make_measures, sees_measures_of
from measures.sentences.no_measures import no_measures
from organizations.models import Organization, User, as_of_now, standing_of
from organizations.selectors.taking_part import TakingPart
from organizations.services.programme import phases
from p2.errors import RuleViolation, ensure
from p2.words.days import Pattern, written

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
    phases.ensure_not_past(row.organization if isinstance(row, Measure) else row, by=by, at=at)


def ensure_changeable(measure: Measure, *, by: User, at: datetime | None = None) -> None:
    """Refuse where what the measure is stays as it is: of a past participant, or retired."""
    phases.ensure_not_past(measure.organization, by=by, at=at)
    ensure_kept(measure)


def ensure_kept(measure: Measure) -> None:
    """Refuse what only a measure that is still logged takes: numbers, definitions, mark-ups, sharing."""
    if measure.retired_at:
        raise RuleViolation(
            _("%(measure)s is retired: what it has stays as it is. Log it again to change it.")
            % {"measure": measure}
        )


def why_final(organization: Organization, last: date | None, *, by: User | None, at: datetime) -> str:
    """Why the organization's numbers are final: it took part until `last`, and its last month closed.

    Empty while they change, for the office, and for P2 itself.
    """
    collaborative = organization.collaborative
    if last is None or by is None or today_in(organization.time_zone, at) <= collaborative.closes_on(last):
        return ""
    if standing_of(by).is_appointed(collaborative.pk, "office"):
        return ""
    said = {"organization": organization, "day": written(last, Pattern.DAY)}
    return _("%(organization)s took part until %(day)s. Its numbers stay as they are.") % said


def why_not_logged(organization: Organization, *, by: User) -> str:
    """The same, for a page, of who works there: the end of the last phase came with the person's roles. No query."""
    last = standing_of(by).last_days.get(organization.pk)
    return why_final(organization, last, by=by, at=timezone.now())


def nothing_logged(
    organization: Organization, part: TakingPart, *, has_retired: bool, by: User
) -> tuple[str, str]:
    """Title and words, for a page, where the organization logs no measure that its reader may see."""
    applies, took_part = part is TakingPart.APPLIES, part is TakingPart.TOOK
    return no_measures(
        has_retired=has_retired,
        may_make=not took_part and may_make_measures(by, organization),
        sees_all=sees_measures_of(by, organization, takes_or_took_part=not applies),
        applies=applies,
        took_part=took_part,
    )
