"""A block from a spreadsheet: any way round, with dates or names or neither."""

import tracemalloc
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.exchange.blocks import lay
from measures.exchange.grids import read_grid
from measures.exchange.pieces import Ground, Laid, Target

TARGETS = (
    Target("a", ("adverse drug events",), is_ratio=True),
    Target("b", ("days between codes",), is_ratio=False),
    Target("c", ("seen in time",), is_ratio=True),
)


def ground(
    at: int, first: date = date(2003, 11, 1), *, is_fixed: bool = False, spreads: bool = False
) -> Ground:
    return Ground(
        TARGETS,
        at,
        first,
        "month",
        newest=date(2004, 1, 1),
        latest=date(2004, 2, 1),
        is_fixed=is_fixed,
        spreads=spreads,
    )


def read(text: str, where: Ground, *, is_down: bool | None = None) -> Laid:
    return lay(read_grid(text), where, is_down=is_down)


def words(laid: Laid) -> list[str]:
    return [
        f"{TARGETS[piece.target].ref} {piece.period:%Y-%m} {piece.numerator} {piece.denominator}".strip()
        for piece in laid.pieces
    ]


def test_measures_down_and_months_across_lie_from_the_cell_on() -> None:
    laid = read("14\t9310\t15\t9200\n6\t\t8\t\n", ground(0, spreads=True))
    assert words(laid) == ["a 2003-11 14 9310", "a 2003-12 15 9200", "b 2003-11 6", "b 2003-12 8"]
    assert (laid.is_down, laid.is_decided) == (False, False)


def test_months_down_one_measure_end_at_the_newest_month() -> None:
    laid = read("10\t20\n11\t21\n12\t22", ground(2, date(2004, 1, 1)))
    assert words(laid) == ["c 2003-11 10 20", "c 2003-12 11 21", "c 2004-01 12 22"]
    assert laid.is_down


def test_a_first_month_that_was_chosen_stays() -> None:
    laid = read("10/20\n11/21", ground(2, date(2003, 3, 1), is_fixed=True))
    assert words(laid) == ["c 2003-03 10/20", "c 2003-04 11/21"]


def test_dates_down_the_first_column_decide_the_months() -> None:
    laid = read("Period\tIn time\tAll\n2003-04-01\t10\t20\nMay 2003\t11\t21\n", ground(2))
    assert words(laid) == ["c 2003-04 10 20", "c 2003-05 11 21"]
    assert (laid.is_decided, laid.has_dates) == (True, True)


def test_dates_along_the_first_row_and_names_down_the_first_column_decide_all() -> None:
    laid = read(
        "\tJan 2004\t\tDec 2003\t\nDays between codes\t5\t\t6\t\nadverse DRUG events\t1\t2\t3\t4", ground(2)
    )
    assert words(laid) == ["b 2004-01 5", "b 2003-12 6", "a 2004-01 1 2", "a 2003-12 3 4"]


@pytest.mark.parametrize(
    "dates", [("4/1/2016", "5/1/2016"), ("01/04/2016", "01/05/2016"), ("4/30/2016", "5/31/2016")]
)
def test_slashed_dates_are_read_by_the_part_that_moves(dates: tuple[str, str]) -> None:
    laid = read(f"{dates[0]}\t12/33\n{dates[1]}\t13/33", ground(0))
    assert words(laid) == ["a 2016-04 12/33", "a 2016-05 13/33"]


def test_ratios_that_look_like_months_are_not_taken_for_dates() -> None:
    laid = read("11/2010\n12/2004", ground(0), is_down=True)
    assert [piece.numerator for piece in laid.pieces] == ["11/2010", "12/2004"]


def test_of_a_month_that_stands_twice_neither_is_taken() -> None:
    laid = read("2003-04-01\t12/33\n2003-05-01\t13/33\n2003-04-01\t3/33", ground(0))
    assert [(piece.period.month, piece.words, piece.sentence) for piece in laid.pieces] == [
        (4, "12/33 and 3/33", "April 2003 stands twice in the block. Keep one of the two and paste again."),
        (5, "13/33", ""),
    ]
    assert laid.problem == ""


def test_a_period_that_a_block_without_dates_fills_twice_is_a_problem() -> None:
    laid = read("Days between codes\t5\nDays between codes\t6", ground(0))
    assert laid.problem == "November 2003 stands twice in the block. Keep one of the two and paste again."


DATED = [
    ("Month\tMortality\nNov 2003\t20/1000\nDec 2003\t21/1001\nTotal\t41/2001", ("Total",)),
    ("Nov 2003\t20/1000\n13/2003\t5/6\nDec 2003\t21/1001", ("13/2003",)),
    ("13/2003\t5/6\nNov 2003\t20/1000\nDec 2003\t21/1001", ("13/2003",)),
    ("Total\t5/6\nNov 2003\t20/1000\nDec 2003\t21/1001", ("Total",)),
    ("Report\t\nMonth\tMortality\nNov 2003\t20/1000\nDec 2003\t21/1001\n\t41/2001", ("Month", "")),
    ("11/2003\t20/1000\n13/2003\t5/6\n12/2003\t21/1001", ("13/2003",)),
    ("11/01/2003\t20/1000\n12/01/2003\t21/1001\n13/13/2003\t5/6\nTotal\t41/2001", ("13/13/2003", "Total")),
    ("\tNov 2003\t13/2003\tDec 2003\tTotal\nMortality\t20/1000\t5/6\t21/1001\t41/2001", ("13/2003", "Total")),
    ("\tNov 2003\t\tTotal\t\tDec 2003\t\nMortality\t20/1000\t\t41\t2001\t21/1001\t", ("Total",)),
    ("Nov 2003\t13/2003\tDec 2003\n20/1000\t5/6\t21/1001", ("13/2003",)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "undated"), DATED)
def test_one_label_that_is_no_date_leaves_the_others_their_months(
    text: str, undated: tuple[str, ...]
) -> None:
    laid = read(text, ground(0))
    assert words(laid) == ["a 2003-11 20/1000", "a 2003-12 21/1001"]
    assert laid.undated == undated
    assert laid.has_dates


def test_a_single_date_keeps_its_month() -> None:
    laid = read("Nov 2003\t20/1000\nsometime\t21/1001", ground(0))
    assert (words(laid), laid.undated) == (["a 2003-11 20/1000"], ("sometime",))


def test_a_slashed_date_that_may_be_either_is_not_guessed_at_where_both_orders_stand() -> None:
    laid = read("13/04/2003\t1/9\n05/14/2003\t2/9\n06/07/2003\t3/9", ground(0))
    assert (words(laid), laid.undated) == (["a 2003-04 1/9", "a 2003-05 2/9"], ("06/07/2003",))


def test_ratios_beside_a_date_are_no_dates() -> None:
    laid = read("Nov 2003\t12/2004\nTotal\t13/2010", ground(0))
    assert (words(laid), laid.undated) == (["a 2003-11 12/2004"], ("Total",))


def test_ratios_of_one_column_that_follow_one_another_are_numbers() -> None:
    assert words(read("11/2010\n12/2010", ground(0), is_down=True)) == [
        "a 2003-11 11/2010",
        "a 2003-12 12/2010",
    ]


def test_a_name_that_no_measure_has_is_left_out_and_said() -> None:
    laid = read("Days between codes\t5\nCoffee\t3", ground(0))
    assert words(laid) == ["b 2004-01 5"] or words(laid) == ["b 2003-11 5"]
    assert laid.remarks == ("“Coffee” is no measure of this sheet and is left out.",)


def test_what_lies_beyond_the_last_measure_is_said() -> None:
    laid = read("5/6\n5/6\n5/6", ground(2), is_down=False)
    assert laid.remarks == ("2 more lie beyond the last measure and are left out.",)


def test_an_empty_cell_of_a_block_clears_nothing() -> None:
    assert words(read("5\t\t7", ground(1))) == ["b 2003-11 5", "b 2004-01 7"]


def test_a_long_column_with_one_wide_line_is_refused_without_being_filled_up() -> None:
    tracemalloc.start()
    with pytest.raises(ValueError, match=r"The block \(3,001 × 3,001\) has more than 200 rows or columns\."):
        read_grid("x\n" * 3000 + "\t" * 3000 + "y")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10_000_000  # bytes; its 9 million cells would take seven times as many


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\t\n\n", "There is nothing in the block."),
        ("1\n" * 201, r"The block \(201 × 1\) has more than 200 rows or columns."),
        ("x" * 1_000_001, "The block is larger than 1 MB."),
        ("x" * 200_000, "One cell of the block is longer than a cell can be."),
    ],
)
def test_a_block_that_is_no_block_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_grid(text)


CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"]) | st.sampled_from('\t\n"'), max_size=8
).map(str.strip)


@given(st.lists(st.lists(CELLS.filter(bool), min_size=3, max_size=3), min_size=2, max_size=6))
def test_cells_copied_as_a_spreadsheet_copies_them_come_back_as_they_were(rows: list[list[str]]) -> None:
    copied = "\r\n".join("\t".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert read_grid(copied) == rows


@example(series=[(999_999, 1), (0, 1), (0, 1)], is_down=False)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 10**6)), min_size=3, max_size=40),
    st.booleans(),
)
def test_a_series_pasted_either_way_round_is_the_same_series(
    series: list[tuple[int, int]], is_down: bool
) -> None:
    rows = [[str(above), str(below)] for above, below in series]
    text = (
        "\n".join("\t".join(row) for row in rows)
        if is_down
        else "\t".join(cell for row in rows for cell in row)
    )
    laid = lay(read_grid(text), ground(2, date(2004, 1, 1)), is_down=is_down)
    assert [(int(piece.numerator), int(piece.denominator)) for piece in laid.pieces] == series
    assert laid.pieces[-1].period == date(2004, 1, 1)


SEEN = Target(
    "c",
    ("seen in time",),
    True,
    numerator="seen within 60 minutes",
    denominator="arrivals",
    multiplier=Decimal(100),
)


@pytest.mark.parametrize(
    ("block", "remarks"),
    [
        ("Month\tNumerator\tDenominator\tRate\nNov 2003\t12\t388\t3.1\nDec 2003\t9\t300\t3.0", ["“Rate”"]),
        ("Month\tDenominator\tNumerator\nNov 2003\t388\t12\nDec 2003\t300\t9", []),
        ("Month\tRate\tN\tn\nNov 2003\t3.1%\t388\t12\nDec 2003\t3%\t300\t9", ["“Rate”"]),
        ("Month\tArrivals\tSeen within 60 minutes\nNov 2003\t388\t12\nDec 2003\t300\t9", []),
        ("Nov 2003\t12\t388\t3.1\nDec 2003\t9\t300\t3", ["the quotient of the other two"]),
        ("Nov 2003\t12\t388\t0.031\nDec 2003\t9\t300\t0.03", ["the quotient of the other two"]),
        ("Taljare\tNamnare\tAndel\n12\t388\t3.1\n9\t300\t3", ["“Andel”"]),
    ],
)
def test_a_ratio_is_told_by_its_heads_or_by_its_quotient_and_spills_on_no_other_measure(
    block: str, remarks: list[str]
) -> None:
    targets = (SEEN, *TARGETS[1:2])
    where = Ground(targets, 0, date(2003, 11, 1), "month", newest=date(2003, 12, 1), latest=date(2004, 2, 1))

    laid = read(block, where)

    assert [
        (piece.target, f"{piece.period:%Y-%m}", piece.numerator, piece.denominator) for piece in laid.pieces
    ] == [
        (0, "2003-11", "12", "388"),
        (0, "2003-12", "9", "300"),
    ]
    assert len(laid.remarks) == len(remarks)
    assert all(said in remark for said, remark in zip(remarks, laid.remarks, strict=True))


def test_three_columns_that_are_no_quotient_are_not_taken_for_one() -> None:
    laid = read("12\t388\t7\n9\t300\t8", ground(0, spreads=True), is_down=True)

    assert words(laid) == ["a 2003-11 12 388", "a 2003-12 9 300", "b 2003-11 7", "b 2003-12 8"]


def test_one_ratio_in_a_cell_leaves_the_other_rows_their_two_columns() -> None:
    laid = read("Nov 2003\t12\t388\nDec 2003\t9 of 300\nJan 2004\t8\t310", ground(0))

    assert words(laid) == ["a 2003-11 12 388", "a 2003-12 9 of 300", "a 2004-01 8 310"]


@pytest.mark.parametrize("first", ["999999", "-99", "<5", "*", "12*"])
def test_a_first_cell_that_stands_in_for_a_number_is_no_label(first: str) -> None:
    laid = read(f"{first}\t9\t8", ground(1))
    assert words(laid) == [f"b 2003-11 {first}", "b 2003-12 9", "b 2004-01 8"]
    assert laid.remarks == ()


def test_names_beside_withheld_numbers_stay_labels() -> None:
    laid = read("<18\t9\t8\n18 to 64\t7\t6", ground(0, date(2003, 12, 1), spreads=True), is_down=False)
    assert words(laid) == ["a 2003-12 9 8", "b 2003-12 7", "b 2004-01 6"]
    assert laid.remarks == ("The first column is read as labels.",)
