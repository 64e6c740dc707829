"""The worker's pulse: a row by which one sees that it works, whatever its process looks like from outside.

Beat has the worker write it every few seconds; a job that takes long writes it between two pieces of its work. A worker
that runs and consumes nothing leaves no pulse, and is replaced (docs/run/watch.md).
"""

import time

from django.db import connection
from django.db.models.functions import Now

from p2.models import Pulse

EVERY = 5.0
"""Seconds between two pulses of one process."""

_last = {"written": 0.0}


def write() -> None:
    """The worker works: now, by the database's clock."""
    _last["written"] = time.monotonic()
    if not Pulse.objects.filter(name=Pulse.WORKER).update(at=Now()):
        Pulse.objects.bulk_create([Pulse(name=Pulse.WORKER, at=Now())], ignore_conflicts=True)


def go_on() -> None:
    """Called between two pieces of a long job. Inside a transaction nothing is written: it would hold up the others."""
    if time.monotonic() - _last["written"] >= EVERY and not connection.in_atomic_block:
        write()
