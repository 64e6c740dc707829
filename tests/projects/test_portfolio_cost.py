"""What the portfolio costs: the same queries for two organizations, for thirteen and for sixty, and a small page."""

import gzip
import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.models import ChartSnapshot, Definition, Measure
from organizations.models import Presence
from tests.actors import make_appointee
from tests.projects.landscape import CORES, PROCESSES, make_landscape
from tests.projects.test_portfolio import outcome, quiet, seen, state


def cost(client: Client, when: datetime) -> tuple[int, int]:
    """Queries and bytes as sent of the page on a second visit, the visit's own note included."""
    Presence.objects.update(latest_at=when)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(
            reverse("projects:portfolio", args=["landscape"]), headers={"Accept-Encoding": "gzip"}
        )
    assert answer.status_code == 200
    assert len(re.findall(r'class="heat"', gzip.decompress(answer.content).decode())) in {14, 91, 350}
    return len(queries), len(answer.content)


@pytest.mark.parametrize(("organizations", "measures"), [(2, 5), (13, 5), (60, 1)])
def test_the_page_costs_twelve_queries_and_150_kilobytes_at_most(
    client: Client, db: None, organizations: int, measures: int
) -> None:
    landscape = make_landscape(organizations=organizations, measures=measures)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does within a minute
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    client.get(reverse("projects:portfolio", args=["landscape"]))

    queries, size = cost(client, timezone.now() - timedelta(days=7))

    assert queries == 12
    assert size <= 150_000
    assert Definition.objects.count() == organizations * (7 * measures + 5)


def test_fifty_organizations_stand_on_a_page_in_one_order(client: Client, db: None) -> None:
    landscape = make_landscape(organizations=52, projects=1, measures=1, months=2)
    quiet()
    needy = landscape.organizations[51]
    state(outcome(needy, PROCESSES[0]), "concern")
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    url = reverse("projects:portfolio", args=["landscape"])

    first, second = seen(landscape), seen(landscape, page=2)
    text = client.get(url).text

    assert first.rows[0].name == needy.name
    assert [len(first.rows), len(second.rows)] == [50, 2]
    assert {row.name for row in (*first.rows, *second.rows)} == {one.name for one in landscape.organizations}
    assert (first.page_words, second.page_words) == (
        "1\u201350 of 52 organizations",
        "51\u201352 of 52 organizations",
    )
    assert [column.common for column in second.columns] == [51]
    assert (first.percent, seen(landscape, page=0).percent) == (None, 99)
    assert re.findall(r'<td class="num complete key">(.*?)</td>', text) == [""]
    assert first.month
    assert second.month
    assert (first.month.asked, second.month.asked) == (50, 2)
    assert f"{first.month.complete} of 50 organizations on this page complete." in text
    assert seen(landscape, page=9).pages == second.pages
    assert 'rel="next" href="?page=2"' in text
    assert 'rel="prev"' not in text
    assert client.get(url, {"page": "0"}).text.count('class="heat"') == 50
    assert len(client.get(reverse("projects:portfolio_csv", args=["landscape"])).text.splitlines()) == 53


def test_of_one_core_measure_the_best_are_drawn_and_the_rest_is_counted(db: None) -> None:
    landscape = make_landscape(organizations=26, projects=1, measures=1, months=2)
    best = Measure.objects.filter(core_measure__name="Mortality").earliest("pk")
    ChartSnapshot.objects.filter(measure__core_measure__name="Mortality").update(median=30.0)
    ChartSnapshot.objects.filter(measure=best).update(median=10.0)
    assert best.core_measure

    shown = seen(landscape, core=best.core_measure.ref).multiples

    assert shown is not None
    assert (shown.charts[0].name, len(shown.charts), shown.unshown) == (str(best.organization), 24, 2)
    assert [name for _, name in shown.choices] == sorted(CORES)
