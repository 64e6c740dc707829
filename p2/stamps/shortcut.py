"""The answer to a page that asks for its stamp: given before Django, since a thousand pages ask each second or two."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from p2.stamps.keys import subject_of
from p2.stamps.store import reader

PREFIX = "/stamps/"
HEADERS = {
    "Content-Type": "text/plain",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

Site = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Heads = list[tuple[str, str]]


class StampsFirst:
    """Answers a page with a good key; everybody else is the site's, where it is 404."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.headers: Heads = list(HEADERS.items())
        if settings.SECURE_HSTS_SECONDS:
            self.headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))

    def at_once(self, path: str) -> tuple[Heads, str] | None:
        """Head and stamp for a GET of `path` with a good key, where nothing need be waited for; else None."""
        subject = subject_of(path[len(PREFIX) :]) if path.startswith(PREFIX) else None
        stamp = subject and reader.at_hand(subject)
        return (self.headers, stamp) if stamp else None

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        is_stamp = path.startswith(PREFIX) and environ["REQUEST_METHOD"] == "GET"
        subject = subject_of(path[len(PREFIX) :]) if is_stamp else None
        if subject is None:
            return self.site(environ, start_response)
        stamp = reader.of(subject)
        if stamp is None:
            start_response("204 No Content", self.headers)
            return []
        start_response("200 OK", [*self.headers, ("Content-Length", str(len(stamp)))])
        return [stamp.encode()]  # a list: Granian sends it together with its head
