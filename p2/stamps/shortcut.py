"""The answer to a page that asks for its stamp, given before Django: at once, or held until there is news."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings

from p2.stamps.held import HeldQuestions
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
        self.held = HeldQuestions(reader, longest=settings.OPEN_PAGES_WAIT)
        self.headers: Heads = list(HEADERS.items())
        if settings.SECURE_HSTS_SECONDS:
            self.headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))

    async def aside(self, path: str, query: str) -> tuple[int, Heads, str] | None:
        """Status, head and stamp for a GET with a good key, given without a thread of the site; else None.

        With `?have=` the stamp is awaited that is another one.
        """
        subject = subject_of(path[len(PREFIX) :]) if path.startswith(PREFIX) else None
        if subject is None:
            return None
        stamp = await self.held.stamp(subject, parse_qs(query).get("have", [""])[0])
        return (204, self.headers, "") if stamp is None else (200, self.headers, stamp)

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
