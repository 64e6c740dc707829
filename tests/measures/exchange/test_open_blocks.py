"""What a block leaves open: nothing is laid at a guess, and what would answer it is told."""

from dataclasses import replace

import pytest

from tests.measures.exchange.test_blocks import ground, read, words

NAMELESS = [
    ("12\t388\t7\t8\t9\n9\t300\t8\t9\t8", ["a 2003-11 12 388", "a 2003-12 9 300"], (0, 1, 2), 5, True),
    ("14\t9310\t15\t9200\n6\t\t8\t", ["a 2003-11 14 9310", "a 2003-12 15 9200"], (0, 1), 2, True),
    ("Nov 2003\t1\t2\t7\nDec 2003\t3\t4\t8", ["a 2003-11 1 2", "a 2003-12 3 4"], (0, 1), 3, True),
    ("Nov 2003\t1/2\t7\nDec 2003\t3/4\t8", ["a 2003-11 1/2", "a 2003-12 3/4"], (0, 1), 2, True),
    ("\tMortality\tFalls\nNov 2003\t1/2\t7", ["a 2003-11 1/2"], (0, 1), 2, True),
    ("\tAdverse drug events\t\t\nNov 2003\t1\t2\t7", ["a 2003-11 1 2"], (1,), 1, False),
]


@pytest.mark.parametrize(("text", "expected", "onto", "nameless", "keeps_first"), NAMELESS)
def test_nothing_without_a_name_is_laid_on_a_second_measure_unless_a_person_says_so(
    text: str, expected: list[str], onto: tuple[int, ...], nameless: int, *, keeps_first: bool
) -> None:
    laid = read(text, ground(0))
    assert words(laid) == expected
    assert (laid.onto, laid.nameless, laid.keeps_first) == (onto, nameless, keeps_first)

    spread = read(text, ground(0, spreads=True))
    assert {piece.target for piece in spread.pieces} == {0, *onto}
    assert (spread.onto, spread.is_down) == (onto, laid.is_down)


def test_a_block_that_bears_names_and_one_that_fits_its_measure_ask_nothing() -> None:
    for text, at in (
        ("\tNov 2003\nAdverse drug events\t1/2\nDays between codes\t5", 2),
        ("10\t20\n11\t21", 0),
        ("7\n8", 1),
    ):
        laid = read(text, ground(at), is_down=None if at == 2 else True)
        assert (laid.onto, laid.nameless) == ((), 0)


def test_a_row_of_two_columns_a_month_keeps_its_months_where_the_ratio_below_is_left_out() -> None:
    laid = read("6\t\t8\t\n14\t9310\t15\t9200", ground(1), is_down=False)
    assert words(laid) == ["b 2003-11 6", "b 2003-12 8"]


@pytest.mark.parametrize(
    ("text", "is_month_first", "expected"),
    [
        ("7/1/2003\t1/2", True, ["2003-07"]),
        ("7/1/2003\t1/2", False, ["2003-01"]),
        ("7-1-03\t1/2", True, ["2003-07"]),
        ("Month\tRate\n7/1/2003\t1/2", False, ["2003-01"]),
        ("7/1/2003\t1/2\n9/3/2003\t3/4", True, ["2003-07", "2003-09"]),
        ("7/1/2003\t9/3/2003\n1/2\t3/4", False, ["2003-01", "2003-03"]),
        ("7/1/2003 0:00\t1/2", True, ["2003-07"]),
        # the block decides: the country is not asked
        ("7/1/2003\t1/2\n8/1/2003\t3/4", False, ["2003-07", "2003-08"]),
        ("1/7/2003\t1/2\n1/8/2003\t3/4", True, ["2003-07", "2003-08"]),
        ("7/31/2003\t1/2\n8/8/2003\t3/4", False, ["2003-07", "2003-08"]),
        ("8/8/2003\t1/2", None, ["2003-08"]),
        ("4/1/2003\t5/1/2003\n1/2\t3/4", False, ["2003-04", "2003-05"]),
    ],
)
def test_a_slashed_date_is_read_as_the_country_writes_it_where_the_block_does_not_tell(
    text: str, is_month_first: bool | None, expected: list[str]
) -> None:
    where = replace(ground(0), is_month_first=is_month_first)
    assert [f"{piece.period:%Y-%m}" for piece in read(text, where).pieces] == expected


def test_a_slashed_date_of_no_country_is_asked_about_and_places_nothing() -> None:
    laid = read("7/1/2003\t1/2", ground(0))
    assert (laid.pieces, laid.doubtful_day) == ((), "7/1/2003")
    assert laid.problem == (
        "“7/1/2003” is one day with the month first and another with the day first. Say which it is."
    )


def test_slashed_numbers_among_numbers_are_no_dates_to_ask_about() -> None:
    assert read("Nov 2003\t3\nDec 2003\t7/1/2003\nJan 2004\t5", ground(1)).doubtful_day == ""


@pytest.mark.parametrize("block", ["n/a\tn/a\n8\t7", "-\t#N/A\n-\t7", "*\t-\n8\t7"])
def test_a_first_row_of_cells_without_a_number_is_no_heading(block: str) -> None:
    laid = read(block, ground(1, spreads=True), is_down=False)
    first = [piece.numerator for piece in laid.pieces if piece.target == 1]
    assert (first, laid.remarks) == (block.split("\n", 1)[0].split("\t"), ())
