"""The bodies that a process receives at this moment: how large, how slow, and how many bytes of them all.

They wait as coroutines, so that they hold connections and no thread (docs/why/018-slow-senders.md).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from typing import IO, TypeVar

from django.utils.translation import gettext_lazy as _
from granian.rsgi import Headers, HTTPProtocol, ProtocolClosed, ProtocolError

from p2.front.refusals import RefusedError

Got = TypeVar("Got")

LARGEST = 27_000_000
"""Bytes of a body: a file of 25 MB and the form around it."""

SMALL = 65_536
"""Bytes that are kept in memory; a larger body goes to a file."""

PATIENCE = 30.0
"""Seconds that every body has to arrive."""

SLOWEST = 20_000
"""Bytes of a body that bring it a second more."""

HELD_AT_MOST = 500_000_000
"""Bytes on the disk for all larger bodies of a process together."""

LINGERING = 15.0
"""Seconds in which a refused body is taken and thrown away."""


class BrokenOffError(Exception):
    """The sender went away before the body was whole."""


def size_of(headers: Headers) -> int:
    """The bytes that a request announces; 0 for one without a body. Raises RefusedError."""
    announced = headers.get("content-length")
    if announced is None:
        if "transfer-encoding" in headers:  # the end of one could not be told from a connection that broke
            raise RefusedError(411, _("Say how long it is: send a Content-Length."), is_unread=True)
        return 0
    size = int(announced)  # Granian lets no other word through
    if size > LARGEST:
        raise RefusedError(413, _("This is too large: a file may have 25 MB."), is_unread=True)
    return size


async def let_pass(protocol: HTTPProtocol) -> None:
    """Take and forget what still comes: a connection closed at once would take the refusal with it."""
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGERING):
            async for _part in protocol:
                pass


class Bodies:
    """What arrives at this process."""

    def __init__(self, *, patience: float = PATIENCE, slowest: int = SLOWEST) -> None:
        self.patience, self.slowest = patience, slowest
        self.held = 0  # bytes on the disk

    @asynccontextmanager
    async def whole(self, protocol: HTTPProtocol, size: int) -> AsyncIterator[IO[bytes]]:
        """The body, once all of it is here. Raises RefusedError, and BrokenOffError where the sender goes away."""
        if size <= SMALL:
            yield await self._in_time(size, _in_memory(protocol))
            return
        with TemporaryFile() as file:
            try:
                await self._in_time(size, self._on_disk(protocol, file))
                if file.tell() != size:
                    raise BrokenOffError
                file.seek(0)
                yield file
            finally:
                self.held -= file.seek(0, SEEK_END)

    async def _on_disk(self, protocol: HTTPProtocol, file: IO[bytes]) -> None:
        async for part in protocol:
            if self.held + len(part) > HELD_AT_MOST:
                raise RefusedError(503, _("Many files arrive at this moment. Try again in a few minutes."))
            self.held += file.write(part)

    async def _in_time(self, size: int, receiving: Awaitable[Got]) -> Got:
        try:
            async with asyncio.timeout(self.patience + size / self.slowest):
                return await receiving
        except TimeoutError:
            raise RefusedError(408, _("This came too slowly. Try again.")) from None


async def _in_memory(protocol: HTTPProtocol) -> IO[bytes]:
    try:
        return BytesIO(await protocol())
    except (ProtocolClosed, ProtocolError):
        raise BrokenOffError from None
