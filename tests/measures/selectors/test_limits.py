"""Which numbers are asked about: those unlike the series, and not each slight record."""

from decimal import Decimal

import pytest

from measures.models import Observation
from measures.selectors.limits import outlier_sentence
from tests.actors import Cast
from tests.measures.series import make_measure

pytestmark = pytest.mark.django_db

EARLIER = [Decimal(number) for number in (50, 47, 52, 49, 45, 51, 48, 46, 52, 50, 44, 49)]
RARE = [Decimal(number) for number in (0, 1, 0, 0, 2, 0, 1, 0, 0, 3, 0, 1)]


@pytest.mark.parametrize(
    ("direction", "earlier", "number", "is_asked"),
    [
        ("down", EARLIER, 53, False),  # the highest so far, by one
        ("down", EARLIER, 59, True),
        ("up", EARLIER, 59, False),  # the same, and better
        ("up", EARLIER, 66, True),  # too good to be left unasked
        ("", EARLIER, 37, True),
        ("down", RARE, 4, False),
        ("down", RARE, 12, True),
        ("down", [Decimal(5)] * 12, 6, True),  # nothing like it before
        ("down", EARLIER[:9], 500, False),  # too few to tell
    ],
)
def test_a_number_is_asked_about_where_it_is_unlike_the_series(
    cast: Cast, direction: str, earlier: list[Decimal], number: int, is_asked: bool
) -> None:
    measure = make_measure(cast.own, "Wait", direction=direction)
    sentence = outlier_sentence(measure, Observation(value=Decimal(number)), earlier)
    assert bool(sentence) is is_asked
