"""What happens to numbers, charts and letters when a part of the machinery stops: real processes, really killed."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from p2 import letters
from p2.models import Letter
from p2.run import programs
from p2.run.embedded import Postgres, Valkey
from p2.run.process import Program, Running, end, start
from tests import live
from tests.journeys import backstage
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.xdist_group("faults")

SEVERAL = 12
KILLED_WHILE_SENDING = "from p2 import letters; letters.send_due()"
SWEPT = 30.0  # seconds within which a chart follows its numbers, whatever stopped
STALE = """SELECT count(*) FROM measures_measure m LEFT JOIN measures_chartsnapshot s ON s.measure_id = m.id
           WHERE s.version IS NULL OR s.version < m.series_version"""
HELD_UP = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'measures_chartsnapshot'::regclass"
NUMBER = """SELECT o.value FROM measures_observation o JOIN measures_measure m ON m.id = o.measure_id
            WHERE m.ref = %s AND o.period = %s"""


@dataclass
class Engine:
    """PostgreSQL or Valkey as a process that a test stops and starts."""

    program: Callable[[], Program]
    answers: Callable[[], bool]
    home: Path
    running: Running | None = None

    def start(self) -> None:
        with (self.home / "engines.log").open("ab") as log:
            self.running = (self.program(), start(self.program(), mark=self.home, output=log))
        wait_until(self.answers)

    def stop(self, which: signal.Signals) -> None:
        if self.running:
            self.running[1].send_signal(which)
            self.running[1].wait()
        self.running = None

    def end(self) -> None:
        if self.running:
            end([self.running], patience=8)


@dataclass
class Scene:
    """A site of its own, on engines of its own."""

    site: live.LiveSite
    broker: Engine
    database: Engine
    known: dict[str, str]

    @property
    def sheet(self) -> str:
        return f"/c/{self.known['slug']}/o/{self.known['organization']}/sheet/"

    @property
    def page(self) -> str:
        return f"/c/{self.known['slug']}/m/{self.known['measure']}/"

    def visitor(self, role: str) -> Visitor:
        return Visitor(self.site.address).sign_in(self.known[role], backstage.PASSWORD)

    def row(self, period: str, value: str, *, have: int = 0) -> dict[str, str]:
        """The measure's row of the sheet as its form sends it."""
        ref = self.known["measure"]
        return {
            "row": ref,
            "period": period,
            "frequency": "month",
            f"{ref}-value": value,
            f"{ref}-have": f"{have}",
        }

    def one(self, sql: str, *given: object) -> Any:
        """The first value of a query, None without rows; seen by a connection that was not there before."""
        asked = psycopg2.connect(self.site.environment["DATABASE_URL"])
        try:
            with asked.cursor() as cursor:
                cursor.execute(sql, given)
                row = cursor.fetchone()
            return row and row[0]
        finally:
            asked.close()

    def change(self, sql: str) -> None:
        asked = psycopg2.connect(self.site.environment["DATABASE_URL"])
        with asked, asked.cursor() as cursor:
            cursor.execute(sql)
        asked.close()

    @contextmanager
    def writing_held_up(self) -> Iterator[None]:
        """Whoever wants to write a chart waits until this is over."""
        holding = psycopg2.connect(self.site.environment["DATABASE_URL"])
        with holding, holding.cursor() as cursor:
            cursor.execute("LOCK TABLE measures_chartsnapshot IN SHARE MODE")
            yield
        holding.close()

    def number(self, period: str) -> float | None:
        found = self.one(NUMBER, self.known["measure"], period)
        return None if found is None else float(found)

    def wait_for_charts(self, what: str) -> None:
        """Until no chart is behind its numbers; says how long it took."""
        began = monotonic()
        wait_until(lambda: self.one(STALE) == 0, SWEPT)
        sys.stdout.write(f"{what}: every chart was there after {monotonic() - began:.1f} s\n")


def wait_until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    until = monotonic() + seconds
    while not holds():
        if monotonic() > until:
            pytest.fail(f"it did not come within {seconds:g} seconds")
        sleep(0.1)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    home = tmp_path_factory.mktemp("faults")
    postgres, valkey = Postgres(home / "postgres"), Valkey()
    postgres.create()
    database = Engine(postgres.program, postgres.answers, home)
    broker = Engine(valkey.program, valkey.answers, home)
    with ExitStack() as stack:
        for engine in (database, broker):
            stack.callback(engine.end)
            engine.start()
        postgres.ensure_database()
        servers = {"DATABASE_URL": postgres.url(), "REDIS_URL": valkey.url}
        site = stack.enter_context(
            live.site(home, name="p2_faults", load=(), servers=servers, plain_static=True)
        )
        known = site.ask(f"{backstage.__name__}.set_stage")
        yield Scene(site, broker, database, known)


def test_the_charts_of_a_killed_worker_come_from_the_next_one(scene: Scene) -> None:
    person = scene.visitor("data_entry")
    scene.wait_for_charts("before the kill")

    with scene.writing_held_up():
        scene.change("UPDATE measures_measure SET series_version = series_version + 1")
        person.post(scene.sheet, scene.row("2026-03-01", "6"))
        wait_until(lambda: scene.one(HELD_UP) > 0)  # the job has computed and wants to write
        scene.site.kill("worker")

    assert scene.one(STALE) == scene.one("SELECT count(*) FROM measures_measure")
    scene.site.begin(programs.worker())
    scene.wait_for_charts("worker killed in its job")
    assert scene.number("2026-03-01") == 6.0


def test_a_number_is_saved_while_the_broker_is_away_and_its_chart_follows(scene: Scene) -> None:
    person = scene.visitor("data_entry")
    stamp = follows(person.get(scene.page))
    assert person.get(stamp)
    scene.broker.stop(signal.SIGKILL)

    for period, value in (("2026-01-01", "6"), ("2026-02-01", "13")):
        began = monotonic()
        answer = person.post(scene.sheet, scene.row(period, value))
        sys.stdout.write(f"broker away: the number was saved in {monotonic() - began:.2f} s\n")
        assert "the chart will follow" in answer

    assert (scene.number("2026-01-01"), scene.number("2026-02-01")) == (6.0, 13.0)
    assert "being recomputed" in person.get(scene.page)
    wait_until(lambda: person.get(stamp) == "")  # an open page asks for its news itself
    scene.broker.start()
    scene.wait_for_charts("broker back")
    assert "being recomputed" not in person.get(scene.page)
    wait_until(lambda: person.get(stamp) != "")


def follows(page: str) -> str:
    """Where an open page asks whether it has news."""
    found = re.search(r'stamp-src="([^"]+)"', page)
    assert found
    return found[1]


def test_the_site_goes_on_after_the_database_was_killed(scene: Scene) -> None:
    person = scene.visitor("data_entry")
    for _ in range(SEVERAL):  # so that more than one connection is open
        person.get(scene.page)
    person.post(scene.sheet, scene.row("2026-04-01", "11"))

    scene.database.stop(signal.SIGQUIT)  # at once, as a power cut would
    scene.database.start()

    for _ in range(SEVERAL):
        assert "Wait" in person.get(scene.page)
    assert scene.number("2026-04-01") == 11.0
    person.post(scene.sheet, scene.row("2026-05-01", "12"))
    assert scene.number("2026-05-01") == 12.0
    scene.wait_for_charts("database killed")


def test_the_second_of_two_editors_sees_the_first_ones_number_and_chooses(scene: Scene) -> None:
    first, second = scene.visitor("data_entry"), scene.visitor("lead")
    ref = scene.known["measure"]
    assert 'data-state="saved"' in first.post(scene.sheet, scene.row("2026-06-01", "11"))

    answer = second.post(scene.sheet, scene.row("2026-06-01", "12"))

    assert "Keep 11" in answer
    assert "Save 12" in answer
    assert scene.number("2026-06-01") == 11.0
    theirs = re.search(rf'name="{ref}-have" value="(\d+)" data-over', answer)
    assert theirs
    second.post(scene.sheet, scene.row("2026-06-01", "12", have=int(theirs[1])))
    assert scene.number("2026-06-01") == 12.0


def is_set_aside(letter: Letter) -> bool:
    assert letters.send_due() == 0
    letter.refresh_from_db()
    return letter.state != Letter.State.SENDING


@pytest.mark.django_db(transaction=True)
def test_a_letter_found_in_sending_after_a_kill_is_unsure_and_not_sent_twice(
    mailoutbox: list[mail.EmailMessage],
) -> None:
    letter = Letter.objects.create(
        key="welcome", address="dan@example.org", subject="Welcome", text="Come in.", queued_at=timezone.now()
    )

    died = subprocess.run(
        (sys.executable, "manage.py", "shell", "--no-imports", "-c", KILLED_WHILE_SENDING),
        cwd=live.ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "p2.settings",
            "DATABASE_URL": this_database(),
            "EMAIL_BACKEND": f"{backstage.__name__}.LastBreath",
        },
        capture_output=True,
        check=False,
    )

    assert died.returncode == -signal.SIGKILL
    letter.refresh_from_db()
    assert letter.state == Letter.State.SENDING
    wait_until(lambda: is_set_aside(letter))  # once the database has seen that its sender is gone
    letter.refresh_from_db()
    assert letter.state == Letter.State.UNSURE
    assert mailoutbox == []


def this_database() -> str:
    """The URL of the database that this test's rows are in."""
    name = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
