"""A table as a file: what people typed stays text in a spreadsheet."""

import csv
from io import StringIO

import pytest

from p2.web.http import csv_answer


def cell(text: str) -> str:
    """What a spreadsheet reads where the table has this text."""
    written = csv_answer("table", ["head"], [[text]]).content.decode("utf-8-sig")
    return list(csv.reader(StringIO(written, newline="")))[1][0]


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0",
        "+1+1",
        "-1+1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1",
        "－1+1",
        "＠SUM(1)",
    ],
)
def test_what_a_spreadsheet_would_run_is_made_text(text: str) -> None:
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "-1,204.50", "-12%", "12", 'x";=1', "a=b", "5\n=1"])
def test_numbers_and_other_words_stay_as_they_are(text: str) -> None:
    assert cell(text) == text
