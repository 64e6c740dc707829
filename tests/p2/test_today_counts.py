"""What Today says of the changes that it does not show."""

import pytest
from django.test import Client
from django.utils import timezone

from measures.models import ChartSnapshot
from measures.services import charts
from tests.actors import Cast
from tests.measures.series import log, make_measure
from tests.p2.test_today import page


@pytest.mark.parametrize(
    ("signals", "words"),
    [(49, "29 more"), (51, "at least 30 more")],
    ids=["all of them", "the first of them"],
)
def test_what_is_not_shown_is_counted_where_all_of_it_is_known(
    client: Client, cast: Cast, signals: int, words: str
) -> None:
    for number in range(signals):
        log(make_measure(cast.own, f"Wait {number}"), [3] * 12)
    charts.refresh_stale()
    ChartSnapshot.objects.update(state="concern", state_since=timezone.now())

    assert f'<p class="section-foot">{words}</p>' in page(client, cast.member)
