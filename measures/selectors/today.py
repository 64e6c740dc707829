"""What the months ask of a person, as Today, the navigation and the digest show it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import Case, CharField, Q, Value, When
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import Measure, MeasureQuerySet
from measures.selectors import news
from measures.selectors.completeness import Filled, filled, missing_words
from measures.selectors.limits import outside
from measures.selectors.months import asked, has_no_data, is_in
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
    return len(_unfilled(user, at))


def _recorded_by(user: User) -> MeasureQuerySet:
    """The measures whose numbers are the person's work."""
    own = [home.id for home in homes(user) if home.takes_part and home.is_in("data_entry", "lead")]
    return Measure.objects.visible_to(user).filter(organization__in=own) if own else Measure.objects.none()


def _unfilled(user: User, at: datetime) -> list[Filled]:
    """The months that lack numbers of the person's; what Today asked, its navigation does not ask again."""
    known: tuple[datetime, list[Filled]] | None = user.__dict__.get("_unfilled")
    if known is None or not timedelta(0) <= at - known[0] < A_REQUEST:
        months = filled(_recorded_by(user), at=at, last=LOOK_BACK)
        known = user.__dict__["_unfilled"] = at, [month for month in months if month.missing]
    return known[1]


def _own(user: User, at: datetime) -> list[Due]:
    months = _unfilled(user, at)
    strips = _strips(_recorded_by(user), months, at)
    is_one = len(homes(user)) == 1
    return [
        _own_row(month, at, strips[month.organization, month.month.period], is_one=is_one)
        for month in sorted(
            months, key=lambda month: (month.is_closed(at), month.month.closes_on, month.name)
        )
    ]


def _own_row(month: Filled, at: datetime, cells: Sequence[StripCell], *, is_one: bool) -> Due:
    is_closed = month.is_closed(at)
    sheet = reverse("measures:sheet", args=[month.slug, month.ref])
    asked_about = sum(cell.state == OUTSIDE for cell in cells)
    told = _("Late numbers are taken and marked.") if is_closed else _asked_about_words(asked_about)
    return Due(
        title=_title(month, at),
        detail=told if is_one else f"{month.name}. {told}" if told else month.name,
        url=f"{sheet}?period={month.month.period:%Y-%m}",
        verb=_("Add the numbers") if is_closed else _("Log the month"),
        on=month.month.closes_on,
        days_left=month.days_left(at),
        cells=tuple(cells),
        is_first=not is_closed,
    )


def _asked_about_words(count: int) -> str:
    if not count:
        return ""
    words = ngettext(
        "%(count)d needs you: outside its limits.", "%(count)d need you: outside their limits.", count
    )
    return words % {"count": count}


def _title(month: Filled, at: datetime) -> str:
    """January 2004 closes in 8 days: 7 of 12 numbers are still open."""
    days = month.days_left(at)
    said = {
        "month": month_words(month),
        "missing": month.missing,
        "expected": month.expected,
        "in_days": in_days(days) if days >= 0 else "",
    }
    if month.is_closed(at):
        words = ngettext(
            "%(month)s is closed: %(missing)d of %(expected)d numbers is missing",
            "%(month)s is closed: %(missing)d of %(expected)d numbers are missing",
            month.missing,
        )
    elif days < 0:
        words = ngettext(
            "%(month)s is open again: %(missing)d of %(expected)d numbers is missing",
            "%(month)s is open again: %(missing)d of %(expected)d numbers are missing",
            month.missing,
        )
    else:
        words = ngettext(
            "%(month)s closes %(in_days)s: %(missing)d of %(expected)d numbers is still open",
            "%(month)s closes %(in_days)s: %(missing)d of %(expected)d numbers are still open",
            month.missing,
        )
    return capfirst(words % said)


def month_words(month: Filled) -> str:
    return period_label(month.month.period, periods.MONTH, long=True)


def _asked_about(measures: MeasureQuerySet, months: Sequence[date]) -> set[tuple[int, date]]:
    """Measure and period of the numbers of open months that are outside their limits."""
    if not months:
        return set()
    first = min(months)
    within = Q(period__range=(first, max(months) + MONTH))
    return outside(measures, within | Q(period=periods.start_of(first, periods.QUARTER)))


def _strips(
    measures: MeasureQuerySet, months: Sequence[Filled], at: datetime
) -> dict[tuple[int, date], list[StripCell]]:
    """The cells of every unfilled month, in the sheet's order. Two queries."""
    strips: dict[tuple[int, date], list[StripCell]] = {}
    if not months:
        return strips
    known = [month.month.period for month in months]
    asked_about = _asked_about(measures, [month.month.period for month in months if not month.is_closed(at)])
    state = Case(
        When(has_no_data(), then=Value("no-data")),
        When(is_in(), then=Value("saved")),
        default=Value("due"),
        output_field=CharField(),
    )
    rows = (
        asked(measures, since=min(known), until=max(known))
        .annotate(state=state)
        .order_by("position", "name")
        .values_list("pk", "deciding", "organization", "month", "state", "name", "stratum_label")
    )
    for pk, deciding, organization, period, state, name, stratum in rows:
        kind = OUTSIDE if (pk, deciding) in asked_about else state
        cell = StripCell(kind, f"{name}, {stratum}" if stratum else name)
        strips.setdefault((organization, period), []).append(cell)
    return strips


def _office(user: User, at: datetime) -> list[Due]:
    """Open months of the collaboratives whose office the person is, in which numbers are missing. One query."""
    offices = standing_of(user).appointed_as("office")
    if not offices:
        return []
    measures = Measure.objects.visible_to(user).filter(organization__collaborative__in=offices)
    months = sorted(filled(measures, at=at, last=LOOK_BACK, are_open=True), key=_collaborative_month)
    grouped = [list(group) for _, group in groupby(months, key=_collaborative_month)]
    return [_office_row(group, at) for group in grouped if _waits(group, at)]


def _collaborative_month(month: Filled) -> tuple[str, date]:
    return month.slug, month.month.period


def _waits(months: Sequence[Filled], at: datetime) -> bool:
    return any(month.missing and not month.is_closed(at) for month in months)


def _office_row(months: Sequence[Filled], at: datetime) -> Due:
    lacking = [month for month in months if month.missing]
    days = max(month.days_left(at) for month in months)
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
