"""A site that answers what it was told, behind the door of the real one."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from granian.rsgi import HTTPProtocol, Scope

from p2.front.bodies import Bodies
from p2.front.door import Door

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
if not settings.configured:  # in a process of its own, with no more than it takes
    settings.configure(LANGUAGES=[("en", "English"), ("sv", "Svenska")], LOCALE_PATHS=[LOCALE])
    django.setup()

TOLD = (
    "HTTP_",
    "SERVER_PROTOCOL",
    "REMOTE_",
    "PATH_",
    "QUERY_",
    "CONTENT_",
    "REQUEST_",
    "SCRIPT_",
    "wsgi.url",
)


def mirror(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Reads the body as Django does, and says how long it was; behind `/fault` it fails."""
    if environ["PATH_INFO"] == "/fault":
        raise LookupError
    read = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0))
    told = {name: value for name, value in environ.items() if name.startswith(TOLD)}
    answer = json.dumps({**told, "read": len(read)}).encode()
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


class Doors:
    """The mirror, which holds `/held` until the server ends; behind `/hurry` one that waits shortly for a body."""

    def __init__(self) -> None:
        self.ending = asyncio.Event()
        self.usual = Door(mirror, threads=1, aside=self.aside, end=self.ending.set)
        self.__rsgi_init__ = self.usual.__rsgi_init__
        self.hurried = Door(mirror, threads=1, bodies=Bodies(patience=0.1, slowest=1_000_000))

    async def aside(self, path: str, query: str) -> tuple[int, list[tuple[str, str]], str] | None:
        if path != "/held":
            return None
        await self.ending.wait()
        return 200, [("x-query", query)], "It ends."

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        await (self.hurried if scope.path == "/hurry" else self.usual).__rsgi__(scope, protocol)


application = Doors()
