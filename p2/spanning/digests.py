"""The one digest a person gets: composed of the sections that the apps hand up, once a week at most."""

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from p2 import letters, pulse
from p2.jobs.apart import alone
from p2.models import Letter
from p2.spanning.composition import gather


class Subscriber(Protocol):
    """A person who gets letters: what of the User model is asked here, below the app that has it."""

    ref: str
    email: str

    def reads(self) -> str: ...


MONDAY = 0
SENT_FROM_HOUR = 6


def queue_due(*, at: datetime | None = None) -> int:
    """On Monday mornings (UTC), queue the digest of everybody who wants one and has news. Returns the count."""
    at = at or timezone.now()
    if at.weekday() != MONDAY or at.hour < SENT_FROM_HOUR:
        return 0
    readers = get_user_model()._default_manager.filter(is_active=True, wants_digest=True)
    queued = 0
    for person in readers.iterator():
        with alone("p2.send_digests", person):
            queued += queue_one(person, at=at) is not None
        pulse.go_on()
    return queued


def queue_one(person: Subscriber, *, at: datetime) -> Letter | None:
    """The person's digest of the week that ends at `at`; None where there is nothing to tell."""
    key = f"digest:{person.ref}:{at:%G-W%V}"
    if Letter.objects.filter(key=key).exists():
        return None
    with translation.override(person.reads()):
        sections = gather("DIGEST_SECTIONS", person, since=at - timedelta(days=7), at=at)
        if not sections:
            return None
        text = render_to_string(
            "p2/email/digest.txt", {"sections": sections, "person": person, "site": settings.SITE_URL}
        )
        subject = _("Your week in P2")
    return letters.queue(key, address=person.email, subject=subject, text=text, person=person, at=at)
