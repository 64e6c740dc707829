"""What a request may cost, counted and not timed: `make bench` times."""

import gzip
import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from measures.models import Definition, Measure, Month, Observation
from organizations.models import Presence
from p2.celery import app
from tests.actors import make_appointee, make_member
from tests.projects.landscape import make_landscape

QUERIES_TO_SAVE = 10


def save(client: Client, measure: Measure, month: Month, typed: str, have: int) -> list[str]:
    """Leave a cell of the sheet with `typed` in it. Returns the statements, without the transaction's marks."""
    sheet = reverse("measures:sheet", args=["landscape", measure.organization.ref])
    fields = {
        "row": measure.ref,
        "period": str(month.period),
        f"{measure.ref}-value": typed,
        f"{measure.ref}-have": str(have),
    }
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(sheet, fields)
    assert answer.status_code == 200
    return [query["sql"] for query in captured if query["sql"] not in {"BEGIN", "COMMIT"}]


@pytest.mark.django_db(transaction=True)
def test_saving_one_number_takes_ten_queries_with_session_and_person(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.conf, "task_always_eager", False)  # the chart is the worker's, not the request's
    landscape = make_landscape(organizations=2, projects=1)
    Month.objects.update(closes_on=timezone.localdate() + timedelta(days=7))
    month = Month.objects.latest("period")
    measure = Measure.objects.filter(organization=landscape.organizations[1]).earliest("position")
    Observation.objects.filter(measure=measure, period=month.period).delete()
    client.force_login(make_member(landscape.organizations[1], "data_entry"))

    first = save(client, measure, month, "18.5", have=0)
    logged = Observation.objects.get(measure=measure, period=month.period)
    corrected = save(client, measure, month, "19.5", have=logged.version)
    logged.refresh_from_db()

    assert logged.value == Decimal("19.5")
    assert (len(first), len(corrected)) == (QUERIES_TO_SAVE, QUERIES_TO_SAVE)
    assert [sql for sql in (*first, *corrected) if "SAVEPOINT" in sql] == []


def cost(client: Client, when: datetime) -> tuple[int, int]:
    """Queries and bytes as sent of the page on a second visit, the visit's own note included."""
    Presence.objects.update(latest_at=when)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(
            reverse("projects:portfolio", args=["landscape"]), headers={"Accept-Encoding": "gzip"}
        )
    assert answer.status_code == 200
    assert len(re.findall(r'class="heat"', gzip.decompress(answer.content).decode())) in {14, 91}
    return len(queries), len(answer.content)


@pytest.mark.parametrize("organizations", [2, 13])
def test_the_portfolio_costs_twelve_queries_and_150_kilobytes_at_most(
    client: Client, db: None, organizations: int
) -> None:
    landscape = make_landscape(organizations=organizations)
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    client.get(reverse("projects:portfolio", args=["landscape"]))

    queries, size = cost(client, timezone.now() - timedelta(days=7))

    assert queries == 12
    assert size <= 150_000
    assert Definition.objects.count() == organizations * 40
