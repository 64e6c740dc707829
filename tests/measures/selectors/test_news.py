"""Which of the new signals are shown where there are more than fit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from measures.models import ChartSnapshot, Measure
from measures.selectors import news
from measures.services import charts
from tests.actors import Cast
from tests.measures.series import log, make_measure


def test_the_first_are_shown_concern_before_improvement_and_the_newest_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MOST", 3)
    at = timezone.now()
    stands = {
        "Old": ("concern", 3),
        "New": ("concern", 1),
        "Better": ("improvement", 0),
        "Worse": ("concern", 2),
    }
    for name in stands:
        log(make_measure(cast.own, name), [3] * 12)
    charts.refresh_stale()
    for name, (state, days) in stands.items():
        ChartSnapshot.objects.filter(measure__name=name).update(
            state=state, state_since=at - timedelta(days=days)
        )
    found = news.signals(Measure.objects.all(), cast.faculty, since=at - timedelta(days=7), at=at)
    assert [one.detail.split(":")[0].split(",")[0] for one in found] == ["New", "Worse", "Old"]
