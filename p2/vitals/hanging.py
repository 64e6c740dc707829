"""A web process lets go of a database that hangs: its pages come to an end, and the next ones do not begin to wait.

psycopg2 waits inside C for as long as the server holds the connection, and a stopped server holds it for ever. So one
thread looks at the connections now and then. Where one has been busy for a while, it asks the database on a connection
of its own: is that answered, the statement is only slow, and is left alone; is it not, and comes nothing on the others
either, the busy connections are cut.
Ordinary statements cost nothing by it. See docs/why/faults.md.
"""

import logging
import os
import select
import socket
import threading
from collections.abc import Iterable
from time import monotonic, sleep
from typing import Any
from weakref import WeakSet

from psycopg2 import Error, OperationalError
from psycopg2.extensions import TRANSACTION_STATUS_ACTIVE, connection

from p2.vitals.database import Place, answers

logger = logging.getLogger(__name__)

TICK = 0.2
"""Seconds between two looks."""

BUSY = 0.2
"""Seconds that a connection is busy before the database is asked whether it is there."""

PATIENCE = 1.0
"""Seconds that it has to answer. With 2 cores under a load of 12 it took 0.007 s, and 0.5 s once in 650 times."""

LOOKS, BETWEEN_LOOKS = 5, 0.02
"""How often, and after how many seconds each, the busy connections are looked at before they are cut."""

SLOW = 5.0
"""Seconds until it is asked again about the same connection."""


class HangWatch:
    """Knows the connections of this process, and once it is started whether their database hangs."""

    def __init__(self) -> None:
        self.hangs = False
        self._place: Place = {}
        self._known: WeakSet[connection] = WeakSet()
        self._adding, self._asking = threading.Lock(), threading.Lock()
        self._ask_at: dict[connection, float] = {}  # when a busy connection is a reason to ask

    def add(self, made: connection) -> None:
        with self._adding:
            self._known.add(made)

    def hangs_now(self) -> bool:
        """Whether it hangs; while that is being asked, what comes of it."""
        with self._asking:
            return self.hangs

    def start(self, place: Place) -> None:
        """Look from now on, from a thread of its own."""
        self._place = place
        threading.Thread(target=self._look_on, name="hang watch", daemon=True).start()

    def _look_on(self) -> None:
        pause = threading.Event()
        while not pause.wait(TICK):
            self.look()

    def look(self) -> None:
        """One look. The database is asked only where there is reason to."""
        with self._adding:
            known = list(self._known)
        busy, now = [one for one in known if _is_busy(one)], monotonic()
        self._ask_at = {one: self._ask_at.get(one, now + BUSY) for one in busy}
        if not self.hangs and all(now < at for at in self._ask_at.values()):
            return
        hung = self.hangs
        with self._asking:
            self.hangs = not answers(self._place, within=PATIENCE) and (hung or not _any_stirs(busy))
        if self.hangs != hung:
            logger.warning("The database %s.", "does not answer" if self.hangs else "answers again")
        if self.hangs:
            _cut(busy)
        self._ask_at = dict.fromkeys(busy, monotonic() + SLOW)


def _is_busy(one: connection) -> bool:
    return not one.closed and one.get_transaction_status() == TRANSACTION_STATUS_ACTIVE


def _any_stirs(busy: Iterable[connection]) -> bool:
    """Whether an answer came on one of these. A machine under load may let the asking alone run out of time."""
    for _look in range(LOOKS):
        sleep(BETWEEN_LOOKS)
        if any(not _is_busy(one) or _has_answer(one) for one in busy):
            return True
    return False


def _has_answer(one: connection) -> bool:
    waiting = select.poll()
    try:
        waiting.register(one, select.POLLIN)
    except Error:  # it was closed meanwhile
        return True
    return bool(waiting.poll(0))


def _cut(busy: Iterable[connection]) -> None:
    """End the waiting of whoever waits on these: they read that the server closed the connection."""
    for one in busy:
        try:
            if _is_busy(one):
                with socket.socket(fileno=os.dup(one.fileno())) as wire:
                    wire.shutdown(socket.SHUT_RDWR)
        except (OSError, Error):  # it came to its end meanwhile
            continue


watch = HangWatch()


class WatchedConnection(connection):
    """A connection that the watch of its process knows; none is made to a database that hangs."""

    def __init__(self, *args: Any, **options: Any) -> None:
        if watch.hangs:
            raise OperationalError("The database does not answer.")
        super().__init__(*args, **options)
        watch.add(self)
