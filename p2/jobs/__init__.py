"""Work for the worker, named and enqueued after commit. A lost hint is found by the sweep.

See docs/why/003-snapshots-and-staleness.md.
"""

import logging
import time
from functools import cache, partial
from typing import Any

from celery import current_task, signature
from django.db import transaction
from kombu.exceptions import OperationalError
from kombu.pools import ProducerPool, producers

from p2.celery import app
from p2.jobs.broker import PATIENCE

logger = logging.getLogger(__name__)

REST_SECONDS = 10.0
"""After the broker failed once, nobody waits for it again before this time has passed."""

_broker = {"rests_until": 0.0}


def enqueue(name: str, *args: Any) -> None:
    """Ask the worker to run the task `name` once this transaction is committed.

    Only a hint: where the broker does not answer at once it is dropped, and beat's sweep does the work.
    """
    transaction.on_commit(partial(_send, name, args))


def are_delayed() -> bool:
    """True while the broker is away: the work will follow by the sweep."""
    return time.monotonic() < _broker["rests_until"]


def delay() -> None:
    """The broker failed: nobody waits for it again before it has rested."""
    _broker["rests_until"] = time.monotonic() + REST_SECONDS


def _send(name: str, args: tuple[Any, ...]) -> None:
    if are_delayed():
        return
    try:
        connections = app.amqp.producer_pool if current_task else _impatient()
        with connections.acquire(block=True) as producer:
            signature(name, args=args, app=app).apply_async(retry=False, producer=producer)
    except (OperationalError, ConnectionError, TimeoutError) as failure:
        delay()
        logger.warning("Broker away, %s is left to the sweep: %s", name, failure)


@cache
def _impatient() -> ProducerPool:
    """Connections of whoever has a page waiting; the worker's own wait longer."""
    options = {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}
    pool: ProducerPool = producers[app.connection_for_write(transport_options=options)]
    return pool
