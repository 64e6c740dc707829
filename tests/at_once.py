"""Two people at the same moment: one acts and has not finished, the other waits for their row."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep
from typing import TypeVar

from django.db import connection, transaction

T = TypeVar("T")
PATIENCE = 20  # s


def while_it_waits(first: Callable[[], object], second: Callable[[], T]) -> T:
    """Act first, let `second` begin and wait for what is locked, commit, and return what became of it."""

    def apart() -> T:
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as beside:
        with transaction.atomic():
            first()
            other = beside.submit(apart)
            _until_somebody_waits()
        return other.result(timeout=PATIENCE)


def _until_somebody_waits() -> None:
    until = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks "
                "WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            sleep(0.02)
    raise AssertionError("The second one did not wait.")
