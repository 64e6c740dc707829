"""The broker hangs while jobs wait to be acknowledged, twice: longer than the worker waits for it."""

from contextlib import ExitStack
from time import sleep

from faults.site import Site, wait_until

STALLS = (7.0, 30.0)
TITLE = "Valkey stopped for 7 and for 30 s under waiting jobs"
HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'measures_chartsnapshot'::regclass"


def happen(site: Site) -> str:
    before = site.pid("worker")
    for seconds in STALLS:
        with ExitStack() as stopped:
            with site.locked("measures_chartsnapshot"):
                wait_until(lambda: site.one(HELD_UP) > 0, what="no job wanted to write a chart")
                stopped.enter_context(site.stopped("valkey"))
            sleep(seconds)
    return "the same worker goes on" if site.pid("worker") == before else "the worker was replaced"
