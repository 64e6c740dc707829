"""What people type into a cell, read in any locale or refused with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from measures.exchange.entries import Entry, read_entry
from measures.exchange.labels import read_period
from measures.exchange.numbers import read_number, stands_in
from measures.models import Definition, plain

SHARE = Definition(shape="proportion", frequency="month")
COUNT = Definition(shape="count", frequency="month")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9,310", "9310"), ("9.310,5", "9310.5"), ("9 310", "9310"), ("9'310", "9310"), ("0,5", "0.5"),
        ("−3", "-3"), ("12%", "12"), ("1,234,567.25", "1234567.25"), (".5", "0.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_any_country_writes_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("abc", "“abc” is not a number. Type digits, or choose no data and a reason."),
        ("NaN", "“NaN” is not a number. Type digits, or choose no data and a reason."),
        ("1e5", "“1e5” is not a number. Type digits, or choose no data and a reason."),
        ("=SUM(A1:A9)", "“=SUM(A1:A9)” is a formula. Paste its value instead."),
    ],
)
def test_what_is_no_number_is_named(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"^“") as wrong:
        read_number(text)
    assert str(wrong.value) == sentence


@given(
    st.decimals(min_value=-(10**11), max_value=10**11, places=6).filter(
        lambda number: not stands_in(plain(number))
    )
)
def test_a_number_shown_is_read_back_as_itself(number: Decimal) -> None:
    assert read_number(plain(number)) == number


def test_a_ratio_is_read_from_one_cell_or_from_two() -> None:
    whole = Entry(numerator=Decimal(12), denominator=Decimal(388))
    assert read_entry(SHARE, numerator="12/388") == whole
    assert read_entry(SHARE, numerator="12", denominator="388") == whole
    assert read_entry(SHARE) == Entry()


@pytest.mark.parametrize(
    ("numerator", "sentence"),
    [
        (
            "2.63",
            "2.63 alone is not enough: this measure takes a numerator and a denominator, side by side or as 12/388.",
        ),
        ("n/a?", "“n/a?” is not a number. Type digits, or choose no data and a reason."),
    ],
)
def test_a_bare_rate_is_refused_for_a_ratio(numerator: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r".") as wrong:
        read_entry(SHARE, numerator=numerator)
    assert str(wrong.value) == sentence


def test_a_count_does_not_take_a_denominator() -> None:
    with pytest.raises(ValueError, match="takes one number"):
        read_entry(COUNT, numerator="3", denominator="4")


def test_no_data_is_read_by_its_key_or_its_words() -> None:
    assert read_entry(SHARE, no_data="Vendor late") == read_entry(SHARE, no_data="vendor_late")
    with pytest.raises(ValueError, match="is no reason for missing data"):
        read_entry(SHARE, no_data="forgot")


def test_a_reason_is_read_in_any_language_of_the_site_whatever_the_pages_is() -> None:
    english, swedish = read_entry(SHARE, no_data="Vendor late"), read_entry(SHARE, no_data="Leverantören sen")
    with override("sv"):
        assert read_entry(SHARE, no_data="Vendor late") == read_entry(SHARE, no_data="leverantören sen")
    assert english == swedish


@pytest.mark.parametrize("text", ["2004-01-01", "2004-01", "Jan 2004", "January 2004", "01/2004", "1.1.2004"])
def test_months_are_read_in_the_forms_of_spreadsheets(text: str) -> None:
    assert read_period(text, "month") == date(2004, 1, 1)
