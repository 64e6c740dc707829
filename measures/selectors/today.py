"""What the months ask of a person, as Today, the navigation and the digest show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import Measure, MeasureQuerySet
from measures.selectors import news
from measures.selectors.completeness.counting import Filled, filled, missing_words
from measures.selectors.completeness.overview import overview
from measures.selectors.limits import outside
from measures.selectors.months import asked, has_no_data, is_in
from measures.sentences.due import CLOSED, OPEN, REOPENED, TITLES
from measures.sentences.periods import label as period_label
from organizations.models import User, standing_of
from organizations.selectors.frame import homes
from p2.spanning.rows import Due, StripCell
from p2.words.wording import in_days

changed = news.changed
"""What TODAY_CHANGED names."""

OUTSIDE = "outside-limits"
MONTH = timedelta(days=31)

A_REQUEST = timedelta(minutes=1)
"""Takes longer than any request: a person read in it is not asked again for months."""

LOOK_BACK = 4
"""Months that are still asked for; what is missing before them is history."""


def due(user: User, at: datetime) -> list[Due]:
    """What the person's own organizations have open, and where the office waits for numbers. Three queries."""
    return [*_own(user, at), *_office(user, at)]


def count(user: User, at: datetime) -> int:
    """How many months wait for the person's own numbers. One query a request, none for who records nothing."""
    return sum(month.missing > 0 for month in _own_months(user, at))


def _recorded_by(user: User) -> MeasureQuerySet:
    """The measures whose numbers are the person's work."""
    own = [home.id for home in homes(user) if home.takes_part and home.is_in("data_entry", "lead")]
    return Measure.objects.visible_to(user).filter(organization__in=own) if own else Measure.objects.none()


def _own_months(user: User, at: datetime) -> list[Filled]:
    """The months that ask for the person's numbers; what Today asked, its navigation does not ask again."""
    known: tuple[datetime, list[Filled]] | None = user.__dict__.get("_own_months")
    if known is None or not timedelta(0) <= at - known[0] < A_REQUEST:
        known = user.__dict__["_own_months"] = at, filled(_recorded_by(user), at=at, last=LOOK_BACK)
    return known[1]


@dataclass(frozen=True, slots=True)
class _Strip:
    """What a month asks of the measures of one frequency: the period of their sheet, and their cells."""

    month: Filled
    frequency: str
    period: date
    cells: tuple[StripCell, ...]

    def counted(self, *states: str) -> int:
        return sum(cell.state in states for cell in self.cells)


def _own(user: User, at: datetime) -> list[Due]:
    """A row for each sheet that lacks numbers or was asked about."""
    is_one = len(homes(user)) == 1
    strips = _strips(_recorded_by(user), _own_months(user, at), at)
    waiting = [strip for strip in strips if strip.counted("due", OUTSIDE)]
    waiting.sort(key=lambda strip: (strip.month.is_closed(at), strip.month.month.closes_on, strip.month.name))
    return [_own_row(strip, at, is_one=is_one) for strip in waiting]


def _own_row(strip: _Strip, at: datetime, *, is_one: bool) -> Due:
    month, missing, asked_about = strip.month, strip.counted("due"), strip.counted(OUTSIDE)
    is_closed = month.is_closed(at)
    told = _("Late numbers are taken and marked.") if is_closed and missing else ""
    if asked_about and not told:
        told = _asked_about_words(asked_about)
    sheet = reverse("measures:sheet", args=[month.slug, month.ref])
    is_monthly = strip.frequency == periods.MONTH
    asked = f"{strip.period:%Y-%m}" if is_monthly else f"{strip.period}&frequency={strip.frequency}"
    return Due(
        title=_title(strip, at) if missing else _answer_title(month, asked_about),
        detail=told if is_one else f"{month.name}. {told}" if told else month.name,
        url=f"{sheet}?period={asked}",
        verb=_verb(strip.frequency, is_closed=is_closed) if missing else _("Answer"),
        on=month.month.closes_on,
        days_left=month.days_left(at),
        cells=strip.cells,
        is_first=bool(missing) and not is_closed,
    )


def _verb(frequency: str, *, is_closed: bool) -> str:
    if is_closed:
        return _("Add the numbers")
    return {
        periods.WEEK: _("Log the week"),
        periods.MONTH: _("Log the month"),
        periods.QUARTER: _("Log the quarter"),
    }[frequency]


def _asked_about_words(count: int) -> str:
    words = ngettext(
        "%(count)d needs you: outside its limits.", "%(count)d need you: outside their limits.", count
    )
    return words % {"count": count}


def _answer_title(month: Filled, count: int) -> str:
    """January 2004 is logged: 1 number waits for your answer."""
    words = ngettext(
        "%(month)s is logged: %(count)d number waits for your answer",
        "%(month)s is logged: %(count)d numbers wait for your answer",
        count,
    )
    return capfirst(words % {"month": month_words(month), "count": count})


def _title(strip: _Strip, at: datetime) -> str:
    """January 2004 closes in 8 days: 7 of 12 numbers are still open."""
    month = strip.month
    days = month.days_left(at)
    state = CLOSED if month.is_closed(at) else REOPENED if days < 0 else OPEN
    said = {
        "month": month_words(month),
        "missing": strip.counted("due"),
        "expected": len(strip.cells),
        "in_days": in_days(days) if days >= 0 else "",
    }
    return capfirst(str(TITLES[strip.frequency, state] % said))


def month_words(month: Filled) -> str:
    return period_label(month.month.period, periods.MONTH, long=True)


def _asked_about(measures: MeasureQuerySet, months: Sequence[date]) -> set[tuple[int, date]]:
    """Measure and period of the numbers of these months that are outside their limits and were not answered."""
    if not months:
        return set()
    first = min(months)
    within = Q(period__range=(first, max(months) + MONTH))
    return outside(measures, within | Q(period=periods.start_of(first, periods.QUARTER)))


def _strips(measures: MeasureQuerySet, months: Sequence[Filled], at: datetime) -> list[_Strip]:
    """What each month asks, by frequency, the cells in the sheet's order. Two queries.

    Numbers are asked about while their month is open, those of the newest complete one as long as it is that.
    """
    if not months:
        return []
    known = [month.month.period for month in months]
    newest = max(known)
    asked_about = _asked_about(
        measures, [one.month.period for one in months if one.month.period == newest or not one.is_closed(at)]
    )
    cells: dict[tuple[int, date, str, date], list[StripCell]] = {}
    for pk, deciding, organization, period, frequency, state, name, stratum in _asked_rows(measures, known):
        kind = OUTSIDE if (pk, deciding) in asked_about else state
        cell = StripCell(kind, f"{name}, {stratum}" if stratum else name)
        cells.setdefault((organization, period, frequency, deciding), []).append(cell)
    by_month = {(month.organization, month.month.period): month for month in months}
    return [
        _Strip(by_month[organization, period], frequency, deciding, tuple(found))
        for (organization, period, frequency, deciding), found in cells.items()
        if (organization, period) in by_month
    ]


def _asked_rows(measures: MeasureQuerySet, known: Sequence[date]) -> QuerySet[Measure, Any]:
    """Each number that these months ask for, in the sheet's order: what it is of, and its state."""
    state = Case(
        When(has_no_data(), then=Value("no-data")),
        When(is_in(), then=Value("saved")),
        default=Value("due"),
        output_field=CharField(),
    )
    return (
        asked(measures, since=min(known), until=max(known))
        .annotate(state=state)
        .order_by("position", "name")
        .values_list(
            "pk",
            "deciding",
            "organization",
            "month",
            "definition__frequency",
            "state",
            "name",
            "stratum_label",
        )
    )


def _office(user: User, at: datetime) -> list[Due]:
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
