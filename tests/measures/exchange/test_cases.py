"""Blocks that people pasted into tools of this kind, and what must come out: `../shared/cases`, where it is there.

A block is laid as the sheet lays it; today is 25 November 2025. What is read in no way is `None`; a block that is asked
about or refused as a whole has a sentence instead of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pytest

from measures.exchange.blocks import lay
from measures.exchange.entries import checked, read_entry
from measures.exchange.grids import read_grid
from measures.exchange.pieces import Ground, Laid, Piece, Target
from measures.models import CoreMeasure, DefinitionWords, Shape
from p2.columns.folding import fold
from tests.measures.shared_cases import shared_case

TODAY = date(2025, 11, 25)


@dataclass(frozen=True)
class Sheet:
    frequency: str
    newest: date
    latest: date
    measures: dict[str, DefinitionWords]

    def on(self, name: str) -> Ground:
        targets = tuple(Target(one, (fold(one),), words.is_ratio) for one, words in self.measures.items())
        at = list(self.measures).index(name)
        return Ground(targets, at, self.newest, self.frequency, self.newest, self.latest)


def words(shape: Shape, frequency: str, unit: str, decimals: int = 0, multiplier: int = 1) -> CoreMeasure:
    return CoreMeasure(shape=shape, frequency=frequency, unit=unit, decimals=decimals, multiplier=multiplier)


MONTHS = Sheet(
    "month",
    date(2025, 10, 1),
    date(2025, 11, 1),
    {
        "Falls": words(Shape.COUNT, "month", "falls"),
        "Wait": words(Shape.MEAN, "month", "days", decimals=1),
        "Harms": words(Shape.RATE, "month", "per 1,000 doses", decimals=2, multiplier=1000),
        "Seen in time": words(Shape.PROPORTION, "month", "%", multiplier=100),
    },
)
WEEKS = Sheet(
    "week",
    date(2025, 11, 17),
    date(2025, 11, 24),
    {
        "Weekly share": words(Shape.PROPORTION, "week", "%", multiplier=100),
        "Weekly falls": words(Shape.COUNT, "week", "falls"),
    },
)
QUARTERS = Sheet(
    "quarter",
    date(2025, 7, 1),
    date(2025, 10, 1),
    {"Quarterly complaints": words(Shape.COUNT, "quarter", "complaints")},
)


def case(name: str) -> str:
    return shared_case(name).read_text(encoding="utf-8")


def laid(name: str, sheet: Sheet, onto: str) -> Laid:
    return lay(read_grid(case(name)), sheet.on(onto))


def read(piece: Piece, sheet: Sheet) -> str | None:
    """The numbers of a piece as text; None where it is left out."""
    definition = list(sheet.measures.values())[piece.target]
    try:
        entry = read_entry(definition, numerator=piece.numerator, denominator=piece.denominator)
        entry = checked(entry, definition, piece.period, TODAY)
    except ValueError:
        return None
    given = [entry.numerator, entry.denominator] if definition.is_ratio else [entry.value]
    return "/".join(f"{number.normalize():f}" for number in given if number is not None)


def got(name: str, sheet: Sheet, onto: str) -> list[tuple[str, str | None]]:
    """Period and numbers of each piece, all of which lie on the one measure."""
    found = laid(name, sheet, onto)
    assert found.problem == ""
    pieces = [
        piece
        for piece in found.pieces
        if read(piece, sheet) or piece.target == list(sheet.measures).index(onto)
    ]
    assert {list(sheet.measures)[piece.target] for piece in pieces} <= {onto}
    return [(f"{piece.period:%Y-%m-%d}", read(piece, sheet)) for piece in pieces]


def months(*numbers: str | None, first: int = 1, year: int = 2025) -> list[tuple[str, str | None]]:
    return [(f"{year}-{first + at:02}-01", number) for at, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("name", "onto", "expected"),
    [
        ("05", "Wait", months("0.125", "0.25", "12.375", "9.5")),
        ("06", "Harms", months("3/987", "2/1012", "4/1234")),
        ("07", "Wait", months("1250.5", "1250", "980.25")),
        ("08", "Falls", months(None, None, None)),
        ("09", "Falls", months("14", None, "9")),
        ("10", "Falls", months("12", "9", first=4)),
        ("11", "Falls", months("12", "9", "11", first=4)),
        ("12", "Falls", months("12", "9", "11", first=4)),
        ("14", "Seen in time", months("41/52", "44/50", "39/47")),
        ("15", "Falls", months("3", "4", "5")),
        ("17", "Falls", months("3", "4", first=3)),
        ("24", "Falls", months("12", "9", "7", "1234")),
        ("25", "Falls", months("3", "4", "5")),
        ("31", "Wait", months("-3.2", "-1.5", "-1.5")),
        ("32", "Falls", months(None, None, "7")),
        ("34", "Falls", months("3", "4", "5")),
        ("35", "Falls", months("3", "4", "5")),
        ("37", "Falls", months("3", "4", "5")),
        ("38", "Falls", months(None, None, None)),
        ("39", "Falls", months(None, "9")),
        ("40", "Seen in time", months("12/388", "12/388", "12/388")),
        ("41", "Falls", months("3", "4")),
        ("45", "Falls", months(None, None, None)),
        ("90", "Wait", months("9310", "1234.5", "1234.5", "1234567", "1250.5", "-1.5")),
        ("91", "Falls", months("3", "4", "5", "6", year=2024)),
        ("95", "Falls", months("3", "4")),
    ],
)
def test_a_block_of_months_comes_out_right(
    name: str, onto: str, expected: Sequence[tuple[str, str | None]]
) -> None:
    assert got(name, MONTHS, onto) == expected


@pytest.mark.parametrize(
    ("name", "onto", "expected"),
    [
        ("13", "Weekly share", [("2025-01-06", "41/52"), ("2025-01-13", "44/50"), ("2025-01-20", "39/47")]),
        ("18", "Weekly falls", [("2025-01-27", "3"), ("2025-02-03", "4")]),
        ("94", "Weekly falls", [("2020-12-21", "3"), ("2020-12-28", "4"), ("2021-01-04", "5")]),
    ],
)
def test_a_block_of_weeks_comes_out_right(name: str, onto: str, expected: list[tuple[str, str]]) -> None:
    assert got(name, WEEKS, onto) == expected


def test_short_labels_of_quarters_are_read() -> None:
    assert got("36", QUARTERS, "Quarterly complaints") == [("2025-01-01", "30"), ("2025-04-01", "33")]


@pytest.mark.parametrize(
    ("name", "sheet", "onto", "sentence"),
    [
        ("16", MONTHS, "Falls", "“2025-03-31T22:00:00.000Z” and 1 more may mean several periods"),
        ("19", MONTHS, "Falls", "“Q1 2025” names a quarter, and the measure is not logged by the quarter."),
        ("22", WEEKS, "Weekly falls", "“1/5/2025” and the others are Sundays"),
        ("23", QUARTERS, "Quarterly complaints", "Write each as Q1 2025, by the calendar’s quarters."),
        ("27", MONTHS, "Falls", "Dates stand in column 5, behind others."),
        ("33", MONTHS, "Falls", "“24-Jan” and 2 more may mean several periods"),
    ],
)
def test_labels_that_mean_periods_are_asked_about_and_place_nothing(
    name: str, sheet: Sheet, onto: str, sentence: str
) -> None:
    block = case(name)
    with pytest.raises(ValueError, match=r"\w") as asked:
        lay(read_grid(block), sheet.on(onto))
    assert sentence in str(asked.value)
