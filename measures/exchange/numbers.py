"""Numbers and dates as people write them, in any locale; the sentence says what is wrong with the rest."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils import dates
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from measures import periods
from measures.sentences.periods import NUMBERED

SPACES = re.compile("[ \u00a0\u202f\u2009'’]+")
MARKS = ((",", "."), (" ", "."), (" ", ","), (".", ","))
"""What may stand between thousands and before decimals, in the order in which it is tried."""

LONGEST = 40
EARLIEST, LATEST = date(1700, 1, 1), date(2999, 12, 31)
"""A sheet also shows the periods around the one that is named: the calendar has them all."""

MONTH_FORMS = (
    "%Y-%m-%d", "%Y-%m", "%Y/%m/%d", "%Y/%m", "%d.%m.%Y", "%m/%Y", "%m.%Y", "%b %Y", "%B %Y", "%b-%Y", "%b-%y",
    "%b %y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S",
)  # fmt: skip
NAMED_MONTH = re.compile(r"(?:(\d{1,2})\.? )?([^\W\d]+)\.?[ -][’']?(\d{4}|\d{2})$")
QUARTER_FORM = re.compile(r"(?:Q([1-4])[ -]?(\d{4})|(\d{4})[ -]?Q([1-4]))$", re.IGNORECASE)
WEEK_FORM = re.compile(r"(\d{4})-?W(\d{1,2})$", re.IGNORECASE)
PLACE = re.compile(r"%\((week|quarter|year)\)d")
BETWEEN = re.compile(r"[\s.,’']+")
"""What may stand between the words of a period, or be left out."""


def read_number(text: str, *, typed_in: str = "") -> Decimal:
    """The number in `text`, whichever marks separate its thousands and decimals.

    What is `typed_in` a page is read first as the page's language writes numbers: in Swedish 1,234 is 1.234.
    In files and pastes a comma before exactly three digits separates thousands, where it can: 0,125 is 0.125.
    Marks that stand in no such place make no number: 12 5 are two numbers, 1.2.2004 is a day.

    >>> [str(read_number(t)) for t in ("9,310", "1.234,5", "1 234.50", "0,5", "0,125", "12%")]
    ['9310', '1234.5', '1234.50', '0.5', '0.125', '12']

    Raises
    ------
    ValueError
        With a sentence that names the text and the cure.
    """
    text = text.strip()
    shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    if text.startswith("="):
        raise ValueError(_("“%(shown)s” is a formula. Paste its value instead.") % {"shown": shown})
    packed = SPACES.sub(" ", text).replace("−", "-")
    known = (_marks_of(typed_in), *MARKS) if typed_in else MARKS
    for comma, point in known if len(packed) <= LONGEST else ():
        if _form(comma, point).fullmatch(packed):
            digits = packed.removesuffix("%").replace(" ", "")
            return Decimal(digits.replace(comma, "").replace(point, "."))
    raise ValueError(
        _("“%(shown)s” is not a number. Type digits, or choose no data and a reason.") % {"shown": shown}
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


@cache
def month_names() -> dict[str, int]:
    """The months by every name that an installed language has for them, short or long."""
    names: dict[str, int] = {}
    for language, _language_name in settings.LANGUAGES:
        with override(language):
            for known in (dates.MONTHS, dates.MONTHS_3, dates.MONTHS_AP, dates.MONTHS_ALT):
                names |= {str(name).casefold().rstrip("."): month for month, name in known.items()}
    return names


@cache
def numbered_periods() -> tuple[re.Pattern[str], ...]:
    """Weeks and quarters as pages and people of any installed language write them: week 8, 2004; Kv. 1 2004."""
    found: dict[str, None] = {}
    for language, _language_name in settings.LANGUAGES:
        with override(language):
            found |= dict.fromkeys(_pattern(str(words)) for words in NUMBERED)
    return tuple(re.compile(pattern) for pattern in found)


def _pattern(words: str) -> str:
    """The pattern that reads a period's words back; where they have no year, one is expected behind them."""
    words = words if "%(year)d" in words else f"{words} %(year)d"
    literal, *rest = PLACE.split(_plainly(words))
    pattern = re.escape(literal.strip())
    for name, after in zip(rest[::2], rest[1::2], strict=True):
        digits = r"\d{4}|\d{2}" if name == "year" else r"\d{1,2}"
        pattern += rf" ?(?P<{name}>{digits}){re.escape(after.strip())}"
    return pattern


def _plainly(text: str) -> str:
    """In small letters, with one space for whatever stands between words."""
    return BETWEEN.sub(" ", text).strip().casefold()


def _numbered_day(text: str) -> date | None:
    """The first day of a week or quarter that is written in words, in any language; None where it is none."""
    plain = _plainly(text)
    found = next((match for one in numbered_periods() if (match := one.fullmatch(plain))), None)
    if found is None:
        return None
    given = {name: int(number) for name, number in found.groupdict().items()}
    year = given["year"] if given["year"] > 99 else 2000 + given["year"]
    if "week" in given:
        return date.fromisocalendar(year, given["week"], 1)
    return date(year, given["quarter"] * 3 - 2, 1)


def read_period(text: str, frequency: str) -> date:
    """The first day of the period that `text` names: 2004-01-01, Jan 2004, 2004-W08, week 8, 2004, Q1 2004.

    Raises
    ------
    ValueError
        With a sentence that shows the forms that are understood.
    """
    text = text.strip()
    try:
        return periods.start_of(_in_calendar(_read_day(text)), frequency)
    except ValueError:
        shown = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
        raise ValueError(
            _("“%(shown)s” is no period. Write it as 2004-01-01, 2004-01 or Jan 2004.") % {"shown": shown}
        ) from None


def _in_calendar(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day} has no periods around it.")
    return day


def _read_day(text: str) -> date:
    """The day, or the first one of the quarter or week."""
    if found := QUARTER_FORM.match(text):
        quarter, year = found[1] or found[4], found[2] or found[3]
        return date(int(year), int(quarter) * 3 - 2, 1)
    if found := WEEK_FORM.match(text):
        return date.fromisocalendar(int(found[1]), int(found[2]), 1)
    if day := _numbered_day(text):
        return day
    if (found := NAMED_MONTH.match(text)) and (month := month_names().get(found[2].casefold())):
        year = int(found[3]) if len(found[3]) == 4 else 2000 + int(found[3])
        return date(year, month, int(found[1] or 1))
    for form in MONTH_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a period has no time zone
        except ValueError:
            continue
    raise ValueError(text)
