"""What whoever watches the site is told."""

import pytest
from django.db import connections
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


def test_without_the_broker_the_site_is_up(client: Client, db: None, settings: Settings) -> None:
    settings.REDIS_URL = NOBODY_LISTENS

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"database": "up", "broker": "away"})


@pytest.mark.django_db(transaction=True)
def test_without_the_database_the_site_is_down(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = NOBODY_LISTENS
    connection = connections["default"]
    connection.close()
    place = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        answer = client.get("/healthz")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = place

    assert (answer.status_code, answer.json()) == (503, {"database": "away", "broker": "away"})


def test_health_reads_no_session(
    client: Client, db: None, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.REDIS_URL = NOBODY_LISTENS
    client.cookies["sessionid"] = "made-up"

    with django_assert_num_queries(1):
        client.get("/healthz")
