"""Tables of numbers in CSV files, read line by line; nothing here asks the database."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from io import StringIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.exchange.numbers import DecimalMarks, in_one_way
from p2.columns.folding import fold
from p2.web.http import unharmed
from p2.words.wording import figure

SEPARATORS = ",;\t"
SEPARATOR_LINE = re.compile("sep=([,;\t])\r?\n", re.IGNORECASE)
"""The line that spreadsheets write above all others, and obey."""

DOUBTFUL = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
"""A number whose mark may stand between thousands or before decimals."""

LONGEST_CELL = csv.field_size_limit()


@dataclass(frozen=True, slots=True)
class TableLine:
    """One line of a table as it was written, and where it stands."""

    file: str
    number: int  # as an editor counts: the header is line 1
    organization: str = ""
    measure: str = ""
    period: str = ""
    event: str = ""
    numerator: str = ""
    denominator: str = ""
    value: str = ""
    sd: str = ""
    size: str = ""
    no_data: str = ""
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a line, as a sentence for the person who wrote it."""

    file: str
    number: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.number}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Table:
    """The lines that could be read, and the mistakes of the others."""

    lines: tuple[TableLine, ...]
    mistakes: tuple[Mistake, ...]


COLUMNS = tuple(field.name for field in fields(TableLine) if field.name not in {"file", "number"})
NEEDED = ("organization", "measure", "period")
NUMBERS = frozenset({"event", "numerator", "value", "no_data"})
READ_ONLY = ("median", "variation", "signal")
"""Columns that a measure's own file has beside its numbers: what the chart says. They are passed over."""


def read_table(file: str, content: bytes) -> Table:
    """The lines of a CSV file: UTF-8 with or without its mark, separated by comma, semicolon or tab.

    >>> table = read_table("july.csv", b"Organization;Measure;Period;Value\\nR1H;Falls;2004-07;3")
    >>> [(line.number, line.organization, line.value) for line in table.lines]
    [(2, 'R1H', '3')]
    >>> print(read_table("july.csv", b"organization,measure\\n").mistakes[0])
    july.csv, line 1: There is no column “period”. The columns are organization, measure, period, …
    """
    lines: list[TableLine] = []
    mistakes: list[Mistake] = []
    try:
        rows = _rows(_text(content))
        first, heads = next((row for row in rows if any(row[1])), (1, []))
        columns = _columns(_filled(heads, 0), first)
    except _UnreadableError as wrong:
        return Table((), (Mistake(file, wrong.number, str(wrong)),))
    try:
        for number, written in rows:
            cells = _filled(written, len(columns))
            if sentence := _misfit(cells, columns):
                mistakes.append(Mistake(file, number, sentence))
            elif any(cells):
                lines.append(_line(file, number, dict(zip(columns, cells, strict=True))))
    except _UnreadableError as wrong:
        mistakes.append(Mistake(file, wrong.number, str(wrong)))
    if not lines and not mistakes:
        mistakes.append(Mistake(file, 1, _("There is nothing below the header.")))
    return Table(tuple(_in_one_way(lines)), tuple(mistakes))


def _line(file: str, number: int, cells: dict[str, str]) -> TableLine:
    said: dict[str, Any] = {head: unharmed(cell) for head, cell in cells.items() if head not in READ_ONLY}
    return TableLine(file, number, **said)


def _in_one_way(lines: list[TableLine]) -> list[TableLine]:
    """The lines with each number's marks told by the others of its column, and of its measure."""
    for column in ("numerator", "denominator", "value"):
        cells = [getattr(line, column) for line in lines]
        marks = DecimalMarks.of(cells)
        if any(map(DOUBTFUL.fullmatch, cells)):
            lines = _each_series_in_one_way(lines, column, marks)
    return lines


def _each_series_in_one_way(lines: list[TableLine], column: str, marks: DecimalMarks) -> list[TableLine]:
    series: dict[tuple[str, str], list[int]] = {}
    for at, line in enumerate(lines):
        series.setdefault((line.organization, line.measure), []).append(at)
    found = list(lines)
    for places in series.values():
        given = [getattr(lines[at], column) for at in places]
        for at, before, after in zip(places, given, in_one_way(given, marks), strict=True):
            if after != before:
                changed: dict[str, Any] = {column: after}
                found[at] = replace(lines[at], **changed)
    return found


class _UnreadableError(ValueError):
    """The file cannot be read on from this line."""

    def __init__(self, number: int, sentence: str) -> None:
        super().__init__(sentence)
        self.number = number


def _text(content: bytes) -> str:
    """The file as text, whichever line ends it has."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _UnreadableError(1, _("This is UTF-16 text. Save it as CSV UTF-8."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        number = content.count(b"\n", 0, wrong.start) + 1
        raise _UnreadableError(
            number, _("A character here is not UTF-8. Save the file as CSV UTF-8.")
        ) from None
    if "\0" in text:
        raise _UnreadableError(
            text[: text.index("\0")].count("\n") + 1, _("This is not a text file. Save it as CSV UTF-8.")
        )
    return text


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its first line; a row goes over several lines where a quoted cell does."""
    named = SEPARATOR_LINE.match(text)
    skipped, text = (1, text[named.end() :]) if named else (0, text)
    header = text.lstrip("\r\n").split("\n", 1)[0]
    separator = named[1] if named else max(SEPARATORS, key=header.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            raise _UnreadableError(number, _what_stops(str(wrong))) from None
        yield number, [cell.strip() for cell in cells]


def _filled(cells: list[str], least: int) -> list[str]:
    """The cells without the empty ones behind the last head, which spreadsheets leave; `least` stay in any case."""
    end = len(cells)
    while end > least and not cells[end - 1]:
        end -= 1
    return cells[:end]


def _what_stops(words: str) -> str:
    """The csv module's complaint in our words."""
    if "unexpected end" in words:
        return _(
            "A quote opens here and is never closed: the file may be cut off. Nothing after it can be read."
        )
    if "field limit" in words:
        longest = ngettext(
            "A cell here has more than %(longest_cell)s character, or its quote is never closed.",
            "A cell here has more than %(longest_cell)s characters, or its quote is never closed.",
            LONGEST_CELL,
        )
        return longest % {"longest_cell": figure(LONGEST_CELL, 0)}
    return _('A quote stands inside a cell. Write "" for a quote within quotes.')


def _columns(heads: list[str], number: int) -> list[str]:
    """The header as our column names."""
    columns = [fold(head).replace(" ", "_").replace("-", "_") for head in heads]
    known = ", ".join(COLUMNS)
    if not any(columns):
        raise _UnreadableError(number, _("The first line names the columns: %(known)s.") % {"known": known})
    for needed in NEEDED:
        if needed not in columns and not (needed == "period" and "event" in columns):
            raise _UnreadableError(
                number,
                _("There is no column “%(needed)s”. The columns are organization, measure, period, …")
                % {"needed": needed},
            )
    for head, column in zip(heads, columns, strict=True):
        if column not in (*COLUMNS, *READ_ONLY):
            raise _UnreadableError(
                number,
                _("“%(head)s” is no column of this table. They are: %(known)s.")
                % {"head": head[:40], "known": known},
            )
        if columns.count(column) > 1:
            raise _UnreadableError(
                number, _("The column “%(column)s” stands here twice.") % {"column": column}
            )
    if NUMBERS.isdisjoint(columns):
        raise _UnreadableError(
            number, _("There is no column with numbers: numerator and denominator, or value.")
        )
    return columns


def _misfit(cells: list[str], columns: list[str]) -> str:
    """Why a row does not fit its header; empty when it does, or is blank."""
    have, want = len(cells), len(columns)
    if have == want or not any(cells):
        return ""
    if have < want:
        words = ngettext(
            "This line has %(have)s of %(want)s cell: it may be cut off.",
            "This line has %(have)s of %(want)s cells: it may be cut off.",
            want,
        )
    else:
        words = ngettext(
            "This line has %(have)s cell, and its head %(want)s. A cell with a separator in it needs quotes.",
            "This line has %(have)s cells, and its head %(want)s. A cell with a separator in it needs quotes.",
            have,
        )
    return words % {"have": have, "want": want}
