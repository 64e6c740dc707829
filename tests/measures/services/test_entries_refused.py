"""What the verb for numbers refuses beyond the numbers themselves."""

from datetime import date

import pytest

from measures.exchange.entries import Entry
from measures.models import Measure
from measures.services import observations
from measures.services.observations import EntryRefused
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
