"""What stands before the site, on a real server with a single thread: who sends slowly keeps nobody else waiting."""

import json
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest

from p2.front import bodies
from p2.front.heads import MOST_PARTS
from p2.run.embedded import free_port
from p2.run.process import Program, Running, end, start

HALF = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nlogin="
PATIENCE = 30.0
"""Seconds; far longer than an answer takes on a busy machine, for it only ends a test that hangs."""


@contextmanager
def mirror(home: Path) -> Iterator[tuple[int, Running]]:
    """Where the mirror answers, with one thread in one process."""
    found = free_port()
    options = ("--interface", "rsgi", "--http", "1", "--port", str(found), "--log-level", "warning")
    options += ("--workers-kill-timeout", "10", "tests.p2.mirror:application")
    server = Program("mirror", (sys.executable, "-m", "granian", *options))
    with (home / "log").open("wb") as log:
        running = server, start(server, mark=home, output=log)
    try:
        _wait_for(found, home / "log")
        yield found, running
    finally:
        end([running], patience=3)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with mirror(tmp_path_factory.mktemp("front")) as (found, _):
        yield found


def _wait_for(port: int, log: Path) -> None:
    until = monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert monotonic() < until, log.read_text(encoding="utf-8")
            sleep(0.05)
        else:
            return


def ask(port: int, *given: Any, **named: Any) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request(*given, **named)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def told(port: int, *given: Any, **named: Any) -> dict[str, Any]:
    status, answer = ask(port, *given, **named)
    assert status == 200
    found: dict[str, Any] = json.loads(answer)
    return found


def test_half_sent_bodies_hold_no_thread(port: int) -> None:
    senders = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(3)]
    try:
        for sender in senders:
            sender.sendall(HALF)

        assert told(port, "GET", "/healthz")["PATH_INFO"] == "/healthz"
        assert told(port, "POST", "/", body=b"x" * 10)["read"] == 10
        senders[0].sendall(b"x" * 994)
        assert senders[0].recv(15) == b"HTTP/1.1 200 OK"
    finally:
        for sender in senders:
            sender.close()


def test_a_body_arrives_whole_small_or_large(port: int) -> None:
    sizes = [0, 1, bodies.SMALL, bodies.SMALL + 1, 3_000_000]

    assert [told(port, "POST", "/", body=b"x" * size)["read"] for size in sizes] == sizes


def test_a_body_that_breaks_off_never_reaches_the_site(port: int) -> None:
    for size in (1000, 100_000):
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
            sender.sendall(
                f"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\n".encode()
                + b"x" * (size - 1)
            )
            sender.shutdown(socket.SHUT_WR)
            assert not sender.recv(100).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("size", [1000, bodies.SMALL + 1])
def test_a_body_that_comes_too_slowly_is_told_so_and_let_go(port: int, size: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        sender.sendall(f"POST /hurry HTTP/1.1\r\nHost: localhost\r\nContent-Length: {size}\r\n\r\nx".encode())
        answer = b"".join(iter(lambda: sender.recv(1000), b""))

    assert answer.startswith(b"HTTP/1.1 408 ")
    assert answer.endswith(b"This came too slowly. Try again.")


def test_a_body_that_is_too_large_is_refused_before_it_is_taken(port: int) -> None:
    assert ask(port, "POST", "/", headers={"Content-Length": str(bodies.LARGEST + 1)}) == (
        413,
        "This is too large: a file may have 25 MB.",
    )


def test_a_program_that_sends_too_much_at_once_reads_why(port: int) -> None:
    assert ask(port, "POST", "/", body=b"x" * (bodies.LARGEST + 1), headers={"Accept-Language": "sv"}) == (
        413,
        "Det här är för stort: en fil får vara högst 25 MB.",
    )


def test_a_body_without_a_length_is_refused(port: int) -> None:
    assert ask(
        port,
        "POST",
        "/",
        body=iter([b"a", b"b"]),
        encode_chunked=True,
        headers={"Transfer-Encoding": "chunked"},
    ) == (
        411,
        "Say how long it is: send a Content-Length.",
    )


def test_the_site_is_told_what_was_asked(port: int) -> None:
    heads = {
        "X-A": "1",
        "x-forwarded-proto": "http",
        "X_Forwarded_Proto": "https",
        "Cookie": "a=1",
        "Content-Type": "text/x",
    }

    found = told(port, "PUT", "/a%20b/%C3%A9?q=%20a", body=b"12", headers=heads)

    assert {
        name: value for name, value in found.items() if name not in {"HTTP_HOST", "HTTP_ACCEPT_ENCODING"}
    } == {
        "REQUEST_METHOD": "PUT",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/a b/Ã©",
        "QUERY_STRING": "q=%20a",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "text/x",
        "CONTENT_LENGTH": "2",
        "HTTP_X_A": "1",
        "HTTP_X_FORWARDED_PROTO": "http",
        "HTTP_COOKIE": "a=1",
        "wsgi.url_scheme": "http",
        "read": 2,
    }


def test_a_head_has_the_length_and_no_body(port: int) -> None:
    assert ask(port, "HEAD", "/") == (200, "")


def said(port: int, head: bytes, body: bytes = b"") -> tuple[bytes, str]:
    """Status and body of the answer to these very bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender:
        length = b"Content-Length: %d\r\n" % len(body) if body else b""
        sender.sendall(head + b"\r\nHost: localhost\r\nConnection: close\r\n" + length + b"\r\n" + body)
        answer = b"".join(iter(lambda: sender.recv(100_000), b""))
    return answer[9:12], answer.partition(b"\r\n\r\n")[2].decode()


@pytest.mark.parametrize(
    ("head", "status", "sentence"),
    [
        (b"GET / HTTP/1.1\r\nX-A: " + b"a" * 16_400, b"431", "The address and the headers are too long."),
        (
            b"GET /held HTTP/1.1\r\nX-A: " + b"a" * 16_400,
            b"431",
            "The address and the headers are too long.",
        ),
        (b"GET /?" + b"a" * 16_400 + b" HTTP/1.1", b"431", "The address and the headers are too long."),
        (
            b'GET / HTTP/1.1\r\nContent-Type: x; a="' + b";" * 1_000,
            b"400",
            "This kind of content cannot be read.",
        ),
        (b"GET / HTTP/1.1\r\nContent-Type: x; a*=nope''b", b"400", "This kind of content cannot be read."),
        (b"GET / HTTP/1.1\r\nAccept: x/y; a*0=x; a*=y", b"400", "This kind of content cannot be read."),
        (
            b"GET / HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Type: text/html",
            b"400",
            "This kind of content cannot be read.",
        ),
        (
            b"GET / HTTP/1.1\r\nCookie: a=\xc5\x82; b=1",
            b"400",
            "A header has letters that no header may have: cookie.",
        ),
        (
            b"GET / HTTP/1.1\r\nX-Forwarded-For: \xff, 1.1.1.1",
            b"400",
            "A header has letters that no header may have: x-forwarded-for.",
        ),
    ],
)
def test_a_head_that_takes_long_to_read_or_cannot_be_read_whole_is_refused(
    port: int, head: bytes, status: bytes, sentence: str
) -> None:
    assert said(port, head) == (status, sentence)


def test_a_browser_s_usual_head_is_taken(port: int) -> None:
    accept = b"Accept: text/html,application/xhtml+xml;q=0.9,image/webp,*/*;q=0.8"
    status, answer = said(port, b"GET /\xc5\x82?q=\xc5\x82 HTTP/1.1\r\nUser-Agent: \xe9\r\n" + accept)

    assert status == b"200"
    assert {json.loads(answer)[name] for name in ("PATH_INFO", "QUERY_STRING")} == {"/Å\x82", "q=Å\x82"}


@pytest.mark.parametrize("size", [10, bodies.SMALL])
def test_a_form_s_parts_are_taken_where_their_heads_are_plain(port: int, size: int) -> None:
    head = b"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary="
    part = b'--x-1\r\nContent-Disposition: form-data; name="file"; filename="a;b.csv"\r\n\r\n' + b";" * size
    slow = b'\r\n--x-1\r\nContent-Disposition: form-data; name="a' + b";" * 900 + b'"\r\n\r\n'
    end = b"\r\n--x-1--\r\n"
    refused = b"400", "This kind of content cannot be read."

    assert said(port, head + b"x-1", part + end)[0] == b"200"
    assert said(port, head + b'"x-1"', part + slow + end) == refused
    assert said(port, head + b"x 1", part + end) == refused


def test_a_form_of_more_parts_than_any_page_sends_is_refused(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x"

    assert said(port, head, b"--x" * MOST_PARTS)[0] == b"400"
    assert said(port, head, b"--x" * (MOST_PARTS - 1))[0] == b"200"


def test_a_fault_before_the_site_s_own_net_is_answered_too(port: int) -> None:
    assert said(port, b"GET /fault HTTP/1.1") == (b"500", "This went wrong. It is in the site's log.")


def test_what_is_held_is_answered_when_the_server_ends(tmp_path: Path) -> None:
    with (
        mirror(tmp_path) as (port, (_, process)),
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as sender,
    ):
        sender.sendall(b"GET /held?have=1 HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert told(port, "GET", "/")["read"] == 0  # it is held, and its thread serves others
        process.terminate()
        answer = b"".join(iter(lambda: sender.recv(1000), b""))
        process.wait(PATIENCE)

    assert b"x-query: have=1" in answer
    assert answer.endswith(b"It ends.")
    assert (tmp_path / "log").read_text(encoding="utf-8") == ""  # nobody had to be killed
