"""The broker hangs while jobs wait to be acknowledged, twice."""

from contextlib import ExitStack
from time import sleep

from faults.site import Site, wait_until

TITLE = "Valkey stopped for 12 s under waiting jobs, twice"
HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'measures_chartsnapshot'::regclass"
STALL = 12.0


def happen(site: Site) -> str:
    for _stall in range(2):
        with ExitStack() as stopped:
            with site.locked("measures_chartsnapshot"):
                wait_until(lambda: site.one(HELD_UP) > 0, what="no job wanted to write a chart")
                stopped.enter_context(site.stopped("valkey"))
            sleep(STALL)
    return ""
