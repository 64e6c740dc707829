"""What Today shows first, and what it says of what it does not show."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from measures.models import ChartSnapshot
from measures.services import charts, markups
from p2.spanning.today import compose
from tests.actors import Cast
from tests.measures.series import FIRST, log, make_measure


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
    client.force_login(cast.member)
    charts.refresh_stale()
    ChartSnapshot.objects.update(state="concern", state_since=timezone.now())

    assert f'<p class="section-foot">{words}</p>' in client.get("/").content.decode()


def test_of_one_kind_the_newest_stands_first(cast: Cast) -> None:
    now = timezone.now()
    for name in ("Older", "Newer"):
        log(make_measure(cast.own, name), [3] * 12)
    charts.refresh_stale()
    for hours, name in ((5, "Older"), (1, "Newer")):
        told = ChartSnapshot.objects.filter(measure__name=name)
        told.update(state="concern", state_since=now - timedelta(hours=hours))
    shown = compose(cast.member, previous=now - timedelta(days=1), at=now)
    assert [row.detail.partition(",")[0] for row in shown.signals] == ["Newer", "Older"]


def test_notes_that_are_not_shown_are_counted_too(cast: Cast) -> None:
    measure = make_measure(cast.own)
    for number in range(25):
        markups.annotate(measure, FIRST, kind="note", text=f"Note {number}", by=cast.lead)
    now = timezone.now()
    shown = compose(cast.member, previous=now - timedelta(days=1), at=now)
    assert (len(shown.news), shown.unshown) == (20, 5)
