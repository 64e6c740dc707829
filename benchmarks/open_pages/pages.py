"""Open pages of measures, kept as their script keeps them (`static/js/p2-live.js`), each on a connection of its own."""

import asyncio
import gzip
import random
import re
from asyncio import StreamReader, StreamWriter
from collections.abc import Sequence
from email.message import Message
from email.parser import BytesParser
from time import monotonic
from urllib.parse import urlsplit

from benchmarks.open_pages.savers import Moments

EVERY, SPREAD = 1.8, 0.1  # seconds between questions that are not held, and how far they are spread
GATHER, GATHER_SPREAD = 0.4, 0.6  # seconds from the first word of a change to asking for the news

loop = asyncio.new_event_loop()
"""Of the process that keeps the pages: their connections outlive each call."""


class Line:
    """A kept connection, made anew where the server closed it."""

    def __init__(self, site: str) -> None:
        self.host = urlsplit(site).netloc
        self._ends: tuple[StreamReader, StreamWriter] | None = None

    async def get(self, path: str, heads: str = "") -> tuple[int, Message, bytes]:
        """Status, heads and body. A question that is given up closes the connection, as a browser does."""
        try:
            return await self._asked(path, heads)
        except (OSError, asyncio.IncompleteReadError):  # idle for long, so the server closed it
            self.close()
            return await self._asked(path, heads)
        except asyncio.CancelledError:
            self.close()
            raise

    def close(self) -> None:
        if self._ends:
            self._ends[1].close()
        self._ends = None

    async def _asked(self, path: str, heads: str) -> tuple[int, Message, bytes]:
        if self._ends is None:
            self._ends = await asyncio.open_connection(*self.host.split(":"))
        reader, writer = self._ends
        writer.write(
            f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n{heads}\r\n".encode()
        )
        status, _, rest = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")
        headers = BytesParser().parsebytes(rest, headersonly=True)
        return int(status.split()[1]), headers, await reader.readexactly(int(headers["content-length"] or 0))


class Page:
    """An open page of a measure."""

    def __init__(self, site: str, session: str, address: str) -> None:
        self.line, self.address = Line(site), address
        self.cookies = f"Cookie: sessionid={session}\r\n"
        self.ref = address.rstrip("/").rpartition("/")[2]
        self.seen: Moments = {}
        self.looks = 0

    async def open(self) -> "Page":
        text = gzip.decompress((await self.line.get(self.address, self.cookies))[2]).decode()
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', text[text.index("<p2-live") :][:600]))
        self.stamp_src, self.stamp, self.have = (found[name] for name in ("stamp-src", "stamp", "have"))
        return self

    async def look(self, *, held: bool = False) -> bool:
        """Ask for the stamp; where it moved, for the news, which bring the figure. Whether it moved."""
        self.looks += 1
        status, _, body = await self.line.get(self.stamp_src + (f"?have={self.stamp}" if held else ""))
        if (stamp := body.decode()) == self.stamp and status == 200:
            return False
        if held:
            await asyncio.sleep(spread(GATHER, GATHER_SPREAD))
        address = f"{self.address}live?have={self.have}&theme=light&width=960"
        status, heads, _ = await self.line.get(address, self.cookies)
        self.stamp_src, self.stamp = heads["X-Stamp-Src"], heads["X-Stamp"] or stamp
        if status == 200:
            self._take(heads["X-Version"])
        return True

    async def follow(self, *, held: bool) -> None:
        """As long as it is open."""
        await asyncio.sleep(random.uniform(0, GATHER if held else EVERY))
        while True:
            began = monotonic()
            is_news = await self.look(held=held)
            rest = GATHER if held and is_news else max(0.0, EVERY - (monotonic() - began))
            await asyncio.sleep(spread(rest, SPREAD))

    def _take(self, version: str) -> None:
        before, after = (int(one.partition(".")[0]) for one in (self.have, version))
        self.have = version
        self.seen |= {(self.ref, series): monotonic() for series in range(before + 1, after + 1)}


def spread(wait: float, share: float) -> float:
    return wait * random.uniform(1 - share, 1 + share)


_pages: list[Page] = []


def open_pages(site: str, session: str, paths: Sequence[str]) -> None:
    async def opened() -> None:
        at_a_time = asyncio.Semaphore(4)

        async def one(path: str) -> Page:
            async with at_a_time:
                return await Page(site, session, path).open()

        _pages.extend(await asyncio.gather(*map(one, paths)))

    loop.run_until_complete(opened())


def look_once(which: slice) -> None:
    """So that connections that were idle for long are open again, and no old news wait."""

    async def looked() -> None:
        for page in _pages[which]:
            await page.look()
            page.seen.clear()

    loop.run_until_complete(looked())


def follow(which: slice, until: float, *, held: bool = True) -> tuple[int, list[Moments]]:
    """Keep these pages as their browsers do. Returns how often they asked, and when each had which news."""
    pages = _pages[which]
    before = sum(page.looks for page in pages)

    async def followed() -> None:
        following = [asyncio.ensure_future(page.follow(held=held)) for page in pages]
        await asyncio.sleep(max(0.0, until - monotonic()))
        for one in following:
            one.cancel()
        for came_of_it in await asyncio.gather(*following, return_exceptions=True):
            if isinstance(came_of_it, Exception):
                raise came_of_it

    loop.run_until_complete(followed())
    return sum(page.looks for page in pages) - before, [page.seen for page in pages]
