"""What a request costs, in queries and in ratios inside one run: `python -m benchmarks requests`.

The rows are a whole programme's: 13 organizations × (7 projects × 5 measures + 5 core measures) × 36 months, in the
embedded PostgreSQL, with hints to the worker sent to the embedded Valkey. Requests go through Django's test client and
every middleware, outside a transaction of their own. Each time is the median of five rounds, and a round runs every
contestant once, so that whatever else the machine does falls on all alike.
"""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from measures.models import ChartSnapshot, Measure, Month
from measures.services import charts
from organizations.models import User
from tests.actors import make_appointee, make_member
from tests.projects.landscape import Landscape, make_landscape

ROUNDS = 5
MONTHS = 36
KILOBYTE = 1000


def empty(request: HttpRequest) -> HttpResponse:
    """What any page costs: the session, the person, the middleware."""
    return HttpResponse(str(request.user))


urlpatterns = [path("empty", empty), path("", include("p2.urls"))]


@dataclass(frozen=True)
class Budget:
    """One claim: what a figure may be at most; None where it is only told."""

    name: str
    figure: float
    at_most: float | None

    @property
    def is_met(self) -> bool:
        return self.at_most is None or self.figure <= self.at_most

    def __str__(self) -> str:
        target = "no target" if self.at_most is None else f"target {self.at_most:g} at most"
        verdict = "" if self.at_most is None else ": met" if self.is_met else ": MISSED"
        return f"{self.name}: {self.figure:.4g} ({target}){verdict}"


class Bench:
    """Two collaboratives, the people signed in, and what is asked of the site."""

    def __init__(self, large: Landscape, small: Landscape) -> None:
        self.large, self.small = large, small
        self.reader = self._client(make_appointee(large.collaborative, "faculty"))
        self.reader_of_small = self._client(make_appointee(small.collaborative, "faculty"))
        self.writer = self._client(make_member(large.organizations[0], "data_entry"))
        logged = Measure.objects.filter(organization=large.organizations[0]).order_by("position")
        self.measure, self.sheet_length = logged[0], logged.count()
        self.series = Measure.objects.filter(organization__collaborative=large.collaborative).order_by("pk")
        self.month = large.collaborative.months.latest("period")
        self._version = self._versions_of(self.measure)

    @staticmethod
    def _versions_of(measure: Measure) -> int:
        newest = measure.observations.order_by("-period").first()
        return newest.version if newest else 0

    @staticmethod
    def _client(user: User) -> Client:
        client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")
        client.force_login(user)
        return client

    def contestants(self) -> dict[str, Callable[[], Any]]:
        """Everything that is timed."""
        sheet, page = self._sheet, self.measure.get_absolute_url()
        return {
            "empty page": lambda: self.get(self.writer, "/empty"),
            "one number saved": self.save,
            "portfolio of 13": lambda: self.portfolio(self.large, self.reader),
            "portfolio of 2": lambda: self.portfolio(self.small, self.reader_of_small),
            "Today of faculty": lambda: self.get(self.reader, "/"),
            "Today of data entry": lambda: self.get(self.writer, "/"),
            f"sheet of {self.sheet_length}": lambda: self.get(self.writer, sheet),
            "measure": lambda: self.get(self.writer, page),
            "its figure": lambda: self.get(self.writer, f"{page}figure.json"),
        }

    @property
    def _sheet(self) -> str:
        home = self.measure.organization
        return reverse("measures:sheet", args=[home.collaborative.slug, home.ref])

    def get(self, client: Client, address: str) -> bytes:
        """A page that is there."""
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
        return answer.content

    def portfolio(self, landscape: Landscape, reader: Client) -> bytes:
        return self.get(reader, reverse("projects:portfolio", args=[landscape.collaborative.slug]))

    def save(self) -> None:
        """One number through the sheet's own row, another one each time."""
        ref = self.measure.ref
        typed = {
            "row": ref,
            "period": str(self.month.period),
            f"{ref}-value": f"{18 + self._version % 40 / 10}",
            f"{ref}-have": str(self._version),
        }
        answer = self.writer.post(self._sheet, typed)
        row = gzip.decompress(answer.content)
        if b'data-state="saved"' not in row:
            raise RuntimeError(f"Not saved: {answer.status_code} {row.decode()}")
        self._version = max(self._version, 1) + 1

    def make_stale(self, measures: int) -> None:
        ChartSnapshot.objects.filter(measure__in=self.series[:measures].values("pk")).update(version=0)


def seconds_of(bench: Bench) -> dict[str, float]:
    """Seconds of each contestant and of the chart job, the median of the rounds."""
    timed = bench.contestants()
    for run in timed.values():
        run()
    rounds: dict[str, list[float]] = {name: [] for name in timed}
    whole = bench.series.count()
    stale = {"job, all stale": whole, "job, one stale": 1, "job, none stale": 0}
    rounds |= {name: [] for name in stale}
    for _ in range(ROUNDS):
        for name, run in timed.items():
            rounds[name].append(_taken(run))
        charts.refresh_stale()
        for name, number in stale.items():
            bench.make_stale(number)
            rounds[name].append(_taken(charts.refresh_stale))
    return {name: median(taken) for name, taken in rounds.items()}


def _taken(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


def queries_of(run: Callable[[], object]) -> int:
    """How many statements reach the database; the marks of a transaction are not asked anything."""
    with CaptureQueriesContext(connection) as captured:
        run()
    return sum(query["sql"] not in {"BEGIN", "COMMIT"} for query in captured.captured_queries)


def budgets_of(bench: Bench, seconds: dict[str, float]) -> Iterator[Budget]:
    """Every claim with its figure."""
    runs = bench.contestants()
    queries = {name: queries_of(run) for name, run in runs.items()}
    most = {"one number saved": 10, "portfolio of 13": 12, "portfolio of 2": 12}
    for name, number in queries.items():
        yield Budget(f"Queries, {name}", number, most.get(name))
    more = queries["portfolio of 13"] - queries["portfolio of 2"]
    yield Budget("Queries of the portfolio that come with 11 more organizations", more, 0)
    page = bench.portfolio(bench.large, bench.reader)
    yield Budget("Kilobytes of the portfolio of 13, as sent", len(page) / KILOBYTE, 150)
    yield Budget("Kilobytes of the same, as read", len(gzip.decompress(page)) / KILOBYTE, None)
    empty_page, job = seconds["empty page"], seconds["job, all stale"]
    for name in queries:
        if name != "empty page":
            yield Budget(f"Time, {name} to an empty page", seconds[name] / empty_page, None)
    one = seconds["job, one stale"] / job
    yield Budget(f"Time, the chart job with one of {bench.series.count()} stale to all stale", one, 0.1)


@contextmanager
def site() -> Iterator[Bench]:
    """The product on its own database, with a collaborative of 13 organizations and one of two."""
    call_command("migrate", interactive=False, verbosity=0)
    with override_settings(ROOT_URLCONF="benchmarks.requests"):
        large = make_landscape(months=MONTHS, slug="large")
        small = make_landscape(organizations=2, months=MONTHS, slug="small")
        Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does within a minute
        yield Bench(large, small)


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    with site() as bench:
        seconds = seconds_of(bench)
        for name, taken in seconds.items():
            print(f"{name:20} {1000 * taken:12,.3f} ms")
        budgets = list(budgets_of(bench, seconds))
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
