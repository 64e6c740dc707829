"""What the months ask of a person, as Today, the navigation and the digest show it."""

from datetime import datetime

from measures.selectors import news
from measures.selectors.today.office import office
from measures.selectors.today.own import own, own_months, unasked
from organizations.models import User
from p2.spanning.rows import Due, Notice

changed = news.changed
"""What TODAY_CHANGED names."""


def told(user: User, at: datetime) -> list[Notice]:
    """The way to the sheet of an organization that owes no numbers. One query for who logs in one, else none."""
    return unasked(user)


def due(user: User, at: datetime) -> list[Due]:
    """What the person's own organizations have open, and where the office waits for numbers. Three queries."""
    return [*own(user, at), *office(user, at)]


def count(user: User, at: datetime) -> int:
    """How many months wait for the person's own numbers. One query a request, none for who records nothing."""
    return sum(month.missing > 0 for month in own_months(user, at))
