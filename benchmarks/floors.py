"""What pages cost against their floor: `python -m benchmarks floors`.

The floor of a page is a view behind the same middleware, session and person, that asks the page's own statements raw
and draws the same template from the context that the page drew it from. What is above it is building queries and rows.
The programme is of the demo's size: 13 organizations of 40 measures and 36 months. Pages and floors are asked in turn;
each time is the median, with the middle half of them.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client
from django.test.utils import (
    CaptureQueriesContext,
    override_settings,
    setup_test_environment,
    teardown_test_environment,
)
from django.urls import include, path, reverse
from django.utils import timezone

from benchmarks.growth.loading import analyze, make_uneven, readers_of
from benchmarks.requests import Budget
from measures.models import Month
from organizations.models import Presence
from tests.projects.landscape import Landscape

ROUNDS, MONTHS, AT_MOST = 25, 36, 2
MIDDLEWARE = 2
"""Statements before the view: the session and the person."""


@dataclass
class Page:
    """A page and who reads it; what it asked and drew; seconds of it and of its floor."""

    name: str
    reader: Client
    address: str
    statements: list[str] = field(default_factory=list)
    template: Template | None = None
    context: dict[str, Any] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    floors: list[float] = field(default_factory=list)

    def learn(self) -> None:
        """What the page asks behind the middleware, and what it draws from what."""
        self.ask(self.address)
        with CaptureQueriesContext(connection) as captured:
            answer = self.ask(self.address)
        sent = [query["sql"] for query in captured.captured_queries]
        self.statements = [sql for sql in sent if sql not in {"BEGIN", "COMMIT"}][MIDDLEWARE:]
        self.template, self.context = answer.templates[0], answer.context[0].flatten()

    def ask(self, address: str) -> Any:
        answer = self.reader.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
        return answer

    def take(self) -> None:
        """One of each, in turn."""
        for address, taken in ((self.address, self.seconds), (f"/floor?{self.name}", self.floors)):
            start = perf_counter()
            self.ask(address)
            taken.append(perf_counter() - start)


pages: dict[str, Page] = {}


def floor(request: HttpRequest) -> HttpResponse:
    """The statements of a page, and its template drawn from its context."""
    page = pages[request.META["QUERY_STRING"]]
    str(request.user)
    with connection.cursor() as cursor:
        for sql in page.statements:
            cursor.cursor.execute(sql)  # psycopg2's own: Django's would note it down
            if cursor.description:
                cursor.fetchall()
    context = Context(page.context)
    context.request = page.context["request"]  # type: ignore[attr-defined]
    assert page.template
    return HttpResponse(page.template.render(context))


urlpatterns = [path("floor", floor), path("", include("p2.urls"))]


def known(landscape: Landscape) -> list[Page]:
    """The pages, each with who reads it; all have been here before."""
    home, slug = landscape.organizations[0], landscape.collaborative.slug
    clients = readers_of(landscape)
    measure, project = home.measures.earliest("position"), home.projects.earliest("pk")
    return [
        Page("Log", clients["data_entry"], reverse("measures:sheet", args=[slug, home.ref])),
        Page("Portfolio", clients["faculty"], reverse("projects:portfolio", args=[slug])),
        Page("Measure", clients["faculty"], measure.get_absolute_url()),
        Page("Project", clients["faculty"], project.get_absolute_url()),
        Page("Organization", clients["faculty"], home.get_absolute_url()),
        Page("Today-of-faculty", clients["faculty"], "/"),
        Page("Today-of-office", clients["office"], "/"),
        Page("Today-of-data-entry", clients["data_entry"], "/"),
        Page("Search", clients["faculty"], f"{reverse('search')}?q=hospital"),
    ]


def measured(landscape: Landscape) -> list[Page]:
    pages.update({page.name: page for page in known(landscape)})
    Presence.objects.update(latest_at=timezone.now() - timedelta(days=7))
    setup_test_environment()  # templates tell what they are drawn from
    for page in pages.values():
        page.learn()
    teardown_test_environment()
    for page in pages.values():
        page.take()
        page.seconds, page.floors = [], []
    for _ in range(ROUNDS):
        for page in pages.values():
            page.take()
    return list(pages.values())


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    landscape = make_uneven(months=MONTHS, slug="floors")
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    analyze()
    with override_settings(ROOT_URLCONF="benchmarks.floors"):
        found = measured(landscape)
    call_command("flush", interactive=False, verbosity=0)
    budgets = []
    for page in found:
        for name, seconds in ((page.name, page.seconds), ("its floor", page.floors)):
            low, middle, high = (1000 * second for second in quantiles(seconds, n=4))
            print(f"{name:20} {middle:7.2f} ms (half of them {low:.2f} to {high:.2f})")
        ratio = median(page.seconds) / median(page.floors)
        budgets.append(Budget(f"Time, {page.name} to its floor", ratio, AT_MOST))
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
