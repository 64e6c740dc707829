"""Months come due and close here, and the list of what changed in them is kept short."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from measures import periods, rules
from measures.models import Month, today_in
from organizations.models import Collaborative, Phase, User, as_of_now
from organizations.services.programme.phases import EARLIEST
from p2 import audit, edits, pulse
from p2.errors import RuleViolation, ensure
from p2.jobs.apart import alone
from p2.words.wording import written_day

CHANGES_KEPT = timedelta(days=1)
"""A process that has not looked for longer reads everything anew."""

FORGET = """
    WITH own AS (SELECT * FROM measures_change WHERE xid <= greatest(
        pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1, pg_current_xact_id()::text::bigint
    ))
    DELETE FROM measures_change
    WHERE xid < least(
            pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
            (SELECT min(xid) FROM own WHERE at >= %s),
            (SELECT max(xid) FROM own)
        )
        OR xid NOT IN (SELECT xid FROM own)
"""
"""Whole transactions go, from the oldest on, none after one that is under way, and the newest stays: so the least that
is kept tells from where on the list is complete. Transactions that have not begun yet are those of another server,
whose backup was restored here."""


def open_months(*, at: datetime | None = None) -> int:
    """Make the Month of every month that has begun inside a phase. May run twice. Returns the count of new ones."""
    at, made = at or timezone.now(), 0
    for collaborative in Collaborative.objects.filter(keeps_months=True).prefetch_related("phases", "months"):
        with alone("measures.open_months", collaborative):
            made += _open_months_of(collaborative, at)
        pulse.go_on()
    return made


def _open_months_of(collaborative: Collaborative, at: datetime) -> int:
    known = {month.period for month in collaborative.months.all()}
    today = today_in(collaborative.time_zone, at)
    wanted = {month for phase in collaborative.phases.all() for month in _months_of(phase, today)}
    missing = [month_of(collaborative, period) for period in sorted(wanted - known)]
    Month.objects.bulk_create(missing, ignore_conflicts=True)
    return len(missing)


def month_of(collaborative: Collaborative, period: date) -> Month:
    """An unsaved Month: due and closing on the collaborative's closing day of the month after."""
    closes_on = collaborative.closes_on(period)
    return Month(collaborative=collaborative, period=period, due_on=closes_on, closes_on=closes_on)


@transaction.atomic
def close(month: Month, *, by: User, at: datetime | None = None) -> Month:
    """Close a month before its day. Late numbers are still taken and marked; a change needs a reason."""
    month, at = _locked(month), at or timezone.now()
    ensure(rules.may_keep_months(as_of_now(by), month.collaborative))
    if month.is_closed(at, month.collaborative.time_zone):
        raise RuleViolation(_("%(month)s is closed already.") % {"month": month})
    month.closed_by, month.closed_at, month.reopened_by, month.reopened_at = by, at, None, None
    month.save(update_fields=["closed_by", "closed_at", "reopened_by", "reopened_at"])
    audit.record("closed", month, by=by, at=at)
    return month


@transaction.atomic
def reopen(month: Month, *, by: User, at: datetime | None = None) -> Month:
    """Open a closed month again: numbers may change without a reason."""
    month, at = _locked(month), at or timezone.now()
    ensure(rules.may_keep_months(as_of_now(by), month.collaborative))
    if not month.is_closed(at, month.collaborative.time_zone):
        raise RuleViolation(_("%(month)s is open.") % {"month": month})
    month.reopened_by, month.reopened_at = by, at
    month.save(update_fields=["reopened_by", "reopened_at"])
    audit.record("reopened", month, by=by, at=at)
    return month


@transaction.atomic
def move(month: Month, closes_on: date, *, by: User, at: datetime | None = None) -> Month:
    """Let a month close on another day; one whose day is over is open again until then."""
    month, at = _locked(month), at or timezone.now()
    ensure(rules.may_keep_months(as_of_now(by), month.collaborative))
    if month.closed_at and not month.reopened_at:
        raise RuleViolation(
            _("%(month)s was closed by %(closed_by)s: reopen it instead.")
            % {"month": month, "closed_by": month.closed_by}
        )
    if closes_on < today_in(month.collaborative.time_zone, at):
        raise RuleViolation(
            _("%(day)s is over. Close the month, or choose a later day.") % {"day": written_day(closes_on)}
        )
    edits.apply(
        month,
        {"closes_on": closes_on, "due_on": closes_on}
        | dict.fromkeys(("closed_by", "closed_at", "reopened_by", "reopened_at")),
        by=by,
        at=at,
    )
    return month


def _locked(month: Month) -> Month:
    return Month.objects.select_for_update(of=("self",)).select_related("collaborative").get(pk=month.pk)


def _months_of(phase: Phase, today: date) -> tuple[date, ...]:
    first = periods.start_of(max(phase.starts_on, date(EARLIEST, 1, 1)), periods.MONTH)
    return periods.between(first, min(phase.ends_on, today), periods.MONTH)


def forget_changes(*, at: datetime | None = None) -> int:
    """Take off the list what every process has long read. May run twice. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [(at or timezone.now()) - CHANGES_KEPT])
        return int(cursor.rowcount)
