"""What pages cost when the programme grows: `python -m benchmarks growth`.

The same pages, persons and addresses in two databases: a programme of the demo's size, 13 organizations with 40
measures and 36 months each, and the same ten times over (`BENCH_HUGE=1`: 97 times). Requests go through Django's test
client and every middleware. A round asks every page in both databases; each time is the median of the rounds, with the
middle half of them. Before each round numbers of twenty other organizations come anew, so that what a process remembers
is read again in part. What a process takes for the first reading is told apart.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.growth.loading import analyze, copy_of, log_anew, make_uneven, multiply, readers_of, use
from benchmarks.requests import KILOBYTE, Budget
from measures.models import Month
from measures.selectors.completeness import overview
from organizations.models import Presence
from tests.projects.landscape import Landscape

ROUNDS, MONTHS, LARGER = 5, 36, 97 if os.environ.get("BENCH_HUGE") else 10


@dataclass
class Page:
    """Who asks for which address, what that took in a database, and what it may cost more in the larger."""

    name: str
    reader: Client
    address: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    queries: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)

    def ask(self) -> int:
        """Bytes as sent."""
        answer = self.reader.get(self.address)
        if answer.status_code != 200:
            raise RuntimeError(f"{self.address} answered {answer.status_code}.")
        return len(answer.content)

    def count(self, database: str) -> None:
        self.ask()
        with CaptureQueriesContext(connection) as captured:
            self.sent[database] = self.ask()
        self.queries[database] = len(captured)

    def time(self, database: str) -> None:
        start = perf_counter()
        self.ask()
        self.seconds.setdefault(database, []).append(perf_counter() - start)

    def told(self, database: str) -> str:
        low, middle, high = (1000 * second for second in quantiles(self.seconds[database], n=4))
        asked, sent = self.queries[database], self.sent[database] / KILOBYTE
        return f"{middle:7.1f} ms ({low:.1f} to {high:.1f}), {asked:2} queries, {sent:6.1f} kB"

    def growth(self, small: str, large: str) -> float:
        return median(self.seconds[large]) / median(self.seconds[small])


def pages_of(landscape: Landscape) -> list[Page]:
    """The pages, each with who reads it; all have been here before."""
    home, slug = landscape.organizations[0], landscape.collaborative.slug
    clients = readers_of(landscape)
    portfolio, measure = reverse("projects:portfolio", args=[slug]), home.measures.earliest("position")
    return [
        Page("portfolio", clients["faculty"], portfolio),
        Page("portfolio by name", clients["faculty"], f"{portfolio}?sort=name"),
        Page("portfolio, core", clients["faculty"], f"{portfolio}?view=core"),
        Page("Today of office", clients["office"], "/"),
        Page("Today of faculty", clients["faculty"], "/"),
        Page("Today of data entry", clients["data_entry"], "/"),
        Page("method, by office", clients["office"], reverse("run_charts")),
        Page("method, by data entry", clients["data_entry"], reverse("run_charts")),
        Page("sheet", clients["data_entry"], reverse("measures:sheet", args=[slug, home.ref])),
        Page("measure, by faculty", clients["faculty"], measure.get_absolute_url()),
    ]


def measure(pages: list[Page], databases: tuple[str, str]) -> None:
    for database in databases:
        use(database)
        for page in pages:
            page.count(database)
        Presence.objects.update(latest_at=timezone.now() - timedelta(days=7))
    for number in range(ROUNDS):
        for database in databases:
            use(database)
            log_anew(number)
            for page in pages:
                page.time(database)


def first_readings(pages: list[Page], database: str) -> Iterator[str]:
    """What each page takes where the process remembers nothing of its months yet."""
    use(database)
    for page in pages:
        overview.counts.forget()
        start = perf_counter()
        page.ask()
        yield f"{page.name}, first of a process: {1000 * (perf_counter() - start):.0f} ms"


def budgets_of(pages: list[Page], small: str, large: str) -> Iterator[Budget]:
    for page in pages:
        yield Budget(f"Time, {page.name}, {LARGER} times to one", page.growth(small, large), 2)
        yield Budget(
            f"Queries of {page.name} that come with it", page.queries[large] - page.queries[small], 0
        )
        yield Budget(f"Kilobytes of {page.name}, as sent", page.sent[large] / KILOBYTE, 150)


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    landscape = make_uneven(months=MONTHS, slug="grown")
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    pages = pages_of(landscape)
    analyze()
    small = connection.settings_dict["NAME"]
    with copy_of(small, "p2_larger") as large:
        use(large)
        multiply(LARGER)
        measure(pages, (small, large))
        remembering = [page for page in pages if page.name == "Today of office"]
        firsts = [line for database in (small, large) for line in first_readings(remembering, database)]
    for page in pages:
        print(f"{page.name:22} {page.told(small)}\n{'':22} {page.told(large)}")
    print(*firsts, sep="\n")
    budgets = list(budgets_of(pages, small, large))
    call_command("flush", interactive=False, verbosity=0)
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
