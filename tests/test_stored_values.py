"""A stored value that has become invalid degrades: it is shown by its key, or read as a default. No page fails by it.

Every column of ours that holds a key of a choice, a time zone, a language or JSON is found in the models and spoiled,
unless the database refuses; then every page is opened and every job done.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from measures.models import ChartSnapshot, Measure
from measures.services import charts, core_measures, months
from organizations.models import Appointment, Membership, User
from p2 import letters
from p2.models import AuditEntry
from p2.spanning import digests
from tests.permissions.stage import ADDRESSES, CELLS, Stage
from tests.permissions.table import Cell
from tests.words.stage import make_full_stage

pytestmark = pytest.mark.xdist_group("stored")

OURS = {"organizations", "measures", "projects", "meetings", "p2"}
SPOILED = "zz"
ROLES = {(Membership, "role"), (Appointment, "role")}
"""Without a known role nobody sees anything; they are spoiled apart."""

SHAPES: tuple[Any, ...] = (
    {"run_rules": "perla"},
    {"run_rules": ["perla"]},
    {"run_rules": ["zz", "zz"]},
    {"run_rules": {"a": 1}},
    {"run_rules": None, "no_such_field": [1, [2]]},
    ["run_rules"],
    "run_rules",
    7,
    [],
)


@pytest.fixture(scope="module")
def whole_stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stage]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_full_stage()
        transaction.set_rollback(True)


@pytest.fixture
def stage(whole_stage: Stage, db: None) -> Stage:
    """Made once; what a test spoils is taken back."""
    return whole_stage


def columns() -> Iterator[tuple[type[models.Model], str]]:
    for model in apps.get_models():
        for field in model._meta.local_fields if model._meta.app_label in OURS else ():
            is_text = isinstance(field, models.CharField)
            if is_text and (field.choices or field.name in {"time_zone", "language", "rules"}):
                yield model, field.name


def spoil(model: type[models.Model], column: str) -> bool:
    """Whether the database took it."""
    try:
        with transaction.atomic():
            model._default_manager.update(**{column: SPOILED})
    except DatabaseError:
        return False
    return True


def looks() -> list[Cell]:
    """Every address that somebody may read, each as one of those who may."""
    readers = {"led", "off", "adm"}
    open_ones = [one for one in CELLS if (one.method, one.expected) == ("GET", "ok") and one.actor in readers]
    return list({one.route: one for one in open_ones if one.scope in {"own", "-"}}.values())


def refused_by(stage: Stage, cells: list[Cell]) -> dict[str, int]:
    """The addresses that fail, with their status."""
    found = {}
    for cell in cells:
        browser, place = stage.browser_of(cell.actor), stage.place(cell.actor, cell.scope)
        browser.raise_request_exception = False
        answer = browser.get(reverse(cell.route, kwargs=ADDRESSES[cell.route](place)))
        if answer.status_code >= 500:
            found[cell.route] = answer.status_code
    return found


def do_all_jobs() -> None:
    Measure.objects.update(series_version=models.F("series_version") + 1)
    charts.refresh_stale()
    months.open_months()
    core_measures.adopt_missing()
    for person in User.objects.filter(name__startswith="L"):
        digests.queue_one(person, at=timezone.now())
    letters.send_due()


def test_no_page_and_no_job_fails_by_a_key_that_is_none_any_more(stage: Stage) -> None:
    spoiled = {one for one in columns() if one not in ROLES and spoil(*one)}
    assert len(spoiled) > 20
    assert refused_by(stage, looks()) == {}
    do_all_jobs()
    assert set(ChartSnapshot.objects.values_list("version", flat=True)) == set(
        Measure.objects.filter(snapshot__isnull=False).values_list("series_version", flat=True)
    )


@pytest.mark.parametrize("role", [Membership, Appointment])
def test_an_unknown_role_opens_nothing_and_breaks_nothing(stage: Stage, role: type[models.Model]) -> None:
    spoil(role, "role")
    actor = "led" if role is Membership else "off"
    cells = [
        one for one in looks() if one.route in {"today", "organizations:collaborative", "organizations:me"}
    ]
    answers = refused_by(stage, [Cell(one.method, one.route, one.scope, actor, "") for one in cells])
    assert (len(cells), answers) == (3, {})


def test_no_trail_fails_by_changes_of_another_shape(stage: Stage) -> None:
    cast = stage.cast
    measure = stage.place("led", "own").measure
    for changes in SHAPES:
        for kind, ref in (("collaborative", cast.collaborative.ref), ("measure", measure)):
            AuditEntry.objects.create(
                at=timezone.now(),
                by=cast.office,
                verb="edited",
                subject_type=kind,
                subject_ref=ref,
                changes=changes,
            )
    ChartSnapshot.objects.update(rejudged_at=timezone.now())
    cells = [one for one in looks() if one.route in {"today", "measures:measure", "measures:history"}]
    assert (len(cells), refused_by(stage, cells)) == (3, {})
    browser = stage.browser_of("adm")
    shown = {
        browser.get(reverse("admin:p2_auditentry_change", args=[pk])).status_code
        for pk in AuditEntry.objects.values_list("pk", flat=True)
    }
    assert shown == {200}
