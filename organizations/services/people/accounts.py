"""Coming in and going out, and the password: each leaves its row in the trail."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from organizations import emails
from organizations.models import PasswordRequest, User
from organizations.services.people import limits
from organizations.services.people.limits import DAY, Limit
from p2 import audit, jobs
from p2.errors import RuleViolation
from p2.jobs.apart import alone

LETTERS_TO_ADDRESS = Limit("password letters to address", 5, DAY)
LETTERS_FROM_NETWORK = Limit("password letters from network", 100, DAY)


def signed_in(person: User, *, at: datetime | None = None) -> None:
    audit.record("signed in", person, by=person, at=at)


def signed_out(person: User, *, at: datetime | None = None) -> None:
    audit.record("signed out", person, by=person, at=at)


@transaction.atomic
def change_password(person: User, password: str, *, at: datetime | None = None) -> None:
    """Set a new password in place of the old one, which the form has asked."""
    _set_password(person, password)
    audit.record("changed the password", person, by=person, at=at)


@transaction.atomic
def reset_password(person: User, password: str, *, at: datetime | None = None) -> None:
    """Set a new password by the link of a letter."""
    _set_password(person, password)
    audit.record("reset the password", person, by=person, at=at)


@transaction.atomic
def ask_for_password(email: str, *, network: str, at: datetime | None = None) -> None:
    """Note that somebody asked for a link to a new password: the same row and job for any address, known or not."""
    at, email = at or timezone.now(), email.strip().lower()
    if until := limits.take([LETTERS_TO_ADDRESS.on(email)], at=at):
        raise RuleViolation(_enough_letters(until - at))
    if until := limits.take([LETTERS_FROM_NETWORK.on(network)], at=at):
        raise RuleViolation(_enough_asked(until - at))
    PasswordRequest.objects.create(email=email, asked_at=at)
    jobs.enqueue("organizations.answer_password_requests")


def answer_password_requests(*, at: datetime | None = None) -> int:
    """Queue a letter to each asked address that has an account; forget the others. Returns how many were asked."""
    answered = 0
    for request in PasswordRequest.objects.order_by("pk"):
        with alone("organizations.answer_password_requests", request):
            answered += _answer(request, at or timezone.now())
    return answered


def _answer(request: PasswordRequest, at: datetime) -> bool:
    """Whether it was still there: another worker may have taken it."""
    if not PasswordRequest.objects.select_for_update(skip_locked=True).filter(pk=request.pk):
        return False
    person = User.objects.filter(email=request.email, is_active=True).first()
    if person:
        key = default_token_generator.make_token(person)
        emails.queue_password(person, key=key, request=request.pk, at=at)
    request.delete()
    return True


def _set_password(person: User, password: str) -> None:
    person.set_password(password)
    person.save(update_fields=["password"])


def _enough_letters(left: timedelta) -> str:
    hours = limits.hours(left)
    return ngettext(
        "Enough letters were asked for to this address today; the newest of them still opens. The next one goes in "
        "%(count)d hour.",
        "Enough letters were asked for to this address today; the newest of them still opens. The next one goes in "
        "%(count)d hours.",
        hours,
    ) % {"count": hours}


def _enough_asked(left: timedelta) -> str:
    hours = limits.hours(left)
    return ngettext(
        "Enough letters were asked for from this network today. The next one goes in %(count)d hour.",
        "Enough letters were asked for from this network today. The next one goes in %(count)d hours.",
        hours,
    ) % {"count": hours}
