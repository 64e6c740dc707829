"""A table is read to the last line, or says in a sentence which line stops it."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.exchange.tables import COLUMNS, LONGEST_CELL, TableLine, read_table

HEADER = b"organization,measure,period,numerator,denominator\n"

cells = st.text(
    st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=30
).map(lambda text: text.strip() or "x")
own = cells.filter(lambda text: not text.startswith("'"))  # it may be of our own: test_round_trip.py
rows = st.lists(st.lists(own, min_size=len(COLUMNS), max_size=len(COLUMNS)), min_size=1, max_size=8)


def written(rows: list[list[str]], separator: str) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    return out.getvalue()


@given(rows=rows, separator=st.sampled_from(",;\t"), mark=st.booleans())
def test_what_a_spreadsheet_writes_is_read_back_cell_by_cell(
    rows: list[list[str]], separator: str, mark: bool
) -> None:
    content = written(rows, separator).encode("utf-8-sig" if mark else "utf-8")
    table = read_table("july.csv", content)
    assert table.mistakes == ()
    assert [[getattr(line, column) for column in COLUMNS] for line in table.lines] == rows


@given(content=st.binary(max_size=300))
def test_any_bytes_give_lines_or_a_sentence_and_never_a_crash(content: bytes) -> None:
    table = read_table("july.csv", HEADER + content)
    assert table.lines or table.mistakes


def test_a_line_is_numbered_as_an_editor_numbers_it() -> None:
    content = (
        b'organization,measure,period,value,note\nA,Falls,2004-01,3,"two\nlines"\n\nA,Falls,2004-02,4,\n'
    )
    assert read_table("f", content).lines == (
        TableLine("f", 2, "A", "Falls", "2004-01", value="3", note="two\nlines"),
        TableLine("f", 5, "A", "Falls", "2004-02", value="4"),
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "f, line 1: The first line names the columns: " + ", ".join(COLUMNS) + "."),
        (HEADER, "f, line 1: There is nothing below the header."),
        (HEADER + b"A,Falls,2004-01", "f, line 2: This line has 3 of 5 cells: it may be cut off."),
        (
            HEADER + b"A,Falls,2004-01,1,234,5\n",
            "f, line 2: This line has 6 cells, and its head 5. A cell with a separator in it needs quotes.",
        ),
        (
            HEADER + b'A,"Falls,2004-01,1,5\nB,Falls,2004-01,1,5\n',
            "f, line 2: A quote opens here and is never closed: the file may be cut off. "
            "Nothing after it can be read.",
        ),
        (
            HEADER + b'A,"Fa"lls,2004-01,1,5\n',
            'f, line 2: A quote stands inside a cell. Write "" for a quote within quotes.',
        ),
        (
            HEADER + b"A,B,2004-01,1,5\nJ\xf6nk\xf6ping,Falls,2004-01,1,5\n",
            "f, line 3: A character here is not UTF-8. Save the file as CSV UTF-8.",
        ),
        (HEADER.decode().encode("utf-16"), "f, line 1: This is UTF-16 text. Save it as CSV UTF-8."),
        (b"PK\x03\x04\0\0", "f, line 1: This is not a text file. Save it as CSV UTF-8."),
        (
            b"organization,period,value\nA,2004-01,3\n",
            "f, line 1: There is no column “measure”. The columns are organization, measure, period, …",
        ),
        (
            b"organization,measure,period,values\nA,Falls,2004-01,3\n",
            "f, line 1: “values” is no column of this table. They are: " + ", ".join(COLUMNS) + ".",
        ),
        (
            b"organization,measure,period,value,Value\nA,Falls,2004-01,3,3\n",
            "f, line 1: The column “value” stands here twice.",
        ),
        (
            b"organization,measure,period,note\nA,Falls,2004-01,x\n",
            "f, line 1: There is no column with numbers: numerator and denominator, or value.",
        ),
    ],
)
def test_a_broken_table_says_where_and_how_to_mend_it(content: bytes, sentence: str) -> None:
    table = read_table("f", content)
    assert [str(mistake) for mistake in table.mistakes] == [sentence]
    assert table.lines == ()


def test_a_note_of_ten_megabytes_is_a_sentence() -> None:
    content = b"organization,measure,period,value,note\nA,Falls,2004-01,3," + b"x" * 10_000_000 + b"\n"
    assert [str(mistake) for mistake in read_table("f", content).mistakes] == [
        f"f, line 2: A cell here has more than {LONGEST_CELL:,} characters, or its quote is never closed."
    ]


def test_the_lines_beside_a_broken_one_are_read() -> None:
    content = HEADER + b"A,Falls,2004-01\nA,Falls,2004-02,1,5\n"
    table = read_table("f", content)
    assert [mistake.number for mistake in table.mistakes] == [2]
    assert [line.number for line in table.lines] == [3]
