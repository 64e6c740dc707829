"""Labels of a side of a block that mean periods and name none for certain: nothing is laid, and they are named."""

import pytest

from measures.exchange.blocks import lay
from measures.exchange.grids import read_grid
from tests.measures.exchange.test_cases import MONTHS, QUARTERS, WEEKS, Sheet

SHEETS = {"Falls": MONTHS, "Seen in time": MONTHS, "Weekly falls": WEEKS, "Quarterly complaints": QUARTERS}
BY_MONTH, BY_WEEK, BY_QUARTER = "Falls", "Weekly falls", "Quarterly complaints"


def asked(block: str, onto: str) -> str:
    """What is asked; empty where the block is laid."""
    sheet: Sheet = SHEETS[onto]
    try:
        lay(read_grid(block), sheet.on(onto))
    except ValueError as wrong:
        return str(wrong)
    return ""


def beside(labels: list[str], head: str = "") -> str:
    """The labels down a column, with a number beside each."""
    rows = [f"{head}\tn"] if head else []
    return "\n".join([*rows, *(f"{label}\t{number}" for number, label in enumerate(labels, 3))])


IN_WORDS = [
    (BY_MONTH, ["2025M01", "2025M02", "2025M03"]),
    (BY_MONTH, ["25-01", "25-02", "25-03"]),
    (BY_MONTH, ["2025 01", "2025 02"]),
    (BY_MONTH, ["2025-13", "2025-14"]),
    (BY_MONTH, ["M1 2025", "M2 2025"]),
    (BY_MONTH, ["P01", "P02", "P03"]),
    (BY_MONTH, ["Month 1", "Month 2"]),
    (BY_MONTH, ["enero de 2025", "febrero de 2025"]),
    (BY_MONTH, ["Jan_2025", "Feb_2025"]),
    (BY_MONTH, ["1月", "2月"]),
    (BY_MONTH, ["2025年1月", "2025年2月"]),
    (BY_MONTH, ["1 Jan - 31 Jan 2025", "1 Feb - 28 Feb 2025"]),
    (BY_MONTH, ["Jan-Mar 2025", "Apr-Jun 2025"]),
    (BY_MONTH, ["Mar-Apr", "May-Jun"]),
    (BY_MONTH, ["As of Jan 2025", "As of Feb 2025"]),
    (BY_MONTH, ["H1 2025", "H2 2024"]),
    (BY_MONTH, ["T1 2025", "T2 2025"]),
    (BY_MONTH, ["1Q25", "2Q25"]),
    (BY_MONTH, ["Jan 05", "Jan 12", "Jan 19"]),
    (BY_MONTH, ["٢٠٢٥-٠١", "٢٠٢٥-٠٢"]),
    (BY_MONTH, ["Spring 2025", "Summer 2025"]),
    (BY_MONTH, ["Ward 1", "Ward 2"]),
    (BY_MONTH, ["KW 5"]),
    (BY_WEEK, ["KW 5", "KW 6"]),
    (BY_WEEK, ["KW 5/2025", "KW 6/2025"]),
    (BY_WEEK, ["uge 5 2025", "uge 6 2025"]),
    (BY_WEEK, ["semaine 5", "semaine 6"]),
    (BY_WEEK, ["S05 2025", "S06 2025"]),
    (BY_WEEK, ["2025 W5", "2025 W6"]),
    (BY_WEEK, ["W5-2025", "W6-2025"]),
    (BY_WEEK, ["2025-W54", "2025-W55"]),
    (BY_WEEK, ["2025-W01-1", "2025-W02-1"]),
    (BY_WEEK, ["week ending 2 Feb 2025", "week ending 9 Feb 2025"]),
    (BY_QUARTER, ["Q1 2024/25", "Q2 2024/25"]),
    (BY_QUARTER, ["1er trimestre 2025", "2e trimestre 2025"]),
    (BY_QUARTER, ["I/2025", "II/2025"]),
    (BY_QUARTER, ["25Q1", "25Q2"]),
]
IN_NUMBERS = [
    (BY_MONTH, ["01/25", "02/25", "03/25"]),
    (BY_MONTH, ["2025.01", "2025.02"]),
    (BY_MONTH, ["2025.9", "2025.1", "2025.11"]),
    (BY_MONTH, ["01.25", "02.25", "03.25"]),
    (BY_MONTH, ["01", "02"]),
    (BY_MONTH, ["1", "2", "3"]),
    (BY_MONTH, ["2023", "2024", "2025"]),
    (BY_MONTH, ["2024/25", "2023/24"]),
    (BY_MONTH, ["250101", "250201"]),
    (BY_MONTH, ["2025011", "2025012"]),
    (BY_MONTH, ["1735689600", "1738368000"]),
    (BY_MONTH, ["45748.5", "45778.25"]),
    (BY_WEEK, ["5", "6", "7"]),
    (BY_WEEK, ["202505", "202506"]),
    (BY_QUARTER, ["20251", "20252"]),
]


@pytest.mark.parametrize(("onto", "labels"), IN_WORDS + IN_NUMBERS)
def test_labels_that_count_or_name_periods_somehow_are_named_and_place_nothing(
    onto: str, labels: list[str]
) -> None:
    others = f" and {len(labels) - 1} more" if len(labels) > 1 else ""
    assert asked(beside(labels), onto).startswith(
        f"“{labels[0]}”{others} may mean several periods, or none that is known here. Write each as "
    )
    across = "\t".join(labels) + "\n" + "\t".join(str(number) for number, _label in enumerate(labels, 3))
    assert asked(across, onto).startswith(f"“{labels[0]}”")


@pytest.mark.parametrize(
    ("onto", "labels", "sentence"),
    [
        (BY_WEEK, ["05.2025", "06.2025"], "“05.2025” names a month, and the measure is not logged by the month."),
        (BY_WEEK, ["2025-05", "2025-06"], "“2025-05” names a month, and the measure is not logged by the month."),
        (BY_MONTH, ["2025-Q1", "2025-Q2"], "“2025-Q1” names a quarter, and the measure is not logged by the quarter."),
        (BY_QUARTER, ["2025-W05", "2025-W18"], "“2025-W05” names a week, and the measure is not logged by the week."),
        (BY_QUARTER, ["2025-1", "2025-2"], "“2025-1” may be a month or a quarter. Write it as 2004-Q1 or 2004-01."),
    ],
)  # fmt: skip
def test_labels_of_another_length_are_told_so(onto: str, labels: list[str], sentence: str) -> None:
    assert asked(beside(labels), onto) == sentence


@pytest.mark.parametrize("head", ["Month", "Månad", "Monat", "Periode", "Week", "Année"])
def test_a_head_that_promises_periods_makes_labels_of_any_numbers_below_it(head: str) -> None:
    assert asked(beside(["7", "4"], head), BY_MONTH).startswith("“7” and 1 more may mean several periods")
    assert asked(f"Ward\t{head}\tFalls\nA\t7\t3\nB\t4\t5", BY_MONTH).startswith("“7” and 1 more")


def test_years_down_and_months_across_are_asked_about() -> None:
    assert asked("Year\tJan\tFeb\n2024\t3\t4\n2025\t6\t7", BY_MONTH).startswith("“2024” and 1 more")


def test_a_year_above_one_column_of_months_is_not_put_together_with_its_numbers() -> None:
    assert asked("2025\t\nJan\t3\nFeb\t4", BY_MONTH).startswith("“Jan” and 1 more may mean several periods")


def test_year_and_number_that_may_be_a_month_or_a_week_are_asked_about() -> None:
    assert asked("2025\t5\t3\n2025\t6\t4", BY_WEEK).startswith("“2025 5” and 1 more may mean several periods")


@pytest.mark.parametrize(
    "block",
    [
        "1\t20\n2\t21\n3\t19",
        "45812\t47103\n44103\t45100",
        "12/2004\n13/2004",
        "11/25\n12/26",
        "0.25\t4\n0.75\t8",
        "2000\t2000\n1990\t2000",
    ],
)
def test_numbers_that_may_well_be_data_stay_numbers(block: str) -> None:
    assert asked(block, "Seen in time") == ""
