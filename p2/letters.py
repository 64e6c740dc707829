"""The outbox: one road for every e-mail. Killed at any step, nobody gets a letter twice."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from p2 import audit, jobs, pulse
from p2.errors import RuleViolation, ensure
from p2.jobs.apart import alone
from p2.models import WORKER_STOPPED, Letter
from p2.words.links import without_links

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 254
"""Characters of an address that a letter can go to (RFC 3696, erratum 1690)."""

PATIENCE = timedelta(minutes=10)
"""A letter still *sending* after this time was left, whatever holds its lock: a machine that vanished, say."""

SENDER = 0x5032_0002
"""The advisory lock that a worker holds on what it sends: "P2", job 2, and the letter's key. A killed one has none."""


def queue(
    key: str, *, address: str, subject: str, text: str, person: Any = None, at: datetime | None = None
) -> Letter:
    """Put a letter into the outbox; the same key again returns the letter that is there.

    Names and other words of people become no links: only an address of this site that ends a line stays one.
    """
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "subject": without_links(" ".join(subject.split()))[:200],
            "text": without_links(text, site=settings.SITE_URL, reader=address),
            "person": person,
            "queued_at": at or timezone.now(),
        },
    )
    if is_new:
        jobs.enqueue("p2.send_letters")
    return letter


def send_due(*, at: datetime | None = None, most: int = 200) -> int:
    """Send what is queued, one letter a transaction, and set aside what a killed worker left. Returns the count.

    A letter that fails otherwise than by what mail servers say stays *sending*, and is set aside as well.
    """
    _set_aside_left(at or timezone.now())
    sent = 0
    while sent < most and (letter := _claim(timezone.now())):
        try:
            with alone("p2.send_letters", letter):
                _hand_over(letter)
        finally:
            _asked("SELECT pg_advisory_unlock(%s, %s)", letter)
        sent += 1
        pulse.go_on()
    return sent


@transaction.atomic
def resend(letter: Letter, *, by: Any, at: datetime | None = None) -> Letter:
    """Queue an unsure or refused letter again: a person decides that it may arrive twice."""
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    ensure(by.is_staff)
    if letter.state not in {Letter.State.UNSURE, Letter.State.REFUSED}:
        raise RuleViolation(
            _("This letter is %(state)s: there is nothing to send again.")
            % {"state": letter.get_state_display()}
        )
    letter.state, letter.failure, letter.queued_at = Letter.State.QUEUED, "", at or timezone.now()
    letter.save(update_fields=["state", "failure", "queued_at"])
    audit.record("resent", letter, by=by, at=at)
    jobs.enqueue("p2.send_letters")
    return letter


@transaction.atomic
def _set_aside_left(at: datetime) -> None:
    """A letter in *sending* whose worker was killed may or may not have gone out: a person decides."""
    for letter in Letter.objects.filter(state=Letter.State.SENDING):
        is_late = letter.sending_at is None or letter.sending_at < at - PATIENCE
        if is_late or _asked("SELECT pg_try_advisory_xact_lock(%s, %s)", letter):
            still = Letter.objects.filter(pk=letter.pk, state=Letter.State.SENDING)
            still.update(state=Letter.State.UNSURE, failure=WORKER_STOPPED)


@transaction.atomic
def _claim(at: datetime) -> Letter | None:
    letter = (
        Letter.objects.select_for_update(skip_locked=True)
        .filter(state=Letter.State.QUEUED)
        .order_by("queued_at", "id")
        .first()
    )
    if letter:
        _asked("SELECT pg_advisory_lock(%s, %s)", letter)
        letter.state, letter.sending_at = Letter.State.SENDING, at
        letter.save(update_fields=["state", "sending_at"])
    return letter


def _hand_over(letter: Letter) -> None:
    """Give one claimed letter to the mail server and write down what it said."""
    try:
        EmailMessage(letter.subject, letter.text, to=[letter.address]).send()
    except (OSError, ValueError) as failure:  # smtplib's errors are OSErrors; an address may be no address
        logger.warning("Letter %s refused: %s", letter.ref, failure)
        letter.state, letter.failure = Letter.State.REFUSED, str(failure)[:300]
    else:
        letter.state, letter.sent_at, letter.failure = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "failure"])


def _asked(sql: str, letter: Letter) -> bool:
    """What the database says about the lock of the letter's sender."""
    with connection.cursor() as cursor:
        cursor.execute(sql, [SENDER, letter.pk % 2**31])
        return bool(cursor.fetchone()[0])
