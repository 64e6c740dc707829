"""What is refused leaves one line in the log, and what no parser can read is refused in words."""

import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from p2.web.log_lines import RefusedInALine
from tests.actors import Cast, make_cast

DEEP = 2000
NESTED = {
    "arrays": "[" * DEEP + "]" * DEEP,
    "objects": '{"a":' * DEEP + "1" + "}" * DEEP,
    "unended": "[" * 200_000,
}
LISTS = ("collaboratives", "organizations", "measures", "projects")


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the site's own log gets."""
    (console,) = (
        handler
        for handler in logging.getLogger().handlers
        if any(isinstance(one, RefusedInALine) for one in handler.filters)
    )
    assert isinstance(console, logging.StreamHandler)
    before = console.setStream(StringIO())
    yield console.stream
    console.setStream(before or sys.stderr)


def test_each_refusal_is_one_line_in_the_log(cast: Cast, log: StringIO) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.stranger)
    asked = [
        client.get(reverse("organizations:collaboratives")),
        client.get("/nowhere"),
        client.get("/c/perfection/o/nobody/"),
        client.post(reverse("account_logout")),
        client.get("/", headers={"Host": "evil.example"}),
        client.post("/", {"a": "b"}),
        client.put("/search"),
        client.get("/api/v1/measures/nothing/"),
        client.post("/api/v1/measures/", "{", content_type="application/json"),
        client.get("/api/v1/measures/", {"area": "weather"}),
        Client().get("/api/v1/measures/"),
        client.get("/a%0ab%0dc"),
    ]

    lines = log.getvalue().splitlines()
    assert all(400 <= answer.status_code < 500 for answer in asked)
    assert len(lines) == len(asked), "\n".join(lines)
    assert {line.split()[2] for line in lines} == {"WARNING", "ERROR"}


def test_an_error_of_the_server_keeps_its_traceback(log: StringIO) -> None:
    failure = ZeroDivisionError()
    logging.getLogger("django.request").error("Failed", exc_info=failure, extra={"status_code": 500})
    assert "ZeroDivisionError" in log.getvalue()


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("deep", NESTED.values(), ids=NESTED)
def test_json_that_is_nested_without_end_is_refused_in_words(
    cast: Cast, log: StringIO, name: str, deep: str
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.faculty)
    client.cookies["csrftoken"] = "a" * 32
    for address in (f"/api/v1/{name}/", f"/api/v1/{name}/{cast.own.ref}/"):
        answer = client.post(address, deep, content_type="application/json")

        assert (answer.status_code, answer.json()) == (400, {"detail": "This JSON is nested too deeply."})
    assert len(log.getvalue().splitlines()) == 2


@pytest.mark.parametrize("version", ["\n", "1\r\nSet-Cookie: a=b", "2", "“"], ids=ascii)
def test_a_description_of_another_version_is_refused_in_words(cast: Cast, version: str) -> None:
    client = Client()
    client.force_login(cast.faculty)
    address = reverse("api_schema")

    answer = client.get(address, {"version": version})

    assert (answer.status_code, answer.json()) == (400, {"detail": "The API has one version: 1."})
    assert client.get(address, {"version": "1"}).status_code == 200


@pytest.mark.parametrize("language", ["\n", "tlh", "x" * 1000])
def test_an_address_asks_for_no_language_of_its_own(cast: Cast, language: str) -> None:
    client = Client()
    client.force_login(cast.faculty)
    address = reverse("api_schema")

    assert client.get(address, {"lang": language}).content == client.get(address).content
