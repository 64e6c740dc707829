"""Numbers and months in the languages that are offered."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils.translation import override

from measures.exchange.headings import heading_dates
from measures.exchange.labels import read_period
from measures.exchange.numbers import is_number, ratio_in, read_number
from measures.models import plain
from measures.periods import start_of
from measures.selectors.sheet_place import SheetPlace, dated_head
from measures.sentences.periods import label
from p2.words.wording import figure

LANGUAGES = [code for code, _name in settings.LANGUAGES]
NUMBERS = [Decimal(text) for text in ("0", "7", "1234", "-1234", "9310.5", "0.125", "1234567.654321")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("decimals", range(7))
def test_what_a_field_shows_reads_back_as_the_same_number(language: str, decimals: int) -> None:
    step = Decimal(1).scaleb(-decimals)
    with override(language):
        for number in (one.quantize(step) for one in [*NUMBERS, 1 + step, 1234 + 234 * step]):
            assert read_number(plain(number), typed_in=language) == number
            assert read_number(figure(number, decimals), typed_in=language) == number


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("sv", "1,234", "1.234"),
        ("sv", "1 234,5", "1234.5"),
        ("en", "1,234", "1234"),
        ("en", "12,5", "12.5"),
        ("en", "0,125", "0.125"),
        ("nl", "0.125", "0.125"),
        ("nl", "1.234", "1234"),
        ("en", "1234,567", "1234.567"),
    ],
)
def test_a_typed_cell_is_read_as_its_language_writes_numbers(language: str, text: str, number: str) -> None:
    assert read_number(text, typed_in=language) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0,125", "0.125"), ("-0,125", "-0.125"), ("1,234", "1234"), ("1 234,567", "1234.567"),
        ("1’234", "1234"), ("12,34,567", "1234567"), ("−5", "-5"), ("٣٤", "34"),
    ],
)  # fmt: skip
def test_a_mark_is_taken_for_what_it_can_be(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("language", ["", *LANGUAGES])
@pytest.mark.parametrize(
    "text", ["12 5", "12 13", "1.2.3", "01.02.2004", "1.234.5", "1,2.5", "1e5", "nan", "1_000", "5-", "½"]
)
def test_what_is_no_number_is_never_taken_for_another_one(text: str, language: str) -> None:
    with pytest.raises(ValueError, match=text):
        read_number(text, typed_in=language)


@pytest.mark.parametrize(("text", "month"), [("jan 2004", 1), ("maj 2004", 5), ("oktober 2004", 10)])
def test_months_are_read_by_their_names_in_every_language(text: str, month: int) -> None:
    assert read_period(text, "month") == date(2004, month, 1)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en-xa"])
@pytest.mark.parametrize(
    ("period", "frequency"),
    [
        (date(2004, 2, 16), "week"),
        (date(2004, 4, 1), "quarter"),
        (date(2004, 5, 1), "month"),
        (date(2004, 10, 1), "month"),
    ],
)
def test_what_heads_a_column_of_a_page_reads_back_as_its_period(
    language: str, period: date, frequency: str
) -> None:
    place = SheetPlace(period, frequency, "UTC", datetime(2005, 1, 1, tzinfo=UTC))
    with override(language):
        headings = [
            dated_head(period, place, is_first=True),
            *(label(period, frequency, long=long) for long in (False, True)),
        ]
    assert [read_period(heading, frequency) for heading in headings] == [period] * 3


@pytest.mark.parametrize(
    "text", ["week 8, 2004", "W 8 2004", "vecka 8 2004", "Vecka 8, 2004", "w8 ’04", "2004-W08", "WEEK 8 04"]
)
def test_weeks_are_read_as_people_of_every_language_write_them(text: str) -> None:
    assert read_period(text, "week") == date(2004, 2, 16)


@pytest.mark.parametrize(
    "text", ["Q2 ’04", "quarter 2, 2004", "kv 2 2004", "Kv. 2 2004", "kv2 2004", "2004 Q2"]
)
def test_quarters_are_read_as_people_of_every_language_write_them(text: str) -> None:
    assert read_period(text, "quarter") == date(2004, 4, 1)


@pytest.mark.parametrize("text", ["vecka 54 2004", "kv 5 2004", "week 8", "8 2004", "veckan 8 2004"])
def test_what_is_no_week_and_no_quarter_is_not_read(text: str) -> None:
    with pytest.raises(ValueError, match="is no period"):
        read_period(text, "week")


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en-xa"])
@pytest.mark.parametrize("frequency", ["week", "month", "quarter"])
def test_the_heads_of_a_sheet_read_back_as_its_periods(language: str, frequency: str) -> None:
    place = SheetPlace(
        start_of(date(2004, 2, 16), frequency), frequency, "UTC", datetime(2005, 1, 1, tzinfo=UTC)
    )
    with override(language):
        heads = [dated_head(period, place, is_first=at == 0) for at, period in enumerate(place.periods)]
    edge = heading_dates(heads, frequency)
    assert edge
    assert edge.periods == place.periods


def test_a_head_without_its_year_is_read_only_where_it_follows_the_one_before() -> None:
    edge = heading_dates(["Nov ’03", "", "Dec", "Jan", "Mar", "Total", "Feb", "3"], "month")
    assert edge
    assert edge.periods == (
        date(2003, 11, 1), None, date(2003, 12, 1), date(2004, 1, 1), None, None, None, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("$3,310.00", "3310.00"),
        ("-$12.50", "-12.50"),
        ("€ 1.234,50", "1234.50"),
        ("12,50 €", "12.50"),
        ("250 kr", "250"),
    ],
)
def test_a_currency_beside_a_number_is_no_part_of_it(text: str, number: str) -> None:
    assert str(read_number(text)) == number


@pytest.mark.parametrize("text", ["$", "$$5", "$5$", "kr", "5 krx", "$ five"])
def test_a_currency_makes_no_number_of_what_is_none(text: str) -> None:
    assert not is_number(text)


@pytest.mark.parametrize("text", ["2025年" * 20_000, "1 " * 60_000, "1 Jan " * 20_000])
def test_a_cell_as_long_as_a_book_is_no_ratio_and_is_not_searched_for_one(text: str) -> None:
    assert ratio_in(text) is None
    assert not is_number(text)
