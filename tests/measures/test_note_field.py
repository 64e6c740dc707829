"""The note field of a row: who has it is told who reads it; who has none is offered nothing that needs one."""

import pytest
from django.test import Client
from django.urls import reverse

from measures.exchange.entries import Entry
from measures.models import Measure, NoData
from measures.pages.measure.readers import who_sees
from measures.services.entry import observations
from tests.actors import Cast
from tests.measures.sheets import address, make, open_month

pytestmark = pytest.mark.django_db

READERS = "Read by your organization, the faculty, the program office and site admins."
NEEDS_A_NOTE = 'value="other"'


@pytest.fixture
def wait(cast: Cast) -> Measure:
    return make(cast.own, "Wait", since=open_month())


def shown(client: Client, cast: Cast, actor: str) -> str:
    client.force_login(getattr(cast, actor))
    return client.get(address(cast)).text


@pytest.mark.parametrize(("actor", "writes"), [("data_entry", True), ("lead", True), ("office", False)])
def test_a_reason_that_needs_a_note_is_offered_where_one_can_be_written(
    client: Client, cast: Cast, wait: Measure, actor: str, writes: bool
) -> None:
    page = shown(client, cast, actor)
    assert 'value="closed"' in page
    found = ("<textarea", NEEDS_A_NOTE, "<kbd>C</kbd>", READERS)
    assert [one in page for one in found] == [writes] * 4


def test_the_office_keeps_a_reason_with_the_note_of_another(
    client: Client, cast: Cast, wait: Measure
) -> None:
    entry = Entry(no_data=NoData.OTHER, note="A flood")
    observations.record(wait, open_month(), entry, by=cast.lead)
    assert f"{NEEDS_A_NOTE} selected" in shown(client, cast, "office")


def test_words_on_the_chart_tell_their_readers_too(client: Client, cast: Cast, wait: Measure) -> None:
    client.force_login(cast.data_entry)
    page = client.get(reverse("measures:annotation", args=[cast.collaborative.slug, wait.ref])).text
    assert f"Who sees the chart: {who_sees(wait, cast.data_entry)}" in page
