"""What a save on the sheet costs against its own SQL: `python -m benchmarks saving`.

The save is one row of a sheet of 40 measures × 36 months, posted as its script posts it, a number changed each time.
Its floor is a view behind the same middleware, session and person, that runs in one transaction the statements of
such a save of another measure, as they were sent. Hints to the worker go to the embedded Valkey. Both are made in turn;
each time is the median of all, with the middle half of them.
"""

from collections.abc import Callable
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter

from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from benchmarks.requests import Budget
from measures.models import Measure, Month
from tests.actors import make_member
from tests.projects.landscape import Landscape, make_landscape

PAIRS = 200
MIDDLEWARE = 2
"""Statements before the view: the session and the person."""

statements: list[str] = []


def floor(request: HttpRequest) -> HttpResponse:
    """The statements of a save, and nothing else."""
    answer = str(request.user)
    with transaction.atomic(), connection.cursor() as cursor:
        for sql in statements:
            cursor.cursor.execute(sql)  # psycopg2's own: Django's would note it down
            if cursor.description:
                cursor.fetchall()
    return HttpResponse(answer)


urlpatterns = [path("floor", floor), path("", include("p2.urls"))]


def statements_of(run: Callable[[], object]) -> list[str]:
    """What it asks of the database behind the middleware."""
    with CaptureQueriesContext(connection) as captured:
        run()
    sent = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in sent if sql not in {"BEGIN", "COMMIT"}][MIDDLEWARE:]


def taken(run: Callable[[], object]) -> float:
    start = perf_counter()
    run()
    return perf_counter() - start


class Row:
    """A row of the sheet, and the person who types in it another number each time."""

    def __init__(self, writer: Client, measure: Measure) -> None:
        self.writer, self.measure = writer, measure
        home = measure.organization
        self.sheet = reverse("measures:sheet", args=[home.collaborative.slug, home.ref])
        newest = measure.observations.latest("period")
        self.period, self.version = newest.period, newest.version

    def save(self) -> None:
        ref = self.measure.ref
        typed = {
            "row": ref,
            "period": str(self.period),
            f"{ref}-value": f"{18 + self.version % 40 / 10}",
            f"{ref}-have": str(self.version),
        }
        answer = self.writer.post(self.sheet, typed)
        if b'data-state="saved"' not in answer.content:
            raise RuntimeError(f"Not saved: {answer.status_code} {answer.text}")
        self.version += 1


def rows_of(landscape: Landscape) -> list[Row]:
    """The sheet of the first organization, whose months are open."""
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    home = landscape.organizations[0]
    writer = Client(SERVER_NAME="localhost")
    writer.force_login(make_member(home, "data_entry"))
    return [Row(writer, measure) for measure in home.measures.order_by("position")[5:7]]


def measured(row: Row, other: Row) -> tuple[list[float], list[float]]:
    """Seconds of each save, and of each floor."""
    for one in (row, other):
        one.save()
    statements[:] = statements_of(other.save)
    row.writer.post("/floor")
    pairs = [(taken(row.save), taken(lambda: row.writer.post("/floor"))) for _ in range(PAIRS)]
    saves, floors = zip(*pairs, strict=True)
    return list(saves), list(floors)


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    landscape = make_landscape(months=36, slug="saved")
    with override_settings(ROOT_URLCONF="benchmarks.saving"):
        saves, floors = measured(*rows_of(landscape))
    call_command("flush", interactive=False, verbosity=0)
    for name, seconds in (("a save", saves), ("its statements", floors)):
        low, _, high = quantiles(seconds, n=4)
        print(
            f"{name:20} {1000 * median(seconds):6.2f} ms (half of them {1000 * low:.2f} to {1000 * high:.2f})"
        )
    budget = Budget("Time, a save to its own statements", median(saves) / median(floors), 2)
    print(budget)
    return int(not budget.is_met)
