"""A request as WSGI describes it (PEP 3333), from what Granian's RSGI tells of it."""

import sys
from typing import IO, Any

from granian.rsgi import Scope

from p2.front.heads import Heads

SERVER = {
    "GATEWAY_INTERFACE": "CGI/1.1",
    "SCRIPT_NAME": "",
    "wsgi.errors": sys.stderr,
    "wsgi.multiprocess": True,
    "wsgi.multithread": True,
    "wsgi.run_once": False,
    "wsgi.version": (1, 0),
}


def environ_of(scope: Scope, heads: Heads, body: IO[bytes], size: int) -> dict[str, Any]:
    """What the site is told. A header with `_` in its name is left out: it would pass for that with `-` of a proxy."""
    server, _, port = scope.server.rpartition(":")
    environ = {
        **SERVER,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": _as_bytes(scope.path),
        "QUERY_STRING": _as_bytes(scope.query_string),
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
    }
    for name, value in heads:
        if "_" not in name:
            key = f"HTTP_{name.upper().replace('-', '_')}"
            joint = "; " if name == "cookie" else ","
            environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE", "")
    environ.pop("HTTP_CONTENT_LENGTH", None)
    environ["CONTENT_LENGTH"] = str(size or "")
    return environ


def _as_bytes(text: str) -> str:
    """Each byte of it as the letter of Latin 1 that has its number."""
    return text.encode().decode("latin-1")
