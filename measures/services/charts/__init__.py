"""The worker's job: stale series in, chart snapshots out. It may run twice, and may be killed at any step."""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from measures.services.charts import changing, marking, reading, stale, writing
from measures.services.charts.marking import SeriesMarkUps
from measures.services.charts.reading import Points
from measures.services.charts.stale import StaleSeries
from measures.spc import ChartBatch, RuleSet, analyse_many
from p2 import pulse
from p2.stamps import store as stamps

logger = logging.getLogger(__name__)

CHUNK = 5000
"""Series computed in one go; a task a series would be fifty times dearer."""

ONE_AT_A_TIME = 0x5032_0001
"""The advisory lock under which charts are computed: "P2", job 1."""


def refresh_stale(*, at: datetime | None = None, chunk: int = CHUNK) -> int:
    """Compute every chart whose series, or whose collaborative's rules, changed since its snapshot. Returns the count.

    It looks where the database lists what became stale; `refresh` at what is known to have changed.
    """
    return refresh(stale.listed(), at=at, chunk=chunk)


def refresh(measures: Collection[int], *, at: datetime | None = None, chunk: int = CHUNK) -> int:
    """Compute the charts of those of these measures, named by their keys, that are stale. Returns the count.

    A version is read before its numbers, so a change that comes meanwhile leaves the chart stale, never wrong.
    """
    at, ordered, computed = at or timezone.now(), sorted(measures), 0
    for first in range(0, len(ordered), chunk):
        computed += _refresh_some(ordered[first : first + chunk], at=at)
        pulse.go_on()
    return computed


@transaction.atomic
def _refresh_some(measures: Sequence[int], *, at: datetime) -> int:
    """Compute these charts in one worker at a time: an older chart never replaces a newer one.

    A worker that hangs or is cut off holds the others up for a minute, then the database lets go of it. The commit
    does not wait for the disk: a chart that a crash takes away is stale again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    found = stale.take(measures)
    refused = _compute(found, at) if found else []
    stale.put_back(refused)
    stamps.renew(one.ref for one in found if one not in refused)
    return len(found) - len(refused)


def _compute(found: Sequence[StaleSeries], at: datetime) -> list[StaleSeries]:
    """Compute these charts together. Returns those that could not be: whose numbers the engine refuses, or that fail
    otherwise.

    Where one of several fails, each half is tried apart, until only that one is left.
    """
    try:
        with transaction.atomic():
            _write(found, at)
    except Exception:
        if not connection.is_usable():
            raise
        if len(found) == 1:
            logger.exception("The chart of measure %s cannot be computed", found[0].ref)
            return list(found)
        middle = len(found) // 2
        return [*_compute(found[:middle], at), *_compute(found[middle:], at)]
    return []


def _write(found: Sequence[StaleSeries], at: datetime) -> None:
    """Analyse these series and write their snapshots in one statement."""
    points = reading.read(found)
    marks = marking.read(found, points)
    batch = _judged(found, points, marks)
    since = changing.moments(
        found,
        batch.state,
        lambda places, rules: (
            _judged(
                [found[place]._replace(rules=one) for place, one in zip(places, rules, strict=True)],
                points.of(places),
                marks.of(places),
            ).state
        ),
        at,
    )
    writing.write(found, points, batch, since, at)


def _judged(found: Sequence[StaleSeries], points: Points, marks: SeriesMarkUps) -> ChartBatch:
    return analyse_many(
        points.numbers,
        lengths=points.lengths,
        rules=[RuleSet(one.rules) for one in found],
        better=[one.direction or None for one in found],
        splits=marks.splits,
        freeze=marks.freezes,
        exclude=marks.excluded,
    )
