"""One PostgreSQL cluster and one Valkey for a whole test run, unless DATABASE_URL names a server.

pytest's first process starts them; xdist's workers inherit their addresses. What takes seconds to make is made by the
first who asks, and copied by the others.
"""

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from p2.run import embedded

HOME = "P2_TEST_HOME"
"""The folder of the run, where it has servers of its own."""

ROOT = Path(__file__).resolve().parent.parent


def start_once() -> dict[str, str]:
    """The environment tests run in; starts the servers the first time."""
    quick = {
        "CELERY_EAGER": "1",
        "PLAIN_STATIC": "1",
        "SITE_URL": "http://localhost:8000",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright keeps an event loop running beside the tests
    }
    if "DATABASE_URL" in os.environ:
        return quick
    home = Path(tempfile.mkdtemp(prefix="p2-test-"))
    stack = ExitStack()
    atexit.register(stack.close)
    stack.callback(shutil.rmtree, home, ignore_errors=True)
    return {"P2_VAR": str(home), HOME: str(home), **quick, **stack.enter_context(embedded.servers(home))}


def migrated() -> str | None:
    """The name of a database at this version, to be copied; none on a server that this run did not start."""

    def migrate(url: str) -> None:
        given = {**os.environ, "DATABASE_URL": url}
        subprocess.run((sys.executable, "manage.py", "migrate", "-v0"), cwd=ROOT, env=given, check=True)

    return made_once("p2_migrated", migrate) if HOME in os.environ else None


def made_once(name: str, make: Callable[[str], None], of: str | None = None) -> str:
    """The database of this name on the run's own server. Who asks first makes it, given the URL of a copy of `of`."""
    server = os.environ["DATABASE_URL"]
    with (Path(os.environ[HOME]) / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _run(server, f"SELECT FROM pg_database WHERE datname = '{name}'"):
            unfinished = f"{name}_unfinished"
            make(new_database(unfinished, server, of))
            _run(server, f"ALTER DATABASE {unfinished} RENAME TO {name}")
    return name


def new_database(name: str, server: str, of: str | None = None) -> str:
    """Make the database anew beside the one that `server` names, as a copy of another; return its URL."""
    _run(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _run(server, f"CREATE DATABASE {name} TEMPLATE {of or 'template1'}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _run(server: str, statement: str) -> int:
    """Run a statement outside a transaction; return its rows."""
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: int = cursor.rowcount
    connection.close()
    return rows
