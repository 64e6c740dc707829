"""The web server is killed, with whatever it was answering."""

from faults.site import Site, wait_until

TITLE = "the web server killed"


def happen(site: Site) -> str:
    site.kill("web")
    took = wait_until(site.answers, what="the site did not answer again")
    return f"answered again {took:.1f} s after its restart"
