"""Keep what is saved, in place of a number that was typed: the note that was typed beside it is not thrown away."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from measures.exchange.entries import Entry
from measures.models import Measure
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import SHARE
from tests.measures.sheets import address, make, open_month
from tests.shown_forms import Fields, fields_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(client: Client, cast: Cast) -> Measure:
    made = make(cast.own, "Seen", since=open_month(), words=SHARE)
    client.force_login(cast.data_entry)
    return made


@pytest.fixture
def typed(client: Client, cast: Cast, share: Measure) -> Fields:
    """Typed over an empty cell in which the lead saved 52 of 90 meanwhile, with a note."""
    fields = fields_in(client.get(address(cast)).text, css="sheet-form")
    save(share, cast, 52)
    return fields | {f"{share.ref}-numerator": "50", f"{share.ref}-denominator": "90"}


def save(share: Measure, cast: Cast, numerator: int, note: str | None = None) -> None:
    entry = Entry(numerator=Decimal(numerator), denominator=Decimal(90), note=note)
    observations.record(share, open_month(), entry, by=cast.lead)


def send(client: Client, share: Measure, fields: Fields) -> str:
    home = share.organization
    where = reverse("measures:sheet", args=[home.collaborative.slug, home.ref])
    return client.post(where, fields, follow=True).text


def standing(measure: Measure) -> tuple[Decimal | None, str]:
    row = measure.observations.get()
    return row.numerator, row.note


@pytest.mark.parametrize("sent_by", ["its script", "the page"])
@pytest.mark.parametrize("note", ["A strike", ""])
def test_the_number_is_kept_and_the_note_is_saved_beside_it(
    client: Client, share: Measure, typed: Fields, note: str, sent_by: str
) -> None:
    more: Fields = {f"{share.ref}-note": note, "keep": share.ref}
    if sent_by == "its script":
        more["row"] = share.ref
    answer = send(client, share, typed | more)
    assert standing(share) == (Decimal(52), note)
    assert "Two entries" not in answer


def test_their_note_is_not_written_over_by_the_one_that_is_kept(
    client: Client, cast: Cast, share: Measure, typed: Fields
) -> None:
    save(share, cast, 52, "A holiday")
    more: Fields = {f"{share.ref}-note": "A strike", "keep": share.ref, "row": share.ref}
    answer = send(client, share, typed | more)
    assert standing(share) == (Decimal(52), "A holiday")
    assert "Lea Lead wrote while you had it open</p>" in answer
    assert ">A holiday</div>" in answer
    assert ('-numerator" value="52"' in answer, ">A strike</textarea>" in answer) == (True, True)


def test_a_note_that_looks_like_a_patients_is_asked_about_beside_the_number_that_is_kept(
    client: Client, share: Measure, typed: Fields
) -> None:
    more: Fields = {f"{share.ref}-note": "one was 123-45-6789", "keep": share.ref, "row": share.ref}
    answer = send(client, share, typed | more)
    assert standing(share) == (Decimal(52), "")
    assert ("Save as it is" in answer, '-numerator" value="52"' in answer) == (True, True)
