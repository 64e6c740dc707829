"""A stranger sends hundreds of requests by half, and then a byte at a time."""

import socket
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from time import monotonic, sleep
from urllib.parse import urlsplit

from faults.site import MissedError, Site

BODIES, HEADS = 500, 200
TITLE = f"{BODIES} bodies and {HEADS} heads sent by half"
HELD = 20.0
"""Seconds that they are kept so."""

ANSWERED = 10.0
"""Seconds within which the health check has to be answered, beside people who save, on a busy machine."""

HALF_A_HEAD = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\n"
HALF_A_BODY = HALF_A_HEAD + b"Content-Length: 60000\r\n\r\nlogin="


def happen(site: Site) -> str:
    with ExitStack() as kept:
        senders = [kept.enter_context(_sending(site, HALF_A_BODY)) for _ in range(BODIES)]
        for _ in range(HEADS):
            kept.enter_context(_sending(site, HALF_A_HEAD))
        return f"healthy within {max(_asked(site, senders)):.1f} s"


def _sending(site: Site, half: bytes) -> socket.socket:
    address = urlsplit(site.address)
    opened = socket.create_connection(("127.0.0.1", address.port or 80), timeout=ANSWERED)
    opened.sendall(half)
    return opened


def _asked(site: Site, senders: list[socket.socket]) -> Iterator[float]:
    """Seconds of each health check while the senders send on, byte by byte."""
    until = monotonic() + HELD
    while monotonic() < until:
        for sender in senders:
            sender.sendall(b"x")
        began = monotonic()
        try:
            urllib.request.urlopen(f"{site.address}/healthz", timeout=ANSWERED).close()
        except OSError as failure:
            raise MissedError(f"The health check was not answered: {failure}") from None
        yield monotonic() - began
        sleep(1)
