"""The database server is killed, as a power cut would."""

from faults.site import Site

TITLE = "PostgreSQL killed"


def happen(site: Site) -> str:
    site.kill("postgres")
    return ""
