"""The stamps themselves, in one hash of the broker."""

import logging
import secrets
import time
from collections.abc import Iterable, Sequence
from functools import partial
from threading import Lock
from zlib import crc32

from django.db import transaction
from redis.exceptions import RedisError

from p2 import jobs
from p2.jobs.broker import broker

logger = logging.getLogger(__name__)

HASH = "p2:stamps"
NEVER = "0"
"""The stamp of what did not change since the broker began."""

FRESH_SECONDS = 0.1
"""How old a stamp may be that a page is told."""

REST_SECONDS = 5.0
"""After the broker failed once, no page makes the site wait for it again before this time has passed."""

FOLLOWED_SECONDS = 60.0
"""A subject that no page asked for in this time is asked of the broker no more. No question is held for so long."""

ANY = "#"
"""A field that has the stamp of whatever changed last: where it is as it was, nothing else is read."""

SHELVES = tuple(f"#{number}" for number in range(64))
"""Fields beside the subjects' own. Each has the stamp of the subject on its shelf that changed last, so that only
what stands on a changed shelf is read again."""


def shelf_of(subject: str) -> str:
    return SHELVES[crc32(subject.encode()) % len(SHELVES)]


def renew(subjects: Iterable[str]) -> None:
    """The subjects changed: once this transaction is committed, the pages that follow them ask for their news.

    Only a hint, like a job: where it is lost, the chart that is computed next renews the stamp again.
    """
    transaction.on_commit(partial(_renew, list(subjects)))


def _renew(subjects: Sequence[str]) -> None:
    if jobs.are_delayed() or not subjects:
        return
    fields = {*subjects, *map(shelf_of, subjects), ANY}
    try:
        broker().hset(HASH, mapping=dict.fromkeys(fields, secrets.token_urlsafe(6)))
    except (RedisError, OSError) as failure:
        jobs.delay()
        logger.warning("Broker away, open pages follow more slowly: %s", failure)


class StampReader:
    """The stamps that the pages of this process follow, asked of the broker for all of them together."""

    def __init__(self) -> None:
        self._refreshing = Lock()
        self._asked: dict[str, float] = {}  # when a page last asked, by subject
        self._stamps: dict[str, str] = {}
        self._shelves: dict[str, str] = {}
        self._latest: str | None = None  # the stamp of whatever changed last
        self._due = 0.0
        self._is_away = False

    def of(self, subject: str) -> str | None:
        """The subject's stamp, FRESH_SECONDS old at most; None while the broker is away."""
        self._asked[subject] = time.monotonic()
        self.look()
        if subject not in self._stamps and not self._is_away:
            for stamp in self._asked_of_broker([subject]).values():
                self._stamps.setdefault(
                    subject, stamp
                )  # another thread may have been told a newer one meanwhile
        return self._stamps.get(subject)

    def look(self) -> str | None:
        """The stamp of whatever changed last, FRESH_SECONDS old at most; None while the broker is away."""
        now = time.monotonic()
        if now >= self._due and self._refreshing.acquire(blocking=False):
            try:
                self._refresh(now)
            finally:
                self._refreshing.release()
        return self._latest

    def known(self, subject: str) -> str | None:
        """The subject's stamp as of the last look."""
        return self._stamps.get(subject)

    def at_hand(self, subject: str) -> str | None:
        """The same without any waiting; None too where the broker is to be asked."""
        now = time.monotonic()
        if now >= self._due and not self._refreshing.locked():
            return None
        if (stamp := self._stamps.get(subject)) is not None:
            self._asked[subject] = now
        return stamp

    def _refresh(self, now: float) -> None:
        for subject, asked in list(self._asked.items()):
            if now - asked > FOLLOWED_SECONDS:
                self._asked.pop(subject, None)
                self._stamps.pop(subject, None)
        latest = self._asked_of_broker([ANY]).get(ANY)  # first: what changes meanwhile is seen the next time
        if latest != self._latest:
            self._read_what_moved()
            self._latest = None if self._is_away else latest
        self._due = time.monotonic() + (REST_SECONDS if self._is_away else FRESH_SECONDS)

    def _read_what_moved(self) -> None:
        shelves = self._asked_of_broker(SHELVES)
        moved = {name for name, stamp in shelves.items() if stamp != self._shelves.get(name)}
        self._shelves = shelves
        self._stamps.update(
            self._asked_of_broker([one for one in list(self._asked) if shelf_of(one) in moved])
        )

    def _asked_of_broker(self, fields: Sequence[str]) -> dict[str, str]:
        """The stamps by field; nothing is known any more, and nothing told, while the broker is away."""
        if not fields:
            return {}
        try:
            found = broker().hmget(HASH, list(fields))
        except (RedisError, OSError):
            self._stamps, self._shelves, self._latest, self._is_away = {}, {}, None, True
            return {}
        self._is_away = False
        return {field: str(stamp or NEVER) for field, stamp in zip(fields, found, strict=True)}


reader = StampReader()
