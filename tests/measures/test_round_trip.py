"""The file of a measure's numbers is taken back by the import, and changes nothing; in an empty place it makes them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from measures.exchange.entries import Entry
from measures.exchange.tables import COLUMNS, READ_ONLY, read_table
from measures.models import Correction, Measure, NoData
from measures.pages.measure.table import HEADS
from measures.services import charts
from measures.services.entry import imports, observations
from measures.services.entry.observations import Cell
from tests.actors import Cast
from tests.measures.test_imports import AT, made

pytestmark = pytest.mark.django_db

KEPT = ("period", "ordinal", "numerator", "denominator", "value", "sd", "size", "no_data", "note")


def month(number: int) -> date:
    return date(2003, number, 1)


def dated(number: int, *days: int, note: str = "") -> dict[str, Any]:
    entry = Entry(no_data=NoData.EVENTS if days else NoData.NO_EVENTS, note=note)
    return {
        "period": month(number), "entry": entry, "days": tuple(month(number).replace(day=day) for day in days),
    }  # fmt: skip


def plain(number: int, **entry: Any) -> dict[str, Any]:
    return {"period": month(number), "entry": Entry(**entry)}


STORIES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "dates": (
        "time_between",
        [
            dated(1, 3, 17, 17, note="two in one night"),
            dated(2, note="=nothing, watched"),
            plain(3, no_data=NoData.SYSTEM_DOWN),
            plain(4, value=Decimal(31), note="as it was logged before"),
            dated(6, 30),
        ],
    ),
    "a proportion": (
        "proportion",
        [
            plain(1, numerator=Decimal(1), denominator=Decimal(3), note="line\nbreak; and “more”"),
            plain(2, numerator=Decimal("1012.125"), denominator=Decimal(3000)),
            plain(4, no_data=NoData.OTHER, note="- vendor"),
        ],
    ),
    "a mean": (
        "mean",
        [
            plain(1, value=Decimal("12.375"), sd=Decimal("2.125"), size=40),
            plain(2, value=Decimal("-0.000125")),
            plain(3, value=Decimal(1012)),
        ],
    ),
}  # fmt: skip


@pytest.fixture(params=STORIES)
def measure(cast: Cast, request: pytest.FixtureRequest) -> Measure:
    shape, cells = STORIES[request.param]
    found = made(cast.own, "=Codes, of children", shape=shape)
    observations.record_many([Cell(found.pk, **cell) for cell in cells], by=None, at=AT)
    charts.refresh_stale(at=AT)
    return found


def content(client: Client, cast: Cast, measure: Measure, reader: str = "lead") -> bytes:
    client.force_login(getattr(cast, reader))
    answer = client.get(reverse("measures:points", args=[cast.collaborative.slug, measure.ref]))
    return answer.content


def rows(measure: Measure) -> list[tuple[Any, ...]]:
    return list(measure.observations.values_list(*KEPT))


def load(cast: Cast, file: bytes, at: datetime = AT) -> imports.ImportReport:
    report = imports.load(cast.collaborative, [read_table("back.csv", file)], at=at)
    assert report.mistakes == ()
    return report


def test_its_own_file_changes_nothing(client: Client, cast: Cast, measure: Measure) -> None:
    before, corrections = rows(measure), Correction.objects.count()
    report = load(cast, content(client, cast, measure))
    assert (report.new, report.changed, report.warnings) == (0, 0, ())
    assert report.same == len([row for row in before if row[7] != NoData.EVENTS])
    assert rows(measure) == before
    assert Correction.objects.count() == corrections


def test_its_file_makes_the_same_numbers_where_they_are_gone(
    client: Client, cast: Cast, measure: Measure
) -> None:
    before, file = rows(measure), content(client, cast, measure)
    measure.observations.all().delete()
    report = load(cast, file)
    assert report.changed == 0
    assert rows(measure) == before


def test_who_may_not_read_notes_gets_none(client: Client, cast: Cast, measure: Measure) -> None:
    notes = [row[-1] for row in rows(measure) if row[-1]]
    shown = content(client, cast, measure, "other_lead").decode()
    assert [note for note in notes if note in shown] == []


def test_the_import_knows_every_column_of_a_measures_file() -> None:
    assert set(HEADS) <= {*COLUMNS, *READ_ONLY}
    assert set(READ_ONLY) <= set(HEADS)
