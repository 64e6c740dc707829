"""What the verb for numbers refuses beyond the numbers themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from measures.exchange.entries import Entry
from measures.models import Measure
from measures.services.entry import observations
from measures.services.entry.observations import Cell, EntryRefused
from organizations.models import standing_of
from tests.actors import Cast
from tests.measures.series import make_measure

pytestmark = pytest.mark.django_db
JANUARY = date(2004, 1, 1)


@pytest.fixture
def wait(cast: Cast) -> Measure:
    return make_measure(cast.own)


def test_another_reason_needs_its_note(cast: Cast, wait: Measure) -> None:
    with pytest.raises(EntryRefused, match="needs its note"):
        observations.record(wait, JANUARY, Entry(no_data="other"), by=cast.data_entry)
    saved = observations.record(wait, JANUARY, Entry(no_data="other", note="A flood"), by=cast.data_entry)
    assert saved.observation
    assert (saved.observation.no_data, saved.observation.note) == ("other", "A flood")
    again = observations.record(wait, JANUARY, Entry(no_data="other"), by=cast.data_entry)
    assert again.observation
    assert again.observation.note == "A flood"


def test_who_saved_meanwhile_is_asked_once_for_all_rows(cast: Cast) -> None:
    made = [make_measure(cast.own, f"Wait {at}") for at in range(30)]
    for by, chosen in ((cast.data_entry, made[:15]), (cast.lead, made[15:])):
        observations.record_many([Cell(one.pk, JANUARY, Entry(value=Decimal(6))) for one in chosen], by=by)
    counts, _ = [], standing_of(cast.lead)
    for chosen in (made[:1], made):
        cells = [Cell(one.pk, JANUARY, Entry(value=Decimal(7)), have=0) for one in chosen]
        with CaptureQueriesContext(connection) as queries:
            refused = observations.record_each(cells, by=cast.lead)
        counts.append(len([query for query in queries if "SAVEPOINT" not in query["sql"]]))
    assert counts == [5, 5]  # one reads the roles once the rows are held
    assert [str(one) for one in (refused[0], refused[-1])] == [
        f"{cast.data_entry} saved 6 while you typed.",
        f"{cast.lead} saved 6 while you typed.",
    ]
