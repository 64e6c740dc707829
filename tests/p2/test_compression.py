"""What leaves the site compressed, and what must not (docs/why/008-compression.md)."""

import gzip

import pytest
from django.test import Client
from django.urls import reverse

from tests.actors import Cast
from tests.measures.series import log, make_measure

GZIP = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def reader(client: Client, cast: Cast) -> Client:
    client.force_login(cast.lead)
    return client


def addresses(cast: Cast) -> dict[str, str]:
    """A page, a figure, a table, the API's list and its description, by what they are."""
    measure = make_measure(cast.own)
    log(measure, [11.0 + step % 4 for step in range(24)])
    place = [cast.own.collaborative.slug, measure.ref]
    return {
        "text/html; charset=utf-8": reverse("measures:measure", args=place),
        "text/csv; charset=utf-8": reverse("measures:points", args=place),
        "application/json": reverse("measures:figure", args=place),
        "application/vnd.oai.openapi+json": reverse("api_schema"),
    }


def test_pages_tables_and_json_leave_compressed_and_read_the_same(reader: Client, cast: Cast) -> None:
    for kind, address in addresses(cast).items():
        plain, sent = reader.get(address), reader.get(address, headers=GZIP)

        assert (sent["Content-Type"], sent["Content-Encoding"]) == (kind, "gzip")
        assert sent["Content-Length"] == str(len(sent.content))
        assert "Accept-Encoding" in sent["Vary"]
        assert "Accept-Encoding" in plain["Vary"]
        if kind != "text/html; charset=utf-8":  # whose token is masked anew in each answer
            assert gzip.decompress(sent.content) == plain.content


def test_who_takes_no_gzip_gets_none(reader: Client, cast: Cast) -> None:
    answer = reader.get(addresses(cast)["text/html; charset=utf-8"], headers={"Accept-Encoding": "br"})

    assert not answer.has_header("Content-Encoding")
    assert answer.content.startswith(b"<!doctype html>")


def test_head_says_what_get_would_send(reader: Client, cast: Cast) -> None:
    answer = reader.head(addresses(cast)["text/html; charset=utf-8"], headers=GZIP)

    assert (answer["Content-Encoding"], answer.content) == ("gzip", b"")
    assert int(answer["Content-Length"]) > 0


def test_two_answers_of_one_length_differ_in_bytes_sent(reader: Client, cast: Cast) -> None:
    address = addresses(cast)["application/json"]

    lengths = {len(reader.get(address, headers=GZIP).content) for _ in range(12)}

    assert len(lengths) > 1


def test_search_mixes_the_address_with_private_names_and_is_not_compressed(reader: Client) -> None:
    answer = reader.get(reverse("search"), {"q": "hospital"}, headers=GZIP)

    assert not answer.has_header("Content-Encoding")
    assert answer["Cache-Control"] == "no-transform, no-store"


def test_what_is_small_is_left_as_it_is(reader: Client) -> None:
    assert not reader.get(reverse("healthz"), headers=GZIP).has_header("Content-Encoding")
