"""Everything that a page refers to is named by its content, kept for ever, and sent compressed."""

import re
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urljoin, urlsplit

import pytest

from tests.live import LiveSite

REFERRED = re.compile(r'(?:src|href|data-plotly|data-plotly-css)="(/static/[^"]+)"')
NAMED_BY_CONTENT = re.compile(r"/static/.+\.[0-9a-f]{12}\.\w+")
COMPRESSED_ALREADY = (".woff2",)


@pytest.fixture(scope="module")
def connection(live_p2: LiveSite) -> Iterator[HTTPConnection]:
    opened = HTTPConnection(urlsplit(live_p2.address).netloc, timeout=15)
    yield opened
    opened.close()


def ask(
    connection: HTTPConnection, address: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    """The answer with its bytes as they came over the wire."""
    connection.request(method, address, headers={"Accept-Encoding": "gzip", **headers})
    answer = connection.getresponse()
    return answer, answer.read()


def referred_files(connection: HTTPConnection) -> set[str]:
    """What the sign-in page names, and what its style sheets name in turn."""
    connection.request("GET", "/accounts/login/")
    named = set(REFERRED.findall(connection.getresponse().read().decode()))
    for sheet in [address for address in named if address.endswith(".css")]:
        connection.request("GET", sheet)
        inside = re.findall(r'url\("?([^")]+)"?\)', connection.getresponse().read().decode())
        named |= {at for at in (urljoin(sheet, one) for one in inside) if at.startswith("/static/")}
    return named


def test_what_a_page_refers_to_is_named_by_its_content_kept_and_compressed(
    connection: HTTPConnection,
) -> None:
    named = referred_files(connection)

    assert {"css", "js", "svg", "woff2"} == {address.rsplit(".", 1)[1] for address in named}
    assert len([address for address in named if "/plotly" in address]) == 2
    for address in sorted(named):
        answer, _ = ask(connection, address)
        kept = set((answer.getheader("Cache-Control") or "").split(", "))
        assert NAMED_BY_CONTENT.fullmatch(address)
        assert (answer.status, "immutable" in kept, "public" in kept) == (200, True, True), address
        assert max(int(word[8:]) for word in kept if word.startswith("max-age=")) >= 31_536_000
        expected = None if address.endswith(COMPRESSED_ALREADY) else "gzip"
        assert answer.getheader("Content-Encoding") == expected, address


def test_a_file_without_its_digest_is_not_there(connection: HTTPConnection) -> None:
    assert ask(connection, "/static/vendor/plotly/plotly-basic.min.js")[0].status == 404
    assert ask(connection, "/static/js/p2.js")[0].status == 404


def test_head_and_conditions_on_a_file_are_answered_without_its_bytes(connection: HTTPConnection) -> None:
    address = next(one for one in sorted(referred_files(connection)) if "plotly-basic" in one)
    whole, body = ask(connection, address)

    head, nothing = ask(connection, address, "HEAD")
    same, none = ask(connection, address, **{"If-None-Match": whole.getheader("ETag") or ""})

    assert (head.status, head.getheader("Content-Length"), nothing) == (200, str(len(body)), b"")
    assert (same.status, none) == (304, b"")


def test_a_part_of_a_file_is_a_part_of_what_is_sent(connection: HTTPConnection) -> None:
    font = next(one for one in sorted(referred_files(connection)) if one.endswith(".woff2"))
    _, body = ask(connection, font)

    part, bytes_of_it = ask(connection, font, Range="bytes=100-199")

    assert (part.status, part.getheader("Content-Encoding")) == (206, None)
    assert part.getheader("Content-Range") == f"bytes 100-199/{len(body)}"
    assert bytes_of_it == body[100:200]


def test_a_page_is_compressed_by_the_server_itself(connection: HTTPConnection) -> None:
    page, body = ask(connection, "/method/run-charts")
    head, nothing = ask(connection, "/method/run-charts", "HEAD")

    assert (page.getheader("Content-Encoding"), page.getheader("Content-Length")) == ("gzip", str(len(body)))
    assert (head.getheader("Content-Encoding"), nothing) == ("gzip", b"")
