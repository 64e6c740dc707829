"""The worker hangs with its connections open, and everything else goes on."""

from faults.site import Site, wait_until

TITLE = "the worker hangs"
REPLACED = 60.0
"""Seconds within which another worker has to be there."""


def happen(site: Site) -> str:
    hung = site.pid("worker")
    with site.stopped("worker"):
        took = wait_until(
            lambda: site.pid("worker") not in {None, hung},
            what="the worker was not replaced",
            seconds=REPLACED,
        )
    return f"replaced after {took:.0f} s"
