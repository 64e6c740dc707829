"""The web server is killed, with whatever it was answering."""

from faults.site import Site

TITLE = "the web server killed"


def happen(site: Site) -> str:
    site.kill("web")
    return ""
