"""Numbers and months in the languages that are offered."""

from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils.translation import override

from measures.exchange.numbers import read_number, read_period
from measures.models import plain
from p2.words.wording import figure

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NUMBERS = [Decimal(text) for text in ("0", "7", "1234", "-1234", "9310.5", "0.125", "1234567.654321")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decimals", range(7))
def test_what_a_field_shows_reads_back_as_the_same_number(language: str, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    with override(language):
        for number in (one.quantize(step) for one in [*NUMBERS, 1 + step, 1234 + 234 * step]):
            assert read_number(plain(number), is_typed=True) == number
            assert read_number(figure(number, decimals), is_typed=True) == number


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [("sv", "1,234", "1.234"), ("sv", "1 234,5", "1234.5"), ("en", "1,234", "1234"), ("en", "12,5", "12.5")],
)
def test_a_typed_cell_is_read_as_its_language_writes_numbers(language: str, text: str, number: str) -> None:
    with override(language):
        assert read_number(text, is_typed=True) == Decimal(number)


@pytest.mark.parametrize(("text", "month"), [("jan 2004", 1), ("maj 2004", 5), ("oktober 2004", 10)])
def test_months_are_read_by_their_names_in_every_language(text: str, month: int) -> None:
    assert read_period(text, "month") == date(2004, month, 1)
