"""What decides a block and only a person can tell, a year or which way it lies: asked, and nothing is laid before."""

from dataclasses import replace

import pytest

from measures.exchange.blocks import lay
from measures.exchange.grids import read_grid
from measures.exchange.pieces import Laid
from tests.measures.exchange.test_cases import MONTHS
from tests.measures.exchange.test_doubtful_labels import BY_MONTH, BY_QUARTER, BY_WEEK, SHEETS, asked, beside


def laid(block: str, onto: str = BY_MONTH, year: int | None = None) -> Laid:
    return lay(read_grid(block), replace(SHEETS[onto].on(onto), year=year))


def periods_of(found: Laid) -> list[str]:
    return [f"{piece.period}" for piece in found.pieces]


def turned(labels: list[str]) -> str:
    numbers = (str(number) for number, _label in enumerate(labels, 3))
    return "\t".join(labels) + "\n" + "\t".join(numbers)


JULY_TO_OCTOBER = ["2025-07-01", "2025-08-01", "2025-09-01", "2025-10-01"]
WITHOUT_YEARS = [
    (BY_MONTH, ["Jul", "Aug", "Sep", "Oct"], 2025, JULY_TO_OCTOBER),
    (BY_MONTH, ["July", "August", "Sept.", "October"], 2025, JULY_TO_OCTOBER),
    (BY_MONTH, ["juli", "augusti", "september", "oktober"], 2025, JULY_TO_OCTOBER),
    (BY_MONTH, ["juillet", "août", "septembre", "octobre"], 2025, JULY_TO_OCTOBER),
    (BY_MONTH, ["Oct", "Sep", "Aug", "Jul"], 2025, JULY_TO_OCTOBER[::-1]),
    (BY_MONTH, ["Sep", "Oct", "Nov"], 2025, ["2025-09-01", "2025-10-01", "2025-11-01"]),
    (BY_MONTH, ["Oct", "Nov", "Dec"], 2024, ["2024-10-01", "2024-11-01", "2024-12-01"]),
    (BY_MONTH, ["Nov", "Dec", "Jan"], 2025, ["2024-11-01", "2024-12-01", "2025-01-01"]),
    (BY_MONTH, ["Jan", "Dec", "Nov"], 2025, ["2025-01-01", "2024-12-01", "2024-11-01"]),
    (BY_MONTH, ["Oct", "Nov", "Jan"], 2025, ["2024-10-01", "2024-11-01", "2025-01-01"]),
    (BY_MONTH, ["Oct"], 2025, ["2025-10-01"]),
    (BY_WEEK, ["Week 45", "Week 46"], 2025, ["2025-11-03", "2025-11-10"]),
    (BY_WEEK, ["vecka 45", "v. 46"], 2025, ["2025-11-03", "2025-11-10"]),
    (BY_WEEK, ["Week 52", "Week 1"], 2025, ["2024-12-23", "2024-12-30"]),
    (BY_WEEK, ["Week 53", "Week 1"], 2021, ["2020-12-28", "2021-01-04"]),
    (BY_QUARTER, ["Q3", "Q4", "Q1"], 2025, ["2024-07-01", "2024-10-01", "2025-01-01"]),
    (BY_QUARTER, ["Kvartal 2", "Kvartal 3"], 2025, ["2025-04-01", "2025-07-01"]),
]


@pytest.mark.parametrize(("onto", "labels", "year", "found"), WITHOUT_YEARS)
def test_labels_without_a_year_are_laid_once_the_year_is_said_and_end_at_the_newest_period(
    onto: str, labels: list[str], year: int, found: list[str]
) -> None:
    for block in (beside(labels), beside(labels, "Period"), turned(labels)):
        asks = laid(block, onto)
        assert (asks.pieces, asks.asks, asks.yearless) == ((), "year", tuple(labels))
        assert (asks.years[0][0], f"{asks.years[0][1]}", f"{asks.years[0][2]}") == (
            year,
            min(found),
            max(found),
        )

        told = laid(block, onto, year)
        assert (periods_of(told), [piece.numerator for piece in told.pieces]) == (
            found,
            [str(number) for number, _label in enumerate(labels, 3)],
        )
        assert (told.problem, told.years) == ("", asks.years)


def test_twenty_four_months_are_counted_through() -> None:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    block = beside([names[(10 + at) % 12] for at in range(24)])
    assert laid(block).years[0][0] == 2025
    assert periods_of(laid(block, year=2025))[::23] == ["2023-11-01", "2025-10-01"]


def test_years_are_offered_back_from_the_newest_and_no_other_is_taken() -> None:
    block = beside(["Jul", "Aug"])
    assert [year for year, _first, _last in laid(block).years] == [2025, 2024, 2023, 2022, 2021, 2020]
    assert [laid(block, year=year).asks for year in (2024, 2026, 1900)] == [None, "year", "year"]
    assert laid(block).problem == "Nothing is laid before you say which year is meant."


@pytest.mark.parametrize(
    "labels", [["Jan", "Dec", "Feb", "Nov"], ["Jul", "Aug", "24-Sep"], ["Jul", "Aug", "Mar-Apr"]]
)
def test_labels_in_no_order_or_of_other_kinds_are_named_as_before(labels: list[str]) -> None:
    assert asked(beside(labels), BY_MONTH).startswith("“")


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["Jul", "Aug", "Sep 2025"], ["2025-07-01", "2025-08-01", "2025-09-01"]),
        (["Nov", "Dec", "Jan 2025"], ["2024-11-01", "2024-12-01", "2025-01-01"]),
        (["Mar 2025", "Feb", "Jan", "Dec"], ["2025-03-01", "2025-02-01", "2025-01-01", "2024-12-01"]),
        (["1-Dec-24", "24-Jan", "1-Feb-25"], ["2024-12-01", "2025-01-01", "2025-02-01"]),
        (["24-Jan", "1-Feb-25", "1-Mar-25"], ["2025-01-01", "2025-02-01", "2025-03-01"]),
        (["Dec 2023", "24-Jan"], ["2023-12-01", "2024-01-01"]),
    ],
)
def test_a_label_without_a_year_is_the_period_beside_the_one_that_its_neighbour_names(
    labels: list[str], found: list[str]
) -> None:
    assert periods_of(laid(beside(labels))) == found


@pytest.mark.parametrize(
    ("labels", "named"),
    [
        (["24-Jan", "1-Mar-25"], "“24-Jan” may"),
        (["1-Mar-25", "24-Jan", "24-Feb"], "“24-Jan” and 1 more may"),
        (["Jan 2025", "May"], "“May” may"),
        (["Jan 2025", "Jan"], "“Jan” may"),
    ],
)
def test_a_label_that_may_be_a_period_beside_dates_is_asked_about_and_nothing_is_laid(
    labels: list[str], named: str
) -> None:
    for block in (beside(labels), beside(labels, "Month"), turned(labels)):
        assert asked(block, BY_MONTH) == (
            f"{named} mean several periods, or none that is known here. Write each as 2025-01 or Jan 2025."
        )


def test_what_is_no_period_of_the_sheet_beside_its_periods_is_left_out_and_named() -> None:
    labels = ["Jan 2025", "Feb 2025", "Q1 2025", "Q1", "Total", "13/2025"]
    assert laid(beside(labels)).undated == ("Q1 2025", "Q1", "Total", "13/2025")


FOUR_BY_TWO = "8\t81\t100\t9\n9\t82\t100\t10"


@pytest.mark.parametrize("onto", ["Falls", "Wait", "Harms", "Seen in time"])
def test_rows_and_columns_of_numbers_alone_lie_no_way_until_it_is_said(onto: str) -> None:
    where = MONTHS.on(onto)
    found = lay(read_grid(FOUR_BY_TWO), where)
    assert (found.pieces, found.asks, found.is_decided) == ((), "way", False)
    assert found.problem == (
        "Nothing in the block tells whether its rows or its columns are measures. Choose its layout, or copy its dates "
        "or the measures’ names along."
    )
    down, across = (lay(read_grid(FOUR_BY_TWO), where, is_down=way) for way in (True, False))
    assert (down.asks, across.asks) == (None, None)
    assert {piece.target for piece in (*down.pieces, *across.pieces)} == {where.at}
    assert len(periods_of(down)) == 2


@pytest.mark.parametrize(
    ("block", "onto", "is_down"),
    [
        ("41\t52\n44\t50\n39\t47", "Seen in time", True),  # no measure behind it
        ("41\t52\t78.8\n44\t50\t88", "Seen in time", True),  # the third is the quotient
        ("3\t987\t41\t52\n2\t1011\t44\t50\n4\t1234\t39\t47", "Harms", True),  # two measures, and no third
        ("3\t4\t5", "Falls", False),
        ("3\n4\n5", "Falls", True),
    ],
)
def test_a_shape_that_leaves_one_way_is_laid_so(block: str, onto: str, *, is_down: bool) -> None:
    found = lay(read_grid(block), MONTHS.on(onto))
    assert (found.asks, found.is_down, found.is_decided) == (None, is_down, False)
    assert found.pieces
