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

from measures.models import Definition
from organizations.models import Presence
from tests.actors import make_appointee
from tests.projects.landscape import make_landscape


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


@pytest.mark.parametrize("organizations", [2, 13, 60])
def test_the_page_costs_twelve_queries_and_150_kilobytes_at_most(
    client: Client, db: None, organizations: int
) -> None:
    landscape = make_landscape(organizations=organizations)
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    client.get(reverse("projects:portfolio", args=["landscape"]))

    queries, size = cost(client, timezone.now() - timedelta(days=7))

    assert queries == 12
    assert size <= 150_000
    assert Definition.objects.count() == organizations * 40
