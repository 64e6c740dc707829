"""The scheduler is killed."""

from faults.site import Site

TITLE = "beat killed"


def happen(site: Site) -> str:
    site.kill("beat")
    return ""
