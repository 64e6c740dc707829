"""A row of the sheet, asked for alone."""

import re

import pytest
from django.test import Client

from measures import periods
from measures.exchange.entries import Entry
from measures.models import Measure, NoData
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import SHARE, log, make_measure
from tests.measures.sheets import address, keep_month, make, open_month

pytestmark = pytest.mark.django_db


def test_a_row_answers_alone_with_what_is_saved(client: Client, cast: Cast) -> None:
    leap = make(cast.own, "Wait", since=open_month())
    log(leap, [50], first=open_month())
    client.force_login(cast.data_entry)
    sheet = client.get(address(cast), {"period": open_month()}).text
    asked = {"measure": leap.ref, "period": open_month()}
    row = client.get(address(cast, "sheet_row"), asked).text
    assert without_cell(row) == row_in(sheet, leap)
    for wrong in ({**asked, "period": "soon"}, {**asked, "measure": make_measure(cast.other).ref}):
        assert client.get(address(cast, "sheet_row"), wrong).status_code == 404


@pytest.mark.parametrize(
    ("typed", "cures"),
    [
        ({"why": "Anna Berg, MRN 7654321"}, (False, False)),  # what is to be changed stands beside it
        ({"value": "8", "why": "Counted again", "note": "Anna Berg, MRN 7654321"}, (True, False)),
        ({"value": "", "no_data": "other"}, (False, True)),
        ({"value": "x"}, (False, False)),
    ],
)
def test_a_refused_row_offers_the_cure_of_its_own_fault(
    client: Client, cast: Cast, typed: dict[str, str], cures: tuple[bool, bool]
) -> None:
    closed = periods.following(open_month(), periods.MONTH, -3)
    wait = make(cast.own, "Wait", since=closed)
    keep_month(cast, closed)
    log(wait, [6], first=closed)
    client.force_login(cast.data_entry)
    given = {f"{wait.ref}-{name}": text for name, text in {"have": "1", "value": "8", **typed}.items()}
    answer = client.post(address(cast), {"row": wait.ref, "period": closed, **given}).text
    assert 'data-state="not-saved"' in answer
    assert ("Change the note" in answer, "Add a note" in answer) == cures


def test_a_refused_row_offers_what_is_saved_where_something_is(client: Client, cast: Cast) -> None:
    wait = make(cast.own, "Wait", since=open_month())
    client.force_login(cast.data_entry)
    given = {"row": wait.ref, "period": open_month(), f"{wait.ref}-value": "x", f"{wait.ref}-have": "0"}
    assert f'data-keep="{wait.ref}"' not in client.post(address(cast), given).text
    log(wait, [6], first=open_month())
    assert "Keep 6</button>" in client.post(address(cast), given | {f"{wait.ref}-have": "1"}).text
    observations.record(wait, open_month(), Entry(no_data=NoData.NO_CASES), by=None, have=1)
    assert "Keep what is saved</button>" in client.post(address(cast), given | {f"{wait.ref}-have": "2"}).text


def without_cell(row: str) -> str:
    """The row without its cell of the strip, which a row brings that is answered alone."""
    return "".join(re.sub(r"<template data-cell>.*</template>", "", row, flags=re.DOTALL).split())


def row_in(page: str, measure: Measure) -> str:
    found = re.search(rf'<tbody id="row-{measure.ref}".*?</tbody>', page, flags=re.DOTALL)
    return "".join(found[0].split()) if found else ""


def test_the_words_of_a_cell_are_read_out_with_its_field(client: Client, cast: Cast) -> None:
    share = make(cast.own, "Seen", since=open_month(), words=SHARE)
    client.force_login(cast.data_entry)
    row = client.get(address(cast, "sheet_row"), {"measure": share.ref, "period": open_month()}).text
    for side, words in (("numerator", "Patients seen in time"), ("denominator", "Patients seen")):
        assert f'id="{share.ref}-{side}-words" aria-hidden="true">{words}</span>' in row
        assert f'aria-describedby="{share.ref}-{side}-words"' in row
