"""A sheet that stood open while somebody else saved: who typed nothing is told of it, and never offered to undo it."""

from decimal import Decimal

import pytest
from django.test import Client

from measures.exchange.entries import Entry
from measures.models import Measure, SignOff
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.series import SHARE, log
from tests.measures.sheets import address, make, open_month
from tests.shown_forms import Fields, fields_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def share(client: Client, cast: Cast) -> Measure:
    made = make(cast.own, "Seen", since=open_month(), words=SHARE)
    client.force_login(cast.data_entry)
    log(made, [(50, 90)], first=open_month())
    return made


def opened(client: Client, cast: Cast) -> Fields:
    return fields_in(client.get(address(cast)).text, css="sheet-form")


def save(share: Measure, cast: Cast, numerator: int | None) -> None:
    given = numerator is not None
    entry = Entry(numerator=Decimal(numerator or 0), denominator=Decimal(90)) if given else Entry()
    observations.record(share, open_month(), entry, by=cast.lead)


def standing(share: Measure) -> tuple[Decimal | None, str]:
    row = share.observations.get()
    return row.numerator, row.note


def test_who_signs_off_a_stale_sheet_sees_the_new_number_and_goes_on_with_it(
    client: Client, cast: Cast, share: Measure
) -> None:
    fields = opened(client, cast)
    save(share, cast, 52)
    told = client.post(address(cast), fields | {"complete": "1"}).text
    assert f'data-row="{share.ref}" data-state="changed"' in told
    assert "Lea Lead saved 52 of 90 at" in told
    assert ("after you opened the sheet." in told, "while you typed" in told) == (True, False)
    assert ("Go on with 52 of 90</button>" in told, "Save 50 of 90" in told) == (True, False)
    assert "It is not signed off: see first the rows that need you." in told
    assert not SignOff.objects.exists()

    client.post(address(cast), fields_in(told, css="sheet-form") | {"complete": "1"})
    assert (standing(share), SignOff.objects.count()) == ((Decimal(52), ""), 1)


def test_a_note_that_was_typed_beside_an_untouched_number_stays_and_is_saved_with_theirs(
    client: Client, cast: Cast, share: Measure
) -> None:
    fields = opened(client, cast) | {"row": share.ref, f"{share.ref}-note": "A strike"}
    save(share, cast, 52)
    told = client.post(address(cast), fields).text
    assert 'data-state="changed"' in told
    assert ('-numerator" value="52"' in told, ">A strike</textarea>" in told) == (True, True)
    client.post(address(cast), fields | {"keep": share.ref})
    assert standing(share) == (Decimal(52), "A strike")


def test_who_confirms_a_number_that_was_changed_is_shown_the_new_one(
    client: Client, cast: Cast, share: Measure
) -> None:
    fields = opened(client, cast) | {"row": share.ref, "measure": share.ref}
    save(share, cast, 52)
    told = client.post(address(cast, "sheet_confirm"), fields, headers={"X-Requested-With": "fetch"}).text
    assert ('data-state="changed"' in told, "Go on with 52 of 90" in told) == (True, True)
    assert not share.observations.get().is_confirmed


def test_a_number_that_was_cleared_is_not_offered_back(client: Client, cast: Cast, share: Measure) -> None:
    fields = opened(client, cast) | {"row": share.ref}
    save(share, cast, None)
    told = client.post(address(cast), fields).text
    assert "Lea Lead cleared this cell after you opened the sheet." in told
    assert ("Go on without a number" in told, "Save 50 of 90" in told) == (True, False)
    typed = {f"{share.ref}-numerator": "51"}
    told = client.post(address(cast), fields | typed).text
    assert "Lea Lead cleared this cell while you typed 51 of 90." in told
    told = client.post(address(cast, "sheet_confirm"), fields | {"measure": share.ref}).text
    assert "Lea Lead cleared this cell after you opened the sheet." in told


def test_a_cell_that_nobody_known_cleared_names_nobody(client: Client, cast: Cast, share: Measure) -> None:
    fields = opened(client, cast) | {"row": share.ref, f"{share.ref}-numerator": "51"}
    observations.record(share, open_month(), Entry(), by=None)
    assert "Somebody cleared this cell while you typed 51 of 90." in client.post(address(cast), fields).text


@pytest.mark.parametrize("typed", [{"numerator": "51"}, {"no_data": "closed"}])
def test_who_typed_something_is_still_asked_which_of_the_two(
    client: Client, cast: Cast, share: Measure, typed: dict[str, str]
) -> None:
    fields = opened(client, cast) | {"row": share.ref}
    save(share, cast, 52)
    told = client.post(
        address(cast), fields | {f"{share.ref}-{name}": words for name, words in typed.items()}
    ).text
    assert ('data-state="two-entries"' in told, "while you typed" in told) == (True, True)
