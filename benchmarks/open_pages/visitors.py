"""Those who save, and the pages that are open meanwhile."""

import gzip
import heapq
import random
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

EVERY, SPREAD = 1.8, 0.1  # seconds between a page's questions (its `every`), and how far they are spread
DRIVERS = 16  # threads that do what the browsers of all pages would
SECRET = "p" * 32  # of the forms: the same word in cookie and header

Moments = dict[tuple[str, int], float]
"""When a version of a series was sent, or first seen by a page, by the measure's ref."""


class Browser:
    """One keep-alive connection with a person's cookies."""

    def __init__(self, site: str, session: str) -> None:
        self.connection = HTTPConnection(urlsplit(site).netloc, timeout=60)
        self.heads = {"Cookie": f"sessionid={session}; csrftoken={SECRET}", "X-CSRFToken": SECRET}

    def get(self, path: str, *, with_cookies: bool = True) -> tuple[HTTPResponse, bytes]:
        heads = self.heads if with_cookies else {}
        return self._ask("GET", path, None, {**heads, "Accept-Encoding": "gzip"})

    def post(self, path: str, given: dict[str, str]) -> tuple[HTTPResponse, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(given), {**self.heads, **kind})

    def _ask(
        self, method: str, path: str, body: str | None, heads: dict[str, str]
    ) -> tuple[HTTPResponse, bytes]:
        try:
            self.connection.request(method, path, body, heads)
            answer = self.connection.getresponse()
        except (RemoteDisconnected, ConnectionError):  # idle for long, so the server closed it
            self.connection.close()
            return self._ask(method, path, body, heads)
        return answer, answer.read()


class Saver:
    """A person who saves another number of one measure again and again."""

    def __init__(self, site: str, month: str, known: dict[str, Any], sent: Moments) -> None:
        self.browser, self.month = Browser(site, known["session"]), month
        self.known, self.sent = known, sent
        self.chance = random.Random(known["ref"])

    def work(self, until: float) -> list[float]:
        """Seconds of each save."""
        taken: list[float] = []
        wait = self.chance.uniform(0, 7.5)
        while monotonic() + wait < until:
            sleep(wait)
            taken.append(self.save())
            wait = self.chance.uniform(5, 10)
        return taken

    def hurry(self, until: float) -> int:
        """How many numbers are saved without a pause."""
        count = 0
        while monotonic() < until:
            self.save()
            count += 1
        return count

    def save(self) -> float:
        ref, have = self.known["ref"], self.known["have"]
        value = f"{18 + have % 40 / 10}"
        row = {"row": ref, "period": self.month, f"{ref}-value": value, f"{ref}-have": f"{have}"}
        began = self.sent[ref, self.known["series"] + 1] = monotonic()
        answer, body = self.browser.post(self.known["sheet"], row)
        taken = monotonic() - began
        if b'data-state="saved"' not in body:
            raise RuntimeError(f"Not saved: {answer.status} {body.decode()[:2000]}")
        version = int(
            re.findall(rb'-have" value="(\d+)"', body)[0]
        )  # the series', of which this number is the last
        self.known |= {"have": version, "series": version}
        return taken


class Page:
    """An open page of a measure, as its script keeps it."""

    def __init__(self, site: str, session: str, address: str) -> None:
        self.browser, self.address = Browser(site, session), address
        self.ref = address.rstrip("/").rpartition("/")[2]
        text = gzip.decompress(self.browser.get(address)[1]).decode()
        found = dict(re.findall(r'([a-z-]+)="([^"]*)"', text[text.index("<p2-live") :][:600]))
        self.stamp_src, self.stamp, self.have = (found[name] for name in ("stamp-src", "stamp", "have"))
        self.seen: Moments = {}

    def look(self) -> None:
        """Ask for the stamp; where it moved, for the news, which bring the figure."""
        answer, body = self.browser.get(self.stamp_src, with_cookies=False)
        if (stamp := body.decode()) == self.stamp and answer.status == 200:
            return
        news, _ = self.browser.get(f"{self.address}live?have={self.have}&theme=light&width=960")
        self.stamp_src, self.stamp = news.headers["X-Stamp-Src"], stamp
        if news.status == 200:
            self._take(news.headers["X-Version"])

    def _take(self, version: str) -> None:
        before, after = (int(one.partition(".")[0]) for one in (self.have, version))
        self.have = version
        self.seen |= {(self.ref, series): monotonic() for series in range(before + 1, after + 1)}


_pages: list[Page] = []  # of the process that keeps them


def open_pages(site: str, session: str, paths: Sequence[str]) -> None:
    with ThreadPoolExecutor(4) as openers:
        _pages.extend(openers.map(lambda path: Page(site, session, path), paths))


def look_once(which: slice) -> None:
    """So that connections that were idle for long are open again, and no old news wait."""
    for page in _pages[which]:
        page.look()
        page.seen.clear()


def follow(which: slice, until: float) -> tuple[int, list[Moments]]:
    """Keep these pages as their browsers do. Returns how often they looked, and when each had which news."""
    pages = _pages[which]
    with ThreadPoolExecutor(DRIVERS) as drivers:
        looks = drivers.map(lambda at: _drive(pages[at::DRIVERS], until), range(DRIVERS))
    return sum(looks), [page.seen for page in pages]


def _drive(pages: Sequence[Page], until: float) -> int:
    chance = random.Random(len(pages))
    due = [(monotonic() + chance.uniform(0, EVERY), at) for at in range(len(pages))]
    heapq.heapify(due)
    looks = 0
    while due and (nearest := due[0])[0] < until:
        sleep(max(0.0, nearest[0] - monotonic()))
        pages[nearest[1]].look()
        looks += 1
        again = monotonic() + EVERY * chance.uniform(1 - SPREAD, 1 + SPREAD)
        heapq.heapreplace(due, (again, nearest[1]))
    sleep(max(0.0, until - monotonic()))
    return looks
