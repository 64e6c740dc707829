"""The database, asked from outside every connection of the site.

A stopped PostgreSQL still has its connections accepted by the system and never answers on them; psycopg2 would wait for
ever, and `connect_timeout` ends only connecting. An asynchronous connection is waited for as long as the asker likes.
"""

import select
from collections.abc import Mapping
from contextlib import closing
from time import monotonic
from typing import Any

import psycopg2
from psycopg2.extensions import POLL_OK, POLL_READ, connection

Place = Mapping[str, Any]
"""What psycopg2 connects by: `dsn`, or `host`, `dbname` and so on."""

PULSE = "SELECT extract(epoch FROM clock_timestamp() - at)::float8 FROM p2_pulse"


class NoAnswerError(psycopg2.OperationalError):
    """The database did not answer in time."""


def ask(place: Place, sql: str, *, within: float) -> list[tuple[Any, ...]]:
    """The rows of one query on a connection of its own. Raises psycopg2.Error, after `within` seconds at most."""
    until = monotonic() + within
    with closing(psycopg2.connect(**place, async_=1)) as asked:
        _wait(asked, until)
        cursor = asked.cursor()
        cursor.execute(sql)
        _wait(asked, until)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def answers(place: Place, *, within: float) -> bool:
    try:
        return ask(place, "SELECT 1", within=within) == [(1,)]
    except psycopg2.Error:
        return False


def pulse(place: Place, *, within: float) -> tuple[bool, float | None]:
    """Whether the database answers, and the age of the worker's pulse in seconds, by the database's clock."""
    try:
        rows = ask(place, PULSE, within=within)
    except psycopg2.errors.UndefinedTable:  # before its migration
        return True, None
    except psycopg2.Error:
        return False, None
    return True, rows[0][0] if rows else None


def _wait(asked: connection, until: float) -> None:
    """Until the connection is ready. What has come by the end counts, however late this thread is to look at it."""
    while (state := asked.poll()) != POLL_OK:
        waiting = select.poll()  # `select.select` refuses what a process with a thousand open pages opens
        waiting.register(asked, select.POLLIN if state == POLL_READ else select.POLLOUT)
        if not waiting.poll(1000 * max(0.0, until - monotonic())):
            raise NoAnswerError("The database does not answer.")
