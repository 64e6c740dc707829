"""A ratio on the sheet: typed into two cells, or whole into one of them."""

from datetime import date

import pytest
from django.test import Client

from measures.models import Observation
from tests.actors import Cast
from tests.measures.series import SHARE, log
from tests.measures.sheets import address, make, open_month

pytestmark = pytest.mark.django_db

JANUARY = date(2004, 1, 1)


@pytest.mark.parametrize(
    "typed", [{"numerator": "2/1103", "denominator": "100"}, {"numerator": "90", "denominator": "2/1103"}]
)
def test_a_ratio_typed_over_a_filled_cell_is_taken_as_in_an_empty_one(
    client: Client, cast: Cast, typed: dict[str, str]
) -> None:
    share = make(cast.own, "Seen", since=JANUARY, words=SHARE)
    log(share, [(90, 100)], first=open_month())
    client.force_login(cast.data_entry)
    have = Observation.objects.get().version
    fields = {f"{share.ref}-{name}": text for name, text in typed.items()}
    client.post(address(cast), {"period": open_month(), f"{share.ref}-have": have, **fields})
    row = Observation.objects.get()
    assert (row.numerator, row.denominator) == (2, 1103)
