"""How long ago, in the reader's words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from p2.words.days import Pattern, written

FIRST_LOOK = timedelta(days=30)
"""What a person on the first visit is told of."""


def beginning(previous: datetime | None, at: datetime) -> datetime:
    """From when on something is new to a person whose previous visit ended then."""
    return previous or at - FIRST_LOOK


def since_words(previous: datetime | None, at: datetime) -> str:
    """Since yesterday, since Monday, since 5 February; on the first visit: in the last 30 days."""
    if previous is None:
        days = FIRST_LOOK.days
        return ngettext("in the last %(count)d day", "in the last %(count)d days", days) % {"count": days}
    then, now = timezone.localtime(previous), timezone.localtime(at)
    days = (now.date() - then.date()).days
    if days == 0:
        return _("since %(time)s") % {"time": written(then, Pattern.TIME)}
    if days == 1:
        return _("since yesterday")
    if days < 7:
        return _("since %(weekday)s") % {"weekday": format_date(then, "l")}
    return _("since %(day)s") % {
        "day": written(then, Pattern.IN_YEAR if then.year == now.year else Pattern.DAY)
    }


def ago(moment: datetime, at: datetime) -> str:
    """In a list: today, 1 day, 6 days."""
    days = (timezone.localtime(at).date() - timezone.localtime(moment).date()).days
    if days <= 0:
        return _("today")
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
