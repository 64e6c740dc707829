"""What whoever watches the site is told."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.db.models.functions import Now
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings
from redis import Redis

from p2 import pulse
from p2.models import Pulse
from p2.tasks import pulse as pulse_job
from p2.vitals.broker import BEAT

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture
def beat() -> Iterator[Redis]:
    """The broker, with beat's mark in it."""
    with Redis.from_url(settings.REDIS_URL) as broker:
        broker.set(BEAT, 1)
        yield broker
        broker.delete(BEAT)


@pytest.fixture
def database() -> Iterator[dict[str, Any]]:
    """The place of the database as the site reads it, to be changed."""
    connection = connections["default"]
    connection.close()
    place = dict(connection.settings_dict)
    yield connection.settings_dict
    connection.close()
    connection.settings_dict.update(place)


def test_without_the_broker_the_site_is_up(client: Client, db: None, settings: Settings) -> None:
    settings.REDIS_URL = NOBODY_LISTENS

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "up", "broker": "away"})


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_site_is_down(
    client: Client, settings: Settings, database: dict[str, Any]
) -> None:
    settings.REDIS_URL = NOBODY_LISTENS
    database["HOST"] = "/nowhere"

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (503, {"database": "away", "broker": "away"})


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_the_connection_and_says_nothing_is_away(
    client: Client, database: dict[str, Any]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        database.update(HOST="127.0.0.1", PORT=str(hung.getsockname()[1]))
        answers = [client.get(path) for path in ("/healthz", "/readyz")]

    assert [(answer.status_code, answer.json()["database"]) for answer in answers] == [(503, "away")] * 2


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_takes_the_connection_and_says_nothing_is_away(
    client: Client, settings: Settings
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        settings.REDIS_URL = f"redis://127.0.0.1:{hung.getsockname()[1]}/0"
        answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "up", "broker": "away"})


def test_health_reads_no_session_and_takes_no_connection_of_a_page(
    client: Client, db: None, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.REDIS_URL = NOBODY_LISTENS
    client.cookies["sessionid"] = "made-up"

    with django_assert_num_queries(0):
        client.get("/healthz")
        client.get("/readyz")


@pytest.mark.django_db(transaction=True)
def test_the_site_is_ready_while_the_worker_shows_that_it_works(client: Client, beat: Redis) -> None:
    before = client.get("/readyz")
    pulse_job()
    after = client.get("/readyz")

    assert (before.status_code, before.json()["worker"], before.json()["pulse"]) == (503, "away", None)
    assert (after.status_code, after.json()) == (
        200,
        {"database": "up", "broker": "up", "beat": "up", "worker": "up", "pulse": after.json()["pulse"]},
    )
    assert 0 <= after.json()["pulse"] < 30


@pytest.mark.django_db(transaction=True)
def test_a_worker_without_a_pulse_for_half_a_minute_is_away_and_beat_without_its_mark(
    client: Client, beat: Redis
) -> None:
    pulse.write()
    Pulse.objects.update(at=Now() - timedelta(seconds=31))
    stuck = client.get("/readyz")
    beat.delete(BEAT)
    pulse.write()
    unsent = client.get("/readyz")

    assert (stuck.status_code, stuck.json()["worker"], stuck.json()["beat"]) == (503, "away", "up")
    assert (unsent.status_code, unsent.json()["worker"], unsent.json()["beat"]) == (503, "up", "away")
