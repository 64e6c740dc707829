"""What fails with one row of a job stops no other row: each is done apart, and the log names the one that failed."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection, models
from django.utils import timezone

from measures.models import ChartSnapshot, Measure, Month
from measures.services import charts, core_measures, months
from organizations.models import Collaborative, Phase
from organizations.services.people import accounts
from p2 import letters
from p2.models import Letter
from p2.spanning import digests
from tests.actors import Cast
from tests.measures.series import NAMING, WAIT, log, make_measure

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)


def refuse(model: type[models.Model], condition: str, *, on: str = "INSERT") -> None:
    """Have the database refuse some rows, as a fault that nobody thought of."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'a fault that nobody thought of'; END $$"
        )
        cursor.execute(
            f"CREATE TRIGGER refused BEFORE {on} ON {table} FOR EACH ROW WHEN ({condition}) "
            "EXECUTE FUNCTION refuse()"
        )


def test_an_unknown_time_zone_stops_nobody_s_months(cast: Cast) -> None:
    Collaborative.objects.filter(pk=cast.elsewhere.pk).update(time_zone="Mars/Phobos")
    months.open_months()
    counts = {one.slug: one.months.count() for one in Collaborative.objects.all()}
    assert counts == {"perfection": 25, "elsewhere": 13}


def test_a_fault_in_one_collaborative_stops_no_other_s_months(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    refuse(Month, f"NEW.collaborative_id = {cast.elsewhere.pk}")
    with caplog.at_level(logging.ERROR):
        made = months.open_months()
    assert (made, cast.collaborative.months.count(), cast.elsewhere.months.count()) == (25, 25, 0)
    assert [one.getMessage() for one in caplog.records] == [
        f"measures.open_months could not be done for collaborative {cast.elsewhere.pk}"
    ]


def test_a_phase_of_the_year_1000_makes_no_month_before_1990(cast: Cast) -> None:
    Phase.objects.filter(pk=cast.planning.pk).update(starts_on=date(1000, 1, 1))
    months.open_months()
    assert cast.collaborative.months.order_by("period")[0].period == date(1990, 1, 1)


def test_a_fault_in_one_organization_stops_no_other_s_core_measures(cast: Cast) -> None:
    core_measures.create(
        collaborative=cast.collaborative,
        naming={**NAMING, "name": "Access", "is_mandatory": True},
        definition=WAIT,
        by=cast.office,
    )
    refuse(Measure, f"NEW.organization_id = {cast.own.pk}")
    assert core_measures.adopt_missing() == 1
    assert list(Measure.objects.values_list("organization", flat=True)) == [cast.other.pk]


def test_a_fault_in_one_chart_stops_no_other(cast: Cast) -> None:
    first, second, third = (make_measure(cast.own, name) for name in ("Falls", "Wait", "Harm"))
    for measure in (first, second, third):
        log(measure, [20.0, 22.0, 19.0])
    refuse(ChartSnapshot, f"NEW.measure_id = {second.pk}")
    assert charts.refresh_stale() == 2
    assert set(ChartSnapshot.objects.values_list("measure", flat=True)) == {first.pk, third.pk}


def test_an_unknown_rule_of_a_collaborative_is_the_one_that_most_have(cast: Cast) -> None:
    for organization in (cast.own, cast.elsewhere_organization):
        log(make_measure(organization), [20.0, 22.0, 19.0])
    Collaborative.objects.filter(pk=cast.elsewhere.pk).update(run_rules="astrology")
    assert (charts.refresh_stale(), charts.refresh_stale()) == (2, 0)


def test_a_fault_in_one_digest_stops_no_other(cast: Cast) -> None:
    measure = make_measure(cast.own, "Wait")
    log(measure, [*[20.0 + n % 3 for n in range(12)], *[30.0 + n for n in range(10)]])
    charts.refresh_stale(at=MONDAY - timedelta(days=2))
    told = {letter.person_id for letter in _digests()}
    refuse(Letter, f"NEW.person_id = {cast.lead.pk}")
    assert {cast.lead.pk, cast.member.pk} <= told
    assert {letter.person_id for letter in _digests()} == told - {cast.lead.pk}


def test_a_fault_in_one_letter_stops_no_other(db: None, mailoutbox: list[EmailMessage]) -> None:
    for number, address in enumerate(("a@example.org", "b@example.org", "c@example.org")):
        Letter.objects.create(
            key=address,
            address=address,
            subject="Welcome",
            text="Come in.",
            queued_at=timezone.now() + timedelta(seconds=number),
        )
    refuse(Letter, "NEW.state = 'sent' AND NEW.address LIKE 'a@%'", on="UPDATE")
    letters.send_due()
    states = dict(Letter.objects.values_list("address", "state"))
    assert states == {"a@example.org": "sending", "b@example.org": "sent", "c@example.org": "sent"}
    assert len(mailoutbox) == 3


def test_a_fault_in_one_request_for_a_password_stops_no_other(cast: Cast) -> None:
    for person in (cast.lead, cast.member):
        accounts.ask_for_password(person.email, network="10.0.0.1")
    refuse(Letter, f"NEW.person_id = {cast.lead.pk}")
    assert accounts.answer_password_requests() == 1
    assert list(Letter.objects.values_list("person", flat=True)) == [cast.member.pk]


def _digests() -> list[Letter]:
    """The digests of the week, written anew."""
    Letter.objects.all().delete()
    digests.queue_due(at=MONDAY)
    return list(Letter.objects.all())
