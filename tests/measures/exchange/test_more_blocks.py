"""Blocks of the kinds in `../shared/cases` that are read though their labels or numbers lie in unusual ways."""

from dataclasses import replace

import pytest

from measures.exchange.blocks import lay
from measures.exchange.grids import read_grid
from measures.exchange.pieces import Laid
from tests.measures.exchange.test_cases import MONTHS, QUARTERS, WEEKS, months, read

SHEETS = {**dict.fromkeys(MONTHS.measures, MONTHS), **dict.fromkeys(WEEKS.measures, WEEKS)} | dict.fromkeys(
    QUARTERS.measures, QUARTERS
)


def laid(block: str, onto: str) -> Laid:
    return lay(read_grid(block), SHEETS[onto].on(onto))


def got(block: str, onto: str) -> list[tuple[str, str | None]]:
    found = laid(block, onto)
    assert found.problem == ""
    return [
        (f"{piece.period:%Y-%m-%d}", None if piece.sentence else read(piece, SHEETS[onto]))
        for piece in found.pieces
    ]


APART = [
    ("Month\tYear\tFalls\n1\t2025\t3\n2\t2025\t4", months("3", "4")),
    ("Year\tMonth\tFalls\n2025\tJan\t3\n2025\tFeb\t4", months("3", "4")),
    ("Year\tMonth\tFalls\n2025\t1\t3\n\t2\t4\n\t3\t5", months("3", "4", "5")),
    ("Månad\tÅr\tFalls\njanuari\t2025\t3\nfebruari\t2025\t4", months("3", "4")),
    ("January\t2025\t3\nFebruary\t2025\t4", months("3", "4")),
    ("1\t2025\t3\n2\t2025\t4", months("3", "4")),
    ("2025\t1\t3\n2025\t3\t4", [("2025-01-01", "3"), ("2025-03-01", "4")]),
    ("\t2024\t\t2025\n\tNov\tDec\tJan\nFalls\t3\t4\t5", months("3", "4", first=11, year=2024) + months("5")),
    ("2025\t\t\nJan\tFeb\tMar\n3\t4\t5", months("3", "4", "5")),
]  # fmt: skip


@pytest.mark.parametrize(("block", "expected"), APART)
def test_year_and_month_apart_are_put_together_in_either_order_and_either_way(
    block: str, expected: list[tuple[str, str]]
) -> None:
    assert got(block, "Falls") == expected


@pytest.mark.parametrize(
    ("block", "onto", "expected"),
    [
        ("Year\tWeek\tWeekly falls\n2025\t5\t3\n2025\t6\t4", "Weekly falls",
         [("2025-01-27", "3"), ("2025-02-03", "4")]),
        ("2025\tKW 5\t3\n2025\tKW 6\t4", "Weekly falls", [("2025-01-27", "3"), ("2025-02-03", "4")]),
        ("Vecka\tÅr\tn\nv. 5\t2025\t3", "Weekly falls", [("2025-01-27", "3")]),
        ("Quarter\tYear\tn\nQ1\t2025\t30\nQ2\t2025\t33", "Quarterly complaints",
         [("2025-01-01", "30"), ("2025-04-01", "33")]),
    ],
)  # fmt: skip
def test_year_and_week_or_quarter_are_put_together_under_their_heads(
    block: str, onto: str, expected: list[tuple[str, str]]
) -> None:
    assert got(block, onto) == expected


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["45658", "45748", "45839"], ["2025-01-01", "2025-04-01", "2025-07-01"]),
        (["45778", "45748"], ["2025-05-01", "2025-04-01"]),
        (["45748.0", "45778.0"], ["2025-04-01", "2025-05-01"]),
        (["1/1/2025 8:30", "1/2/2025 9:00"], ["2025-01-01", "2025-02-01"]),
    ],
)
def test_dates_of_spreadsheets_are_read_with_gaps_in_any_order_and_with_their_times(
    labels: list[str], found: list[str]
) -> None:
    block = "\n".join(f"{label}\t{number}" for number, label in enumerate(labels, 3))
    assert got(block, "Falls") == [(one, str(number)) for number, one in enumerate(found, 3)]


def test_a_serial_date_that_stands_twice_is_taken_once_at_most() -> None:
    assert got("45748\t3\n45748\t4\n45778\t5", "Falls") == [("2025-04-01", None), ("2025-05-01", "5")]


@pytest.mark.parametrize(
    "block",
    [
        "2025-01\t78.8\t41\t52\n2025-02\t88\t44\t50",
        "2025-01\t78.8%\t41\t52\n2025-02\t88%\t44\t50",
        "2025-01\t52\t41\t78.8\n2025-02\t50\t44\t88.0",
        "2025-01\t41\t78.8\t52\n2025-02\t44\t88.0\t50",
        "2025-01\t41\t52\t79\n2025-02\t44\t50\t88",
        "Month\tRate\tSeen\tAll\n2025-01\t0.788\t41\t52\n2025-02\t0.88\t44\t50",
        "\tJan 2025\t\tFeb 2025\t\n\tnum\tden\tnum\tden\nSeen in time\t41\t52\t44\t50",
        "\tJan 2025\t\tFeb 2025\t\n\tden\tnum\tden\tnum\nSeen in time\t52\t41\t50\t44",
    ],
)
def test_a_ratio_is_found_whatever_stands_beside_it_and_in_whichever_order(block: str) -> None:
    assert got(block, "Seen in time") == months("41/52", "44/50")


@pytest.mark.parametrize(
    ("block", "onto", "expected"),
    [
        ("2025-01\t3.1% of 388\n2025-02\t12/388 (50%)", "Seen in time", months(None, None)),
        ("2025-01\t3.1%\t388\n2025-02\t12\t388", "Seen in time", months(None, "12/388")),
        ("2025-01\t2.000\n2025-02\t1.250\n2025-03\t7", "Falls", months(None, None, "7")),
        ("2025-01\t3\t1.012\n2025-02\t2/1.234\t", "Harms", months(None, None)),
        ("2025-01\t3\t1.012\n2025-02\t2\t1.5", "Harms", months("3/1.012", "2/1.5")),
        ("2025-01\t14\n2025-02\t45748\n2025-03\t9", "Falls", months("14", None, "9")),
        ("2025-01\t14.5\n2025-02\t99999\n2025-03\t9", "Wait", months("14.5", None, "9")),
        ("2025-01\t45012\n2025-02\t45748\n2025-03\t9", "Falls", months("45012", "45748", "9")),
        ("2025-01|3\n2025-02|4", "Falls", months("3", "4")),
        ("Year,Month,Falls\n2025,1,3\n2025,2,4", "Falls", months("3", "4")),
        ("2025-01\t-99.0\n2025-02\t−999\n2025-03\t9.5", "Wait", months(None, None, "9.5")),
        ("2025-01\t\t3\n2025-02\t\t4", "Falls", months("3", "4")),
        ('2025-01\t3\t"a\n2025-02\t4\t"b\n2025-03\t5\t', "Falls", months("3", "4", "5")),
    ],
)
def test_a_number_is_taken_only_where_it_can_mean_one_thing(
    block: str, onto: str, expected: list[tuple[str, str | None]]
) -> None:
    assert got(block, onto) == expected


def test_labels_of_something_else_than_periods_put_no_rows_on_guessed_periods() -> None:
    block = read_grid("North\t3\nSouth\t4\nEast\t5")
    found = lay(block, MONTHS.on("Falls"))
    assert (found.pieces, found.strange) == ((), ("North", "South", "East"))
    found = lay(block, replace(MONTHS.on("Falls"), lays_strange=True))
    assert [(piece.target, piece.numerator) for piece in found.pieces] == [(0, "3")]
    assert (found.nameless, found.remarks) == (3, ("The first column is read as labels.",))
