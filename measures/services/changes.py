"""The list of changed organizations, kept short."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

KEPT = timedelta(days=1)
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


def forget_old(*, at: datetime | None = None) -> int:
    """Take off the list what every process has long read. May run twice. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [(at or timezone.now()) - KEPT])
        return int(cursor.rowcount)
