"""The letters of this app, in words; the outbox sends them."""

from datetime import datetime

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.models import Invitation, User
from p2 import letters
from p2.models import Letter
from p2.words.languages import first_installed


def queue_invitation(invitation: Invitation, *, token: str, at: datetime) -> Letter:
    """The letter with the key. A renewed invitation has a new key, and so a letter of its own."""
    address = settings.SITE_URL + reverse("organizations:invitation", args=[token])
    with translation.override(_language_of(invitation)):
        text = render_to_string(
            "organizations/email/invitation.txt", {"invitation": invitation, "address": address}
        )
        subject = _("%(person)s invites you to %(place)s") % {
            "person": invitation.invited_by,
            "place": invitation.place,
        }
    return letters.queue(
        f"invitation:{invitation.ref}:{invitation.token_hash[:8]}",
        address=invitation.email,
        subject=subject,
        text=text,
        at=at,
    )


def queue_password(person: User, *, key: str, request: int, at: datetime) -> Letter:
    """The letter with the link to a new password: one a request, whose id is `request`."""
    names = {"uidb36": user_pk_to_url_str(person), "key": key}
    address = settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=names)
    with translation.override(person.reads()):
        text = render_to_string(
            "organizations/email/password.txt", {"email": person.email, "address": address}
        )
        subject = _("Set a new password for P2")
    return letters.queue(
        f"password:{person.ref}:{request}",
        address=person.email,
        subject=subject,
        text=text,
        person=person,
        at=at,
    )


def _language_of(invitation: Invitation) -> str:
    """That of whoever has the address already, else the collaborative's."""
    known = User.objects.filter(email__iexact=invitation.email).first()
    return known.reads() if known else first_installed(invitation.collaborative.language)
