"""Hints that name rows are gathered: a burst is one job, and nothing that was given is lost between two."""

import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from celery.signals import before_task_publish
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from p2 import jobs
from p2.celery import app
from p2.jobs import hints
from p2.jobs.broker import broker, client, patience
from p2.stamps import store

JOB = "measures.refresh_changed_charts"


@pytest.fixture(autouse=True)
def nothing_given(db: None) -> Iterator[None]:
    broker().delete(hints._given(JOB), hints._asked(JOB))
    yield
    broker().delete(hints._given(JOB), hints._asked(JOB))
    jobs._broker["rests_until"] = 0.0


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The jobs that were handed to the broker."""
    names: list[str] = []

    def note(sender: str, **given: object) -> None:
        names.append(sender)

    monkeypatch.setitem(app.conf, "task_always_eager", False)
    monkeypatch.setitem(app.conf, "task_default_queue", "nobody-works-here")
    before_task_publish.connect(note)
    yield names
    before_task_publish.disconnect(note)
    broker().delete("celery", "nobody-works-here")


def give(django_capture: DjangoCaptureOnCommitCallbacks, *rows: int) -> None:
    with django_capture(execute=True):
        hints.give(JOB, rows)


def test_five_hundred_changes_are_one_job(
    sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for row in range(500):
        give(django_capture_on_commit_callbacks, row % 50)
    assert sent == [JOB]
    assert list(hints.taken(JOB)) == [list(range(50))]


def test_what_comes_while_the_job_runs_is_taken_by_it(
    sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    give(django_capture_on_commit_callbacks, 1)
    lots = hints.taken(JOB)
    assert next(lots) == [1]
    give(django_capture_on_commit_callbacks, 2)
    assert list(lots) == [[2]]
    assert sent == [JOB]


def test_after_a_job_has_ended_a_change_asks_for_another(
    sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    give(django_capture_on_commit_callbacks, 1)
    assert list(hints.taken(JOB)) == [[1]]
    give(django_capture_on_commit_callbacks, 2)
    assert sent == [JOB, JOB]


def test_a_job_that_is_always_given_more_ends_and_another_one_follows_it(
    sent: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(hints, "LONGEST_SECONDS", 0.0)
    give(django_capture_on_commit_callbacks, 0)
    looked_at = []
    for row, lot in zip(range(1, 10), hints.taken(JOB), strict=False):
        looked_at += lot
        give(django_capture_on_commit_callbacks, row)
    assert (looked_at, sent) == ([0], [JOB, JOB])


def test_many_rows_come_in_lots(
    sent: list[str], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    give(django_capture_on_commit_callbacks, *range(2500))
    lots = list(hints.taken(JOB))
    assert [len(lot) for lot in lots] == [1000, 1000, 500]
    assert sorted(row for lot in lots for row in lot) == list(range(2500))


def test_a_broker_that_is_away_is_asked_once_and_stops_nobody(
    sent: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tries: list[str] = []

    class Away:
        def pipeline(self) -> object:
            tries.append("pipeline")
            raise ConnectionError

    monkeypatch.setattr(hints, "broker", Away)
    give(django_capture_on_commit_callbacks, 1)
    give(django_capture_on_commit_callbacks, 2)
    assert (tries, sent, jobs.are_delayed()) == (["pipeline"], [], True)


@pytest.fixture
def hung(settings: Settings) -> Iterator[socket.socket]:
    """A broker that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0"
        client.cache_clear()
        yield server
    client.cache_clear()


def connections_to(server: socket.socket) -> int:
    taken = []
    with suppress(BlockingIOError):
        while True:
            taken.append(server.accept()[0])
    for one in taken:
        one.close()
    return len(taken)


def test_a_broker_that_hangs_is_waited_for_once_and_then_rests(
    sent: list[str], hung: socket.socket, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for row in range(5):
        give(django_capture_on_commit_callbacks, row)
        with django_capture_on_commit_callbacks(execute=True):
            jobs.enqueue(JOB)
            store.renew(["a measure"])

    assert (connections_to(hung), sent, jobs.are_delayed()) == (1, [], True)


def test_a_page_waits_for_the_broker_a_fifth_of_a_second_and_a_job_longer() -> None:
    @app.task
    def asked_in_a_job() -> float:
        return patience()

    of_a_page = jobs._impatient().connections.connection.transport_options
    of_a_job = app.connection_for_read().transport_options

    assert (of_a_page["socket_timeout"], of_a_page["socket_connect_timeout"], patience()) == (0.2, 0.2, 0.2)
    assert (of_a_job["socket_timeout"], asked_in_a_job.apply().get()) == (5, 5)
