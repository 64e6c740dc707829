"""What a list of the API costs against its rows: `python -m benchmarks api`.

Lists of a hundred, asked by faculty of a programme of 110 organizations with 770 projects and 4,400 measures. The floor
of each is a view behind the same middleware, session and person that runs the list's own statements as they were sent
and answers their rows through orjson. Both are made in turn; each time is the median, with the middle half of them.
"""

from statistics import median, quantiles
from time import perf_counter

import orjson
from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import include, path

from benchmarks.requests import Budget
from tests.actors import make_appointee
from tests.projects.landscape import make_landscape

LISTS, PAIRS = ("organizations", "measures", "projects"), 40
MIDDLEWARE = 2
"""Statements before the view: the session and the person."""

statements: dict[str, list[str]] = {}


def floor(request: HttpRequest, name: str) -> HttpResponse:
    """The rows of a list, as the database gives them."""
    rows = [str(request.user)]
    with connection.cursor() as cursor:
        for sql in statements[name]:
            cursor.cursor.execute(sql)  # psycopg2's own: Django's would note it down
            rows += cursor.fetchall()
    return HttpResponse(orjson.dumps(rows, default=str), content_type="application/json")


urlpatterns = [path("floor/<str:name>", floor), path("", include("p2.urls"))]


def taken(client: Client, address: str) -> float:
    start = perf_counter()
    answer = client.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}.")
    return perf_counter() - start


def measured(client: Client, name: str) -> tuple[list[float], list[float]]:
    """Seconds of each list, and of each floor."""
    list_of, floor_of = f"/api/v1/{name}/", f"/floor/{name}"
    taken(client, list_of)
    with CaptureQueriesContext(connection) as captured:
        taken(client, list_of)
    statements[name] = [query["sql"] for query in captured.captured_queries][MIDDLEWARE:]
    pairs = [(taken(client, list_of), taken(client, floor_of)) for _ in range(PAIRS)]
    lists, floors = zip(*pairs, strict=True)
    return list(lists), list(floors)


def budget_of(client: Client, name: str) -> Budget:
    """One list with its floor, printed."""
    lists, floors = measured(client, name)
    for what, seconds in ((f"100 {name}", lists), ("their rows", floors)):
        low, _, high = quantiles(seconds, n=4)
        print(
            f"{what:20} {1000 * median(seconds):6.2f} ms (half of them {1000 * low:.2f} to {1000 * high:.2f})"
        )
    return Budget(f"Time, the API's list of 100 {name} to its rows", median(lists) / median(floors), 3)


def main() -> int:
    """Print the figures; 1 if one is over its budget."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    landscape = make_landscape(organizations=110, months=3, slug="listed")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    client = Client(SERVER_NAME="localhost")
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    with override_settings(ROOT_URLCONF="benchmarks.api"):
        budgets = [budget_of(client, name) for name in LISTS]
    call_command("flush", interactive=False, verbosity=0)
    for budget in budgets:
        print(budget)
    return int(not all(budget.is_met for budget in budgets))
