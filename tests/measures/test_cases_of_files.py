"""Import files that people had trouble with in tools of this kind: `../shared/cases`, where it is there."""

from datetime import UTC, date, datetime

import pytest

from measures.exchange.tables import read_table
from measures.models import Observation
from measures.services import measures
from measures.services.entry import imports
from organizations.models import Organization
from tests.actors import Cast, make_cast
from tests.measures.shared_cases import shared_case

AT = datetime(2025, 11, 25, 15, tzinfo=UTC)
LOGGED = (
    ("Falls", "count", "month", "falls", 1),
    ("Wait", "mean", "month", "days", 1),
    ("Seen in time", "proportion", "month", "%", 100),
    ("Weekly falls", "count", "week", "falls", 1),
)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast(AT.date())
    Organization.objects.filter(pk=cast.own.pk).update(name="Riverside", short_name="")
    for name, shape, frequency, unit, multiplier in LOGGED:
        measures.create(
            cast.own,
            naming={"name": name, "area": "patient_safety", "aim": "safe"},
            definition={
                "numerator_words": name, "denominator_words": "all" if shape == "proportion" else "", "shape": shape,
                "frequency": frequency, "unit": unit, "multiplier": multiplier,
            },
            by=None,
            at=datetime(2024, 1, 1, tzinfo=UTC),
        )  # fmt: skip
    return cast


def load(cast: Cast, name: str) -> imports.ImportReport:
    return imports.load(cast.collaborative, [read_table("case.csv", shared_case(name).read_bytes())], at=AT)


@pytest.mark.parametrize("name", ["28", "29", "30"])
def test_what_spreadsheets_leave_around_a_table_is_no_mistake(cast: Cast, name: str) -> None:
    report = load(cast, name)

    assert (report.mistakes, report.new) == ((), 1)
    assert [(row.period, row.value) for row in Observation.objects.all()] == [(date(2025, 1, 1), 3)]


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        (
            "20",
            [
                f"case.csv, line {line}: “2025-W{week}” names a week, and the measure is not logged by the week."
                for line, week in ((2, "01"), (3, "05"), (4, "09"))
            ],
        ),
        (
            "21",
            [
                f"case.csv, line {line}: “2025-0{line - 1}” names a month, and the measure is not logged by the month."
                for line in (2, 3)
            ],
        ),
        (
            "26",
            [
                "case.csv, line 2: “-999999” looks like a stand-in for a missing number. Choose no data and a reason."
            ],
        ),
        ("42", ["case.csv, line 2: 41 of 52 is 78.8, not 97. Keep what is right."]),
    ],
)
def test_what_would_be_a_wrong_number_is_told_and_nothing_is_written(
    cast: Cast, name: str, sentences: list[str]
) -> None:
    report = load(cast, name)

    assert [str(mistake) for mistake in report.mistakes] == sentences
    assert not Observation.objects.exists()


def test_two_numbers_for_a_measure_of_one_are_told_and_neither_is_written(cast: Cast) -> None:
    table = read_table(
        "case.csv",
        b"organization,measure,period,numerator,value\nRiverside,Falls,2025-01,3,97\nRiverside,Falls,2025-02,3,3\n",
    )
    report = imports.load(cast.collaborative, [table], at=AT)

    assert [str(mistake) for mistake in report.mistakes] == [
        "case.csv, line 2: This measure takes one number, not a numerator and a denominator."
    ]
    assert not Observation.objects.exists()


def test_a_count_with_a_point_before_three_digits_is_two_numbers(cast: Cast) -> None:
    table = read_table("case.csv", b"organization,measure,period,value\nRiverside,Falls,2025-01,2.000\n")

    assert [str(mistake) for mistake in imports.load(cast.collaborative, [table], at=AT).mistakes] == [
        "case.csv, line 2: “2.000” may be 2000 or 2. Write it as one of these."
    ]


def test_a_mistake_below_an_empty_first_line_keeps_its_number(cast: Cast) -> None:
    table = read_table("case.csv", b"\r\norganization,measure,period,value\r\nRiverside,Falls,2025-01\r\n")
    assert [mistake.number for mistake in table.mistakes] == [3]


def test_a_nameless_column_with_a_cell_in_it_stays_a_mistake(cast: Cast) -> None:
    table = read_table("case.csv", b"organization,measure,period,value,,\nRiverside,Falls,2025-01,3,,x\n")
    assert [str(mistake) for mistake in table.mistakes] == [
        "case.csv, line 2: This line has 6 cells, and its head 4. A cell with a separator in it needs quotes."
    ]


@pytest.mark.parametrize(
    ("numbers", "read"),
    [
        (["0,125", "12,375", "9,5"], ["0.125", "12.375", "9.5"]),
        (["1.250,5", "1.250", "980,25"], ["1250.5", "1250", "980.25"]),
        (["987", "1.012", "1.234"], ["987", "1012", "1234"]),
        (["9,310", "12.5", "1.012"], ["9310", "12.5", "1.012"]),
    ],
)
def test_the_other_numbers_of_a_column_tell_what_a_mark_is(
    cast: Cast, numbers: list[str], read: list[str]
) -> None:
    lines = "".join(f"Riverside;Wait;2025-0{month};{number}\n" for month, number in enumerate(numbers, 1))
    table = read_table("case.csv", f"organization;measure;period;value\n{lines}".encode())

    report = imports.load(cast.collaborative, [table], at=AT)

    assert (report.mistakes, report.new) == ((), len(numbers))
    values = Observation.objects.order_by("period").values_list("value", flat=True)
    assert [f"{value.normalize():f}" for value in values if value is not None] == read
