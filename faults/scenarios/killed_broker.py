"""The broker is killed, with all that it held."""

from faults.site import Site

TITLE = "Valkey killed"


def happen(site: Site) -> str:
    site.kill("valkey")
    return ""
