"""The open months in which the office waits for the numbers of others."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures.selectors.completeness.counting import Filled, missing_words
from measures.selectors.completeness.overview import overview
from measures.selectors.today.strips import LOOK_BACK, month_words
from organizations.models import User, standing_of
from p2.spanning.rows import Due
from p2.words.wording import in_days


def office(user: User, at: datetime) -> list[Due]:
    """Open months of the collaboratives whose office the person is, in which numbers are missing.

    Two queries at most.
    """
    offices = standing_of(user).appointed_as("office")
    if not offices:
        return []
    months = sorted(overview(user, offices, at=at, last=LOOK_BACK, are_open=True), key=_collaborative_month)
    grouped = [list(group) for _, group in groupby(months, key=_collaborative_month)]
    return [_office_row(group, at) for group in grouped if _waits(group, at)]


def _collaborative_month(month: Filled) -> tuple[str, date]:
    return month.slug, month.month.period


def _waits(months: Sequence[Filled], at: datetime) -> bool:
    return any(month.missing and not month.is_closed(at) for month in months)


def _office_row(months: Sequence[Filled], at: datetime) -> Due:
    lacking = [month for month in months if month.missing]
    days = max(month.days_left(at) for month in {month.zone: month for month in months}.values())
    return Due(
        title=_office_title(month_words(lacking[0]), days, len(lacking), len(months)),
        detail=missing_words(lacking),
        url=reverse("projects:portfolio", args=[lacking[0].slug]),
        verb=_("Open the portfolio"),
        on=lacking[0].month.closes_on,
        days_left=days,
    )


def _office_title(month: str, days: int, lacking: int, asked: int) -> str:
    """January 2004 closes in 8 days: 3 of 12 organizations lack numbers."""
    if days < 0:
        words = ngettext(
            "%(month)s is open again: %(lacking)d of %(asked)d organizations lacks numbers",
            "%(month)s is open again: %(lacking)d of %(asked)d organizations lack numbers",
            lacking,
        )
        return capfirst(words % {"month": month, "lacking": lacking, "asked": asked})
    words = ngettext(
        "%(month)s closes %(in_days)s: %(lacking)d of %(asked)d organizations lacks numbers",
        "%(month)s closes %(in_days)s: %(lacking)d of %(asked)d organizations lack numbers",
        lacking,
    )
    return capfirst(words % {"month": month, "in_days": in_days(days), "lacking": lacking, "asked": asked})
