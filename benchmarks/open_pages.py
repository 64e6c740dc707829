"""What open measure pages cost those who save: `python -m benchmarks open_pages`.

The real site (granian, worker, beat) on the embedded engines: 13 organizations with 40 measures of 36 months each.
Fifty people save a number every 5 to 10 seconds, each to a measure of their own. Meanwhile 0, 50 or 200 pages are
open, spread over all measures, each with a connection of its own; a page does what `static/js/p2-live.js` does: it
asks for its stamp and, where that moved, for the news and the figure. Rounds with and without pages take turns.
Then 1,000 pages are open and nobody saves: what the web processes and the broker compute is told as a share of a core.
The pages are kept by a process of their own, so that they do not hold up the clock of those who save.
"""

import gzip
import heapq
import os
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
from django.test import Client
from django.utils import timezone
from redis import Redis

from measures.models import Measure, Month
from organizations.models import User
from tests import live
from tests.actors import make_appointee, make_member
from tests.projects.landscape import make_landscape

ROUNDS = 4
SECONDS = 20.0
SAVERS = 50
OPEN = (0, 50, 200)
MANY = 1000
EVERY, SPREAD = 1.4, 0.1  # seconds between a page's questions (its `every`), and how far they are spread
DRIVERS = 16  # threads that do what the browsers of all pages would
SECRET = "p" * 32  # of the forms: the same word in cookie and header
AT_MOST = {"p95": 1.2, "share": 0.10, "latency": 2.0}


def set_stage() -> dict[str, Any]:
    """The programme with its people signed in; called in a process beside the site."""
    landscape = make_landscape(months=36)
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    month = Month.objects.latest("period").period
    places = landscape.organizations
    savers = [
        _known(
            make_member(places[at % len(places)], "data_entry"),
            places[at % len(places)].measures.all()[at // len(places)],
            month,
        )
        for at in range(SAVERS)
    ]
    measures = Measure.objects.select_related("organization__collaborative")
    reader = _session(make_appointee(landscape.collaborative, "faculty"))
    pages = [measure.get_absolute_url() for measure in measures]
    return {"savers": savers, "pages": pages, "reader": reader, "month": str(month)}


def _known(person: User, measure: Measure, month: Any) -> dict[str, Any]:
    newest = measure.observations.filter(period=month).first()
    return {
        "session": _session(person),
        "sheet": f"/c/landscape/o/{measure.organization.ref}/sheet/",
        "ref": measure.ref,
        "have": newest.version if newest else 0,
        "series": measure.series_version,
    }


def _session(person: User) -> str:
    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


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


Moments = dict[tuple[str, int], float]
"""When a version of a series was sent, or first seen by a page, by the measure's ref."""


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
        """Ask for the stamp; where it moved, for the news, and for the figure where there were any."""
        answer, body = self.browser.get(self.stamp_src, with_cookies=False)
        if (stamp := body.decode()) == self.stamp and answer.status == 200:
            return
        news, _ = self.browser.get(f"{self.address}live?have={self.have}")
        self.stamp_src, self.stamp = news.headers["X-Stamp-Src"], stamp
        if news.status == 200:
            self._take(news.headers["X-Version"])
            self.browser.get(f"{self.address}figure.json?theme=light&width=960")

    def _take(self, version: str) -> None:
        before, after = (int(one.partition(".")[0]) for one in (self.have, version))
        self.have = version
        self.seen |= {(self.ref, series): monotonic() for series in range(before + 1, after + 1)}


_pages: list[Page] = []  # of the process that keeps them


def open_pages(site: str, session: str, paths: Sequence[str]) -> None:
    with ThreadPoolExecutor(4) as openers:
        _pages.extend(openers.map(lambda path: Page(site, session, path), paths))


def look_once(number: int) -> None:
    """So that connections that were idle for long are open again, and no old news wait."""
    for page in _pages[:number]:
        page.look()
        page.seen.clear()


def follow(number: int, until: float) -> tuple[int, list[Moments]]:
    """Keep the first pages as their browsers do. Returns how often they looked, and when each had which news."""
    pages = _pages[:number]
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


@dataclass
class Tried:
    """What the rounds found, by the number of open pages."""

    saves: dict[int, list[list[float]]] = field(default_factory=lambda: {number: [] for number in OPEN})
    latencies: list[float] = field(default_factory=list)


class Bench:
    """The site with its savers, and pages that can be opened."""

    def __init__(self, site: live.LiveSite, keeper: ProcessPoolExecutor) -> None:
        self.site, self.keeper, self.sent = site, keeper, Moments()
        self.stage: dict[str, Any] = site.ask("benchmarks.open_pages.set_stage")
        month, address = self.stage["month"], site.address
        self.savers = [Saver(address, month, known, self.sent) for known in self.stage["savers"]]
        pages = self.stage["pages"]
        self.paths = random.Random(1).sample(pages * (1 + MANY // len(pages)), MANY)

    def open(self, first: int, last: int) -> None:
        """Open pages, spread over all measures."""
        paths = self.paths[first:last]
        self.keeper.submit(open_pages, self.site.address, self.stage["reader"], paths).result()

    def round(self, number: int) -> tuple[list[float], list[float]]:
        """Seconds of each save while so many pages are open, and seconds from a save to each page that shows it."""
        self.keeper.submit(look_once, number).result()
        until = monotonic() + SECONDS
        following = self.keeper.submit(follow, number, until)
        with ThreadPoolExecutor(SAVERS) as people:
            saves = list(people.map(lambda saver: saver.work(until), self.savers))
        seen = [pair for page in following.result()[1] for pair in page.items()]
        late = [at - self.sent[version] for version, at in seen if version in self.sent]
        return [second for one in saves for second in one], late

    def share(self, number: int) -> tuple[float, float]:
        """Seconds of a core that web and broker compute in a second while nobody saves, and the looks in it."""
        self.keeper.submit(look_once, number).result()
        before, began = self._computed(), monotonic()
        looks, _ = self.keeper.submit(follow, number, began + SECONDS).result()
        passed = monotonic() - began
        return (self._computed() - before) / passed, looks / passed

    def _computed(self) -> float:
        """Seconds that the web processes and the broker have computed since they began."""
        with Redis.from_url(self.site.environment["REDIS_URL"]) as broker:
            used: dict[str, float] = broker.info("cpu")
        return used["used_cpu_sys"] + used["used_cpu_user"] + sum(_ticks(self.site.running["web"][1].pid))


def _ticks(group: int) -> Iterator[float]:
    """Seconds computed by each process of a group, from /proc."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[2]) == group:
            yield (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def saving(bench: Bench) -> Tried:
    """Rounds with and without open pages, in turn, each time in another order."""
    tried = Tried()
    for turn in range(ROUNDS):
        for number in OPEN if turn % 2 == 0 else reversed(OPEN):
            taken, late = bench.round(number)
            tried.saves[number].append(taken)
            tried.latencies += late
            p50, p95 = np.percentile(taken, [50, 95])
            print(
                f"{number:4} pages: {len(taken):3} saves, p50 {1000 * p50:5.0f} ms, p95 {1000 * p95:5.0f} ms"
            )
    return tried


def told(name: str, figure: float, at_most: float) -> bool:
    print(f"{name}: {figure:.3g} (target {at_most:g} at most): {'met' if figure <= at_most else 'MISSED'}")
    return figure <= at_most


def main() -> int:
    """Print the rounds and the figures; 1 if one is over its target."""
    with (
        tempfile.TemporaryDirectory(prefix="p2-open-pages-") as home,
        live.site(Path(home), name="p2_open_pages", load=(), plain_static=True) as site,
    ):
        with ProcessPoolExecutor(1, mp_context=get_context("fork")) as keeper:
            bench = Bench(site, keeper)
            bench.open(0, max(OPEN))
            bench.round(0)  # caches, connections
            tried = saving(bench)
            bench.open(max(OPEN), MANY)
            shares = [bench.share(number) for number in (0, MANY, 0, MANY)]
    pooled = {
        number: np.percentile(np.concatenate(rounds), [50, 95]) for number, rounds in tried.saves.items()
    }
    for number, (p50, p95) in pooled.items():
        print(f"All rounds, {number} pages: p50 {1000 * p50:.0f} ms, p95 {1000 * p95:.0f} ms")
    idle, busy = (median(share for share, _ in shares[first::2]) for first in (0, 1))
    print(
        f"Share of a core: {idle:.1%} without pages, {busy:.1%} with {MANY}, {shares[1][1]:.0f} looks a second"
    )
    latencies = np.percentile(tried.latencies, [50, 95, 100])
    print(
        f"A saved number was on {len(tried.latencies)} pages: p50 {latencies[0]:.2f} s, the last {latencies[2]:.2f} s"
    )
    most = max(number for number in OPEN)
    return int(
        not all(
            (
                told(
                    f"p95 of a save with {most} pages, to without",
                    pooled[most][1] / pooled[0][1],
                    AT_MOST["p95"],
                ),
                told(f"Share of a core, {MANY} pages", busy, AT_MOST["share"]),
                told("Seconds from a save to the page, p95", latencies[1], AT_MOST["latency"]),
            )
        )
    )
