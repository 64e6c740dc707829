"""How often something may be tried or sent, counted in the database: no flood pushes a count out, no broker is asked.

A count is kept under a keyed digest, so that the table names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from organizations.models import AttemptCount

DAY = timedelta(days=1)
LONGEST_REST = timedelta(minutes=10)
"""What a limit that slows down makes wait at most."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` within `window`, then none until it is over; or, where it `slows`, each after a rest twice as long."""

    kind: str
    most: int
    window: timedelta
    slows: bool = False

    def on(self, *whom: str) -> Count:
        return Count(self, salted_hmac(f"organizations.limits.{self.kind}", "\n".join(whom)).hexdigest())

    def rest(self, count: int, *, at: datetime, ends_at: datetime) -> datetime | None:
        """From when on the next one is taken, after so many; None where that is at once.

        >>> limit, noon = Limit("tries", 3, timedelta(hours=1), slows=True), datetime(2026, 3, 1, 12)
        >>> end = noon + limit.window
        >>> [(limit.rest(count, at=noon, ends_at=end) - noon).seconds for count in (3, 4, 5, 40)]
        [1, 2, 4, 600]
        """
        if count < self.most:
            return None
        if not self.slows:
            return ends_at
        seconds = 2 ** min(count - self.most, 20)
        return min(ends_at, at + min(LONGEST_REST, timedelta(seconds=seconds)))


@dataclass(frozen=True, slots=True)
class Count:
    """A limit as it holds for somebody."""

    limit: Limit
    key: str


@transaction.atomic
def take(counts: Sequence[Count], *, at: datetime) -> datetime | None:
    """Count one more under each. Where one of them rests, none is counted; returns when it is taken again."""
    keys = [one.key for one in counts]
    if until := _rests_until(AttemptCount.objects.filter(key__in=keys), at):
        return until
    AttemptCount.objects.bulk_create(
        (AttemptCount(key=key, ends_at=at) for key in sorted(keys)), ignore_conflicts=True
    )
    rows = _locked(keys)
    if until := _rests_until(rows.values(), at):  # another one was counted meanwhile
        return until
    for one in counts:
        row = rows[one.key]
        if row.ends_at <= at:
            row.count, row.ends_at = 0, at + one.limit.window
        row.count += 1
        row.rests_until = one.limit.rest(row.count, at=at, ends_at=row.ends_at)
    AttemptCount.objects.bulk_update(rows.values(), ["count", "ends_at", "rests_until"])
    return None


@transaction.atomic
def give_back(counts: Sequence[Count], *, at: datetime) -> None:
    """What was taken is not to count after all: the password was right."""
    rows = _locked([one.key for one in counts])
    for one in counts:
        if row := rows.get(one.key):
            row.count = max(0, row.count - 1)
            if one.limit.slows or row.count < one.limit.most:
                row.rests_until = None
    AttemptCount.objects.bulk_update(rows.values(), ["count", "rests_until"])


def taken(count: Count, *, at: datetime) -> int:
    """How many there were in the window that runs."""
    row = AttemptCount.objects.filter(key=count.key, ends_at__gt=at).first()
    return row.count if row else 0


def forget_ended(*, at: datetime) -> int:
    """Delete the counts whose window is over. Returns how many went."""
    return AttemptCount.objects.filter(ends_at__lte=at).delete()[0]


def hours(left: timedelta) -> int:
    """How many hours a person is told to wait: begun ones count."""
    return -(-left // timedelta(hours=1))


def _rests_until(rows: Iterable[AttemptCount], at: datetime) -> datetime | None:
    return max((row.rests_until for row in rows if row.rests_until and row.rests_until > at), default=None)


def _locked(keys: Sequence[str]) -> dict[str, AttemptCount]:
    found = AttemptCount.objects.select_for_update().filter(key__in=keys).order_by("key")
    return {row.key: row for row in found}
