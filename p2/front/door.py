"""The way from the server to the site: the body is awaited without a thread, then a thread answers."""

import asyncio
import logging
from asyncio import AbstractEventLoop
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import BytesIO
from signal import SIGINT, SIGTERM, getsignal, signal
from types import FrameType
from typing import IO, Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from granian.rsgi import HTTPProtocol, Scope

from p2.front.bodies import Bodies, BrokenOffError, let_pass, size_of
from p2.front.environ import environ_of
from p2.front.heads import Heads, ensure_plain_parts, heads_of
from p2.front.refusals import RefusedError
from p2.words.languages import of_browser

logger = logging.getLogger(__name__)

Site = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Aside = Callable[[str, str], Awaitable[tuple[int, list[tuple[str, str]], str] | None]]
"""Status, head and words for a GET of a path with a query, awaited without a thread; None: the site is to be asked."""


async def _never(_path: str, _query: str) -> None:
    return None


def _nothing() -> None:
    return None


class Door:
    """A WSGI site as an application of Granian's RSGI interface, served by `threads` threads of each process."""

    def __init__(
        self,
        site: Site,
        *,
        threads: int,
        aside: Aside = _never,
        begin: Callable[[], None] = _nothing,
        end: Callable[[], None] = _nothing,
        bodies: Bodies | None = None,
    ) -> None:
        self.site, self.aside, self.begin, self.end = site, aside, begin, end
        self.bodies = bodies or Bodies()
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="site")

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        try:
            heads = heads_of(scope)
            if scope.method == "GET" and (known := await self.aside(scope.path, scope.query_string)):
                protocol.response_str(*known)
                return
            size = size_of(scope.headers)
            if not size:
                await self._enter(scope, protocol, heads, BytesIO(), 0)
                return
            async with self.bodies.whole(protocol, size) as body:
                await self._enter(scope, protocol, heads, body, size)
        except RefusedError as refused:
            _refuse(scope, protocol, refused)
            if refused.is_unread:
                await let_pass(protocol)
        except BrokenOffError:
            return  # nobody is there to be answered

    async def _enter(
        self, scope: Scope, protocol: HTTPProtocol, heads: Heads, body: IO[bytes], size: int
    ) -> None:
        environ = environ_of(scope, heads, body, size)
        answer = partial(self._answer, environ, heads, protocol)
        await asyncio.get_running_loop().run_in_executor(self.threads, answer)

    def _answer(self, environ: dict[str, Any], heads: Heads, protocol: HTTPProtocol) -> None:
        """What the site answers, sent whole: Granian takes parts without bound, so that they would save nothing."""
        ensure_plain_parts(heads, environ["wsgi.input"])
        head: list[Any] = []
        try:
            parts = self.site(environ, lambda status, headers, _exc=None: head.extend((status, headers)))
        except Exception as fault:  # of what stands before Django's own net
            logger.exception("The site did not answer %s", environ["PATH_INFO"])
            raise RefusedError(500, _("This went wrong. It is in the site's log.")) from fault
        try:
            body = b"".join(parts)
        finally:
            if close := getattr(parts, "close", None):
                close()
        status, headers = head
        protocol.response_bytes(int(status[:3]), headers, body)

    def __rsgi_init__(self, loop: AbstractEventLoop) -> None:
        """The server begins: whoever only imports the site starts no thread of its own.

        It ends once all is answered, and tells us only then; so what is held is let go by the signal to end.
        """
        self.begin()
        for one in (SIGINT, SIGTERM):
            signal(one, partial(self._ends, loop, getsignal(one)))

    def _ends(self, loop: AbstractEventLoop, servers_own: Any, number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(self.end)
        servers_own(number, frame)

    def __rsgi_del__(self, _loop: AbstractEventLoop) -> None:
        self.threads.shutdown(cancel_futures=True)


def _refuse(scope: Scope, protocol: HTTPProtocol, refused: RefusedError) -> None:
    """The sentence in the browser's language: who asks is not known yet."""
    with translation.override(of_browser(scope.headers.get("accept-language", ""))):
        sentence = str(refused.sentence)
    headers = [("content-type", "text/plain; charset=utf-8"), ("connection", "close")]
    protocol.response_str(refused.status, headers, sentence)
