"""The outbox: one road for every e-mail. Killed at any step, nobody gets a letter twice."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from p2 import audit, jobs
from p2.errors import RuleViolation, ensure
from p2.jobs.apart import alone
from p2.models import WORKER_STOPPED, Letter

logger = logging.getLogger(__name__)

LONGEST_ADDRESS = 254
"""Characters of an address that a letter can go to (RFC 3696, erratum 1690)."""

PATIENCE = timedelta(minutes=10)
"""A letter still *sending* after this time was left by a killed worker: it may or may not have gone out."""


def queue(
    key: str, *, address: str, subject: str, text: str, person: Any = None, at: datetime | None = None
) -> Letter:
    """Put a letter into the outbox; the same key again returns the letter that is there."""
    letter, is_new = Letter.objects.get_or_create(
        key=key,
        defaults={
            "address": address,
            "subject": " ".join(subject.split())[:200],
            "text": text,
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
    at = at or timezone.now()
    Letter.objects.filter(state=Letter.State.SENDING, sending_at__lt=at - PATIENCE).update(
        state=Letter.State.UNSURE, failure=WORKER_STOPPED
    )
    sent = 0
    while sent < most and (letter := _claim(timezone.now())):
        with alone("p2.send_letters", letter):
            _hand_over(letter)
        sent += 1
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
def _claim(at: datetime) -> Letter | None:
    letter = (
        Letter.objects.select_for_update(skip_locked=True)
        .filter(state=Letter.State.QUEUED)
        .order_by("queued_at", "id")
        .first()
    )
    if letter:
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
