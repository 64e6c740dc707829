"""Figures, counts and days as the whole site says them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from p2.words import days
from p2.words.listing import listed

LONG = Context(prec=60)
"""Room for the greatest number that can be logged, multiplied and shown with six decimals."""

PLAIN_BELOW, NO_TIE = 1e6, 1e-3
"""A float below the first, whose last shown digit is farther than the second from a half, can be rounded as a float:
the answer is the same as in decimal digits."""


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def figure(value: Decimal | float | str, decimals: int) -> str:
    """Fixed decimals and the language's separators; a half is rounded away from 0, the same in every table.

    >>> figure(1204.5, 2), figure(Decimal("0.125"), 2), figure(-0.001, 0)
    ('1,204.50', '0.13', '0')
    """
    return in_language(rounded(value, decimals))


def rounded(value: Decimal | float | str, decimals: int) -> str:
    """A figure with commas and a point, whatever the language."""
    exact = Decimal(str(value)).quantize(_last_place(decimals), rounding=ROUND_HALF_UP, context=LONG)
    return f"{abs(exact) if exact == 0 else exact:,}"


def each_rounded(values: Iterable[float], decimals: int) -> list[str]:
    """What `rounded` answers for each of many values, in a quarter of the time.

    >>> each_rounded([0.285, 2.675, 1e22, -0.001], 2)
    ['0.29', '2.68', '10,000,000,000,000,000,000,000.00', '0.00']
    """
    scale, form = 10**decimals, f",.{decimals}f"
    return [
        format(value + 0.0, form)  # -0.0 + 0.0 is 0.0, which is shown without its sign
        if 0 <= value < PLAIN_BELOW and abs(value * scale % 1 - 0.5) > NO_TIE
        else rounded(value, decimals)
        for value in values
    ]


def in_language(written: str) -> str:
    """Digits written with commas and a point, as the language writes them."""
    return each_in_language([written])[0]


def each_in_language(written: list[str]) -> list[str]:
    """Each of many as `in_language` writes it; the language is looked up once."""
    marks = _marks(get_language())
    return [one.translate(marks) for one in written] if marks else written


@cache
def _marks(language: str | None) -> dict[int, str]:
    """What the language writes for the comma between thousands and the point before decimals; nothing for the same."""
    thousands, point = (
        formats.get_format(name, lang=language) for name in ("THOUSAND_SEPARATOR", "DECIMAL_SEPARATOR")
    )
    return {} if (thousands, point) == (",", ".") else {ord(","): thousands, ord("."): point}


def middle_figure(value: float, decimals: int) -> str:
    """A median: one that lies half-way between two numbers is shown there, with one decimal more.

    >>> middle_figure(3.5, 0), middle_figure(2.1500000000000004, 1), middle_figure(2.475123, 2)
    ('3.5', '2.15', '2.48')
    """
    return figure(value, middle_decimals(value, decimals))


def middle_decimals(value: float, decimals: int) -> int:
    """How many decimals a median is shown with."""
    scaled = round(Decimal(str(value)).scaleb(decimals), 9)
    is_half = scaled % 1 != 0 and scaled * 2 % 1 == 0
    return decimals + 1 if is_half else decimals


def is_percentage(unit: str) -> bool:
    """Whether numbers in this unit are hundredths.

    >>> is_percentage("% of patients"), is_percentage("days")
    (True, False)
    """
    return unit.startswith("%")


def percent(number: str) -> str:
    """A written number of hundredths with its sign, which some languages set apart or in front: "31%"."""
    return pgettext("a percentage", "%(number)s%%") % {"number": number}


def with_sign(number: str, unit: str) -> str:
    """A written number alone in a line of words: a percentage carries its sign, other units stand elsewhere."""
    return percent(number) if is_percentage(unit) else number


def with_unit(number: str, unit: str) -> str:
    """A written number and its unit: "34 days", "80%"."""
    if is_percentage(unit):
        return percent(number)
    return pgettext("a number and its unit", "%(number)s %(unit)s") % {"number": number, "unit": unit}


def named_with_unit(name: str, unit: str) -> str:
    """A name and its unit, where the name does not say it already: "Wait for sleep study, weeks"."""
    if is_percentage(unit) or unit.casefold() in name.casefold():
        return name
    return pgettext("a name and its unit", "%(name)s, %(unit)s") % {"name": name, "unit": unit}


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun, for commands: they speak English. A page says it by `ngettext`.

    >>> counted(1, "number"), counted(1204, "number"), counted(2, "new copy", "new copies")
    ('1 number', '1,204 numbers', '2 new copies')
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"


def in_days(days: int) -> str:
    """How far a day is that has not passed.

    >>> in_days(0), in_days(1), in_days(8)
    ('today', 'tomorrow', 'in 8 days')
    """
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    return ngettext("in %(count)d day", "in %(count)d days", days) % {"count": days}


def written_day(day: date) -> str:
    """A day in the middle of a sentence: 20 February 2004. Of a moment, the day that it is for the reader."""
    if isinstance(day, datetime):
        day = timezone.localtime(day).date()
    return days.written(day, days.Pattern.DAY)


def fact_words(value: Any, choices: Iterable[tuple[Any, Any]] = ()) -> str:
    """What a field holds, on a form or in the trail: of a choice its label, and whatever is empty is nothing."""
    if value is None or value in ("", []):
        return _("nothing")
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return listed(value)
    if isinstance(value, Decimal):
        return in_language(f"{value.normalize():f}")
    if isinstance(value, date):
        return written_day(value)
    labels = {str(key): words for key, words in choices}
    return str(labels.get(str(value), value))
