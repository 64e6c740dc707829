"""The letters of this app, in words; the outbox sends them."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from organizations.models import Invitation
from p2 import letters
from p2.models import Letter


def queue_invitation(invitation: Invitation, *, token: str, at: datetime) -> Letter:
    """The letter with the key. A renewed invitation has a new key, and so a letter of its own."""
    address = settings.SITE_URL + reverse("organizations:invitation", args=[token])
    text = render_to_string(
        "organizations/email/invitation.txt", {"invitation": invitation, "address": address}
    )
    return letters.queue(
        f"invitation:{invitation.ref}:{invitation.token_hash[:8]}",
        address=invitation.email,
        subject=f"{invitation.invited_by} invites you to {invitation.place}",
        text=text,
        at=at,
    )
