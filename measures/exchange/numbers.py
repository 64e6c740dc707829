"""Numbers as people write them, in any locale; the sentence says what is wrong with the rest."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Self

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from measures.exchange.labels import day_of, serial_day
from measures.exchange.labels.likeness import looks_like_a_period

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\ufeff\u00ad"))
"""Marks that nobody sees, copied along from pages and documents."""

SPACES = re.compile("[ \u00a0\u202f\u2009\u2007'’]+")
MINUS = re.compile("^[−–—‒](?=[\\d.,])|−")
MONEY = re.compile(r"^([+-]?) ?[$€£¥] ?(?=[\d.,])|(?<=[\d.,]) ?(?:[$€£¥]|kr)$")
"""The sign of a currency, before the number or behind it."""

IN_BRACKETS = re.compile(r"\(([\d.,  '’]+)\)")
RATIO = re.compile(r"([^/()%]*\d[^/()%]*?)\s*(?:/|\b(?:of|av|von|van|sur|de)\b)\s*([^/()]*\d[^/()%]*)")
SHARE = r"\s*([\d.,]+)\s?%\s*"
"""The percentage that people write beside a ratio: 12/388 (3.1%)."""

WITHHELD = re.compile(r"[*†]|[<≤]=? ?\d+|\d+ ?[-–] ?\d+ ?\*")
NOTHING = re.compile(r"#?n[./]?[ad]\.?|#nv|nan|null|[-–—−]{1,3}|\.{1,3}|…", re.IGNORECASE)
"""What systems and people write where there is no number. An error of a formula (#DIV/0!) is none of these."""

LIKE_A_DAY = re.compile(r"\d{1,4}([-/. ])(?:\d{1,2}|[^\W\d]{1,10})\1\d{2,4}")
FOOTNOTE = re.compile(r"([\d.,]+) ?(\*+|†|\[\w\]|[¹²³⁰⁴-⁹]+|\(\w\))")
STAND_IN = re.compile(r"(?:[-−]9{2,}|9{6,})(?:[.,]0+)?")
ERROR = re.compile(r"#+|#[A-Z/0-9]+[!?]")
"""What a spreadsheet shows where a formula fails, or where its column is too narrow for the number."""

NINES = re.compile(r"9{4,5}")
FEWEST_BESIDE, FAR = 3, 20
IN_THREES = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""A whole number with a point behind its thousands, or one with three decimals."""

MARKS = ((",", "."), (" ", "."), (" ", ","), (".", ","))
"""What may stand between thousands and before decimals, in the order in which it is tried."""

LONGEST = 40
MANIFEST = 5
"""So many digits and nothing else have no marks to weigh, and stand in for nothing: most numbers of a file."""


def read_number(text: str, *, typed_in: str = "") -> Decimal:
    """The number in `text`, whichever marks separate its thousands and decimals.

    What is `typed_in` a page is read first as the page's language writes numbers: in Swedish 1,234 is 1.234.
    In files and pastes a comma before exactly three digits separates thousands, where it can: 0,125 is 0.125.
    Marks that stand in no such place make no number: 12 5 are two numbers, 1.2.2004 is a day.

    >>> [str(read_number(t)) for t in ("9,310", "1.234,5", "1 234.50", "0,5", "0,125", "12%", "$3,310.00")]
    ['9310', '1234.5', '1234.50', '0.5', '0.125', '12', '3310.00']

    Raises
    ------
    ValueError
        With a sentence that names the text and the cure.
    """
    text = text.translate(INVISIBLE).strip()
    number = _number(text, typed_in)
    if number is None:
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        raise ValueError(_what_it_is(text) % {"shown": shown})
    return number


def _number(text: str, typed_in: str = "") -> Decimal | None:
    """The number; None where it is none."""
    if len(text) <= MANIFEST and text.isascii() and text.isdecimal():
        return Decimal(text)
    text = IN_BRACKETS.sub(r"-\1", text) if IN_BRACKETS.fullmatch(text) else text
    packed = MONEY.sub(r"\1", MINUS.sub("-", SPACES.sub(" ", text)), count=1)
    if len(packed) > LONGEST or stands_in(packed):
        return None
    for comma, point in (_marks_of(typed_in), *MARKS) if typed_in else MARKS:
        if _form(comma, point).fullmatch(packed):
            digits = packed.removesuffix("%").replace(" ", "")
            return Decimal(digits.replace(comma, "").replace(point, "."))
    return None


def _what_it_is(text: str) -> str:
    """Why a text is no number, with a place for it."""
    kinds = (
        (text.startswith("="), _("“%(shown)s” is a formula. Paste its value instead.")),
        (_is_date(text), _("“%(shown)s” is a date, not a number.")),
        (
            ERROR.fullmatch(text),
            _("“%(shown)s” stands where a spreadsheet cannot show a number. Copy the number itself."),
        ),
        (
            ratio_in(text, is_agreeing=False),
            _("“%(shown)s”: the percentage is not that of the two numbers. Keep what is right."),
        ),
        (
            stands_in(text),
            _("“%(shown)s” looks like a stand-in for a missing number. Choose no data and a reason."),
        ),
        (
            WITHHELD.fullmatch(text),
            _("“%(shown)s” is a withheld number. Choose no data and the reason withheld."),
        ),
        (
            FOOTNOTE.fullmatch(text),
            _(
                "“%(shown)s” carries the mark of a footnote. See what it says, then type the number without it."
            ),
        ),
    )
    any_other = _("“%(shown)s” is not a number. Type digits, or choose no data and a reason.")
    return next((words for is_one, words in kinds if is_one), any_other)


def _is_date(text: str) -> bool:
    if found := LIKE_A_DAY.fullmatch(text):
        return found[1] in "-/" or day_of(text) is not None
    return any(map(str.isalpha, text)) and looks_like_a_period(text)


def ratio_in(text: str, *, is_agreeing: bool = True) -> tuple[str, str] | None:
    """The two sides of a ratio, as text; None where it is none, or where a percentage beside it is another one.

    >>> [ratio_in(text) for text in ("12/388", "12 of 388", "12/388 (3.1%)", "3.1% (12/388)", "Q1/25")]
    [('12', '388'), ('12', '388'), ('12', '388'), ('12', '388'), None]
    >>> ratio_in("12/388 (50%)") is None
    True
    """
    text, share = text.strip(), ""
    if len(text) > 3 * LONGEST:  # to look for two numbers in a novel takes long
        return None
    if found := re.fullmatch(rf"{SHARE}\((.+)\)|(.+?)\s*\({SHARE}\)", text):
        text, share = found[2] or found[3], found[1] or found[4]
    found = RATIO.fullmatch(text)
    sides = (found[1].strip(), found[2].strip()) if found else ()
    if not sides or not all(map(is_number, sides)):
        return None
    agrees = not share or _is_share(share, sides)
    return (sides[0], sides[1]) if agrees is is_agreeing else None


def _is_share(share: str, sides: Sequence[str]) -> bool:
    """Whether it is the percentage of the two numbers, as far as it is rounded."""
    above, below, said = (_number(text) for text in (*sides, share))
    if above is None or said is None or not below:
        return False
    return abs(above / below * 100 - said) <= Decimal(1).scaleb(int(said.as_tuple().exponent))


def two_numbers(text: str) -> str:
    """The sentence on a point that may stand behind thousands as well as before decimals; empty where it may not.

    >>> two_numbers("2.000")
    '“2.000” may be 2000 or 2. Write it as one of these.'
    >>> [two_numbers(text) for text in ("1.234.567", "0.125", "1.25", "1,234")]
    ['', '', '', '']
    """
    text = text.translate(INVISIBLE).strip()
    if not IN_THREES.fullmatch(text):
        return ""
    whole, decimals = text.split(".")
    small = whole if decimals == "000" else f"{text}0"
    words = _("“%(shown)s” may be %(whole)s or %(small)s. Write it as one of these.")
    return words % {"shown": text, "whole": whole + decimals, "small": small}


def unlike(cells: Sequence[str]) -> dict[str, str]:
    """Cells of a series that are a spreadsheet's day or a stand-in rather than a number, each with its sentence: twenty
    times any other of three or more.

    >>> list(unlike(["14", "45748", "9"])), list(unlike(["14.5", "99999", "9"])), list(unlike(["45748", "44102", "9"]))
    (['45748'], ['99999'], [])
    >>> list(unlike(["45748", "2287", "9"])), list(unlike(["45748", "2288", "9"]))
    (['45748'], [])
    """
    found = {cell: abs(number) for cell in cells if (number := _number(cell)) is not None}
    largest, *others = sorted(found.values(), reverse=True) or [Decimal(0)]
    if len(found) < FEWEST_BESIDE or largest < FAR * max(others):
        return {}
    cell = next(cell for cell, number in found.items() if number == largest)
    if NINES.fullmatch(cell):
        words = _("“%(shown)s” looks like a stand-in for a missing number. Choose no data and a reason.")
        return {cell: words % {"shown": cell}}
    if day := serial_day(cell):
        words = _(
            "“%(shown)s” is how a spreadsheet keeps the day %(day)s. If it is a number, type it on the sheet."
        )
        return {cell: words % {"shown": cell, "day": day.isoformat()}}
    return {}


def is_number(text: str) -> bool:
    """Whether it can be read as one number."""
    return _number(text.translate(INVISIBLE).strip()) is not None


def stands_in(text: str) -> bool:
    """Whether it is a number that systems write where they have none: -99, 999999."""
    return STAND_IN.fullmatch(text) is not None


def is_missing(text: str) -> bool:
    """Whether it says that there is no number, withheld or not there: n/a, #N/A, -, <5, *, <5/388.

    >>> [is_missing(text) for text in ("n/a", "#N/A", "-", "<5", "*", "<5/388", "12 †", "0", "n/a?", "")]
    [True, True, True, True, True, True, False, False, False, False]
    """
    return NOTHING.fullmatch(text) is not None or holds_back(text)


def holds_back(text: str) -> bool:
    """Whether a number was there and is not told, alone or as a side of a ratio: <5, *, <5/388."""
    sides = text.split("/") if text.count("/") == 1 else [text]
    held = [WITHHELD.fullmatch(side.strip()) is not None for side in sides]
    return any(held) and all(one or is_number(side) for one, side in zip(held, sides, strict=True))


def is_withheld(text: str) -> bool:
    """Whether it stands where a number was, and does not tell it in full: <5, *, 12 †."""
    return WITHHELD.fullmatch(text) is not None or FOOTNOTE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class DecimalMarks:
    """Which of the two marks stands before decimals in some cell where it can mean nothing else."""

    commas: bool
    points: bool

    @classmethod
    def of(cls, cells: Iterable[str]) -> Self:
        marked = [SPACES.sub("", cell) for cell in cells if not cell.isdecimal()]
        return cls(*(any(map(_decimals(mark).fullmatch, marked)) for mark in ",."))


def in_one_way(cells: Sequence[str], marks: DecimalMarks | None = None) -> list[str]:
    """The cells of one series, where other cells tell what a mark of one of them means: with a point for decimals.

    `marks` are what a larger column shows, of which the series is a part.

    >>> in_one_way(["0,125", "12,375"]), in_one_way(["1.250,5", "1.250"]), in_one_way(["987", "1.012"])
    (['0.125', '12.375'], ['1.250,5', '1250'], ['987', '1012'])
    """
    marks = marks or DecimalMarks.of(cells)
    whole = [cell for cell in cells if cell.isdecimal()]
    are_large = bool(whole) and all(len(cell) >= 3 for cell in whole)
    groups = "." if not marks.points and (marks.commas or are_large) else ""
    decimal = "," if marks.commas and not marks.points else ""
    if marks.points and not groups:
        cells = [
            f"{cell}0" if IN_THREES.fullmatch(cell) else cell for cell in cells
        ]  # three decimals, and said so
    return [_with_point(cell, groups, decimal) for cell in cells] if groups or decimal else list(cells)


def _with_point(cell: str, groups: str, decimal: str) -> str:
    if decimal and re.fullmatch(rf"[+-]?\d{{1,3}}{decimal}\d{{3}}", cell):
        return cell.replace(decimal, ".")
    if groups and re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", cell):
        return cell.replace(groups, "")
    return cell


@cache
def _decimals(mark: str) -> re.Pattern[str]:
    """A number in which this mark can only stand before decimals."""
    point, other = re.escape(mark), re.escape("." if mark == "," else ",")
    return re.compile(
        rf"[+-]?(?:\d+{point}(?:\d{{1,2}}|\d{{4,}})|0{point}\d+|\d{{1,3}}(?:{other}\d{{3}})+{point}\d+)%?"
    )


def _marks_of(language: str) -> tuple[str, str]:
    """What a language writes between thousands and before decimals."""
    comma, point = (get_format(name, language) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR"))
    return SPACES.sub(" ", comma) or " ", point


@cache
def _form(comma: str, point: str) -> re.Pattern[str]:
    """A number with these marks. Its thousands stand in threes, or as in India 12,34,567, and do not begin with 0."""
    between, before = re.escape(comma), re.escape(point)
    groups = rf"(?!0)\d{{1,3}}(?:{between}\d{{3}})+|(?!0)\d{{1,2}}(?:{between}\d{{2}})+{between}\d{{3}}"
    return re.compile(rf"[+-]? ?(?:(?:{groups}|\d+)(?:{before}\d+)?|{before}\d+) ?%?")
