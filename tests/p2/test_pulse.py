"""The worker's pulse: written by its jobs, and never in the way of anybody."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from measures.models import CoreMeasure, Measure
from measures.services import charts, core_measures, months
from p2 import letters, pulse
from p2.models import Letter, Pulse
from p2.spanning import digests
from tests.actors import make_cast
from tests.measures.series import NAMING, WAIT, log, make_measure


@pytest.mark.django_db(transaction=True)
def test_a_long_job_leaves_a_pulse_now_and_then(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pulse.write()
    monkeypatch.setitem(pulse._last, "written", 0.0)
    with django_assert_num_queries(1):
        for _piece in range(100):
            pulse.go_on()
    assert Pulse.objects.count() == 1


@pytest.mark.django_db
def test_a_pulse_inside_a_transaction_would_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setitem(pulse._last, "written", 0.0)
    with django_assert_num_queries(0):
        pulse.go_on()


@pytest.mark.django_db(transaction=True)
def test_every_job_that_may_take_long_leaves_pulses(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    log(make_measure(cast.own), [1.0, 2.0])
    CoreMeasure.objects.create(
        collaborative=cast.collaborative, name="Falls", is_mandatory=True, **NAMING, **WAIT
    )
    Letter.objects.create(
        key="news", address="reader@example.org", subject="News", text="News.", queued_at=timezone.now()
    )
    monday = datetime(2026, 3, 2, 8, tzinfo=UTC)
    jobs: list[Callable[[], int]] = [
        months.open_months,
        core_measures.adopt_missing,
        lambda: charts.refresh(Measure.objects.values_list("pk", flat=True)),
        letters.send_due,
        lambda: digests.queue_due(at=monday),
    ]

    without = []
    for job in jobs:
        Pulse.objects.all().delete()
        monkeypatch.setitem(pulse._last, "written", 0.0)
        job()
        if not Pulse.objects.exists():
            without.append(job)

    assert without == []
