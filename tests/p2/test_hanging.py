"""A database that was stopped in its tracks: whoever waits for it is let go; a statement that is only slow goes on."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, RequestFactory
from psycopg2 import extensions
from pytest_django import Settings

from p2.run.embedded import Postgres
from p2.run.process import end, start
from p2.vitals import database, hanging
from p2.vitals.hanging import HangWatch
from p2.web import away

WORDS = "The database does not answer"
TOLD = "P2 cannot answer right now"
"""The same in a reader's words."""
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A PostgreSQL of its own: its URL and its main process."""
    home = tmp_path_factory.mktemp("hanging")
    postgres = Postgres(home / "postgres", durable=False)
    postgres.create()
    program = postgres.program()
    process = start(program, mark=home, output=subprocess.DEVNULL)
    wait_until(postgres.answers)
    yield postgres.url("postgres"), process.pid
    end([(program, process)], patience=8)


@pytest.fixture
def watch(server: tuple[str, int]) -> HangWatch:
    """One that looks when it is told to."""
    made = HangWatch()
    made._address = {"dsn": server[0]}
    return made


def wait_until(holds: Callable[[], bool]) -> None:
    until = monotonic() + 60
    while not holds():
        assert monotonic() < until
        sleep(0.02)


@contextmanager
def stopped(pid: int) -> Iterator[None]:
    """The server and each of its processes, held.

    The main process is held first and let go last: meanwhile it starts no other and takes leave of none that
    ended, so that each number read stays the number of one of its own.
    """
    held = [pid]
    os.kill(pid, signal.SIGSTOP)
    try:
        wait_until(lambda: state_of(pid) == "T")
        held += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split())
        for one in held[1:]:
            os.kill(one, signal.SIGSTOP)
        yield
    finally:
        for one in reversed(held):
            os.kill(one, signal.SIGCONT)


def state_of(pid: int) -> str:
    """What the kernel says that a process does, as one letter: after its name in brackets."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2][0]


class Waiting:
    """A thread that waits for one statement, and what came of it."""

    def __init__(self, asked: extensions.connection, sql: str) -> None:
        self.failure: Exception | None = None
        self.asked, self.sql = asked, sql
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        wait_until(lambda: hanging._is_busy(asked) or not self.thread.is_alive())

    def _run(self) -> None:
        try:
            with self.asked.cursor() as cursor:
                cursor.execute(self.sql)
        except psycopg2.Error as failure:
            self.failure = failure

    def ends(self) -> bool:
        return not self.thread.is_alive()


def test_whoever_waits_for_a_database_that_hangs_is_let_go(server: tuple[str, int], watch: HangWatch) -> None:
    with closing(psycopg2.connect(server[0])) as asked:
        watch.add(asked)
        with stopped(server[1]):
            waiting = Waiting(asked, "SELECT 1")
            wait_until(lambda: watch.look() is None and waiting.ends())
            assert watch.hangs
        assert isinstance(waiting.failure, psycopg2.OperationalError)
    wait_until(lambda: watch.look() is None and not watch.hangs)


def test_a_statement_that_is_only_slow_is_left_alone(
    server: tuple[str, int], watch: HangWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "BUSY", 0.0)
    monkeypatch.setattr(hanging, "SLOW", 0.0)
    with closing(psycopg2.connect(server[0])) as asked:
        watch.add(asked)
        waiting = Waiting(asked, "SELECT pg_sleep(0.5)")
        looks = 0
        while not waiting.ends():
            watch.look()
            looks += 1
    assert (waiting.failure, watch.hangs, looks > 1) == (None, False, True)


def test_a_database_that_only_the_question_does_not_reach_in_time_does_not_hang(
    server: tuple[str, int], watch: HangWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "BUSY", 0.0)
    monkeypatch.setattr(hanging, "LOOKS", 1000)
    monkeypatch.setattr(hanging, "answers", lambda place, within: False)
    with closing(psycopg2.connect(server[0])) as asked:
        watch.add(asked)
        waiting = Waiting(asked, "SELECT pg_sleep(0.05)")
        watch.look()
        wait_until(waiting.ends)
    assert (waiting.failure, watch.hangs) == (None, False)


def test_the_database_is_not_asked_while_nobody_waits_long(
    server: tuple[str, int], watch: HangWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(hanging, "answers", lambda address, within: asked.append(address))
    with closing(psycopg2.connect(server[0])) as quick:
        watch.add(quick)
        for _ in range(10):
            quick.cursor().execute("SELECT 1")
            watch.look()
    assert asked == []


def test_no_connection_is_made_to_a_database_that_hangs(
    server: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging.watch, "hangs", True)
    with pytest.raises(psycopg2.OperationalError, match=WORDS):
        psycopg2.connect(server[0], connection_factory=hanging.WatchedConnection)


def test_asking_takes_no_longer_than_one_is_patient(server: tuple[str, int]) -> None:
    with stopped(server[1]), pytest.raises(database.NoAnswerError):
        database.ask({"dsn": server[0]}, "SELECT 1", within=0.1)
    assert database.ask({"dsn": server[0]}, "SELECT 2", within=30) == [(2,)]


def test_asking_is_no_matter_of_how_many_files_are_open(server: tuple[str, int]) -> None:
    with closing(socket.socketpair()[0]) as one:
        many = [os.dup(one.fileno()) for _ in range(1100)]
        try:
            assert database.answers({"dsn": server[0]}, within=30)
        finally:
            for each in many:
                os.close(each)


def test_while_the_database_hangs_every_page_says_so_at_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test has no database, so a page that asked for it would fail."""
    monkeypatch.setattr(hanging.watch, "hangs", True)

    page = client.get("/", headers={"Accept-Language": "sv"})
    script = client.post("/", headers={"X-Requested-With": "fetch"})
    program = client.get("/api/v1/measures/")
    health = client.get("/healthz")

    assert [answer.status_code for answer in (page, script, program)] == [503] * 3
    assert {answer["Retry-After"] for answer in (page, script, program)} == {"5"}
    assert "<h1>P2 kan inte svara just nu</h1>" in page.text
    assert script.text == f"{TOLD}. Look whether the last step was taken before you repeat it."
    assert program.json() == {"detail": f"{TOLD}. Try again in a minute."}
    assert (health.status_code, health.json()) == (503, {"database": "away", "broker": "up"})
    assert "default-src" in page["Content-Security-Policy"]


@pytest.mark.parametrize(("method", "is_step"), [("get", False), ("post", True)])
def test_whoever_only_looked_is_not_told_of_a_step(
    client: Client, monkeypatch: pytest.MonkeyPatch, method: str, is_step: bool
) -> None:
    monkeypatch.setattr(hanging.watch, "hangs", True)
    page = getattr(client, method)("/me/").text
    found = [
        words in page for words in ("Your last step", "sends once more what you typed", "Reload this page")
    ]
    assert found == [is_step, is_step, not is_step]


@pytest.mark.django_db
def test_a_page_whose_database_goes_away_under_it_says_so(client: Client) -> None:
    client.raise_request_exception = False
    client.cookies["sessionid"] = "a" * 32

    def gone(*_given: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(gone):
        answer = client.get("/accounts/login/")

    assert (answer.status_code, f"<h1>{TOLD}</h1>" in answer.text) == (503, True)


def test_any_other_failure_is_ours() -> None:
    try:
        int("a fault of ours")
    except ValueError:
        answer = away.failed(RequestFactory().get("/"))

    assert (answer.status_code, "Something broke on our side" in answer.text) == (500, True)


@pytest.mark.django_db
def test_a_database_that_refuses_one_statement_is_not_said_to_be_away() -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 1; SELECT pg_sleep(10)")
    except OperationalError:
        answer = away.failed(RequestFactory().get("/"))

    assert (answer.status_code, "Something broke on our side" in answer.text) == (500, True)


def test_the_site_s_connections_are_known_to_the_watch(settings: Settings) -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["connection_factory"] is hanging.WatchedConnection


def test_whoever_imports_the_site_starts_no_watch() -> None:
    look = "import threading, p2.front.rsgi; print([one.name for one in threading.enumerate()])"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "p2.settings"}
    said = subprocess.run(
        (sys.executable, "-c", look), cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True
    )
    assert said.stdout == "['MainThread']\n"
