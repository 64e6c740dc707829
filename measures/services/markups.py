"""Mark-ups of a chart are made and withdrawn here; none is ever edited."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from measures import periods, rules
from measures.models import Annotation, Exclusion, Freeze, MarkUp, Measure, Rebase, today_in
from measures.sentences.periods import label as period_label
from measures.sentences.periods import not_its_first_day
from measures.services.entry import locks
from measures.services.entry.observations import bump
from measures.services.rights import ensure_kept, ensure_may
from measures.spc.result import JUDGED_FROM
from organizations.models import User
from p2 import audit
from p2.errors import RuleViolation

Kind = TypeVar("Kind", bound=MarkUp)

THERE_ALREADY: dict[type[MarkUp], Any] = {
    Rebase: gettext_lazy(
        "There is a new median from %(period)s on already. Withdraw it before you set it anew."
    ),
    Freeze: gettext_lazy(
        "The median is frozen up to %(period)s already. Withdraw that before you freeze it anew."
    ),
    Exclusion: gettext_lazy("%(period)s is left out already. Withdraw that to say another reason."),
}
"""What the database refuses to take twice; words may stand on a chart as often as people like."""


@transaction.atomic
def annotate(
    measure: Measure, period: date, *, kind: str, text: str, by: User | None, at: datetime | None = None
) -> Annotation:
    """Put words on the chart at a period: a note, a change, an event."""
    measure = _opened(measure, rules.may_annotate_chart, by=by, at=at)
    return _mark(Annotation(kind=kind), measure, period, text, by=by, at=at)


@transaction.atomic
def rebase(
    measure: Measure, period: date, *, why: str, by: User | None, at: datetime | None = None
) -> Rebase:
    """Begin a new median at a period. The old one stays drawn."""
    measure = _opened(measure, rules.may_mark_up, by=by, at=at)
    first = measure.observations.order_by("period").values_list("period", flat=True).first()
    if first is None or period <= first:
        raise RuleViolation(_("A new median needs numbers before it: choose a later period."))
    return _mark(Rebase(), measure, period, why, by=by, at=at)


@transaction.atomic
def freeze(
    measure: Measure, period: date, *, why: str, by: User | None, at: datetime | None = None
) -> Freeze:
    """Take the median from the points up to a period, and extend it.

    Raises RuleViolation where these are fewer than a verdict needs: their median would say little of where it began.
    """
    measure = _opened(measure, rules.may_mark_up, by=by, at=at)
    _ensure_baseline(measure, period)
    return _mark(Freeze(), measure, period, why, by=by, at=at)


@transaction.atomic
def exclude(
    measure: Measure, period: date, *, why: str, by: User | None, at: datetime | None = None
) -> Exclusion:
    """Leave one point out of the median. It stays on the chart."""
    measure = _opened(measure, rules.may_mark_up, by=by, at=at)
    if not measure.observations.filter(period=period).exists():
        raise RuleViolation(_("There is no number in this period to leave out."))
    return _mark(Exclusion(), measure, period, why, by=by, at=at)


@transaction.atomic
def withdraw(mark: Kind, *, by: User, at: datetime | None = None) -> Kind:
    """Take a mark-up back. It stays in the history."""
    measure = _opened(mark.measure, _right_to(mark), by=by, at=at)
    mark = type(mark)._default_manager.select_for_update().get(pk=mark.pk)
    if mark.withdrawn_at:
        raise RuleViolation(_("This was withdrawn before."))
    mark.withdrawn_by, mark.withdrawn_at = by, at or timezone.now()
    mark.save(update_fields=["withdrawn_by", "withdrawn_at"])
    bump([measure])
    audit.record("withdrew", mark, by=by, at=at)
    return mark


def _opened(
    measure: Measure, may: Callable[[User, Measure], bool], *, by: User | None, at: datetime | None
) -> Measure:
    """The measure's row, locked, once it is sure that this person may mark it up and that it still changes."""
    measure = locks.of([measure.pk], by=by)[measure.pk]
    ensure_may(may, measure, by=by, at=at)
    ensure_kept(measure)
    return measure


def _ensure_baseline(measure: Measure, period: date) -> None:
    """Whether the part that the period lies in has points enough up to it."""
    begun = measure.rebases.filter(withdrawn_at__isnull=True, period__lte=period).order_by("-period").first()
    excluded = measure.exclusions.filter(withdrawn_at__isnull=True).values("period")
    numbers = measure.observations.filter(no_data="", period__lte=period).exclude(period__in=excluded)
    if begun:
        numbers = numbers.filter(period__gte=begun.period)
    if (count := numbers.count()) < JUDGED_FROM:
        words = ngettext(
            "Up to here it is %(count)d point: a median is frozen from %(least)d points on.",
            "Up to here it is %(count)d points: a median is frozen from %(least)d points on.",
            count,
        )
        raise RuleViolation(words % {"count": count, "least": JUDGED_FROM})


def _right_to(mark: MarkUp) -> Callable[[User, Measure], bool]:
    """Words on a chart are data entry's too; its median is the lead's alone."""
    return rules.may_annotate_chart if isinstance(mark, Annotation) else rules.may_mark_up


def _is_of_event(measure: Measure, day: date) -> bool:
    """Whether an event of the measure stands on this day."""
    return measure.words.is_dated and measure.observations.filter(period=day).exists()


def _ensure_begun(measure: Measure, period: date, at: datetime) -> None:
    if period > today_in(measure.organization.time_zone, at):
        said = {"period": capfirst(period_label(period, measure.words.frequency, long=True))}
        raise RuleViolation(_("%(period)s lies in the future. Write on it once it has begun.") % said)


def _there_already(mark: MarkUp) -> str:
    """One median is frozen at a time, whatever the period; of the other kinds there is one at each."""
    standing = type(mark)._default_manager.filter(Q(measure=mark.measure), withdrawn_at__isnull=True)
    if not isinstance(mark, Freeze):
        standing = standing.filter(period=mark.period)
    found = standing.first() or mark
    label = period_label(found.period, mark.measure.words.named_by, long=True)
    said = {"period": capfirst(label) if isinstance(mark, Exclusion) else label}
    return str(THERE_ALREADY[type(mark)]) % said


def _mark(
    mark: Kind, measure: Measure, period: date, text: str, *, by: User | None, at: datetime | None
) -> Kind:
    """Check and save a new mark-up of an opened measure, and let the chart follow."""
    if not text.strip():
        raise RuleViolation(_("Say in a few words what happened or why: the chart shows them."))
    if period != periods.start_of(period, measure.words.frequency) and not _is_of_event(measure, period):
        raise RuleViolation(not_its_first_day(period, measure.words.frequency))
    _ensure_begun(measure, period, at or timezone.now())
    mark.measure, mark.period, mark.text, mark.by = measure, period, text.strip()[:300], by
    mark.at = at or timezone.now()
    try:
        with transaction.atomic():
            mark.save()
            bump([measure])
            audit.record(f"marked {mark._meta.model_name}", mark, by=by, at=at)
    except IntegrityError:
        raise RuleViolation(_there_already(mark)) from None
    return mark
