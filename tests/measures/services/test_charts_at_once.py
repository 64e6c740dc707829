"""Two workers that find the same stale charts at the same moment."""

import pytest
from django.db.models import F

from measures.models import ChartSnapshot, Measure
from measures.services import charts
from tests.actors import make_cast
from tests.at_once import while_it_waits
from tests.measures.series import log, make_measure


@pytest.mark.django_db(transaction=True)
def test_the_second_worker_waits_and_finds_nothing_left() -> None:
    measure = make_measure(make_cast().own)
    log(measure, [12, 11, 13])
    Measure.objects.update(series_version=F("series_version") + 1)
    assert while_it_waits(charts.refresh_stale, charts.refresh_stale) == 0
    measure.refresh_from_db()
    assert ChartSnapshot.objects.get(measure=measure).version == measure.series_version
