"""How long ago, in the reader's words."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date

FIRST_LOOK = timedelta(days=30)
"""What a person on the first visit is told of."""


def beginning(previous: datetime | None, at: datetime) -> datetime:
    """From when on something is new to a person whose previous visit ended then."""
    return previous or at - FIRST_LOOK


def since_words(previous: datetime | None, at: datetime) -> str:
    """Since yesterday, since Monday, since 5 February; on the first visit: in the last 30 days."""
    if previous is None:
        return f"in the last {FIRST_LOOK.days} days"
    then, now = timezone.localtime(previous), timezone.localtime(at)
    days = (now.date() - then.date()).days
    if days == 0:
        return f"since {format_date(then, 'H:i')}"
    if days == 1:
        return "since yesterday"
    if days < 7:
        return f"since {format_date(then, 'l')}"
    return f"since {format_date(then, 'j F' if then.year == now.year else 'j F Y')}"


def ago(moment: datetime, at: datetime) -> str:
    """In a list: today, 1 day, 6 days."""
    days = (timezone.localtime(at).date() - timezone.localtime(moment).date()).days
    if days <= 0:
        return "today"
    return "1 day" if days == 1 else f"{days} days"
