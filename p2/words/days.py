"""Days and times as the whole site writes them. A language orders day, month and year, and marks them, in its own way.

Each pattern is a sentence of its own in the catalogues, in the letters of Django's `date` filter: German says "j. F Y".
"""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

CONTEXT = "date format"
"""What patterns are kept under in the catalogues. The pseudo-language leaves them as they are."""


class Pattern:
    """Each way of writing, named by what it shows."""

    DAY = pgettext_lazy("date format", "j F Y")  # 20 February 2004
    WEEKDAY = pgettext_lazy("date format", "l j F Y")  # Friday 20 February 2004
    WEEKDAY_IN_YEAR = pgettext_lazy("date format", "l j F")
    SHORT_WEEKDAY = pgettext_lazy("date format", "D j M Y")  # Fri 20 Feb 2004
    SHORT_WEEKDAY_IN_YEAR = pgettext_lazy("date format", "D j M")
    DAY_ALONE = pgettext_lazy("date format", "j")  # 20, before a day of the same month
    IN_YEAR = pgettext_lazy("date format", "j F")  # 20 February
    SHORT = pgettext_lazy("date format", "j M Y")  # 20 Feb 2004
    SHORT_IN_YEAR = pgettext_lazy("date format", "j M")
    MONTH = pgettext_lazy("date format", "F Y")
    SHORT_MONTH = pgettext_lazy("date format", "M Y")
    SHORT_MONTH_IN_YEAR = pgettext_lazy("date format", "M")
    TIME = pgettext_lazy("date format", "H:i")
    MOMENT = pgettext_lazy("date format", "j M Y, H:i T")  # 20 Jan 2004, 16:05 EST


def written(day: date, pattern: Promise) -> str:
    """A day, or a moment in its own zone, in the reader's language.

    >>> [written(date(2004, 2, 5), pattern) for pattern in (Pattern.DAY, Pattern.SHORT_IN_YEAR, Pattern.MONTH)]
    ['5 February 2004', '5 Feb', 'February 2004']
    """
    return format_date(day, str(pattern))
