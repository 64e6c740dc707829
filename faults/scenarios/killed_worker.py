"""The worker is killed, and the next one too."""

from faults.site import Site

TITLE = "the worker killed, twice"


def happen(site: Site) -> str:
    for _kill in range(2):
        site.kill("worker")
    return ""
