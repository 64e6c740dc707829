"""`make run` itself: real processes, killed for real."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import psycopg2
import pytest

from p2.run.embedded import Postgres, free_port
from p2.run.process import MARK, Program, end, start

ROOT = Path(__file__).resolve().parent.parent.parent
FOR_OTHERS = {
    "PGSERVICE": "nowhere",
    "PGTZ": "Asia/Tokyo",
    "PGOPTIONS": "-c default_transaction_read_only=on",
    "PGPORT": "1",
}
"""What a shell may hold for other databases: with any of these the embedded one could not be made or written."""


def wait_until(happened: Callable[[], bool], *, seconds: float = 180) -> None:
    """Wait far longer than a start takes on a busy machine: this ends a test that hangs, and measures nothing."""
    until = monotonic() + seconds
    while not happened():
        assert monotonic() < until, "waited in vain"
        sleep(0.05)


def marked(home: Path) -> list[str]:
    """The names of the processes started for `home`."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if f"{MARK}={home}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "comm").read_text(encoding="utf-8").strip())
        except OSError:
            continue
    return found


def open_to_all(logs: Path) -> None:
    """As an earlier version left its logs."""
    logs.chmod(0o755)
    for log in logs.iterdir():
        log.chmod(0o644)


def asked(var: Path, sql: str) -> list[tuple[object, ...]]:
    """What the database of a running P2 answers."""
    connection = psycopg2.connect(Postgres(var / "postgres").url())
    try:
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall()
    finally:
        connection.close()


def rights(folder: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in (folder, *folder.iterdir())}


class Started:
    """`python -m p2.run` on a free port with its data in `var`."""

    def __init__(self, var: Path, *, port: int | None = None) -> None:
        self.port = port or free_port()
        self.log = var.parent / f"run-{self.port}-{monotonic()}.log"
        ours = {"P2_VAR": str(var), "PORT": str(self.port), "DEMO": "0", "PLAIN_STATIC": "1", **FOR_OTHERS}
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL", "MAKELEVEL", "SITE_URL", "CELERY_EAGER", MARK}
        }
        with self.log.open("wb") as output:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "p2.run"),
                cwd=ROOT,
                env={**kept, **ours, "DJANGO_SETTINGS_MODULE": "p2.settings"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def wait_for(self, words: str) -> None:
        wait_until(lambda: words in self.said() or self.process.poll() is not None)
        assert words in self.said(), self.said()

    def workers(self) -> list[int]:
        """The worker's main process, by its parent."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(
            encoding="utf-8"
        )
        found = []
        for pid in children.split():
            with suppress(FileNotFoundError, ProcessLookupError):  # it ended since the list was read
                if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    found.append(int(pid))
        return found


@pytest.fixture
def start_p2(tmp_path: Path) -> Iterator[Callable[..., Started]]:
    every: list[Started] = []

    def started(**chosen: int) -> Started:
        every.append(Started(tmp_path / "var", **chosen))
        return every[-1]

    yield started
    for one in every:
        one.process.terminate()
        one.process.wait()


def test_p2_survives_kill_9_and_stops_without_leaving_a_process(
    start_p2: Callable[..., Started], tmp_path: Path
) -> None:
    first = start_p2()
    first.wait_for("Ctrl-C stops it.")
    first_key = (tmp_path / "var" / "secret_key").read_text(encoding="ascii")
    open_to_all(tmp_path / "var" / "log")
    wait_until(lambda: len(first.workers()) == 1)  # it starts after the site answers
    [worker] = first.workers()
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(first.workers()) == 1 and first.workers() != [worker])
    with psycopg2.connect(Postgres(tmp_path / "var" / "postgres").url()) as connection:
        connection.cursor().execute("CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')")
    connection.close()
    first.process.kill()
    first.process.wait()

    second = start_p2()
    second.wait_for("Ctrl-C stops it.")
    kept = asked(tmp_path / "var", "SELECT word FROM kept")
    third = start_p2()
    third.process.wait()
    second.process.send_signal(signal.SIGINT)

    assert kept == [("here",)]
    assert (tmp_path / "var" / "secret_key").read_text(encoding="ascii") == first_key
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert third.said() == (
        f"P2 already runs from this folder: http://localhost:{second.port} (process {second.process.pid})\n"
    )
    assert rights(tmp_path / "var" / "log") == {"log": 0o700, "postgres.log": 0o600, "valkey.log": 0o600}
    assert third.process.returncode == 1
    assert second.process.wait() == 0
    assert marked(tmp_path / "var") == []


def test_a_taken_port_is_a_sentence(start_p2: Callable[..., Started]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = start_p2(port=port)
        refused.process.wait()

    assert refused.process.returncode == 1
    assert refused.said() == (
        f"Port {port} cannot be used (Address already in use). Choose another: PORT={port + 1} make run\n"
    )


def test_a_program_dies_with_the_one_that_started_it(tmp_path: Path) -> None:
    script = (
        "import pathlib, subprocess, time\n"
        "from p2.run.process import Program, start\n"
        f"start(Program('sleep', ('sleep', '600')), mark=pathlib.Path({str(tmp_path)!r}), output=subprocess.DEVNULL)\n"
        "time.sleep(600)\n"
    )
    parent = subprocess.Popen((sys.executable, "-c", script), cwd=ROOT)
    wait_until(lambda: marked(tmp_path) == ["sleep"])

    parent.kill()
    parent.wait()

    wait_until(lambda: marked(tmp_path) == [])


def test_a_program_that_will_not_stop_is_ended_with_its_children(tmp_path: Path) -> None:
    stubborn = Program("stubborn", ("sh", "-c", "trap '' TERM; sleep 600 & while :; do sleep 600; done"))
    process = start(stubborn, mark=tmp_path, output=subprocess.DEVNULL)
    wait_until(lambda: sorted(marked(tmp_path)) == ["sh", "sleep", "sleep"])

    end([(stubborn, process)], patience=0.2)

    wait_until(lambda: marked(tmp_path) == [])
    assert process.returncode == -signal.SIGKILL


def test_a_database_half_made_is_made_again(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path / "postgres", durable=False)
    unfinished = tmp_path / "postgres.unfinished"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n", encoding="ascii")

    postgres.create()

    assert re.fullmatch(r"\d+\n", (postgres.home / "PG_VERSION").read_text(encoding="ascii"))
    assert not unfinished.exists()
    assert (postgres.home / "global" / "pg_control").exists()


def test_a_long_folder_name_moves_the_socket_not_the_data(tmp_path: Path) -> None:
    deep = Postgres(tmp_path / ("x" * 100))

    assert Postgres(tmp_path / "pg").socket_folder == tmp_path / "pg"
    assert deep.socket_folder != deep.home
    assert len(str(deep.socket_folder / ".s.PGSQL.5432.lock")) <= 107
