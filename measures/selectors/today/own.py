"""What the months ask of a person's own organizations: a row for each sheet."""

from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from measures import periods
from measures.models import Measure, MeasureQuerySet
from measures.selectors.completeness.counting import Filled, filled
from measures.selectors.today.strips import LOOK_BACK, Strip, Waiting, month_words, strips
from measures.sentences.due import CLOSED, OPEN, REOPENED, TITLES
from measures.sentences.periods import label as period_label
from organizations.models import User
from organizations.selectors.frame import homes
from p2.spanning.rows import Due, Notice
from p2.words.listing import sentences
from p2.words.wording import in_days

A_REQUEST = timedelta(minutes=1)
"""Takes longer than any request: a person read in it is not asked again for months."""


def own(user: User, at: datetime) -> list[Due]:
    """A row for each sheet that lacks numbers or was asked about. Two queries more than `own_months`."""
    is_one = len(homes(user)) == 1
    found, others = strips(_recorded_by(user), own_months(user, at))
    waiting = [strip for strip in found if strip.missing or strip.questions]
    waiting.sort(key=lambda strip: (strip.month.is_closed(at), strip.month.month.closes_on, strip.month.name))
    rows = [_own_row(strip, at, is_one=is_one) for strip in waiting]
    return rows + [_answer_row(other, is_one=is_one) for other in others]


def unasked(user: User) -> list[Notice]:
    """The sheets of an applicant, of which nothing is due: its people log on them when they like."""
    applying = [home for home in homes(user) if not home.is_participant and home.is_in("data_entry", "lead")]
    if not applying:
        return []
    logged = Measure.objects.visible_to(user).kept().filter(organization__in=[home.id for home in applying])
    having = set(logged.values_list("organization", flat=True))
    words = _("No number is due from %(place)s. You may log its measures at any time.")
    return [
        Notice(
            words % {"place": home.label},
            url=reverse("measures:sheet", args=[home.slug, home.ref]),
            verb=_("Open the sheet"),
        )
        for home in applying
        if home.id in having
    ]


def own_months(user: User, at: datetime) -> list[Filled]:
    """The months that ask for the person's numbers; what Today asked, its navigation does not ask again."""
    known: tuple[datetime, list[Filled]] | None = user.__dict__.get("_own_months")
    if known is None or not timedelta(0) <= at - known[0] < A_REQUEST:
        known = user.__dict__["_own_months"] = at, filled(_recorded_by(user), at=at, last=LOOK_BACK)
    return known[1]


def _recorded_by(user: User) -> MeasureQuerySet:
    """The measures whose numbers are the person's work."""
    own = [home.id for home in homes(user) if home.is_participant and home.is_in("data_entry", "lead")]
    return Measure.objects.visible_to(user).filter(organization__in=own) if own else Measure.objects.none()


def _own_row(strip: Strip, at: datetime, *, is_one: bool) -> Due:
    month, missing = strip.month, strip.missing
    is_closed = month.is_closed(at)
    told = _told(strip, is_closed=is_closed)
    return Due(
        title=_title(strip, at) if missing else _answer_title(month, len(strip.questions)),
        detail=told
        if is_one
        else sentences(_("%(name)s.") % {"name": month.name}, told)
        if told
        else month.name,
        url=_sheet(month, strip.period if missing else min(strip.questions), strip.frequency),
        verb=_verb(strip.frequency, is_closed=is_closed) if missing else _("Answer"),
        on=month.month.closes_on,
        days_left=month.days_left(at),
        cells=tuple(strip.cells),
        is_first=bool(missing) and not is_closed,
    )


def _answer_row(waiting: Waiting, *, is_one: bool) -> Due:
    """A number that is asked about before its month is asked for."""
    count = len(waiting.questions)
    words = ngettext(
        "%(count)d number of %(month)s waits for your answer",
        "%(count)d numbers of %(month)s wait for your answer",
        count,
    )
    said = {"count": count, "month": period_label(waiting.period, periods.MONTH, long=True)}
    return Due(
        title=words % said,
        detail="" if is_one else waiting.month.name,
        url=_sheet(waiting.month, waiting.questions[0], waiting.frequency),
        verb=_("Answer"),
        on=None,
        days_left=None,
    )


def _sheet(month: Filled, period: date, frequency: str) -> str:
    """The sheet of a frequency, opened at a period."""
    sheet = reverse("measures:sheet", args=[month.slug, month.ref])
    is_monthly = frequency == periods.MONTH
    return (
        f"{sheet}?period={period:%Y-%m}" if is_monthly else f"{sheet}?period={period}&frequency={frequency}"
    )


def _told(strip: Strip, *, is_closed: bool) -> str:
    """What stands below the title: which week, how many days, that late numbers are taken, what is asked about."""
    if not strip.missing:
        return _asked_about_words(len(strip.questions))
    late = _("Late numbers are taken and marked.") if is_closed else ""
    questions = _asked_about_words(len(strip.questions)) if strip.questions and not late else ""
    return sentences(_which_words(strip), late, questions)


def _which_words(strip: Strip) -> str:
    """What a month's name does not tell: the dates of the week that it asks for, and how many days are logged."""
    if strip.frequency == periods.WEEK:
        week = period_label(strip.period, periods.WEEK, long=True)
        return capfirst(_("%(week)s, is asked for.") % {"week": week})
    if strip.frequency == periods.DAY:
        words = ngettext(
            "%(logged)d of %(days)d days is logged.", "%(logged)d of %(days)d days are logged.", strip.logged
        )
        return words % {"logged": strip.logged, "days": strip.days}
    return ""


def _verb(frequency: str, *, is_closed: bool) -> str:
    if is_closed:
        return _("Add the numbers")
    return {
        periods.DAY: _("Log the days"),
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


def _title(strip: Strip, at: datetime) -> str:
    """January 2004 closes in 8 days: 7 of 12 numbers are still open."""
    month = strip.month
    days = month.days_left(at)
    state = CLOSED if month.is_closed(at) else REOPENED if days < 0 else OPEN
    said = {
        "month": month_words(month),
        "missing": strip.missing,
        "expected": len(strip.cells),
        "in_days": in_days(days) if days >= 0 else "",
    }
    return capfirst(str(TITLES[strip.frequency, state] % said))
