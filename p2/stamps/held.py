"""Questions of open pages that wait, as coroutines, until what they follow has changed.

A page that is answered at once asks again two seconds later, and a thousand such pages take a tenth of a core. One
whose question is held costs nothing until there is news (docs/why/010-open-pages.md).
"""

import asyncio
import random
from asyncio import Future, Task
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from p2.stamps.store import StampReader

LOOK_SECONDS = 0.5
"""Seconds between two looks at the broker while a question is held. Oftener, saves would feel them."""

SPREAD = 0.1
"""Of the longest wait by which one may be shorter, so that pages which asked together do not go on together."""


class HeldQuestions:
    """The questions that this process holds, each for `longest` seconds at most."""

    def __init__(self, reader: StampReader, *, longest: float) -> None:
        self.reader, self.longest = reader, longest
        self._held: dict[Future[None], tuple[str, str]] = {}  # subject, and the stamp that its page has
        self._looking: Task[None] | None = None
        self._asker = ThreadPoolExecutor(1, thread_name_prefix="stamps")  # the broker may make it wait

    async def stamp(self, subject: str, have: str) -> str | None:
        """The subject's stamp: as soon as it is not `have`, else after the wait. None: the site cannot tell."""
        stamp = self.reader.at_hand(subject)
        if stamp is None:
            stamp = await asyncio.get_running_loop().run_in_executor(self._asker, self.reader.of, subject)
        if stamp is None or stamp != have:
            return stamp
        with suppress(TimeoutError):
            async with asyncio.timeout(self.longest * random.uniform(1 - SPREAD, 1)):  # noqa: S311 - no secret
                await self._moved(subject, have)
        return self.reader.known(subject)

    async def _moved(self, subject: str, have: str) -> None:
        moved: Future[None] = asyncio.get_running_loop().create_future()
        self._held[moved] = subject, have
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_on())
        try:
            await moved
        finally:
            del self._held[moved]

    async def _look_on(self) -> None:
        """Ask the broker what moved, for all of them together and for as long as one is held."""
        loop, seen = asyncio.get_running_loop(), None
        try:
            while self._held:
                latest = await loop.run_in_executor(self._asker, self.reader.look)
                if latest != seen or latest is None:
                    self._answer_what_moved()
                seen = latest
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            self._looking = None

    def _answer_what_moved(self) -> None:
        for moved, (subject, have) in self._held.items():
            if not moved.done() and self.reader.known(subject) != have:
                moved.set_result(None)

    def end(self) -> None:
        """Answer all that is held: the process ends."""
        for moved in self._held:
            if not moved.done():
                moved.set_result(None)
