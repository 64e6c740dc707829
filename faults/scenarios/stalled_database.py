"""The database hangs while everybody saves: pages say so, and what watches the site is told in time."""

import json
import urllib.error
import urllib.request
from time import monotonic, sleep

from faults.site import MissedError, Site

TITLE = "PostgreSQL stopped for 20 s"
STALL = 20.0
IN_TIME = 2.0
"""Seconds in which /healthz has to answer."""


def happen(site: Site) -> str:
    until = monotonic() + STALL
    with site.stopped("postgres"):
        health = [asked(site, "/healthz") for _ in iter(lambda: monotonic() < until - 5, False)]
        page = asked(site, "/accounts/login/")
        sleep(max(0.0, until - monotonic()))
    longest = max(seconds for _, _, seconds in health)
    if longest > IN_TIME:
        raise MissedError(f"/healthz took {longest:.1f} s.")
    told = {json.loads(body)["database"] for _, body, _ in health}
    if (told, page[0]) != ({"away"}, 503):
        raise MissedError(f"/healthz told {told}, a page answered {page[0]}.")
    return f"/healthz within {longest:.1f} s, a page's 503 after {page[2]:.1f} s"


def asked(site: Site, path: str) -> tuple[int, str, float]:
    """Status, body and seconds of one answer; half a second between two."""
    began = monotonic()
    try:
        with urllib.request.urlopen(f"{site.address}{path}", timeout=30) as answer:
            found = answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        found = refused.code, refused.read().decode()
    took = monotonic() - began
    sleep(0.5)
    return *found, took
