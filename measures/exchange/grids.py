"""The text of copied cells as rows and columns."""

import csv
import io
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.exchange.numbers import INVISIBLE
from p2.words.wording import figure

MOST_ROWS = MOST_COLUMNS = 200
MOST_BYTES = 1_000_000

LABELLED = re.compile(r"[^,]*[^\W\d_][^,]*,|\d{4}-\d{2}[-\d]*,")
"""A line that begins with words or a date: its commas stand between cells, and not inside a number."""

FEWEST_HEADS = 3
"""Heads that tell a comma; the lines below two may be numbers with a comma before decimals."""

OWN_HEAD = re.compile(r'\s*"?period"?([,;\t])', re.IGNORECASE)
ZIPPED = b"PK\x03\x04"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

Grid = list[list[str]]


def text_of(content: bytes) -> str:
    """A file as text: UTF-8 with or without its mark, UTF-16 with it, else as Windows writes Western languages.

    >>> [text_of("Väntan".encode(one)) for one in ("utf-8", "utf-8-sig", "cp1252", "utf-16")]
    ['Väntan', 'Väntan', 'Väntan', 'Väntan']

    Raises
    ------
    ValueError
        With a sentence, for what is no text, or too large.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(_("The file is larger than 1 MB. Upload it in parts, or import it."))
    if content.startswith(ZIPPED):
        raise ValueError(_("This is a workbook. Save its sheet as CSV and choose that file."))
    kinds = ("utf-16",) if content.startswith(UTF_16) else ("utf-8-sig", "cp1252")
    for kind in kinds:
        try:
            text = content.decode(kind)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise ValueError(_("This is not a text file. Save the sheet as CSV and choose that file."))


def read_grid(text: str) -> Grid:
    """The cells of a block, all rows of the same length, without empty rows and columns around them.

    >>> read_grid('Jan 2004\\t"two\\nlines"\\r\\n\\t12\\r\\n')
    [['Jan 2004', 'two\\nlines'], ['', '12']]

    Raises
    ------
    ValueError
        With a sentence, for a block that is empty or too large.
    """
    if len(text.encode("utf-8", "replace")) > MOST_BYTES:
        raise ValueError(_("The block is larger than 1 MB. Paste it in parts, or import a file."))
    text = text.translate(INVISIBLE)
    try:
        rows = _rows(text.replace("\x00", ""), _separator(text))
    except csv.Error:
        raise ValueError(
            _("One cell of the block is longer than a cell can be. Paste it without that cell.")
        ) from None
    used_rows, used_columns = _used(rows)
    if not used_rows:
        raise ValueError(_("There is nothing in the block. Copy cells with numbers and paste again."))
    if len(used_rows) > MOST_ROWS or len(used_columns) > MOST_COLUMNS:
        raise ValueError(
            ngettext(
                "The block (%(rows)s × %(columns)s) has more than %(most)d row or column. "
                "Paste it in parts, or import a file.",
                "The block (%(rows)s × %(columns)s) has more than %(most)d rows or columns. "
                "Paste it in parts, or import a file.",
                MOST_ROWS,
            )
            % {"rows": figure(len(used_rows), 0), "columns": figure(len(used_columns), 0), "most": MOST_ROWS}
        )
    return [[_cell(rows[at], column) for column in used_columns] for at in used_rows]


def _rows(text: str, separator: str) -> Grid:
    """A quote that is alone is an inch mark or a slip, and so are two with line and cell ends between them."""
    is_paired = text.count('"') % 2 == 0
    for quotechar in ('"', None) if is_paired else (None,):
        read = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=quotechar)
        rows = [[cell.strip() for cell in row] for row in read]
        if not any(separator in cell and "\n" in cell.replace("\r", "\n") for row in rows for cell in row):
            break
    return rows


def _separator(text: str) -> str:
    """What stands between the cells: a tab, else a semicolon, else a bar or a comma where each line has as many.

    Of the sheet's own table it is what stands behind its first head.
    """
    if found := OWN_HEAD.match(text):
        return found[1]
    if "\t" in text or ";" in text:
        return "\t" if "\t" in text else ";"
    lines = [line for line in text.splitlines() if line.strip()]
    if _divides("|", lines):
        return "|"
    are_cells = _divides(",", lines) and (_are_heads(lines[0].split(",")) or all(map(LABELLED.match, lines)))
    return "," if are_cells else "\t"


def _are_heads(cells: Sequence[str]) -> bool:
    """Whether these are words, enough to be sure."""
    return len(cells) >= FEWEST_HEADS and all(cell.strip()[:1].isalpha() for cell in cells)


def _divides(mark: str, lines: Sequence[str]) -> bool:
    """Whether it stands in each of several lines, as often in each."""
    counts = {line.count(mark) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts != {0}


def turned(grid: Grid) -> Grid:
    """Its columns as rows."""
    return [list(column) for column in zip(*grid, strict=True)]


def _used(rows: Grid) -> tuple[range, range]:
    """From the first row and column with something in them to the last. Nothing is filled up yet: a column of many
    lines with one very wide line among them would take all memory."""
    used_rows = [at for at, row in enumerate(rows) if any(row)]
    if not used_rows:
        return range(0), range(0)
    columns = [[at for at, cell in enumerate(rows[used]) if cell] for used in used_rows]
    first, last = min(one[0] for one in columns), max(one[-1] for one in columns)
    return range(used_rows[0], used_rows[-1] + 1), range(first, last + 1)


def _cell(row: list[str], at: int) -> str:
    return row[at] if at < len(row) else ""
