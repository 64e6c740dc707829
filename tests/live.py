"""The real site for browser tests and journeys: web, worker and beat as processes, on a database of its own."""

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from time import monotonic, sleep
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from p2.run import programs
from p2.run.embedded import free_port
from p2.run.process import Program, Running, end, start
from tests import cluster
from tests.beside import Beside

ROOT = Path(__file__).resolve().parent.parent
BROKERS = range(1, 16)  # numbers of Redis databases: a queue of its own for every live site


@dataclass(frozen=True)
class LiveSite:
    """A running P2. `address` has no slash at its end."""

    address: str
    home: Path
    environment: dict[str, str]
    running: dict[str, Running] = field(default_factory=dict)

    def ask(self, call: str) -> Any:
        """Call a function of the tests, by dotted name, in a process beside the site; return what it returns."""
        return self._beside.ask(call)

    @cached_property
    def _beside(self) -> Beside:
        return Beside({**os.environ, **self.environment})

    def end(self) -> None:
        """End its programs, and the process beside it if one was asked."""
        if "_beside" in vars(self):
            self._beside.end()
        end(list(self.running.values()), patience=6)

    def kill(self, name: str) -> None:
        """End a program with what it started, as `kill -9` does."""
        _, process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def begin(self, program: Program) -> None:
        """Start a program on the site's own environment."""
        started = Program(program.name, program.argv, {**self.environment, "DEMO": "1"})
        with (self.home / "live.log").open("ab") as log:
            self.running[program.name] = (program, start(started, mark=self.home, output=log))

    def manage(self, *arguments: str) -> str:
        """Run one of Django's commands beside it and return what it printed."""
        finished = subprocess.run(
            (sys.executable, "manage.py", *arguments),
            cwd=ROOT,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise RuntimeError(f"manage.py {arguments[0]} failed:\n{finished.stdout}\n{finished.stderr}")
        return finished.stdout

    def log(self) -> str:
        return (self.home / "live.log").read_text(encoding="utf-8")


@contextmanager
def site(
    home: Path,
    *,
    name: str,
    load: tuple[str, ...],
    servers: Mapping[str, str] = os.environ,
    plain_static: bool = False,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[LiveSite]:
    """Start P2 on the new database `name` after `manage.py <load>`, and end it afterwards.

    `servers` names the engines it stands on: DATABASE_URL and REDIS_URL. With `plain_static` the static files
    are neither named by their content nor compressed, which saves seconds where nobody looks at them. `settings` are
    variables of the site's own (docs/run/settings.md).
    """
    port = free_port()
    environment = {
        **_environment(home, name, port, servers),
        "PLAIN_STATIC": str(int(plain_static)),
        **settings,
    }
    live = LiveSite(f"http://localhost:{port}", home, environment)
    if cluster.HOME in os.environ and servers is os.environ:
        _take_from_stock(live, name, load)
    else:
        _fill(live, cluster.new_database(name, servers["DATABASE_URL"]), load)
    try:
        for program in (programs.web(port), programs.worker(), programs.beat()):
            live.begin(program)  # a demo site only now: `prepare` would load the whole demo
        _wait_for(live)
        yield live
    finally:
        live.end()


def _environment(home: Path, name: str, port: int, servers: Mapping[str, str]) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "p2.settings",
        "REDIS_URL": urlunsplit(urlsplit(servers["REDIS_URL"])._replace(path=f"/{_broker(name)}")),
        "P2_VAR": str(home),
        "SITE_URL": f"http://localhost:{port}",
        "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "CELERY_EAGER": "0",
    }


def _broker(name: str) -> int:
    """A number by the digits at the name's end, so that xdist's processes do not take each other's jobs."""
    digits = name[len(name.rstrip("0123456789")) :]
    return BROKERS[int(digits or 0) % len(BROKERS)]


def _fill(live: LiveSite, database: str, load: tuple[str, ...]) -> None:
    live.environment["DATABASE_URL"] = database
    live.manage("prepare")
    if load:
        live.manage(*load)


def _take_from_stock(live: LiveSite, name: str, load: tuple[str, ...]) -> None:
    """Its database is a copy of that of the run's first site with the same load, and both have their static files."""
    kind = "_".join(re.findall(r"\w+", " ".join((*load, live.environment["PLAIN_STATIC"]))))
    live.environment["STATIC_ROOT"] = str(Path(os.environ[cluster.HOME]) / f"static_{kind}")
    stock = cluster.made_once(
        f"p2_stock_{kind}", lambda database: _fill(live, database, load), of=cluster.migrated()
    )
    live.environment["DATABASE_URL"] = cluster.new_database(name, os.environ["DATABASE_URL"], of=stock)


def _wait_for(live: LiveSite) -> None:
    """Until it answers; far longer than a start takes on a busy machine, for this only ends a start that hangs."""
    until = monotonic() + 180
    while not _answers(live.address):
        if monotonic() > until:
            raise RuntimeError(f"The site does not answer:\n{live.log()}")
        sleep(0.1)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"{address}/healthz", timeout=5).close()
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True
