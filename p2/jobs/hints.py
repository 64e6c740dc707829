"""Hints that name rows, gathered in the broker: a burst of changes is one job, not hundreds.

A hint may be lost with the broker or with a killed worker; what it named is found by the job's sweep.
See docs/why/003-snapshots-and-staleness.md.
"""

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from redis.exceptions import RedisError

from p2 import jobs
from p2.jobs.broker import broker

logger = logging.getLogger(__name__)

AT_ONCE = 1000
"""Rows that a job is given at a time."""

PAUSE_SECONDS = 0.2
"""What a job waits for more of the same before it ends, or takes the next lot."""

LONGEST_SECONDS = 5.0
"""A job that is always given more ends after this time, and another one follows it."""

ASKED_SECONDS = 10
"""A job that was asked for and did not end in this time is asked for again."""


def give(name: str, rows: Iterable[int]) -> None:
    """Once this transaction is committed, have the job `name` look at these rows, with others that were given."""
    transaction.on_commit(partial(_give, name, list(rows)))


def taken(name: str) -> Iterator[list[int]]:
    """What was given to this job, lot by lot, until nothing more comes. Called by the job itself."""
    until = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < until and (rows := _take(name)):
        yield rows
        if not settings.CELERY_TASK_ALWAYS_EAGER:
            time.sleep(PAUSE_SECONDS)
    broker().delete(_asked(name))  # whoever gives something from now on asks for another job
    left = broker().scard(_given(name))
    for _lot in range(0, left, AT_ONCE):
        yield _take(name)


def _give(name: str, rows: Sequence[int]) -> None:
    if jobs.are_delayed() or not rows:
        return
    try:
        with broker().pipeline() as pipe:
            pipe.sadd(_given(name), *rows)
            pipe.set(_asked(name), 1, nx=True, ex=ASKED_SECONDS)
            is_first = pipe.execute()[1]
    except (RedisError, OSError) as failure:
        jobs.delay()
        logger.warning("Broker away, %s is left to the sweep: %s", name, failure)
        return
    if is_first:
        jobs.enqueue(name)


def _take(name: str) -> list[int]:
    return sorted(int(row) for row in broker().spop(_given(name), AT_ONCE) or ())


def _given(name: str) -> str:
    return f"p2:given:{connection.settings_dict['NAME']}:{name}"


def _asked(name: str) -> str:
    return f"p2:asked:{connection.settings_dict['NAME']}:{name}"
