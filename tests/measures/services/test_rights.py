"""The verbs themselves ask who may: no road past a page leads around the right."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from pytest_django import Settings

from measures.exchange.entries import Entry
from measures.models import Measure, Observation
from measures.services import markups, measures, months
from measures.services.entry import observations
from organizations.models import User
from p2.errors import RuleViolation
from p2.models import AuditEntry
from tests.actors import Cast
from tests.measures.series import FIRST, NAMING, WAIT, confirm, log, make_measure

pytestmark = pytest.mark.django_db

LATER, BASELINE = date(2020, 6, 1), date(2020, 10, 1)
Verb = Callable[[Measure, User], object]
LEADS: dict[str, Verb] = {
    "create": lambda measure, by: measures.create(
        measure.organization, naming={**NAMING, "name": "New"}, definition=WAIT, by=by
    ),
    "define": lambda measure, by: measures.define(
        measure, definition={"goal": Decimal(3)}, effective_from=LATER, why="A new aim", by=by
    ),
    "rename": lambda measure, by: measures.rename(measure, naming={"name": "Days"}, by=by),
    "share": lambda measure, by: measures.share(measure, is_shared=False, by=by),
    "retire": lambda measure, by: measures.retire(measure, by=by),
    "rebase": lambda measure, by: markups.rebase(measure, LATER, why="Two clinics", by=by),
    "freeze": lambda measure, by: markups.freeze(measure, BASELINE, why="The baseline", by=by),
    "exclude": lambda measure, by: markups.exclude(measure, LATER, why="The roof was open", by=by),
}
CLERKS: dict[str, Verb] = {
    "record": lambda measure, by: observations.record(measure, LATER, Entry(value=Decimal(5)), by=by),
    "confirm": lambda measure, by: confirm(measure, LATER, by=by),
    "annotate": lambda measure, by: markups.annotate(measure, LATER, kind="note", text="Strike", by=by),
}


@pytest.fixture
def measure(cast: Cast) -> Measure:
    made = make_measure(cast.own)
    log(made, [10, 11, 12] * 4, first=FIRST)
    return made


@pytest.mark.parametrize("verb", LEADS)
def test_what_is_the_leads_is_refused_to_data_entry_and_faculty(
    cast: Cast, measure: Measure, verb: str
) -> None:
    for person in (cast.data_entry, cast.faculty, cast.stranger):
        with pytest.raises(PermissionDenied):
            LEADS[verb](measure, person)
    LEADS[verb](measure, cast.lead)


@pytest.mark.parametrize("verb", CLERKS)
def test_what_is_data_entrys_is_refused_to_members_and_faculty(
    cast: Cast, measure: Measure, verb: str
) -> None:
    for person in (cast.member, cast.faculty, cast.stranger):
        with pytest.raises(PermissionDenied):
            CLERKS[verb](measure, person)
    CLERKS[verb](measure, cast.data_entry)


@pytest.mark.parametrize("verb", LEADS)
def test_a_past_participant_changes_no_measure(cast: Cast, verb: str) -> None:
    measure = make_measure(cast.past)
    log(measure, [10, 11, 12] * 4, first=FIRST)
    with pytest.raises(RuleViolation, match=r"^Past Hospital took part until .+ What it has here stays"):
        LEADS[verb](measure, cast.past_lead)


def test_months_are_kept_by_the_office_alone(cast: Cast) -> None:
    month = months.month_of(cast.collaborative, date(2026, 1, 1))
    month.save()
    at = datetime(2026, 2, 10, tzinfo=UTC)
    for verb in (
        months.close,
        months.reopen,
        lambda month, by, at: months.move(month, at.date(), by=by, at=at),
    ):
        with pytest.raises(PermissionDenied):
            verb(month, by=cast.lead, at=at)
    months.close(month, by=cast.office, at=at)


def test_that_a_number_is_right_is_said_in_somebodys_name(cast: Cast, measure: Measure) -> None:
    confirm(measure, LATER, by=cast.data_entry)
    entry = AuditEntry.objects.get(verb="confirmed")
    assert (entry.by, entry.subject_ref, entry.changes) == (
        cast.data_entry,
        measure.ref,
        {"2020-06-01": [None, "12"]},
    )


def test_the_trail_writes_a_number_in_the_sites_language(
    cast: Cast, measure: Measure, settings: Settings
) -> None:
    for language, words in (("en", "1,234.5"), ("sv", "1\u00a0234,5")):
        Observation.objects.filter(measure=measure, period=LATER).update(
            value=Decimal("1234.5"), is_confirmed=False
        )
        settings.LANGUAGE_CODE = language
        with translation.override("sv" if language == "en" else "en"):
            confirm(measure, LATER, by=cast.data_entry)
        assert AuditEntry.objects.latest("id").changes == {"2020-06-01": [None, words]}


def test_a_part_is_not_shared_before_the_whole(cast: Cast, measure: Measure) -> None:
    part = measures.create(
        cast.own,
        naming={**NAMING, "name": measure.name, "stratum_of": measure, "stratum_label": "Nights"},
        definition=WAIT,
        by=cast.lead,
    )
    measures.share(measure, is_shared=False, by=cast.lead)
    with pytest.raises(RuleViolation, match=r"^Wait is not shared: share it first"):
        measures.share(part, is_shared=True, by=cast.lead)
    part.refresh_from_db()
    assert not part.is_shared
    measures.share(measure, is_shared=True, by=cast.lead)
    part.refresh_from_db()
    assert part.is_shared
