"""A sheet that stays open while its reader chooses another language: its fields mean what they showed."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from measures.models import Measure, Observation
from tests.actors import Cast
from tests.measures.series import log
from tests.measures.sheets import address, make, open_month

pytestmark = pytest.mark.django_db

SWEDISH, ENGLISH = {"Accept-Language": "sv"}, {"Accept-Language": "en"}


@pytest.fixture
def wait(client: Client, cast: Cast) -> Measure:
    made = make(cast.own, "Wait", since=open_month())
    log(made, [1.234], first=open_month())
    client.force_login(cast.data_entry)
    return made


def fields(page: str, measure: Measure) -> dict[str, str]:
    """What a browser sends of the fields of a row, as they stand."""
    tags = re.findall(rf'<input [^>]*name="{measure.ref}-[^>]*>', page)
    pairs = (re.search(r'name="([^"]*)" value="([^"]*)"', tag) for tag in tags)
    return {pair[1]: pair[2] for pair in pairs if pair}


def number() -> Decimal | None:
    return Observation.objects.get(period=open_month()).value


@pytest.mark.parametrize("row", [True, False])
def test_a_field_drawn_in_another_language_is_read_in_that_one(
    client: Client, cast: Cast, wait: Measure, row: bool
) -> None:
    drawn = fields(client.get(address(cast), headers=SWEDISH).text, wait)
    assert drawn[f"{wait.ref}-value"] == "1,234"

    sent = {"period": open_month(), **({"row": wait.ref} if row else {})}
    client.post(address(cast), {**drawn, **sent}, headers=ENGLISH)
    assert number() == Decimal("1.234")

    client.post(address(cast), {**drawn, **sent, f"{wait.ref}-value": "1,239"}, headers=ENGLISH)
    assert number() == Decimal("1.239")


def test_an_empty_field_too_is_read_in_the_language_of_its_page(client: Client, cast: Cast) -> None:
    empty = make(cast.own, "Stay", since=open_month())
    client.force_login(cast.data_entry)
    drawn = fields(client.get(address(cast), headers=SWEDISH).text, empty)
    client.post(
        address(cast),
        {**drawn, "row": empty.ref, "period": open_month(), f"{empty.ref}-value": "1,234"},
        headers=ENGLISH,
    )
    assert number() == Decimal("1.234")


def test_what_was_refused_keeps_the_language_in_which_it_was_typed(
    client: Client, cast: Cast, wait: Measure
) -> None:
    sent = {
        "row": wait.ref,
        "period": open_month(),
        f"{wait.ref}-language": "sv",
        f"{wait.ref}-value": "1,239",
    }
    refused = client.post(address(cast), {**sent, f"{wait.ref}-have": "77"}, headers=ENGLISH).text
    again = fields(refused, wait)
    assert (again[f"{wait.ref}-value"], again[f"{wait.ref}-language"]) == ("1,239", "sv")


@pytest.mark.parametrize("language", ["", "tlh", "x" * 5000, "../sv"])
def test_without_a_language_that_is_offered_the_readers_counts(
    client: Client, cast: Cast, wait: Measure, language: str
) -> None:
    have = Observation.objects.get().version
    sent = {f"{wait.ref}-have": have, f"{wait.ref}-language": language, f"{wait.ref}-value": "1,239"}
    client.post(address(cast), {"row": wait.ref, "period": open_month(), **sent}, headers=ENGLISH)
    assert number() == 1239
