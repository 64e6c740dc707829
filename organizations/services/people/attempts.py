"""Attempts to sign in: counted before a password is looked at, so that many at the same moment get no more tries.

By person and network together, by network, and by person alone, who is slowed down and never shut out. A browser that
knows the person has a count of its own, so that nobody's tries elsewhere keep the right one out.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import ngettext

from organizations.models import User
from organizations.services.people import limits
from organizations.services.people.limits import DAY, Count, Limit
from p2 import audit
from p2.errors import RuleViolation

TEN_MINUTES = timedelta(minutes=10)
OF_PERSON_FROM_NETWORK = Limit("sign-in by person and network", 5, TEN_MINUTES)
OF_NETWORK = Limit("sign-in by network", 50, TEN_MINUTES)
OF_PERSON = Limit("sign-in by person", 10, DAY, slows=True)
IN_KNOWN_BROWSER = Limit("sign-in by known browser", 5, TEN_MINUTES)
OF_OLD_PASSWORD = Limit("old password by person", 5, TEN_MINUTES)


def begin(email: str, *, network: str, browser: str = "", at: datetime | None = None) -> Sequence[Count]:
    """Count a try, of a known browser under its number. Returns what `forgive` takes when the password was right.

    Raises RuleViolation, which says when the next try is taken. The same work for an unknown address.
    """
    at, email = at or timezone.now(), email.strip().lower()
    in_browser = [IN_KNOWN_BROWSER.on(email, browser)]
    if browser and limits.take(in_browser, at=at) is None:
        return in_browser
    counts = [OF_PERSON_FROM_NETWORK.on(email, network), OF_NETWORK.on(network), OF_PERSON.on(email)]
    if until := limits.take(counts, at=at):
        raise RuleViolation(_wait(until - at))
    return counts


def forgive(counts: Sequence[Count], *, at: datetime | None = None) -> None:
    """The password was right: this try does not count."""
    limits.give_back(counts, at=at or timezone.now())


def failed(email: str, counts: Sequence[Count], *, at: datetime | None = None) -> None:
    """The password was wrong. Once a day at most the trail notes that a person's sign-in is slowed down."""
    at, of_person = at or timezone.now(), OF_PERSON.on(email.strip().lower())
    if of_person in counts and limits.taken(of_person, at=at) == OF_PERSON.most:
        person = User.objects.filter(email=email.strip().lower()).first()
        if person:
            audit.record("slowed", person, by=None, at=at)


def begin_change(person: User, *, at: datetime | None = None) -> Sequence[Count]:
    """Count a try of the old password by whoever sits at an open session; raises RuleViolation with the time."""
    at, counts = at or timezone.now(), [OF_OLD_PASSWORD.on(person.ref)]
    if until := limits.take(counts, at=at):
        raise RuleViolation(_wait(until - at))
    return counts


def _wait(left: timedelta) -> str:
    seconds = -(-left // timedelta(seconds=1))
    if seconds < 60:
        return ngettext(
            "Too many wrong tries. Try again in %(count)d second, or set a new password by letter.",
            "Too many wrong tries. Try again in %(count)d seconds, or set a new password by letter.",
            seconds,
        ) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext(
        "Too many wrong tries. Try again in %(count)d minute, or set a new password by letter.",
        "Too many wrong tries. Try again in %(count)d minutes, or set a new password by letter.",
        minutes,
    ) % {"count": minutes}
