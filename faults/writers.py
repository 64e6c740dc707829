"""People who save, one number after the other, whatever happens to the site meanwhile."""

import re
import threading
import urllib.error
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import Cookie
from itertools import count
from time import monotonic, sleep
from typing import Any

from faults.site import Site
from tests.journeys.visitor import Visitor

WRITERS = 16
PAUSE, LONGER_PAUSE = 0.1, 1.0
"""Seconds between an answer and the next save of the same person; longer after one that was not taken."""


@dataclass(frozen=True)
class Save:
    """A number that was sent; `failure` says why it was not acknowledged, and is empty where the site has it."""

    value: str
    failure: str
    seconds: float

    @property
    def acknowledged(self) -> bool:
        return not self.failure


@dataclass
class Writer:
    """One person at one cell. No two of the numbers sent are alike, so that each is found in the history."""

    visitor: Visitor
    sheet: str
    measure: str
    period: str
    have: int = 0
    earlier: int = 0  # saves before the present fault
    saves: list[Save] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def save(self) -> None:
        """Send the next number. Where the answer shows another version than ours, the next save builds on that."""
        value, began = f"{8 + next(self.numbers) / 1000:.3f}", monotonic()
        ref = self.measure
        typed = {
            "row": ref,
            "period": self.period,
            "frequency": "month",
            f"{ref}-value": value,
            f"{ref}-have": str(self.have),
        }
        answer, failure = "", ""
        try:
            answer = self.visitor.post(self.sheet, typed)
        except urllib.error.HTTPError as refused:
            failure = str(refused.code)
        except (OSError, HTTPException) as gone:
            failure = type(getattr(gone, "reason", gone)).__name__
        if not failure and 'data-state="saved"' not in answer:
            failure = "two entries"  # its own earlier one, whose answer did not come
        versions = rf'name="{ref}-have" value="(\d+)"'
        found = re.search(f"{versions} data-over", answer) or re.search(versions, answer)
        self.have = int(found[1]) if found else self.have
        self.saves.append(Save(value, failure, monotonic() - began))


@dataclass(frozen=True)
class Crowd:
    """All of them."""

    writers: Sequence[Writer]

    @property
    def saves(self) -> list[Save]:
        """What was sent since they last began."""
        return [save for writer in self.writers for save in writer.saves[writer.earlier :]]

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Everybody saves until this is over."""
        over = threading.Event()
        for writer in self.writers:
            writer.earlier = len(writer.saves)
        threads = [threading.Thread(target=_save_on, args=(writer, over)) for writer in self.writers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()


def crowd(site: Site, staged: dict[str, Any]) -> Crowd:
    """A writer for each cell of the stage, signed in."""
    people = []
    for cell in staged["cells"]:
        visitor = Visitor(site.address)
        visitor.cookies.set_cookie(_cookie("sessionid", cell["session"]))
        visitor.get(staged["sheet"])  # brings the cookie that a form needs
        people.append(Writer(visitor, staged["sheet"], cell["measure"], staged["period"]))
    return Crowd(people)


def _save_on(writer: Writer, over: threading.Event) -> None:
    while not over.is_set():
        writer.save()
        sleep(PAUSE if writer.saves[-1].acknowledged else LONGER_PAUSE)


def _cookie(name: str, value: str) -> Cookie:
    return Cookie(
        version=0, name=name, value=value, port=None, port_specified=False, domain="localhost.local",
        domain_specified=False, domain_initial_dot=False, path="/", path_specified=True, secure=False,
        expires=None, discard=True, comment=None, comment_url=None, rest={},
    )  # fmt: skip
