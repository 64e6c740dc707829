"""The site that faults happen to: `python -m p2.run` in a folder and on a port of its own, on loopback only."""

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import psycopg2

from p2.run.embedded import Postgres, free_port
from p2.run.process import MARK

ROOT = Path(__file__).resolve().parent.parent
PARTS = {
    "web": b"\0granian\0",
    "worker": b"\0worker\0",
    "beat": b"\0beat\0",
    "valkey": b"valkey-server",
    "postgres": b"/bin/postgres\0",
}
"""What the command line of each part has in it and no other's has."""

OURS = {"DATABASE_URL", "REDIS_URL", "MAKELEVEL", "SITE_URL", "EMAIL_HOST", "CELERY_EAGER", MARK}
"""Variables of the shell that would lead the site to other servers than its own."""

STARTED = 120.0
"""Seconds that the site has to start, and a part to come back."""


SMALL = 600
"""Megabytes of the disk that P2 keeps its data on where we may make one."""


class MissedError(Exception):
    """A bound that the site did not keep, as a sentence."""


@dataclass(frozen=True)
class Site:
    """A running P2. `address` has no slash at its end."""

    address: str
    home: Path
    process: subprocess.Popen[bytes]
    is_on_small_disk: bool

    @property
    def letters(self) -> Path:
        """The file that has a line for each letter that was handed to the mail server."""
        return self.home / "letters"

    @property
    def var(self) -> Path:
        return self.home / "var"

    def pid(self, part: str) -> int | None:
        """The main process of a part; None while it is down."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        for pid in children.read_text(encoding="ascii").split():
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes()
            except OSError:  # it ended since the list was read
                continue
            if PARTS[part] in command:
                return int(pid)
        return None

    def kill(self, part: str) -> None:
        """End the main process of a part as `kill -9` does, and wait until `make run` has started it again."""
        killed = self.pid(part)
        if killed is None:
            raise MissedError(f"There was no {part} to kill.")
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: self.pid(part) not in {None, killed}, what=f"{part} did not come back")

    @contextmanager
    def stopped(self, part: str) -> Iterator[None]:
        """Hold a part and what it started, as a machine that swaps or a disk that hangs does."""
        main = self.pid(part)
        if main is None:
            raise MissedError(f"There was no {part} to stop.")
        held = [main, *_descendants(main)]
        try:
            for pid in held:
                _signal(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in reversed(held):
                _signal(pid, signal.SIGCONT)

    def answers(self) -> bool:
        """Whether a page comes."""
        try:
            urllib.request.urlopen(f"{self.address}/accounts/login/", timeout=5).close()
        except (OSError, HTTPException):
            return False
        return True

    def environment_of(self, part: str) -> dict[str, str]:
        """The variables that a running part was given."""
        lines = Path(f"/proc/{self.pid(part)}/environ").read_bytes().split(b"\0")
        return dict(line.decode().split("=", 1) for line in lines if b"=" in line)

    def rows(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        """What the site's database answers, asked from outside."""
        asked = psycopg2.connect(Postgres(self.var / "postgres").url(), connect_timeout=5)
        try:
            with asked.cursor() as cursor:
                cursor.execute(sql, given)
                return cursor.fetchall()
        finally:
            asked.close()

    def one(self, sql: str, *given: object) -> Any:
        return self.rows(sql, *given)[0][0]

    @contextmanager
    def locked(self, table: str) -> Iterator[None]:
        """Let whoever wants to write this table wait."""
        holding = psycopg2.connect(Postgres(self.var / "postgres").url())
        try:
            with holding, holding.cursor() as cursor:
                cursor.execute(f'LOCK TABLE "{table}" IN SHARE MODE')
                yield
        finally:
            holding.close()

    def call(self, function: str, *given: object) -> Any:
        """Call a function by its dotted name in a process beside the site, and return what it returns."""
        module, _ = function.rsplit(".", 1)
        code = f"import json, {module}; print(json.dumps({function}(*{list(given)!r})))"
        finished = subprocess.run(
            (sys.executable, "manage.py", "shell", "--no-imports", "-c", code),
            cwd=ROOT,
            env=self.environment_of("web"),
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise RuntimeError(f"{function} failed:\n{finished.stdout}\n{finished.stderr}")
        return json.loads(finished.stdout.splitlines()[-1])

    def said(self) -> str:
        """What `make run` has printed."""
        return (self.home / "run.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def small_disk(place: Path) -> Iterator[bool]:
    """A disk that can be filled without harm to others, where we may have one."""
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SMALL}m", "tmpfs", str(place))
    may = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield may
    finally:
        if may:
            subprocess.run(("umount", str(place)), check=False)


@contextmanager
def running(home: Path) -> Iterator[Site]:
    """Start P2 with all its data below `home`, and end it."""
    with small_disk(home / "var") as is_small:
        yield from _running(home, is_on_small_disk=is_small)


def _running(home: Path, *, is_on_small_disk: bool) -> Iterator[Site]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OURS} | {
        "P2_VAR": str(home / "var"),
        "PORT": str(port),
        "DEMO": "0",
        "PLAIN_STATIC": "1",
        "DJANGO_SETTINGS_MODULE": "p2.settings",
        "EMAIL_BACKEND": "faults.letterbox.Letterbox",
        "FAULTS_LETTERS": str(home / "letters"),
    }
    with (home / "run.log").open("wb") as log:
        command = (sys.executable, "-m", "p2.run")
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    site = Site(f"http://localhost:{port}", home, process, is_on_small_disk)
    try:
        wait_until(lambda: "Ctrl-C stops it." in site.said(), what="the site did not start")
        wait_until(lambda: site.pid("beat") is not None, what="beat did not start")
        yield site
    finally:
        process.terminate()
        process.wait()


def wait_until(holds: Callable[[], bool], *, what: str, seconds: float = STARTED) -> float:
    """Wait until it holds and return how long that took; `what` says what did not come."""
    began = monotonic()
    while not holds():
        if monotonic() - began > seconds:
            raise MissedError(f"Within {seconds:g} s {what}.")
        sleep(0.1)
    return monotonic() - began


def _descendants(pid: int) -> Sequence[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return []
    return [below for child in children for below in (int(child), *_descendants(int(child)))]


def _signal(pid: int, which: signal.Signals) -> None:
    try:
        os.kill(pid, which)
    except ProcessLookupError:
        return
