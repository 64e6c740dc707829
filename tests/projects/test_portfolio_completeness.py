"""How full the months are: the open month apart, and nobody and nothing lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from measures.models import Measure, Month, Observation
from projects.models import Project, ProjectMeasure
from tests.actors import make_appointee
from tests.projects.landscape import Landscape, make_landscape
from tests.projects.test_portfolio import outcome, quiet, seen


@pytest.fixture
def landscape(db: None) -> Landscape:
    """Three organizations of twelve measures, all there in four months of which the newest is open."""
    made = make_landscape(organizations=3, measures=1, months=4)
    quiet()
    today = timezone.now().date()
    newest = Month.objects.latest("period").period
    Month.objects.update(closes_on=today - timedelta(days=9))
    Month.objects.filter(period=newest).update(closes_on=today + timedelta(days=9))
    return made


def test_the_open_month_is_counted_apart(landscape: Landscape) -> None:
    newest = Month.objects.latest("period").period
    third = landscape.organizations[2]
    theirs = Observation.objects.filter(measure__organization=third)
    late = theirs.filter(period=newest).values("pk")[:3]
    theirs.filter(pk__in=list(late.values_list("pk", flat=True))).delete()

    row = seen(landscape, sort="name").rows[2]

    assert (row.percent, row.open_present, row.open_expected) == (100, 9, 12)
    assert row.months == (1.0, 1.0, 1.0, 0.75)
    assert row.full_words == "Complete, month by month; still open: 9 of 12 numbers"


def test_a_closed_month_that_lacks_a_number_is_not_complete(landscape: Landscape) -> None:
    first = Month.objects.earliest("period").period
    third = landscape.organizations[2]
    Observation.objects.filter(measure__organization=third, period=first).earliest("pk").delete()

    row = seen(landscape, sort="name").rows[2]

    assert (row.percent, row.open_present, row.open_expected) == (97, 12, 12)


def test_while_no_month_is_closed_no_percentage_is_claimed(client: Client, landscape: Landscape) -> None:
    Month.objects.update(closes_on=timezone.now().date() + timedelta(days=9))
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    shown = seen(landscape, sort="name")
    text = client.get(reverse("projects:portfolio", args=["landscape"])).text

    assert (shown.percent, shown.rows[2].percent, shown.rows[2].open_expected) == (None, None, 48)
    assert "still open: 48 of 48 numbers" in text


def test_a_participant_without_measures_is_named(client: Client, landscape: Landscape) -> None:
    third = landscape.organizations[2]
    assert seen(landscape).unasked == ()
    Measure.objects.filter(organization=third).update(retired_at=timezone.now())
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    assert seen(landscape).unasked == (("Hospital 02", third.get_absolute_url()),)
    text = client.get(reverse("projects:portfolio", args=["landscape"])).text
    assert "Not counted, since no month asks them for a number: <a" in text


def test_a_running_project_without_an_outcome_is_named(client: Client, landscape: Landscape) -> None:
    place = landscape.organizations[0]
    project = Project.objects.get(organization=place, care_process="Cost")
    other = Project.objects.get(organization=place, care_process="Staff")
    stopped = Project.objects.get(organization=place, care_process="Acute care")
    ProjectMeasure.objects.filter(project__in=(project, stopped)).update(role="process")
    Project.objects.filter(pk=stopped.pk).update(state="stopped")
    assert [words for words, _ in seen(landscape).without_outcome] == [f"Hospital 00: {project.name}"]
    measure = outcome(place, "Staff")

    Measure.objects.filter(pk=measure.pk).update(retired_at=timezone.now())

    assert seen(landscape).without_outcome == (
        (f"Hospital 00: {project.name}", project.get_absolute_url()),
        (f"Hospital 00: {other.name}", other.get_absolute_url()),
    )
    client.force_login(make_appointee(landscape.collaborative, "faculty"))
    address = reverse("projects:portfolio", args=["landscape"])
    assert "Not on the map, for want of an outcome measure: <a" in client.get(address).text
    assert "for want of an outcome" not in client.get(address, {"view": "core"}).text


def test_no_data_with_a_reason_is_there_and_told_apart(client: Client, landscape: Landscape) -> None:
    periods = Month.objects.order_by("period").values_list("period", flat=True)
    third = landscape.organizations[2]
    for period in (periods[0], periods[3]):
        theirs = Observation.objects.filter(measure__organization=third, period=period).earliest("pk")
        Observation.objects.filter(pk=theirs.pk).update(value=None, no_data="not_collected")
    client.force_login(make_appointee(landscape.collaborative, "faculty"))

    shown = seen(landscape, sort="name")
    text = client.get(reverse("projects:portfolio", args=["landscape"])).text

    assert [row.reasons for row in shown.rows] == [0, 0, 2]
    assert (shown.rows[2].percent, shown.rows[2].open_present) == (100, 12)
    assert shown.rows[2].full_words == (
        "Complete, month by month; still open: 12 of 12 numbers. Of what is there, 2 say no data, with a reason"
    )
    assert "1 of what is there says no data, with a reason." in text
